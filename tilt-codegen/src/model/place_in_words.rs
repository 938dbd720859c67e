//! Where a schema stands, in words: all that can be said of a type that its document says nothing of.

use crate::code_span::code_span;
use crate::place::{file_name, pointer};

/// A sentence about the place that a JSON pointer leads to, in a file of this name.
pub(super) fn place_in_words(file: &str, text: &str) -> String {
    let tokens: Vec<String> = text
        .split('/')
        .skip(1)
        .map(|token| pointer::unescape(token).into_owned())
        .collect();
    let (root, behind) = root(file, &tokens);
    let inside = inside(behind);
    match inside.is_empty() {
        true => format!("{}.", capitalized(&root)),
        false => format!("{} in {root}.", code_span(&inside)),
    }
}

/// The thing with a name that a pointer begins with, and the tokens behind it. A file of one schema, parameter or answer
/// has no name but that of the file, and so has one of the operations of a path.
fn root<'t>(file: &str, tokens: &'t [String]) -> (String, &'t [String]) {
    let token = |at: usize| tokens.get(at).map(String::as_str).unwrap_or_default();
    let of_file = code_span(file_name(file).split('.').next().unwrap_or_default());
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
            let (part, length) = part(token(3), token(4));
            let operation = match token(0) {
                "paths" => format!("{} {}", token(2).to_uppercase(), token(1)),
                _ => token(1).to_owned(),
            };
            let root = format!("{part} of {}", code_span(&operation));
            (root, tokens.get(3 + length..).unwrap_or_default())
        }
        method if matches!(token(1), "requestBody" | "responses" | "parameters") => {
            let (part, length) = part(token(1), token(2));
            let root = format!("{part} of `{}` in {of_file}", method.to_uppercase());
            (root, tokens.get(1 + length..).unwrap_or_default())
        }
        "definitions" | "$defs" => {
            let root = format!("the schema {}", code_span(token(1)));
            (root, tokens.get(2..).unwrap_or_default())
        }
        "" | "schema" | "content" | "properties" | "items" | "allOf" | "oneOf" | "anyOf" => {
            (format!("the schema {of_file}"), tokens)
        }
        other => (
            format!("the schema {}", code_span(other)),
            tokens.get(1..).unwrap_or_default(),
        ),
    }
}

/// The part of an operation that tokens lead to, and how many of them.
fn part(kind: &str, name: &str) -> (String, usize) {
    match kind {
        "requestBody" => ("the body".to_owned(), 1),
        "responses" => (format!("the answer {}", code_span(name)), 2),
        "parameters" => ("a parameter".to_owned(), 2),
        "message" => ("a message".to_owned(), 1),
        "callbacks" => (format!("the callback {}", code_span(name)), 2),
        _ => ("a schema".to_owned(), 0),
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
            ("", "The schema `Pet`."),
            ("/schema", "The schema `Pet`."),
            (
                "/content/application~1json/schema/properties/id",
                "`id` in the schema `Pet`.",
            ),
            ("/fileType/schema", "The schema `fileType`."),
            (
                "/get/responses/200/content/application~1json/schema/items",
                "`[]` in the answer `200` of `GET` in `Pet`.",
            ),
        ] {
            assert_eq!(
                place_in_words("schemas/Pet.yaml", pointer),
                said,
                "{pointer}"
            );
        }
    }
}
