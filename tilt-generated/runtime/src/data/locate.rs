//! Where in a JSON text something is, and what an error may say about it.

use super::mark;

/// How much of a pointer is kept.
const LONGEST: usize = 200;

enum Step {
    Key(String),
    Index(usize),
}

/// JSON pointer of the value at a line and column (as `serde_json` counts them) of a text that is
/// JSON up to there.
pub(crate) fn pointer(text: &[u8], line: usize, column: usize) -> String {
    let text = mark::without(text);
    let end = offset(text, line, column);
    let mut steps: Vec<Step> = Vec::new();
    let mut at = 0;
    let mut key = None;
    while at < end {
        match text[at] {
            b'"' => {
                let close = string_end(text, at, end);
                key = text.get(at + 1..close);
                at = close;
            }
            b':' => {
                if let (Some(Step::Key(step)), Some(key)) = (steps.last_mut(), key.take()) {
                    *step = String::from_utf8_lossy(key).into_owned();
                }
            }
            b'{' => steps.push(Step::Key(String::new())),
            b'[' => steps.push(Step::Index(0)),
            b',' => {
                if let Some(Step::Index(index)) = steps.last_mut() {
                    *index += 1;
                }
            }
            // The end of an object is where a missing property shows: then the object is meant.
            b'}' | b']' if at + 1 == end => {
                steps.pop();
                break;
            }
            b'}' | b']' => {
                steps.pop();
            }
            _ => {}
        }
        at += 1;
    }
    let mut out = String::new();
    for step in steps {
        out.push('/');
        match step {
            Step::Key(key) => out.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => out.push_str(&index.to_string()),
        }
        if out.len() > LONGEST {
            out = out.chars().take(LONGEST).collect();
            out.push('…');
            break;
        }
    }
    out
}

fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => {
            let mut breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            breaks.nth(line - 2).map_or(text.len(), |(at, _)| at + 1)
        }
    };
    start.saturating_add(column).min(text.len())
}

fn string_end(text: &[u8], start: usize, end: usize) -> usize {
    let mut at = start + 1;
    while at < end {
        match text[at] {
            b'\\' => at += 1,
            b'"' => break,
            _ => {}
        }
        at += 1;
    }
    at.min(text.len())
}

/// The fault of a text and its place, without the values in it.
pub(crate) fn describe(text: &[u8], error: &serde_json::Error) -> String {
    let problem = problem(error);
    let pointer = pointer(text, error.line(), error.column());
    if pointer.is_empty() {
        // The whole text.
        return problem;
    }
    format!("{problem} at `{pointer}`")
}

pub(crate) fn problem(error: &serde_json::Error) -> String {
    if error.is_data() {
        without_values(&error.to_string())
    } else {
        "the text is not JSON".to_owned()
    }
}

/// The message of a `serde_json::Error` without the values that it quotes: these may be secrets.
pub(crate) fn without_values(message: &str) -> String {
    let message = match message.rfind(" at line ") {
        Some(end) => &message[..end],
        None => message,
    };
    let mut out = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(['"', '`']) {
        let (before, quoted) = rest.split_at(at);
        out.push_str(before);
        // Text after the last quote of its kind cannot be told from the value, and goes with it.
        let quote = if quoted.starts_with('"') { '"' } else { '`' };
        let end = if quote == '"' {
            quoted.rfind('"')
        } else {
            quoted[1..].find('`').map(|at| at + 1)
        };
        let end = end.filter(|end| *end > 0).unwrap_or(quoted.len() - 1);
        if before.ends_with("field ") {
            out.push_str(&quoted[..=end]);
        } else {
            out.push('…');
        }
        rest = &quoted[end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Order {
        #[expect(dead_code, reason = "only decoded")]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    struct Line {
        #[expect(dead_code, reason = "only decoded")]
        cents: i64,
    }

    fn failure(text: &str) -> (String, String) {
        match serde_json::from_str::<Order>(text) {
            Ok(order) => (format!("{order:?}"), String::new()),
            Err(error) => (
                pointer(text.as_bytes(), error.line(), error.column()),
                without_values(&error.to_string()),
            ),
        }
    }

    #[test]
    fn a_wrong_value_is_found_and_not_shown() {
        assert_eq!(
            failure(
                "{\"lines\": [{\"cents\": 1},\n {\"a\\\"}\": {}, \"cents\": \"se`cr\\\"et\"}]}"
            ),
            (
                "/lines/1/cents".to_owned(),
                "invalid type: string …, expected i64".to_owned()
            )
        );
    }

    #[test]
    fn a_missing_property_points_to_its_object() {
        assert_eq!(
            failure("{\"lines\": [{\"cents\": 1}, {\"b\": 2}]}"),
            ("/lines/1".to_owned(), "missing field `cents`".to_owned())
        );
    }

    #[test]
    fn any_place_in_any_bytes_is_answered() {
        let text = b"{\"a\\";
        for line in 0..3 {
            for column in 0..9 {
                let _: String = pointer(text, line, column);
            }
        }
        assert_eq!(pointer(b"]]}", 1, 3), "");
    }
}
