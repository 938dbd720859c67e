//! JSON in raw string literals.

use super::source::Source;
use crate::visible::escape_json;
use serde_json::Value;

/// The longest JSON that is not broken.
const WIDTH: usize = 92;

/// JSON between `r##"` and `"##`, line by line.
pub(super) fn lines(value: &Value, source: &mut Source) {
    let mut text = String::new();
    print(value, 0, &mut text);
    // In JSON, only a text has a quote and then these.
    let text = text.replace("\"##", "\"#\\u0023");
    escape_json(&text)
        .lines()
        .for_each(|line| source.line(line));
}

/// JSON in as few lines as are not too long.
fn print(value: &Value, depth: usize, out: &mut String) {
    let start = out.len();
    if print_line(value, out, start + WIDTH.saturating_sub(2 * depth)) {
        return;
    }
    out.truncate(start);
    let new_line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let [open, close] = brackets(value);
    out.push_str(open);
    for (index, (name, value)) in items(value).enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        new_line(depth + 1, out);
        print_name(name, out);
        print(value, depth + 1, out);
    }
    new_line(depth, out);
    out.push_str(close);
}

/// JSON in one line; ends with `false` once the text is longer than this. A value without parts is never
/// too long.
fn print_line(value: &Value, out: &mut String, most: usize) -> bool {
    if !value.is_array() && !value.is_object() {
        out.push_str(&value.to_string());
        return true;
    }
    let [open, close] = brackets(value);
    out.push_str(open);
    for (index, (name, value)) in items(value).enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        print_name(name, out);
        if !print_line(value, out, most) || out.len() > most {
            return false;
        }
    }
    out.push_str(close);
    out.len() <= most
}

fn print_name(name: Option<&str>, out: &mut String) {
    if let Some(name) = name {
        out.push_str(&Value::from(name).to_string());
        out.push_str(": ");
    }
}

fn brackets(value: &Value) -> [&'static str; 2] {
    match value {
        Value::Object(_) => ["{", "}"],
        _ => ["[", "]"],
    }
}

/// The elements of an array, or the members of an object with their names.
fn items(value: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let elements = value.as_array().into_iter().flatten();
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(name, value)| (Some(name.as_str()), value));
    elements.map(|value| (None, value)).chain(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_schema_that_fits_stands_on_one_line() {
        let mut text = String::new();
        print(
            &json!({"properties": {"a": {"type": "string"}}, "description": "x".repeat(80)}),
            0,
            &mut text,
        );
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1], r#"  "properties": {"a": {"type": "string"}},"#);
    }
}
