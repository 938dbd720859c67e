//! Checks that documentation has nothing harmful in it, by the parser and with the options of rustdoc.

use super::markdown::is_known_language;
use crate::visible::is_invisible;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

/// The extensions that rustdoc reads documentation with.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// Whether rustdoc shows a text and does nothing else with it: it has no HTML, no code that could be
/// taken for Rust, no links but to the web, and nothing that cannot be seen.
pub(super) fn is_safe(text: &str) -> bool {
    let is_visible = |c: char| c == '\n' || !is_invisible(c);
    if !text.chars().all(is_visible) {
        return false;
    }
    let mut is_broken = false;
    let on_broken_link = |_: BrokenLink<'_>| {
        is_broken = true;
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let mut events = Parser::new_with_broken_link_callback(text, RUSTDOC, Some(on_broken_link));
    let are_safe = events.all(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) => false,
        Event::Text(text) | Event::Code(text) => text.chars().all(is_visible),
        Event::FootnoteReference(_) => false,
        Event::Start(tag) => match tag {
            Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock => false,
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => is_known_language(&language),
            Tag::Link {
                link_type: LinkType::Inline | LinkType::Autolink,
                dest_url,
                ..
            } => is_web_address(&dest_url),
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => true,
            Tag::Link { .. } | Tag::Image { .. } | Tag::FootnoteDefinition(_) => false,
            _ => true,
        },
        _ => true,
    });
    are_safe && !is_broken
}

fn is_web_address(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let schemes = ["https:", "http:", "mailto:"];
    url.bytes().all(|byte| byte.is_ascii_graphic())
        && schemes.iter().any(|scheme| url.starts_with(scheme))
}
