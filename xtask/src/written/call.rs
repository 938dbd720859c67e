//! Calls of an SDK as a program writes them.

use super::Written;
use tilt_codegen::model::{
    Body, BodyMedia, Operation, Payload, RequestBody, Resource, Sdk, SecurityKind, Success,
};

/// The module of a resource.
pub(crate) fn module(resource: &Resource) -> String {
    format!("sdk::resources::{}", resource.name.trim_start_matches("r#"))
}

/// The arguments that have to be given. The parameters are `p0`, `p1` and so on, and the body is this expression, where it is
/// asked for.
pub(crate) fn required(module: &str, operation: &Operation, body: &str) -> Vec<String> {
    let named = operation.named.iter().flat_map(|it| &it.parameters);
    let named: Vec<usize> = named.copied().collect();
    let all = operation.parameters.iter().enumerate();
    let positional = all.filter(|(at, it)| it.is_argument() && !named.contains(at));
    let mut given: Vec<String> = positional.map(|(at, _)| format!("p{at}")).collect();
    let asked = operation.body.as_ref().filter(|it| it.is_argument);
    let (by_name, by_position) = match operation.named.as_ref().is_some_and(|it| it.body) {
        true => (asked, None),
        false => (None, asked),
    };
    if let Some(arguments) = &operation.named {
        let fields = named.iter();
        let fields = fields.map(|at| format!("{}: p{at}", operation.parameters[*at].name));
        let fields = fields.chain(by_name.map(|it| format!("{}: {body}", it.name)));
        let fields = fields.collect::<Vec<_>>().join(", ");
        given.push(format!("{module}::{} {{ {fields} }}", arguments.name));
    }
    given.extend(by_position.map(|_| body.to_owned()));
    given
}

/// The types of bodies that can be given, and how.
pub(crate) fn bodies(
    types: &Written<'_>,
    module: &str,
    body: &RequestBody,
) -> Vec<(String, String)> {
    match &body.body {
        Body::Single(media) => vec![(held(types, media), "body".to_owned())],
        Body::Choice { name, variants } => {
            let forms = variants.iter().flat_map(|(variant, media)| {
                let ty = held(types, media);
                let by_name = (ty.clone(), format!("{module}::{name}::{variant}(body)"));
                let by_type = media.from.then(|| (ty, "body".to_owned()));
                std::iter::once(by_name).chain(by_type)
            });
            forms.collect()
        }
    }
}

/// The type of a body's value.
pub(crate) fn held(types: &Written<'_>, media: &BodyMedia) -> String {
    match &media.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
            types.given(ty)
        }
        Payload::JsonLines(ty) => format!("Vec<{}>", types.ty(ty)),
        Payload::Text | Payload::EventStream(_) => "String".to_owned(),
        Payload::Bytes => "rt::Upload".to_owned(),
    }
}

/// The type of an answer's body.
pub(crate) fn answer(types: &Written<'_>, module: &str, success: &Success) -> String {
    match success {
        Success::Empty => "()".to_owned(),
        Success::Single(payload) => types.read(payload.reading()),
        Success::Choice { name, .. } => format!("{module}::{name}"),
    }
}

/// The methods of a builder by which it takes credentials, all of which are the same expression.
pub(crate) fn credentials(sdk: &Sdk, secret: &str) -> Vec<String> {
    let schemes = sdk.security_schemes.iter();
    let given = schemes.filter_map(|scheme| {
        let given = match &scheme.kind {
            SecurityKind::ApiKey { .. } | SecurityKind::HttpOther { .. } | SecurityKind::Bearer => {
                secret.to_owned()
            }
            SecurityKind::HttpBasic | SecurityKind::ClientCredentials { .. } => {
                format!("{secret}, {secret}")
            }
            SecurityKind::MutualTls => return None,
        };
        Some(format!(".{}({given})", scheme.method))
    });
    given.collect()
}

/// Whether a client asks for tokens itself.
pub(crate) fn mints(sdk: &Sdk) -> bool {
    let mut kinds = sdk.security_schemes.iter().map(|it| &it.kind);
    kinds.any(|kind| matches!(kind, SecurityKind::ClientCredentials { .. }))
}
