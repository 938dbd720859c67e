//! The text of documentation: what the document says of a type, an enum's value, a property or a parameter, and what no
//! type shows of it. Its last form, also of what the document says nothing of: `model/documentation.rs`.

use serde_json::Value;

use crate::dialect::schema::Schema;
use crate::lower::docs;
use crate::lower::schema::constraints;
use crate::model::Docs;

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
        &sentences(schema),
    )
}

/// A property or parameter.
pub(in crate::lower) fn member(schema: &Schema<'_>, description: Option<&str>) -> Docs {
    let description = description.or(schema.description);
    join(
        description.map(docs::clean).unwrap_or_default(),
        &sentences(schema),
    )
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

fn sentences(schema: &Schema<'_>) -> String {
    let mut sentences = Vec::new();
    let stated = constraints::in_words(&schema.constraints);
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
