//! Parameters of operations.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Code, Problem};
use crate::dialect::ignored::is_ignored_parameter;
use crate::dialect::openapi;
use crate::dialect::schema::Schema;
use crate::identifier::{self, Order};
use crate::lock::{OperationNames, parameter_address};
use crate::lower::draft::{Site, Step, Suggestions};
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::constant::{self, Constant};
use crate::lower::operation::framing;
use crate::lower::operation::parameter_content;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::lower::schema::inherited;
use crate::model::{
    Conversion, Docs, Location, Parameter, ParameterEncoding, Scalar, Supply, TypeRef,
};
use crate::source::Node;

pub(in crate::lower) fn parameters<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
    name: &OperationName,
    previous: Option<&OperationNames>,
) -> Vec<Parameter> {
    let told_apart = told_apart(&spec.parameters);
    let unique = identifier::unique(
        told_apart.iter().map(|name| &**name),
        |at| {
            previous_parameter(
                previous,
                spec.parameters[at].location,
                &spec.parameters[at].name,
            )
        },
        |wire| vec![identifier::parameter_name(wire)],
        Order::Given,
    );
    // The media types of the body and the answer, and the credentials, are the client's business; so is
    // where a request ends and which connection it takes.
    let frames = |parameter: &openapi::Parameter<'_>| {
        parameter.location == Location::Header && framing::is_of_request(&parameter.name)
    };
    let managed = |parameter: &openapi::Parameter<'_>| {
        frames(parameter)
            || parameter.location == Location::Header && is_ignored_parameter(&parameter.name)
    };
    let mut parameters = Vec::new();
    for (parameter, unique) in spec.parameters.iter().zip(unique) {
        if managed(parameter) {
            let why = match frames(parameter) {
                true => "it says how a request travels",
                false => "OpenAPI says to ignore it",
            };
            let problem = Problem::new(
                Code::MANAGED_HEADER,
                parameter.node,
                format!(
                    "header `{}` is set by the client and is no parameter ({why})",
                    parameter.name
                ),
            );
            let problem = match frames(parameter) {
                true => problem,
                false => problem.help("give it by `header` on a call, or as a credential"),
            };
            types.context.problem(problem);
            continue;
        }
        parameters.push(self::parameter(types, parameter, (unique, name), previous));
    }
    // Path parameters are put into the template's order by `template`; the order of the others, which a
    // document may change at any time, must not be that of arguments.
    parameters.sort_by_cached_key(key);
    parameters
}

/// By which parameters are in order: those of the path come first.
pub(super) fn key(parameter: &Parameter) -> (bool, String, Location) {
    let is_behind = parameter.location != Location::Path;
    (is_behind, parameter.wire.clone(), parameter.location)
}

/// The names of parameters; of several that have the same, in different places, the place is part of it, except
/// for the one in the path.
fn told_apart<'p>(parameters: &'p [openapi::Parameter<'_>]) -> Vec<Cow<'p, str>> {
    let mut first: HashMap<&str, Location> = HashMap::new();
    for it in parameters {
        let first = first.entry(&it.name).or_insert(it.location);
        *first = it.location.min(*first);
    }
    let told_apart = |it: &'p openapi::Parameter<'_>| match first.get(&*it.name) {
        Some(first) if *first != it.location => {
            Cow::Owned(format!("{}_{}", it.name, it.location.word()))
        }
        _ => Cow::Borrowed(it.name.as_str()),
    };
    parameters.iter().map(told_apart).collect()
}

pub(super) fn previous_parameter(
    previous: Option<&OperationNames>,
    location: Location,
    wire: &str,
) -> Option<String> {
    let key = (location.word().to_owned(), wire.to_owned());
    let name = previous?.parameters.get(&key)?;
    Some(identifier::escape_keyword(name.clone()))
}

fn parameter<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Parameter<'d>,
    (name, operation): (String, &OperationName),
    previous: Option<&OperationNames>,
) -> Parameter {
    let root = identifier::pascal(&operation.phrase_of_resource());
    let suggestions = Suggestions {
        own: vec![root],
        shared: vec![identifier::pascal(&operation.entity)],
    };
    let site = Site::suggested_by(suggestions).then(Step::Property(spec.name.clone()));
    let (schema, encoding) = parameter_content::content(types, spec).unwrap_or_else(|| {
        let styled = ParameterEncoding::Styled {
            style: spec.style,
            explode: spec.explode,
            reserved: spec.allow_reserved,
        };
        (spec.schema, styled)
    });
    let constant = schema
        .filter(|_| !was_asked_for(spec, previous))
        .and_then(|node| constant::of_parameter(types, (spec, node), encoding));
    let Described {
        ty,
        docs,
        deprecated,
        default,
        minimum,
    } = described(types, spec, schema, constant.as_ref(), &site);
    Parameter {
        name,
        wire: spec.name.clone(),
        location: spec.location,
        ty,
        conversion: Conversion::None,
        required: spec.required,
        supply: match constant {
            Some(constant) => Supply::Constant(constant.text),
            None if spec.required => Supply::Argument,
            None => Supply::Setter,
        },
        encoding,
        default,
        minimum,
        docs,
        summary: String::new(),
        deprecated: spec.deprecated || deprecated,
    }
}

/// Whether callers gave it in the generation before. Those of the path are what a call needs in any case.
fn was_asked_for(spec: &openapi::Parameter<'_>, previous: Option<&OperationNames>) -> bool {
    let Some(OperationNames { arguments, .. }) = previous else {
        return false;
    };
    let address = parameter_address(spec.location, &spec.name);
    match spec.location {
        Location::Path => !arguments.constants.contains_key(&address),
        Location::Query | Location::Header | Location::Cookie => {
            arguments.required.contains(&address)
        }
    }
}

/// The type of a parameter, and what its schema says of it.
struct Described {
    ty: TypeRef,
    docs: Docs,
    deprecated: bool,
    default: Option<Value>,
    minimum: Option<f64>,
}

fn described<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Parameter<'d>,
    schema: Option<Node<'d>>,
    constant: Option<&Constant>,
    site: &Site,
) -> Described {
    match schema {
        Some(node) => {
            let ty = match constant {
                Some(constant) if !constant.has_type => TypeRef::Scalar(Scalar::Constant),
                _ => types.node(node, site).ty.meant(),
            };
            let schema = Schema::read(node);
            let own = spec.description.as_deref().or(schema.description);
            let documents = types.context.documents();
            let words = own
                .or_else(|| inherited::words(documents, std::slice::from_ref(&schema), &spec.name));
            let all = std::slice::from_ref(&schema);
            let write = || describe::member(documents, (&schema, all), words);
            Described {
                ty,
                docs: types.context.documented(spec.node, write),
                deprecated: schema.deprecated,
                default: schema.default.cloned(),
                minimum: schema.minimum,
            }
        }
        None => {
            let text = spec.description.as_deref();
            let docs = types.context.described(spec.node, text);
            Described {
                ty: TypeRef::Scalar(Scalar::String),
                docs,
                deprecated: false,
                default: None,
                minimum: None,
            }
        }
    }
}
