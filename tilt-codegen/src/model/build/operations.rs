//! Operations: parameters, bodies, answers, security.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::describe;
use super::draft::{Conjunction, Home, Place, Step};
use super::media::{self, Kind};
use super::pagination;
use super::paths::{self, OperationName};
use super::security::Security;
use super::types::TypeBuilder;
use crate::config::Config;
use crate::diagnostic::Problem;
use crate::model::names::{self, Order};
use crate::model::{
    Body, BodyMedia, Docs, ErrorResponse, Location, Operation, Parameter, ParameterEncoding,
    ParameterStyle, PathSegment, Payload, RequestBody, ResponseHeader, Scalar, StatusRange,
    Success, SuccessVariant, TypeRef,
};
use crate::names_file::OperationNames;
use crate::spec::openapi;
use crate::spec::schema::Schema;

/// Makes an operation of what the document says. Its types refer to drafts.
pub(super) fn operation<'d>(
    types: &mut TypeBuilder<'d, '_>,
    security: &Security,
    spec: &openapi::Operation<'d>,
    name: &OperationName,
    config: &Config,
    pointer: String,
    known: Option<&OperationNames>,
) -> Operation {
    let mut parameters = parameters(types, spec, name, known);
    let (segments, fixed_query) = template(types, spec, &mut parameters, known);
    let docs = describe::paragraphs([spec.summary.as_deref(), spec.description.as_deref()]);
    let body = spec
        .body
        .as_ref()
        .and_then(|body| request_body(types, body, name, known));
    let required = security.of_operation(spec);
    let key = paths::key(spec.method, spec.path);
    let header = config.idempotency.header.as_deref();
    let header = header.unwrap_or("Idempotency-Key");
    let idempotency_key = parameters.iter().position(|parameter| {
        parameter.location == Location::Header && parameter.wire.eq_ignore_ascii_case(header)
    });
    let answers = Answers::sort(spec);
    Operation {
        name: name.method.clone(),
        call: call_name(name),
        id: spec.id.clone().unwrap_or(key),
        method: spec.method,
        path: spec.path.to_owned(),
        segments,
        fixed_query,
        docs,
        deprecated: spec.deprecated,
        parameters,
        body,
        success: success(
            types,
            &answers,
            name,
            &response_names(spec, name, config),
            known,
        ),
        errors: errors(types, &answers, name),
        response_headers: response_headers(spec),
        security: required.alternatives,
        scopes: required.scopes,
        pagination: None,
        idempotency_key,
        features: spec.tags.iter().map(|tag| names::snake(tag)).collect(),
        server: spec.server.clone(),
        pointer,
    }
}

/// `CreateOrderCall`, `ListOrdersCall`.
pub(super) fn call_name(name: &OperationName) -> String {
    let method = name.method.trim_start_matches("r#");
    let object = if method.starts_with("list") {
        &name.resource
    } else {
        &name.entity
    };
    names::type_name(&format!("{method}_{object}_call"))
}

fn parameters<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
    name: &OperationName,
    known: Option<&OperationNames>,
) -> Vec<Parameter> {
    let unique = names::unique(
        spec.parameters
            .iter()
            .map(|parameter| parameter.name.as_str()),
        |at| {
            known_parameter(
                known,
                spec.parameters[at].location,
                &spec.parameters[at].name,
            )
        },
        |wire| vec![names::parameter_name(wire)],
        Order::Given,
    );
    // The media types of the body and the answer, and the credentials, are the client's business.
    let managed = |parameter: &openapi::Parameter<'_>| {
        parameter.location == Location::Header
            && ["accept", "content-type", "authorization"]
                .iter()
                .any(|header| parameter.name.eq_ignore_ascii_case(header))
    };
    let mut parameters = Vec::new();
    for (parameter, unique) in spec.parameters.iter().zip(unique) {
        if managed(parameter) {
            let problem = Problem::finding(
                "managed-header",
                parameter.node,
                format!(
                    "header `{}` is set by the client and is no parameter (OpenAPI says to ignore it)",
                    parameter.name
                ),
            );
            let problem = problem.help("give it by `header` on a call, or as a credential");
            types.problem(Home::OpenApi, problem);
            continue;
        }
        parameters.push(self::parameter(types, parameter, unique, name));
    }
    // Stable: path parameters are put into the template's order by `template`.
    parameters.sort_by_key(|parameter| parameter.location != Location::Path);
    parameters
}

fn known_parameter(
    known: Option<&OperationNames>,
    location: Location,
    wire: &str,
) -> Option<String> {
    let key = (location_word(location).to_owned(), wire.to_owned());
    let name = known?.parameters.get(&key)?;
    Some(names::escape_keyword(name.clone()))
}

/// As a document writes it.
pub(super) fn location_word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn parameter<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Parameter<'d>,
    name: String,
    operation: &OperationName,
) -> Parameter {
    let root = names::pascal(&format!("{}_{}", operation.method, operation.resource));
    let place = Place::suggested(vec![root]).then(Step::Property(spec.name.clone()));
    let (schema, encoding) = match &spec.media {
        Some(media) => (media.schema, ParameterEncoding::Json),
        None => {
            let styled = ParameterEncoding::Styled {
                style: spec.style,
                explode: spec.explode,
                reserved: spec.allow_reserved,
            };
            (spec.schema, styled)
        }
    };
    let (ty, docs, deprecated, default) = match schema {
        Some(node) => {
            let typed = types.node(Home::OpenApi, node, &place);
            let schema = Schema::read(node);
            (
                typed.ty,
                describe::member(&schema, spec.description.as_deref()),
                schema.deprecated,
                schema.default.cloned(),
            )
        }
        None => {
            let docs = spec
                .description
                .as_deref()
                .map(describe::text)
                .unwrap_or_default();
            (TypeRef::Scalar(Scalar::String), docs, false, None)
        }
    };
    Parameter {
        name,
        wire: spec.name.clone(),
        location: spec.location,
        ty,
        required: spec.required,
        encoding,
        default,
        docs,
        deprecated: spec.deprecated || deprecated,
    }
}

/// Splits a path key into literal text and parameters. Parameters that the document does not
/// declare are strings; declared ones that the path does not have are left out with a finding.
fn template<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
    parameters: &mut Vec<Parameter>,
    known: Option<&OperationNames>,
) -> (Vec<PathSegment>, Vec<(String, String)>) {
    let without_fragment = spec.path.split('#').next().unwrap_or(spec.path);
    let (path, query) = match without_fragment.split_once('?') {
        Some((path, query)) => (path, query),
        None => (without_fragment, ""),
    };
    let fixed_query = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.contains('{'))
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut pieces: Vec<Result<String, String>> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            pieces.push(Ok(rest[..open].to_owned()));
        }
        pieces.push(Err(rest[open + 1..open + length].to_owned()));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Ok(rest.to_owned()));
    }
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
    for piece in pieces {
        let wire = match piece {
            Ok(literal) => {
                segments.push(PathSegment::Literal(literal));
                continue;
            }
            Err(wire) => wire,
        };
        if let Some(index) = ordered.get_index_of(&wire) {
            segments.push(PathSegment::Parameter(index));
            continue;
        }
        let parameter = unused.swap_remove(&wire).unwrap_or_else(|| {
            let problem = Problem::finding(
                "undeclared-path-parameter",
                spec.node,
                format!("path parameter `{wire}` is not declared; it is a string"),
            );
            types.problem(Home::OpenApi, problem);
            undeclared(&wire, &mut taken, known)
        });
        segments.push(PathSegment::Parameter(ordered.len()));
        ordered.insert(wire, parameter);
    }
    unused.sort_unstable_keys();
    for wire in unused.keys() {
        let problem = Problem::finding(
            "unused-path-parameter",
            spec.node,
            format!("path parameter `{wire}` is not in the path `{}`", spec.path),
        );
        types.problem(Home::OpenApi, problem);
    }
    let mut ordered: Vec<Parameter> = ordered.into_values().collect();
    ordered.append(parameters);
    *parameters = ordered;
    (segments, fixed_query)
}

fn undeclared(
    wire: &str,
    taken: &mut HashSet<String>,
    known: Option<&OperationNames>,
) -> Parameter {
    let mut name =
        known_parameter(known, Location::Path, wire).unwrap_or_else(|| names::parameter_name(wire));
    if taken.contains(&name) {
        let plain = name.trim_start_matches("r#");
        let told = [
            format!("{plain}_in_path"),
            format!("{plain}_{:08x}", names::fingerprint(wire)),
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
        required: true,
        encoding: ParameterEncoding::Styled {
            style: ParameterStyle::Simple,
            explode: false,
            reserved: false,
        },
        default: None,
        docs: Docs::default(),
        deprecated: false,
    }
}

fn request_body<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::RequestBody<'d>,
    operation: &OperationName,
    known: Option<&OperationNames>,
) -> Option<RequestBody> {
    let mut content: Vec<&openapi::Media<'d>> = spec.content.iter().collect();
    content.sort_by_key(|media| (media::kind(media.media_type), media.media_type));
    let suggestions = request_names(operation);
    let mut alternatives: Vec<BodyMedia> = Vec::new();
    for media in content {
        let is_xml = media::kind(media.media_type) == Kind::Xml;
        if is_xml && alternatives.iter().any(|other| is_json(&other.payload)) {
            report_twin(types, media);
            continue;
        }
        let payload = types.payload(media, &Place::suggested(suggestions.clone()));
        let covered = alternatives.iter().any(|other| {
            let ty = payload_type(&payload);
            other.payload == payload || ty.is_some() && payload_type(&other.payload) == ty
        });
        if covered {
            // JSON under another name is the same body.
            if !is_json(&payload) {
                report_twin(types, media);
            }
        } else {
            let content_type = content_type(media.media_type, &payload);
            alternatives.push(BodyMedia {
                content_type,
                payload,
            });
        }
    }
    let body = if alternatives.len() <= 1 {
        Body::Single(alternatives.pop()?)
    } else {
        let labels: Vec<String> = alternatives
            .iter()
            .map(|media| media_label(&media.content_type))
            .collect();
        let labels = names::unique(
            labels.iter().map(String::as_str),
            |at| {
                let name = known?.bodies.get(&alternatives[at].content_type)?;
                Some(name.clone())
            },
            |label| vec![names::variant_name(label)],
            Order::Given,
        );
        let name = format!(
            "{}_{}_body",
            operation.method.trim_start_matches("r#"),
            operation.resource
        );
        Body::Choice {
            name: names::type_name(&name),
            variants: labels.into_iter().zip(alternatives).collect(),
        }
    };
    let required = spec.required.unwrap_or_else(|| {
        let needed = needs_content(types, spec);
        if needed {
            let problem = Problem::finding(
                "body-without-required",
                spec.node,
                "the body is not said to be required, but it has properties that are: it is taken as required",
            );
            types.problem(Home::OpenApi, problem);
        }
        needed
    });
    Some(RequestBody {
        // No parameter is called so: see `names::RESERVED_PARAMETERS`.
        name: "body".to_owned(),
        required,
        body,
        docs: spec
            .description
            .as_deref()
            .map(describe::text)
            .unwrap_or_default(),
    })
}

/// Whether every media type of a body is an object with required properties.
fn needs_content<'d>(types: &mut TypeBuilder<'d, '_>, spec: &openapi::RequestBody<'d>) -> bool {
    !spec.content.is_empty()
        && spec.content.iter().all(|media| {
            media.schema.is_some_and(|schema| {
                let flat = types.flatten(&Conjunction::one(Home::OpenApi, schema));
                flat.leaves.iter().any(|leaf| {
                    let schema = &leaf.schema;
                    schema.required.iter().any(|name| {
                        schema
                            .properties
                            .iter()
                            .any(|(property, _)| property == name)
                    })
                })
            })
        })
}

fn request_names(operation: &OperationName) -> Vec<String> {
    let verb = operation.method.trim_start_matches("r#");
    let short = names::type_name(&format!("{verb}_{}", operation.entity));
    vec![short.clone(), format!("{short}Request")]
}

/// A media type as a header says it: a range (`*/*`) is no type to send.
fn content_type(media_type: &str, payload: &Payload) -> String {
    if media_type.contains('*') || !media_type.contains('/') {
        return match payload {
            Payload::Json(_) => "application/json",
            Payload::Text => "text/plain",
            _ => "application/octet-stream",
        }
        .to_owned();
    }
    media_type.trim().to_owned()
}

/// What a media type is called as a variant.
fn media_label(media_type: &str) -> String {
    match media::kind(media_type) {
        Kind::Json => "Json".to_owned(),
        Kind::Form => "Form".to_owned(),
        Kind::Multipart => "Multipart".to_owned(),
        Kind::EventStream => "EventStream".to_owned(),
        _ => {
            let essence = media::essence(media_type);
            let sub = essence.rsplit('/').next().unwrap_or(&essence);
            names::pascal(sub.trim_start_matches("x-").trim_start_matches("vnd."))
        }
    }
}

fn payload_type(payload: &Payload) -> Option<&TypeRef> {
    match payload {
        Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => Some(ty),
        _ => None,
    }
}

/// An operation's responses: those that mean success, and the others.
struct Answers<'s, 'd> {
    success: Vec<(StatusRange, &'s openapi::Response<'d>)>,
    errors: Vec<(StatusRange, &'s openapi::Response<'d>)>,
}

impl<'s, 'd> Answers<'s, 'd> {
    /// Success is what is documented as 2xx; where nothing is, 3xx and 1xx; where that is not
    /// there either, the default.
    fn sort(spec: &'s openapi::Operation<'d>) -> Self {
        let class = |status: &StatusRange| match status {
            StatusRange::Code(code) => u8::try_from(code / 100).unwrap_or_default(),
            StatusRange::Class(class) => *class,
            StatusRange::Default => 0,
        };
        let has = |wanted: &[u8]| {
            spec.responses
                .iter()
                .any(|(status, _)| wanted.contains(&class(status)))
        };
        let wanted: &[u8] = if has(&[2]) {
            &[2]
        } else if has(&[1, 3]) {
            &[1, 3]
        } else {
            &[0]
        };
        let all = spec
            .responses
            .iter()
            .map(|(status, response)| (*status, response));
        let (success, errors) = all.partition(|(status, _)| wanted.contains(&class(status)));
        Self { success, errors }
    }
}

fn success<'d>(
    types: &mut TypeBuilder<'d, '_>,
    answers: &Answers<'_, 'd>,
    operation: &OperationName,
    suggestions: &[String],
    known: Option<&OperationNames>,
) -> Success {
    let mut variants: Vec<SuccessVariant> = Vec::new();
    for (status, response) in &answers.success {
        let alternatives = payloads(types, *status, response, suggestions);
        let several = alternatives.len() > 1;
        if alternatives.is_empty() {
            variants.push(SuccessVariant {
                name: status_label(*status),
                status: *status,
                payload: None,
                content_type: None,
            });
        }
        for (media, payload) in alternatives {
            let content_type = content_type(media.media_type, &payload);
            let label = status_label(*status);
            let name = if several {
                format!("{label}{}", media_label(&content_type))
            } else {
                label
            };
            variants.push(SuccessVariant {
                name,
                status: *status,
                payload: Some(payload),
                content_type: Some(content_type),
            });
        }
    }
    variants.dedup_by(|a, b| a.status == b.status && a.payload == b.payload);
    let same = variants
        .windows(2)
        .all(|pair| pair[0].payload == pair[1].payload);
    // What is not 2xx is success only where it is named.
    let usual = variants.iter().all(|variant| {
        matches!(
            variant.status,
            StatusRange::Code(200..=299) | StatusRange::Class(2) | StatusRange::Default
        )
    });
    if same && usual {
        return match variants
            .into_iter()
            .next()
            .and_then(|variant| variant.payload)
        {
            Some(payload) => Success::Single(payload),
            None => Success::Empty,
        };
    }
    let names = names::unique(
        variants.iter().map(|variant| variant.name.as_str()),
        |at| known?.answers.get(&answer_key(&variants[at])).cloned(),
        |label| vec![names::variant_name(label)],
        Order::Given,
    );
    for (variant, name) in variants.iter_mut().zip(names) {
        variant.name = name;
    }
    let name = format!(
        "{}_{}_answer",
        operation.method.trim_start_matches("r#"),
        operation.resource
    );
    Success::Choice {
        name: names::type_name(&name),
        variants,
    }
}

/// What a form of an answer is called by in a names file: its status and media type.
pub(super) fn answer_key(variant: &SuccessVariant) -> String {
    let status = match variant.status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "default".to_owned(),
    };
    match &variant.content_type {
        Some(content_type) => format!("{status} {content_type}"),
        None => status,
    }
}

fn response_names(
    spec: &openapi::Operation<'_>,
    operation: &OperationName,
    config: &Config,
) -> Vec<String> {
    let pages = spec.parameters.iter().any(|parameter| {
        parameter.location == Location::Query
            && pagination::is_position(&parameter.name, config.pagination.as_ref())
    });
    let verb = operation.method.trim_start_matches("r#");
    let entity = operation.entity.as_str();
    let long = names::type_name(&format!("{verb}_{entity}_response"));
    let first = match verb {
        "get" => names::type_name(entity),
        "list" if pages => names::type_name(&format!("{entity}_page")),
        "list" => names::type_name(&format!("{entity}_list")),
        "create" => names::type_name(&format!("created_{entity}")),
        "update" | "replace" => names::type_name(&format!("updated_{entity}")),
        "delete" => names::type_name(&format!("deleted_{entity}")),
        _ => return vec![long],
    };
    vec![first, long]
}

/// What a response may carry, preferred media types first.
fn payloads<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    status: StatusRange,
    response: &'s openapi::Response<'d>,
    suggestions: &[String],
) -> Vec<(&'s openapi::Media<'d>, Payload)> {
    let mut content: Vec<&openapi::Media<'d>> = response.content.iter().collect();
    content.sort_by_key(|media| (media::kind(media.media_type), media.media_type));
    // RFC 9110, 15.3.5, 15.3.6 and 15.4.5.
    if let StatusRange::Code(code @ (204 | 205 | 304)) = status {
        for media in content {
            let message = format!("an answer of status {code} never has content; it is ignored");
            let problem = Problem::finding("content-without-body", media.node, message);
            types.problem(Home::OpenApi, problem);
        }
        return Vec::new();
    }
    let mut kept: Vec<(&openapi::Media<'d>, Payload)> = Vec::new();
    for media in content {
        let is_xml = media::kind(media.media_type) == Kind::Xml;
        if is_xml && kept.iter().any(|(_, other)| is_json(other)) {
            report_twin(types, media);
            continue;
        }
        let payload = types.payload(media, &Place::suggested(suggestions.to_vec()));
        if kept.iter().any(|(_, other)| *other == payload) {
            if !is_json(&payload) {
                report_twin(types, media);
            }
        } else {
            kept.push((media, payload));
        }
    }
    kept
}

fn is_json(payload: &Payload) -> bool {
    matches!(payload, Payload::Json(_))
}

fn report_twin<'d>(types: &mut TypeBuilder<'d, '_>, media: &openapi::Media<'d>) {
    let message = format!(
        "`{}` carries the same as the media type that is used",
        media.media_type
    );
    let problem = Problem::finding("other-media-type", media.node, message);
    types.problem(Home::OpenApi, problem);
}

fn errors<'d>(
    types: &mut TypeBuilder<'d, '_>,
    answers: &Answers<'_, 'd>,
    operation: &OperationName,
) -> Vec<ErrorResponse> {
    let verb = operation.method.trim_start_matches("r#");
    let own = names::type_name(&format!("{verb}_{}_error", operation.entity));
    let suggestions = vec!["ErrorBody".to_owned(), own];
    answers
        .errors
        .iter()
        .map(|(status, response)| {
            let mut alternatives = payloads(types, *status, response, &suggestions).into_iter();
            let payload = alternatives.next().map(|(_, payload)| payload);
            for (media, _) in alternatives {
                let message = format!(
                    "an error is read as one media type; of `{}` there is the text",
                    media.media_type
                );
                let problem = Problem::finding("other-media-type", media.node, message);
                types.problem(Home::OpenApi, problem);
            }
            ErrorResponse {
                status: *status,
                payload,
                docs: response
                    .description
                    .as_deref()
                    .map(describe::text)
                    .unwrap_or_default(),
            }
        })
        .collect()
}

fn response_headers(spec: &openapi::Operation<'_>) -> Vec<ResponseHeader> {
    let mut seen = HashSet::new();
    let headers = spec.responses.iter().flat_map(|(status, response)| {
        response
            .headers
            .iter()
            .map(|(name, description, _)| ResponseHeader {
                status: *status,
                name: (*name).to_owned(),
                docs: description
                    .as_deref()
                    .map(describe::text)
                    .unwrap_or_default(),
            })
    });
    headers
        .filter(|header| seen.insert((header.status, header.name.to_lowercase())))
        .collect()
}

/// A status as a variant: its reason phrase (RFC 9110, 15).
fn status_label(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => match code {
            100 => "Continue",
            101 => "SwitchingProtocols",
            200 => "Success",
            201 => "Created",
            202 => "Accepted",
            203 => "NonAuthoritative",
            204 => "NoContent",
            205 => "ResetContent",
            206 => "PartialContent",
            207 => "MultiStatus",
            300 => "MultipleChoices",
            301 => "MovedPermanently",
            302 => "Found",
            303 => "SeeOther",
            304 => "NotModified",
            307 => "TemporaryRedirect",
            308 => "PermanentRedirect",
            code => return format!("Status{code}"),
        }
        .to_owned(),
        StatusRange::Class(class) => format!("Status{class}xx"),
        StatusRange::Default => "Default".to_owned(),
    }
}
