//! The words of a document about an answer of success, where they say more than that it is one.

use crate::dialect::openapi::Response;
use crate::lower::schema::TypeBuilder;
use crate::model::{Answered, Docs, SuccessVariant};

/// Words of which frameworks and generators of documents make a description that they must give.
const OF_ANY_ANSWER: [&str; 26] = [
    "a",
    "accepted",
    "an",
    "api",
    "call",
    "code",
    "completed",
    "content",
    "created",
    "default",
    "executed",
    "http",
    "is",
    "no",
    "ok",
    "okay",
    "operation",
    "request",
    "response",
    "result",
    "status",
    "success",
    "successful",
    "successfully",
    "the",
    "was",
];

/// The description of an answer; empty, where it says what any might.
pub(super) fn described<'d>(types: &mut TypeBuilder<'d, '_>, response: &Response<'d>) -> Docs {
    let text = response.description.as_deref();
    let text = text.filter(|text| says_something(text));
    types.context.described(response.node, text)
}

/// The words about the first form that has some.
pub(super) fn of_any(variants: &[SuccessVariant]) -> Option<Answered> {
    let mut described = variants.iter().filter(|it| !it.docs.0.trim().is_empty());
    described.next().map(|variant| Answered {
        status: variant.status,
        docs: variant.docs.clone(),
        summary: String::new(),
    })
}

fn says_something(text: &str) -> bool {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty());
    words.any(|word| {
        let is_number = word.bytes().all(|it| it.is_ascii_digit());
        let word = word.to_lowercase();
        !is_number && OF_ANY_ANSWER.binary_search(&word.as_str()).is_err()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_any_answer_might_have_say_nothing() {
        assert!(OF_ANY_ANSWER.is_sorted());
        for text in [
            "",
            "OK",
            "Successful Response",
            "200 - success",
            "The request was successful.",
            "Created",
        ] {
            assert!(!says_something(text), "{text}");
        }
        for text in [
            "The order.",
            "Order created",
            "Bestellung",
            "A list of pets",
        ] {
            assert!(says_something(text), "{text}");
        }
    }
}
