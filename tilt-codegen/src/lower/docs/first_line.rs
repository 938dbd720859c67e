//! The first paragraph of a text, in one line.

use super::inline::{self, Run};
use super::markdown::options;
use pulldown_cmark::{Event, Parser, TagEnd, TextMergeStream};

/// The text of the first paragraph or heading.
pub(super) fn first_line(text: &str, most: usize) -> String {
    let mut out = Run::default();
    let mut left = most;
    let mut push = |out: &mut Run, text: &str, is_code: bool| {
        let kept: String = text.chars().take(left).collect();
        let kept = if kept.len() < text.len() {
            left = 0;
            format!("{}…", kept.trim_end())
        } else {
            left -= kept.chars().count();
            kept
        };
        match is_code {
            true => out.code(&kept),
            false => out.text(&kept),
        }
        left == 0
    };
    for event in TextMergeStream::new(Parser::new_ext(text, options())) {
        let is_full = match event {
            Event::Text(text) | Event::InlineHtml(text) => push(&mut out, &text, false),
            Event::Code(code) => push(&mut out, &code, true),
            Event::SoftBreak | Event::HardBreak => push(&mut out, " ", false),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                !out.settled().is_empty()
            }
            _ => false,
        };
        if is_full {
            break;
        }
    }
    let out = out.take().replace(inline::HARD_SPACE, " ");
    // The words alone: many spaces after `+` would begin a block of code.
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
