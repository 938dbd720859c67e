//! Answers as a server gives them: a form for each status, and for each media type that is read in another way.

use super::forms::Form;
use super::media::{MediaKind, content_type, kind, media_label, told_apart};
use super::status_names::{error_reason, status_label};
use crate::config::Config;
use crate::identifier::{self, Order};
use crate::model::{Answer, AnswerOf, Payload, StatusRange, SuccessVariant};

/// A form of an answer: its status and its media type, empty where it has no body.
pub(in crate::lower) struct Served {
    status: StatusRange,
    content_type: String,
    /// It comes beside another of its status.
    is_other: bool,
}

/// That of success.
pub(in crate::lower) fn form(variant: &SuccessVariant) -> Served {
    let payload = variant.payload.as_ref();
    Served {
        status: variant.status,
        content_type: written(variant.content_types.first().map(String::as_str), payload),
        is_other: false,
    }
}

/// That of a failure.
pub(in crate::lower) fn error(status: StatusRange, form: Option<&Form<'_, '_>>) -> Served {
    let media = form.and_then(Form::first).map(|it| it.media_type);
    Served {
        status,
        content_type: written(media, form.map(|it| &it.payload)),
        is_other: false,
    }
}

/// That of a failure beside another of its status.
pub(in crate::lower) fn other_error(status: StatusRange, form: &Form<'_, '_>) -> Served {
    Served {
        is_other: true,
        ..error(status, Some(form))
    }
}

fn written(media_type: Option<&str>, payload: Option<&Payload>) -> String {
    let both = media_type.zip(payload);
    both.map(|(media_type, payload)| content_type(media_type, payload))
        .unwrap_or_default()
}

/// All answers of an operation; none, where no server is made. A name says what the answer is, and nothing of those beside it.
pub(in crate::lower) fn answers(
    config: &Config,
    success: &[Served],
    errors: &[Served],
) -> Vec<Answer> {
    if !config.parts.server {
        return Vec::new();
    }
    let of_success = success.iter().enumerate();
    let of_success = of_success.map(|(index, it)| (AnswerOf::Success(index), it));
    let of_errors = errors.iter().enumerate();
    let of_errors = of_errors.map(|(index, it)| (AnswerOf::Error(index), it));
    let all: Vec<(AnswerOf, &Served)> = of_success.chain(of_errors).collect();
    let labels = all.iter();
    let labels = labels.map(|(_, it)| (label(it), it.content_type.as_str()));
    let labels = told_apart(labels.collect());
    let names = identifier::unique(
        labels.iter().map(String::as_str),
        |_| None,
        |label| vec![identifier::variant_name(label)],
        Order::Given,
    );
    let named = all.into_iter().zip(names);
    named
        .map(|((of, served), name)| Answer {
            name,
            status: served.status,
            content_type: served.content_type.clone(),
            of,
        })
        .collect()
}

fn label(served: &Served) -> String {
    let status = match served.status {
        StatusRange::Code(code @ 400..) => match error_reason(code) {
            Some(reason) => reason.to_owned(),
            None => status_label(served.status),
        },
        status => status_label(status),
    };
    match kind(&served.content_type) {
        _ if served.is_other => format!("{status}{}", media_label(&served.content_type)),
        // JSON may have any name where a failure is said.
        MediaKind::Json | MediaKind::Malformed => status,
        MediaKind::JsonVariant if !matches!(served.status, StatusRange::Code(..400)) => status,
        _ => format!("{status}{}", media_label(&served.content_type)),
    }
}
