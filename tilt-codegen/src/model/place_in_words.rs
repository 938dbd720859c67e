//! Where a schema stands, in words: all that can be said of a type that its document says nothing of.

use crate::code_span::code_span;
use crate::place::pointer;

/// A sentence about the place that a JSON pointer leads to.
pub(super) fn place_in_words(text: &str) -> String {
    let tokens: Vec<String> = text
        .split('/')
        .skip(1)
        .map(|token| pointer::unescape(token).into_owned())
        .collect();
    let (root, behind) = root(&tokens);
    let inside = inside(behind);
    match inside.is_empty() {
        true => format!("{}.", capitalized(&root)),
        false => format!("{} in {root}.", code_span(&inside)),
    }
}

/// The thing with a name that a pointer begins with, and the tokens behind it.
fn root(tokens: &[String]) -> (String, &[String]) {
    let token = |at: usize| tokens.get(at).map(String::as_str).unwrap_or_default();
    match token(0) {
        "components" => {
            let kind = match token(1) {
                "responses" => "answer",
                "requestBodies" => "body",
                "parameters" => "parameter",
                "headers" => "header",
                "messages" => "message",
                _ => "schema",
            };
            (
                format!("the {kind} {}", code_span(token(2))),
                tokens.get(3..).unwrap_or_default(),
            )
        }
        "paths" | "webhooks" | "channels" => {
            let (part, length) = match (token(3), token(4)) {
                ("requestBody", _) => ("the body".to_owned(), 4),
                ("responses", status) => (format!("the answer {}", code_span(status)), 5),
                ("parameters", _) => ("a parameter".to_owned(), 5),
                ("message", _) => ("a message".to_owned(), 4),
                ("callbacks", name) => (format!("the callback {}", code_span(name)), 5),
                _ => ("a schema".to_owned(), 3),
            };
            let operation = match token(0) {
                "paths" => format!("{} {}", token(2).to_uppercase(), token(1)),
                _ => token(1).to_owned(),
            };
            let root = format!("{part} of {}", code_span(&operation));
            (root, tokens.get(length..).unwrap_or_default())
        }
        "definitions" | "$defs" => {
            let root = format!("the schema {}", code_span(token(1)));
            (root, tokens.get(2..).unwrap_or_default())
        }
        "" => ("the document".to_owned(), &[]),
        other => (
            format!("the schema {}", code_span(other)),
            tokens.get(1..).unwrap_or_default(),
        ),
    }
}

/// The way through properties, elements and alternatives.
fn inside(tokens: &[String]) -> String {
    let mut way = String::new();
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        match token.as_str() {
            "properties" => {
                if !way.is_empty() {
                    way.push('.');
                }
                way.extend(rest.next().map(String::as_str));
            }
            "items" | "unevaluatedItems" => way.push_str("[]"),
            "additionalProperties" | "unevaluatedProperties" => way.push_str("{}"),
            _ => {}
        }
    }
    way
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::place_in_words;

    #[test]
    fn places_are_said_in_words() {
        for (pointer, said) in [
            ("/components/schemas/Order", "The schema `Order`."),
            (
                "/components/schemas/Order/properties/lines/items",
                "`lines[]` in the schema `Order`.",
            ),
            (
                "/paths/~1orders/post/requestBody/content/application~1json/schema",
                "The body of `POST /orders`.",
            ),
            (
                "/paths/~1orders/get/responses/200/content/application~1json/schema/properties/data",
                "`data` in the answer `200` of `GET /orders`.",
            ),
            ("/components/schemas/Pet/oneOf/0", "The schema `Pet`."),
            ("", "The document."),
        ] {
            assert_eq!(place_in_words(pointer), said, "{pointer}");
        }
    }
}
