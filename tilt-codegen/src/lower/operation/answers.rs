//! Answers of operations: which of them mean success, what they carry and what they are called.

use std::collections::HashSet;

use crate::config::Config;
use crate::diagnostic::{Code, Problem};
use crate::dialect::ignored::is_without_content;
use crate::dialect::media_type::essence;
use crate::dialect::openapi;
use crate::identifier::{self, Order};
use crate::lock::OperationNames;
use crate::lower::draft::Suggestions;
use crate::lower::naming::phrase::is_leading;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::answered;
use crate::lower::operation::forms::{self, Form};
use crate::lower::operation::framing;
use crate::lower::operation::headers;
use crate::lower::operation::media::{content_type, media_label, told_apart};
use crate::lower::operation::pagination;
use crate::lower::operation::served::{self, Served};
use crate::lower::operation::status_names::{error_reason, status_label};
use crate::lower::schema::TypeBuilder;
use crate::model::{
    Answered, ErrorResponse, HttpMethod, Location, Payload, ResponseHeader, StatusRange, Success,
    SuccessVariant,
};
use crate::source::NodeKey;

/// An operation's responses: those that mean success, and the others.
pub(in crate::lower) struct Answers<'s, 'd> {
    success: Vec<(StatusRange, &'s openapi::Response<'d>)>,
    errors: Vec<(StatusRange, &'s openapi::Response<'d>)>,
    /// Media types of success that are read. Others are left out, or came to an operation that answered with one.
    read: HashSet<NodeKey>,
    method: HttpMethod,
}

impl<'s, 'd> Answers<'s, 'd> {
    /// Success is what is documented as 2xx; where nothing is, 3xx and 1xx; where that is not
    /// there either, the default.
    pub(in crate::lower) fn sort(spec: &'s openapi::Operation<'d>) -> Self {
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
        let read = HashSet::new();
        Self {
            success,
            errors,
            read,
            method: spec.method,
        }
    }

    pub(in crate::lower) fn success(
        &self,
    ) -> impl Iterator<Item = (StatusRange, &'s openapi::Response<'d>)> {
        self.success.iter().copied()
    }

    /// Whether a media type of success can be asked for: it is read, or a GET has it whose headers a HEAD asks for.
    pub(in crate::lower) fn is_asked_for(&self, media: &openapi::Media<'_>) -> bool {
        self.method == HttpMethod::Head || self.read.contains(&media.node.key())
    }

    pub(in crate::lower) fn errors(
        &self,
    ) -> impl Iterator<Item = (StatusRange, &'s openapi::Response<'d>)> {
        self.errors.iter().copied()
    }
}

/// The answers of an operation that succeeds.
pub(in crate::lower) struct Succeeded {
    pub(in crate::lower) success: Success,
    pub(in crate::lower) answered: Option<Answered>,
    /// Each form, for a server.
    pub(in crate::lower) served: Vec<Served>,
}

pub(in crate::lower) fn success<'d>(
    types: &mut TypeBuilder<'d, '_>,
    answers: &mut Answers<'_, 'd>,
    operation: &OperationName,
    suggestions: &Suggestions,
    previous: Option<&OperationNames>,
) -> Succeeded {
    let mut variants = success_variants(types, answers, suggestions, previous);
    let served = variants.iter().map(served::form).collect();
    let same = variants
        .windows(2)
        .all(|pair| is_same(types, &pair[0], &pair[1]));
    // A status that is not 2xx is success only where it is named.
    let usual = variants.iter().all(|variant| {
        matches!(
            variant.status,
            StatusRange::Code(200..=299) | StatusRange::Class(2) | StatusRange::Default
        )
    });
    if same && usual {
        let answered = answered::of_any(&variants);
        let first = variants.into_iter().next();
        let success = match first.and_then(|variant| variant.payload) {
            Some(payload) => Success::Single(payload),
            None => Success::Empty,
        };
        return Succeeded {
            success,
            answered,
            served,
        };
    }
    let labels = variants.iter().map(|variant| {
        let media_type = variant.content_types.first().map_or("", String::as_str);
        (variant.name.clone(), media_type)
    });
    let labels = told_apart(labels.collect());
    let names = identifier::unique(
        labels.iter().map(String::as_str),
        |at| {
            let mut keys = answer_keys(&variants[at]).into_iter();
            keys.find_map(|key| previous?.answers.get(&key).cloned())
        },
        |label| vec![identifier::variant_name(label)],
        Order::Given,
    );
    for (variant, name) in variants.iter_mut().zip(names) {
        variant.name = name;
    }
    let verb = identifier::bare(&operation.method);
    let name = format!("{verb}_{}_answer", operation.resource);
    let name = identifier::type_name(&name);
    Succeeded {
        success: Success::Choice { name, variants },
        answered: None,
        served,
    }
}

/// All forms of success, in the order of the document, under names that may be equal.
fn success_variants<'d>(
    types: &mut TypeBuilder<'d, '_>,
    answers: &mut Answers<'_, 'd>,
    suggestions: &Suggestions,
    previous: Option<&OperationNames>,
) -> Vec<SuccessVariant> {
    let mut variants: Vec<SuccessVariant> = Vec::new();
    for (status, response) in &answers.success.clone() {
        let label = status_label(*status);
        let suggestions = suggestions.and(&label);
        let mut alternatives = payloads(types, answers.method, *status, response, &suggestions);
        let later = take_later(&mut alternatives, previous);
        for media in later.iter().flat_map(|form| &form.media) {
            let message = format!(
                "`{}` came later, and is not asked for: the operation answers as before, so that programs compile; \
                 without its lines in the names file, it answers with either",
                media.media_type
            );
            let problem = Problem::new(Code::OTHER_MEDIA_TYPE, media.node, message);
            types.context.problem(problem);
        }
        let several = alternatives.len() > 1;
        let docs = answered::described(types, response);
        if alternatives.is_empty() {
            variants.push(SuccessVariant {
                name: label.clone(),
                status: *status,
                payload: None,
                content_types: Vec::new(),
                docs: docs.clone(),
            });
        }
        for form in alternatives {
            let called = form.first().map(|media| {
                let content_type = content_type(media.media_type, &form.payload);
                media_label(&content_type)
            });
            let name = match called.filter(|_| several) {
                Some(called) => format!("{label}{called}"),
                None => label.clone(),
            };
            let read = form.media.iter();
            answers.read.extend(read.map(|media| media.node.key()));
            let written = form.media.iter().map(|media| media.media_type.trim());
            variants.push(SuccessVariant {
                name,
                status: *status,
                payload: Some(form.payload),
                content_types: written.map(str::to_owned).collect(),
                docs: docs.clone(),
            });
        }
    }
    variants
}

/// Takes the media types out that an answer did not have when it was of one: which that was, is in the names, where
/// it was not JSON.
fn take_later<'s, 'd>(
    alternatives: &mut Vec<Form<'s, 'd>>,
    previous: Option<&OperationNames>,
) -> Vec<Form<'s, 'd>> {
    let Some(previous) = previous.filter(|it| it.answers.len() < 2) else {
        return Vec::new();
    };
    let was_it = |form: &Form<'_, '_>| match previous.answers.first_key_value() {
        Some((only, _)) => {
            let mut media = form.media.iter();
            media.any(|media| *only == single_key(media.media_type))
        }
        None => matches!(form.payload, Payload::Json(_)),
    };
    let Some(at) = alternatives.iter().position(was_it) else {
        return Vec::new();
    };
    let kept = alternatives.swap_remove(at);
    std::mem::replace(alternatives, vec![kept])
}

/// The key of an answer of one media type in a names file.
pub(in crate::lower) fn single_key(media_type: &str) -> String {
    format!("only {}", essence(media_type))
}

/// Whether two forms carry the same.
fn is_same(types: &TypeBuilder<'_, '_>, a: &SuccessVariant, b: &SuccessVariant) -> bool {
    let canonical = |variant: &SuccessVariant| {
        let payload = variant.payload.as_ref();
        payload.map(|payload| types.canonical(payload))
    };
    canonical(a) == canonical(b)
}

/// The keys of a form of an answer in a names file: its status with each of its media types.
pub(in crate::lower) fn answer_keys(variant: &SuccessVariant) -> Vec<String> {
    let status = match variant.status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "default".to_owned(),
    };
    if variant.content_types.is_empty() {
        return vec![status];
    }
    let content_types = variant.content_types.iter();
    content_types
        .map(|content_type| format!("{status} {content_type}"))
        .collect()
}

/// Names for what an operation answers with: of the thing that it is about, where others answer with
/// the same.
pub(in crate::lower) fn response_names(
    spec: &openapi::Operation<'_>,
    operation: &OperationName,
    config: &Config,
) -> Suggestions {
    let pages = spec.parameters.iter().any(|parameter| {
        parameter.location == Location::Query
            && pagination::is_position(&parameter.name, config.pagination.as_ref())
    });
    let verb = identifier::bare(&operation.method);
    let entity = operation.entity.as_str();
    let name = |text: String| identifier::type_name(&text);
    let phrase = operation.phrase();
    let long = name(format!("{phrase}_response"));
    let first = match verb {
        "get" => Some(name(entity.to_owned())),
        "list" if pages => Some(name(format!("{entity}_page"))),
        "list" => Some(name(format!("{entity}_list"))),
        "create" => Some(name(format!("created_{entity}"))),
        "update" | "replace" => Some(name(format!("updated_{entity}"))),
        "delete" => Some(name(format!("deleted_{entity}"))),
        _ => named_part(&phrase).map(name),
    };
    let is_one = matches!(verb, "get" | "create" | "update" | "replace");
    let shared = match is_one {
        true => vec![name(entity.to_owned()), name(format!("{entity}_response"))],
        false => vec![name(format!("{entity}_response"))],
    };
    let own = first.into_iter().chain([long]).collect();
    Suggestions { own, shared }
}

/// A part of a thing that is read: `charge_dispute` of `get_charge_dispute`.
fn named_part(phrase: &str) -> Option<String> {
    let part = phrase.strip_prefix("get_")?;
    (!part.split('_').any(is_leading)).then(|| part.to_owned())
}

/// The payloads that a response may carry, preferred media types first.
fn payloads<'s, 'd>(
    types: &mut TypeBuilder<'d, '_>,
    method: HttpMethod,
    status: StatusRange,
    response: &'s openapi::Response<'d>,
    suggestions: &Suggestions,
) -> Vec<Form<'s, 'd>> {
    let why = match (method, status) {
        // RFC 9110, 9.3.2.
        (HttpMethod::Head, _) => {
            "an answer to HEAD never has content; it is that of GET, and ignored".to_owned()
        }
        (_, StatusRange::Code(code)) if is_without_content(code) => {
            format!("an answer of status {code} never has content; it is ignored")
        }
        _ => return forms::read(types, &response.content, suggestions),
    };
    for media in forms::preferred(&response.content) {
        let problem = Problem::new(Code::CONTENT_WITHOUT_BODY, media.node, why.clone());
        types.context.problem(problem);
    }
    Vec::new()
}

pub(in crate::lower) fn errors<'d>(
    types: &mut TypeBuilder<'d, '_>,
    answers: &Answers<'_, 'd>,
    operation: &OperationName,
) -> (Vec<ErrorResponse>, Vec<Served>) {
    let phrase = operation.phrase();
    let own = identifier::type_name(&format!("{phrase}_error"));
    answers
        .errors
        .iter()
        .flat_map(|(status, response)| {
            let of_any = "ErrorBody".to_owned();
            let of_status = error_name(*status);
            let longer = format!("{phrase}_{of_status}");
            let longer = identifier::type_name(&longer);
            let suggestions = Suggestions {
                own: vec![of_any.clone(), own.clone(), longer],
                shared: vec![of_any, of_status],
            };
            let forms = payloads(types, answers.method, *status, response, &suggestions);
            alternatives(types, *status, response, forms)
        })
        .unzip()
}

/// The errors of a status: one, and for each other type of JSON another. All else is read as its text.
fn alternatives<'d>(
    types: &mut TypeBuilder<'d, '_>,
    status: StatusRange,
    response: &openapi::Response<'d>,
    forms: Vec<Form<'_, 'd>>,
) -> Vec<(ErrorResponse, Served)> {
    let text = response.description.as_deref();
    let docs = types.context.described(response.node, text);
    let error = |payload, media_type| ErrorResponse {
        status,
        media_type,
        payload,
        docs: docs.clone(),
        summary: String::new(),
    };
    let mut forms = forms.into_iter();
    let first = forms.next();
    let served = served::error(status, first.as_ref());
    let mut errors = vec![(error(first.map(|form| form.payload), None), served)];
    for form in forms {
        if let (Payload::Json(_), Some(media)) = (&form.payload, form.first()) {
            let served = served::other_error(status, &form);
            let media_type = Some(media.media_type.to_owned());
            errors.push((error(Some(form.payload), media_type), served));
            continue;
        }
        for media in form.media {
            let message = format!(
                "of an error in `{}` there is the text alone",
                media.media_type
            );
            let problem = Problem::new(Code::OTHER_MEDIA_TYPE, media.node, message);
            types.context.problem(problem);
        }
    }
    errors
}

pub(in crate::lower) fn response_headers<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::Operation<'d>,
) -> Vec<ResponseHeader> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for (status, response) in &spec.responses {
        for header in &response.headers {
            if !types.context.hold(header.node, header.name.len()) {
                return all;
            }
            if seen.insert((*status, header.name.to_lowercase())) {
                all.push(ResponseHeader {
                    status: *status,
                    name: header.name.to_owned(),
                    required: header.required,
                    comes_by_itself: framing::is_of_answer(header.name),
                    ty: headers::ty(types, header),
                    explode: header.explode,
                    docs: types
                        .context
                        .described(header.node, header.description.as_deref()),
                    summary: String::new(),
                });
            }
        }
    }
    all
}

/// Whether a header can be called so (RFC 9110, 5.6.2).
pub(in crate::lower) fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let has_word = name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    has_word && name.bytes().all(is_token)
}

/// The name of bodies of a status of failure.
fn error_name(status: StatusRange) -> String {
    let reason = match status {
        StatusRange::Code(code) => match error_reason(code) {
            Some(reason) => reason,
            None => return format!("Status{code}Error"),
        },
        StatusRange::Class(4) => "Client",
        StatusRange::Class(5) => "Server",
        StatusRange::Class(class) => return format!("Status{class}xxError"),
        StatusRange::Default => "Default",
    };
    format!("{reason}Error")
}
