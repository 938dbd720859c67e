//! `Accept`: the media types that an operation's answers are documented to have (RFC 9110, 12.5.1).

use std::collections::HashSet;

use super::answers::Answers;
use super::forms;
use crate::dialect::ignored::is_without_content;
use crate::dialect::openapi::{Media, Response};
use crate::model::StatusRange;

/// The value of the header. Media types of success come first, as the document writes them, those that are read alike
/// in its order; those of errors alone weigh less. Empty: no answer is documented to have a body.
pub(in crate::lower) fn accept(answers: &Answers<'_, '_>) -> String {
    let mut met = HashSet::new();
    let mut accepted: Vec<String> = Vec::new();
    for response in answers.success().filter(|it| has_body(it.0)).map(|it| it.1) {
        for media in read(answers, response) {
            if met.insert(media.to_ascii_lowercase()) {
                accepted.push(media.to_owned());
            }
        }
    }
    let of_success = accepted.len();
    for response in answers.errors().filter(|it| has_body(it.0)).map(|it| it.1) {
        for media in forms::preferred(&response.content)
            .into_iter()
            .filter_map(range)
        {
            if met.insert(media.to_ascii_lowercase()) {
                accepted.push(format!("{media};q=0.9"));
            }
        }
    }
    // An undocumented body does no harm where none is read.
    if of_success == 0 && !accepted.is_empty() {
        accepted.push("*/*;q=0.8".to_owned());
    }
    accepted.join(", ")
}

/// The media types of a response that can be asked for, preferred ones first.
fn read<'s>(
    answers: &Answers<'_, '_>,
    response: &'s Response<'_>,
) -> impl Iterator<Item = &'s str> {
    forms::preferred(&response.content)
        .into_iter()
        .filter(|media| answers.is_asked_for(media))
        .filter_map(range)
}

/// A media type or a range of them, if it fits a header.
fn range<'s>(media: &'s Media<'_>) -> Option<&'s str> {
    let text = media.media_type.trim();
    let fits = text.contains('/') && text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    fits.then_some(text)
}

fn has_body(status: StatusRange) -> bool {
    !matches!(status, StatusRange::Code(code) if is_without_content(code))
}
