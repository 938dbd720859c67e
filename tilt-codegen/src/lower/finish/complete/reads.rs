//! Reading what became of a request: the operation that reads what another one changes, and the
//! parameters that an answer repeats.

use crate::model::{
    HttpMethod, IdForm, Location, Operation, Payload, Scalar, Sdk, Shape, Success, Type, TypeRef,
};

/// A GET, by its path and by the method of the client.
struct Read {
    path: String,
    method: String,
}

pub(super) fn complete(sdk: &mut Sdk) {
    let mut reads: Vec<Read> = Vec::new();
    for resource in &sdk.resources {
        let gets = resource.operations.iter();
        let gets = gets.filter(|it| it.method == HttpMethod::Get && it.fixed_query.is_empty());
        reads.extend(gets.map(|operation| Read {
            path: anonymous(&operation.path),
            method: format!("{}().{}", resource.name, operation.name),
        }));
    }
    let types = &sdk.types;
    let operations = sdk.resources.iter_mut().flat_map(|it| &mut it.operations);
    for operation in operations {
        operation.execution.echoes = echoes(operation, types);
        let is_safe = matches!(
            operation.method,
            HttpMethod::Get | HttpMethod::Head | HttpMethod::Options | HttpMethod::Trace
        );
        operation.execution.read_by = match is_safe {
            true => None,
            false => read_by(&reads, &anonymous(&operation.path)),
        };
    }
}

/// The path whose parameters have no names.
fn anonymous(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.contains('{') {
        true => "{}",
        false => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The read of the same thing or of the nearest that it is a part of.
fn read_by(reads: &[Read], path: &str) -> Option<String> {
    let contains = |read: &&Read| {
        let rest = path.strip_prefix(read.path.trim_end_matches('/'));
        // A list of all that there is does not tell of one thing in it.
        rest.is_some_and(|rest| {
            rest.is_empty() || (rest.starts_with('/') && read.path.ends_with('}'))
        })
    };
    let nearest = reads.iter().filter(contains);
    // Of two for one path, the first by name.
    let nearest = nearest.min_by_key(|read| (usize::MAX - read.path.len(), &read.method));
    nearest.map(|read| read.method.clone())
}

/// The parameters of the path that the answer has as properties of the same name, where both are UUIDs. Other texts and
/// numbers may be written in several ways, or stand for what the API chooses (`me`, `latest`).
fn echoes(operation: &Operation, types: &[Type]) -> Vec<(usize, String)> {
    let Success::Single(Payload::Json(TypeRef::Named(id))) = &operation.success else {
        return Vec::new();
    };
    let Some(Shape::Struct(answer)) = types.get(id.0).map(|it| &it.shape) else {
        return Vec::new();
    };
    let parameters = operation.parameters.iter().enumerate();
    let echoed = parameters.filter(|(_, parameter)| {
        parameter.location == Location::Path
            && is_uuid(&parameter.ty, types)
            && answer
                .fields
                .iter()
                .any(|field| field.wire == parameter.wire && is_uuid(&field.ty, types))
    });
    echoed
        .map(|(index, parameter)| (index, parameter.wire.clone()))
        .collect()
}

fn is_uuid(ty: &TypeRef, types: &[Type]) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::Uuid,
        TypeRef::Named(id) => matches!(
            types.get(id.0).map(|it| &it.shape),
            Some(Shape::Id(IdForm::Uuid))
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> Option<String> {
        let read = |path: &str, method: &str| Read {
            path: anonymous(path),
            method: method.to_owned(),
        };
        let reads = [
            read("/orders", "orders().list"),
            read("/orders/{id}", "orders().get"),
            read("/orders/{id}/payments/{payment}", "payments().get"),
            read("/status", "api().status"),
        ];
        read_by(&reads, &anonymous(path))
    }

    #[test]
    fn what_is_changed_is_read_where_it_is_or_in_what_it_is_a_part_of() {
        for (path, method) in [
            ("/orders", Some("orders().list")),
            ("/orders/{order_id}", Some("orders().get")),
            ("/orders/{order_id}/payments", Some("orders().get")),
            ("/orders/{o}/payments/{p}/void", Some("payments().get")),
            ("/orders/search", None),
            ("/status/x", None),
            ("/ordersheet", None),
        ] {
            assert_eq!(found(path).as_deref(), method, "{path}");
        }
    }
}
