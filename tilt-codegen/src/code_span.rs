//! Any text as a code span of Markdown (CommonMark 6.1).

use crate::visible;

/// Text as code in a sentence: what cannot be seen is escaped, and no backtick ends it early.
pub(crate) fn code_span(text: &str) -> String {
    if text.is_empty() {
        return "(the empty string)".to_owned();
    }
    let text = visible::escape(text);
    let fence = "`".repeat(1 + longest_run(&text, '`'));
    let is_space = text.trim_matches(' ').is_empty();
    let is_clear = is_space || (text.trim() == text && !text.contains('`'));
    let pad = if is_clear { "" } else { " " };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Whether a space is needed at both ends, which is not shown: a backtick there would be part of
/// the fence, and of two spaces one at each end is dropped.
pub(crate) fn needs_pad(code: &str) -> bool {
    code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty())
}

/// The length of the longest run of a character.
pub(crate) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of)
        .map(|run| run.len() / of.len_utf8())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser};

    #[test]
    fn code_spans_hold_any_text() {
        assert_eq!(code_span("a"), "`a`");
        assert_eq!(code_span("a`b"), "`` a`b ``");
        assert_eq!(code_span("`"), "`` ` ``");
        assert_eq!(code_span("a\n\u{202e}b"), "`a\\n\\u{202e}b`");
        assert_eq!(code_span(""), "(the empty string)");
        for text in [" a ", "  ", " a", "``` a", &"`".repeat(40), "a\\", "<b>"] {
            let span = code_span(text);
            let shown: Vec<_> = Parser::new(&span)
                .filter_map(|event| match event {
                    Event::Code(code) => Some(code.to_string()),
                    _ => None,
                })
                .collect();
            assert_eq!(shown, [text], "{span}");
        }
    }
}
