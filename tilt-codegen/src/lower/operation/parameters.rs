//! Parameters of operations, and the templates of paths that they stand in.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
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
    Conversion, Docs, Location, Parameter, ParameterEncoding, ParameterStyle, PathSegment, Scalar,
    Supply, TypeRef,
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
    let key = |it: &Parameter| (it.location != Location::Path, it.wire.clone(), it.location);
    parameters.sort_by_cached_key(key);
    parameters
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

fn previous_parameter(
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
    let root = identifier::pascal(&format!("{}_{}", operation.method, operation.resource));
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

/// Splits a path key into literal text and parameters. Parameters that the document does not
/// declare are strings; declared ones that the path does not have are left out with a finding.
pub(in crate::lower) fn template<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
    template: &str,
    parameters: &mut Vec<Parameter>,
    previous: Option<&OperationNames>,
) -> (Vec<PathSegment>, Vec<(String, Option<String>)>) {
    let path = template.split('#').next().unwrap_or(template);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = rooted(path);
    let mut taken: HashSet<String> = parameters.iter().map(|own| own.name.clone()).collect();
    let (declared, others): (Vec<Parameter>, Vec<Parameter>) = std::mem::take(parameters)
        .into_iter()
        .partition(|parameter| parameter.location == Location::Path);
    let mut unused: IndexMap<String, Parameter> = IndexMap::new();
    for parameter in declared {
        // Of several with one name the first counts.
        unused.entry(parameter.wire.clone()).or_insert(parameter);
    }
    *parameters = others;
    let mut ordered: IndexMap<String, Parameter> = IndexMap::new();
    let mut segments = Vec::new();
    for piece in pieces(&path) {
        let wire = match piece {
            Piece::Literal(literal) => {
                segments.push(PathSegment::Literal(literal.to_owned()));
                continue;
            }
            Piece::Parameter(wire) => wire,
        };
        if let Some(index) = ordered.get_index_of(wire) {
            segments.push(PathSegment::Parameter(index));
            continue;
        }
        let parameter = unused.swap_remove(wire).unwrap_or_else(|| {
            let problem = Problem::new(
                Code::UNDECLARED_PATH_PARAMETER,
                spec.node,
                format!("path parameter `{wire}` is not declared; it is a string"),
            );
            types.context.problem(problem);
            undeclared(wire, &mut taken, previous)
        });
        segments.push(PathSegment::Parameter(ordered.len()));
        ordered.insert(wire.to_owned(), parameter);
    }
    unused.sort_unstable_keys();
    for wire in unused.keys() {
        let problem = Problem::new(
            Code::UNUSED_PATH_PARAMETER,
            spec.node,
            format!("path parameter `{wire}` is not in the path `{}`", spec.path),
        );
        types.context.problem(problem);
    }
    let mut ordered: Vec<Parameter> = ordered.into_values().collect();
    ordered.append(parameters);
    *parameters = ordered;
    (segments, fixed_query(query))
}

/// A path with the slash that it begins with: without one, it would be part of the host behind the address of a server.
fn rooted(path: &str) -> Cow<'_, str> {
    match path.is_empty() || path.starts_with('/') {
        true => Cow::Borrowed(path),
        false => Cow::Owned(format!("/{path}")),
    }
}

/// A piece of a path template.
enum Piece<'p> {
    Literal(&'p str),
    /// Without its braces.
    Parameter(&'p str),
}

fn pieces(path: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            pieces.push(Piece::Literal(&rest[..open]));
        }
        pieces.push(Piece::Parameter(&rest[open + 1..open + length]));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

/// The pairs of a query string in a path key.
fn fixed_query(query: &str) -> Vec<(String, Option<String>)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.contains('{'))
        .map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (pair.to_owned(), None),
        })
        .collect()
}

fn undeclared(
    wire: &str,
    taken: &mut HashSet<String>,
    previous: Option<&OperationNames>,
) -> Parameter {
    let mut name = previous_parameter(previous, Location::Path, wire)
        .unwrap_or_else(|| identifier::parameter_name(wire));
    if taken.contains(&name) {
        let plain = identifier::bare(&name);
        let told = [
            format!("{plain}_in_path"),
            format!("{plain}_{:08x}", identifier::fingerprint(wire)),
        ];
        let [first, second] = told;
        name = if taken.contains(&first) {
            second
        } else {
            first
        };
    }
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    Parameter {
        name,
        wire: wire.to_owned(),
        location: Location::Path,
        ty: TypeRef::Scalar(Scalar::String),
        conversion: Conversion::None,
        required: true,
        supply: Supply::Argument,
        encoding: ParameterEncoding::Styled {
            style: ParameterStyle::Simple,
            explode: false,
            reserved: false,
        },
        default: None,
        minimum: None,
        docs: Docs::default(),
        summary: String::new(),
        deprecated: false,
    }
}
