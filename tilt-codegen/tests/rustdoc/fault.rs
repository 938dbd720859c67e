//! Things that documentation must not have in it.

use pulldown_cmark as newest;
use rustdoc_markdown as rustdoc;

/// Characters that nobody sees, or that turn the direction of text.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Reads with one version of the parser; `is_own` says which links the generator makes itself.
macro_rules! fault_by {
    ($parser:ident, $text:expr, $is_own:expr, $options:expr) => {{
        use $parser::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag};
        let (text, is_own): (&str, &dyn Fn(&str) -> bool) = ($text, $is_own);
        let mut broken = None;
        let on_broken_link = |link: BrokenLink<'_>| {
            if !is_own(link.reference.trim_matches('`')) {
                broken = Some(format!("a link to {:?}", link.reference));
            }
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let events = Parser::new_with_broken_link_callback(text, $options, Some(on_broken_link));
        let mut faults = events.filter_map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(format!("HTML: {html:?}")),
            Event::Start(Tag::HtmlBlock) => Some("a block of HTML".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                Some("an indented block of code".to_owned())
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                runs(&language).then(|| format!("a block of code that runs: {language:?}"))
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => match link_type {
                LinkType::Email => None,
                _ => {
                    let address = dest_url.to_ascii_lowercase();
                    let schemes = ["http://", "https://", "mailto:"];
                    let is_web = schemes.iter().any(|scheme| address.starts_with(scheme));
                    let is_kept = is_web && !dest_url.contains(is_invisible);
                    (!is_kept && !is_own(&dest_url)).then(|| format!("a link to {dest_url:?}"))
                }
            },
            Event::Start(Tag::Image { .. }) => Some("an image".to_owned()),
            Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                Some("a footnote".to_owned())
            }
            Event::Text(text) | Event::Code(text) => {
                let invisible = |c: char| c != '\n' && is_invisible(c);
                text.contains(invisible)
                    .then(|| format!("an invisible character: {text:?}"))
            }
            _ => None,
        });
        let fault = faults.next();
        drop(faults);
        fault.or(broken)
    }};
}

/// The first thing in documentation that must not be there.
pub(crate) fn fault(text: &str, is_own: impl Fn(&str) -> bool) -> Option<String> {
    if let Some(c) = text.chars().find(|c| *c != '\n' && is_invisible(*c)) {
        return Some(format!("an invisible character: {c:?}"));
    }
    let by_rustdoc = rustdoc::Options::ENABLE_TABLES
        | rustdoc::Options::ENABLE_FOOTNOTES
        | rustdoc::Options::ENABLE_STRIKETHROUGH
        | rustdoc::Options::ENABLE_TASKLISTS
        | rustdoc::Options::ENABLE_SMART_PUNCTUATION;
    let by_newest = newest::Options::from_bits_truncate(by_rustdoc.bits());
    // Without any extensions, as code was looked for once.
    let plain = rustdoc::Options::empty();
    fault_by!(rustdoc, text, &is_own, by_rustdoc)
        .or_else(|| fault_by!(rustdoc, text, &is_own, plain))
        .or_else(|| fault_by!(newest, text, &is_own, by_newest))
}

/// Whether rustdoc takes a block of code for Rust, by the words after its fence.
fn runs(language: &str) -> bool {
    let words = language.split([' ', ',', '\t', '{', '}', '.', '=']);
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    let is_code = |word: &str| {
        word.strip_prefix('E')
            .is_some_and(|it| it.parse::<u16>().is_ok())
    };
    let instructs = |word: &str| {
        [
            "rust",
            "should_panic",
            "no_run",
            "test_harness",
            "compile_fail",
            "standalone_crate",
        ]
        .contains(&word)
            || word.starts_with("ignore")
            || word.starts_with("edition")
            || is_code(word)
    };
    words.peek().is_none() || words.any(instructs)
}
