//! The schemas of documented answers.

use serde_json::{Map, Value, json};

use super::{child, contents, operations};
use crate::document::{Document, ValidatorError};
use crate::instances::Instances;

/// An answer in JSON that an operation may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In lower case.
    pub method: String,
    /// As the document writes it.
    pub path: String,
    /// `2XX` and `default` are `2XX` and `default`.
    pub status: String,
    /// The media type.
    pub media_type: String,
    /// The pointer of its schema.
    pub pointer: Option<String>,
}

/// An answer that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// In lower case.
    pub method: String,
    /// As the document writes it.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The media type.
    pub media_type: String,
    /// The body.
    pub body: String,
}

/// So many bodies are made of each answer.
const MOST: usize = 3;

/// A value that an operation may answer with.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The answer.
    pub answer: Answer,
    /// Of a stream, one of its items.
    pub value: Value,
}

/// Values of all documented answers that have a body.
///
/// # Errors
///
/// The document's schemas cannot be compiled.
pub fn made(document: &Document) -> Result<Vec<Made>, ValidatorError> {
    let answers = all(document);
    let schemas = answers.iter().filter(|it| is_of_json(&it.media_type));
    let schemas = schemas.filter_map(|it| it.pointer.as_deref());
    let instances = Instances::new(document, schemas.collect())?;
    let mut made = Vec::new();
    for answer in answers {
        let values = match answer.pointer.as_deref() {
            Some(schema) if is_of_json(&answer.media_type) => {
                let valid = instances.of(&[schema], MOST).into_iter();
                valid.filter(|it| it.is_valid).map(|it| it.value).collect()
            }
            _ => vec![json!("text")],
        };
        made.extend(values.into_iter().map(|value| Made {
            answer: answer.clone(),
            value,
        }));
    }
    Ok(made)
}

/// All documented answers in JSON.
pub fn answers(document: &Document) -> Vec<Answer> {
    let mut answers = all(document);
    answers.retain(|it| is_json(&it.media_type));
    answers
}

fn all(document: &Document) -> Vec<Answer> {
    let mut answers = Vec::new();
    for operation in operations(document) {
        let place = child(&operation.pointer, "responses");
        let responses = document.raw().pointer(&place).and_then(Value::as_object);
        for status in responses.into_iter().flat_map(Map::keys) {
            let Some((response, _)) = document.resolve(&child(&place, status)) else {
                continue;
            };
            let contents = contents(document, &response).into_iter();
            answers.extend(contents.map(|(media_type, pointer)| Answer {
                method: operation.method.to_owned(),
                path: operation.path.to_owned(),
                status: status.to_ascii_uppercase(),
                media_type,
                pointer,
            }));
        }
    }
    answers
}

impl Answer {
    /// A status that it may have: one that the document means, where it says no more than `2XX` or `default`.
    pub fn example_status(&self, all: &[Answer]) -> Option<u16> {
        let is_success = |it: &Answer| {
            it.method == self.method && it.path == self.path && it.status.starts_with('2')
        };
        match self.status.as_str() {
            DEFAULT if all.iter().any(is_success) => Some(500),
            DEFAULT => Some(200),
            status => status.replace('X', "0").parse().ok(),
        }
    }
}

const DEFAULT: &str = "DEFAULT";

/// Whether each answer is one that the document allows; `None` where it documents no JSON.
///
/// # Errors
///
/// The document's schemas cannot be compiled.
pub fn are_valid(
    document: &Document,
    given: &[Given],
) -> Result<Vec<Option<bool>>, ValidatorError> {
    let answers = answers(document);
    let pointers = answers.iter().filter_map(|it| it.pointer.as_deref());
    let pointers = pointers.filter(|it| document.schema(it).is_some());
    let validator = document.validator(pointers)?;
    let is_valid = |given: &Given| {
        let answer = documented(&answers, given)?;
        let value = serde_json::from_str(&given.body);
        Some(value.is_ok_and(|value| {
            let pointer = answer.pointer.as_deref();
            pointer.is_none_or(|it| validator.is_valid(it, &value))
        }))
    };
    Ok(given.iter().map(is_valid).collect())
}

/// The answer of a status: under itself, its class, or all others.
fn documented<'a>(answers: &'a [Answer], given: &Given) -> Option<&'a Answer> {
    let code = given.status.to_string();
    let class = format!("{}XX", given.status / 100);
    let same = |it: &&Answer| {
        it.method == given.method
            && it.path == given.path
            && essence(&it.media_type) == essence(&given.media_type)
    };
    [code.as_str(), &class, DEFAULT].iter().find_map(|status| {
        let mut all = answers.iter().filter(same);
        all.find(|it| it.status == *status)
    })
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// True of a body that is JSON, or several values of it.
fn is_of_json(media_type: &str) -> bool {
    let streams = [
        "text/event-stream",
        "application/x-ndjson",
        "application/jsonl",
        "application/json-seq",
    ];
    is_json(media_type) || streams.contains(&&*essence(media_type))
}

fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::OneOf;

    fn document() -> Document {
        let schema = json!({"schema": {"type": "string"}});
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"get": {"responses": {
                "200": {"content": {"application/json": schema, "text/csv": schema}},
                "4XX": {"$ref": "#/components/responses/E"},
                "default": {"content": {"application/problem+json; v=1": {}}},
            }}}},
            "components": {"responses": {"E": {"content": {"application/json": schema}}}},
        });
        Document::new(&document, OneOf::AtLeast)
    }

    #[test]
    fn every_status_and_media_type_in_json_is_an_answer() {
        let answers = answers(&document());
        let told = answers.iter();
        let told = told.map(|it| (it.example_status(&answers), it.pointer.as_deref()));
        let of_200 = "/paths/~1a/get/responses/200/content/application~1json/schema";
        let of_4xx = "/components/responses/E/content/application~1json/schema";
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (Some(200), Some(of_200)),
                (Some(400), Some(of_4xx)),
                (Some(500), None)
            ]
        );
    }

    #[test]
    fn an_answer_is_judged_by_the_schema_of_its_status_and_media_type() {
        let given = |status: u16, media_type: &str, body: &str| Given {
            method: "get".to_owned(),
            path: "/a".to_owned(),
            status,
            media_type: media_type.to_owned(),
            body: body.to_owned(),
        };
        let json = "application/json; charset=utf-8";
        let all = [
            given(200, json, "\"a\""),
            given(200, json, "1"),
            given(200, json, ""),
            given(404, json, "1"),
            given(200, "text/csv", "1"),
            given(500, "application/problem+json", "1"),
        ];
        let valid = are_valid(&document(), &all).expect("schemas");
        let expected = [
            Some(true),
            Some(false),
            Some(false),
            Some(false),
            None,
            Some(true),
        ];
        assert_eq!(valid, expected);
    }

    #[test]
    fn bodies_are_instances_of_schemas_and_what_has_none_is_text() {
        let document = json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"get": {"responses": {"200": {"content": {
                "application/json": {"schema": {"const": {"b": 1}}},
                "application/x-ndjson": {"schema": {"const": 2}},
                "text/csv": {"schema": {"type": "string"}},
            }}}}}},
        });
        let made = made(&Document::new(&document, OneOf::AtLeast)).expect("schemas");
        let made = made.into_iter();
        let made: Vec<_> = made.map(|it| (it.answer.media_type, it.value)).collect();
        let expected = [
            ("application/json".to_owned(), json!({"b": 1})),
            ("application/x-ndjson".to_owned(), json!(2)),
            ("text/csv".to_owned(), json!("text")),
        ];
        assert_eq!(made, expected);
    }
}
