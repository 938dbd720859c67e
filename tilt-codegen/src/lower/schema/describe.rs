//! The text of documentation: what the document says of a type, an enum's value, a property or a parameter, and what no
//! type shows of it. Its last form, also of what the document says nothing of: `model/documentation.rs`.

use std::collections::VecDeque;

use serde_json::Value;

use crate::dialect::keyword;
use crate::dialect::schema::Schema;
use crate::lower::docs;
use crate::lower::schema::constraints;
use crate::model::Docs;
use crate::source::{Documents, Node};

/// Any text of a document.
pub(in crate::lower) fn text(text: &str) -> Docs {
    docs::clean(text)
}

/// Several texts, one paragraph after the other; what repeats another is left out.
pub(in crate::lower) fn paragraphs<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Docs {
    let mut kept: Vec<&str> = Vec::new();
    for text in texts
        .into_iter()
        .flatten()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        if !kept.iter().any(|other| other.contains(text)) {
            kept.push(text);
        }
    }
    match kept.as_slice() {
        [] => Docs::default(),
        [one] => docs::clean(one),
        many => docs::clean(&many.join("\n\n")),
    }
}

/// A schema under a name of its own.
pub(in crate::lower) fn schema(schema: &Schema<'_>) -> Docs {
    let description = schema.description.or(schema.title);
    join(
        description.map(docs::clean).unwrap_or_default(),
        &sentences(schema, constraints::in_words(&schema.constraints)),
    )
}

/// A property or parameter with these schemas, the first of which has its words.
pub(in crate::lower) fn member<'d>(
    documents: &'d Documents,
    (schema, all): (&Schema<'d>, &[Schema<'d>]),
    description: Option<&str>,
) -> Docs {
    let description = description.or(schema.description);
    join(
        description.map(docs::clean).unwrap_or_default(),
        &sentences(schema, limits(documents, schema, all)),
    )
}

/// The limits of schemas that hold together, the one that is described first, and of the parts of their `allOf`. One
/// reference alone leads to a type that says its own.
fn limits<'d>(documents: &'d Documents, described: &Schema<'d>, all: &[Schema<'d>]) -> Vec<String> {
    /// More are not looked at: references multiply them.
    const MOST_PARTS: usize = 32;
    let mut stated = constraints::in_words(&described.constraints);
    let mut waiting = VecDeque::new();
    for schema in all {
        add_limits(&mut stated, &mut waiting, schema);
    }
    for _ in 0..MOST_PARTS {
        let Some(part) = waiting.pop_front() else {
            break;
        };
        if let Ok(part) = documents.follow(part) {
            add_limits(&mut stated, &mut waiting, &Schema::read(part));
        }
    }
    stated
}

fn add_limits<'d>(stated: &mut Vec<String>, waiting: &mut VecDeque<Node<'d>>, schema: &Schema<'d>) {
    for phrase in constraints::in_words(&schema.constraints) {
        if !stated.contains(&phrase) {
            stated.push(phrase);
        }
    }
    let are_several = schema.all_of.len() > 1;
    let parts = schema.all_of.iter().copied();
    waiting.extend(parts.filter(|it| are_several || keyword::reference(*it).is_none()));
}

/// One of several alternatives.
pub(in crate::lower) fn of_alternative(schema: &Schema<'_>) -> Docs {
    schema
        .description
        .or(schema.title)
        .map(docs::clean)
        .unwrap_or_default()
}

/// Adds sentences below a text.
pub(in crate::lower) fn join(docs: Docs, sentences: &str) -> Docs {
    match (docs.0.is_empty(), sentences.is_empty()) {
        (_, true) => docs,
        (true, false) => Docs(sentences.to_owned()),
        (false, false) => Docs(format!("{}\n\n{sentences}", docs.0)),
    }
}

fn sentences(schema: &Schema<'_>, stated: Vec<String>) -> String {
    let mut sentences = Vec::new();
    if !stated.is_empty() {
        let mut sentence = stated.join(", ");
        if let Some(first) = sentence.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        sentences.push(format!("{sentence}."));
    }
    if let Some(default) = schema.default.and_then(short) {
        sentences.push(format!("Default: `{default}`."));
    }
    if schema.read_only {
        sentences.push("Only in answers.".to_owned());
    }
    if schema.write_only {
        sentences.push("Only in requests.".to_owned());
    }
    sentences.join(" ")
}

/// A value that fits into a sentence as code.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Array(_) | Value::Object(_) => return None,
        other => other.to_string(),
    };
    let plain = |c: char| c.is_ascii_graphic() && c != '`' || c == ' ';
    (text.len() <= 60 && text.chars().all(plain)).then_some(text)
}
