//! For a comment of a pull request on GitHub, and for its body.
//!
//! GitHub looks for mentions, issues and words that close them in what is shown, so that escapes of
//! Markdown alone would not do: a space without width stands behind `@` and `#`.

use super::Report;
use super::excerpt::{apart, beginning, most};
use super::order::{SEVERITIES, items_to_mend, of_severity};
use super::words::{self, Words};
use crate::code_span::code_span;
use crate::drift::finding::{Finding, ItemChange, Severity};
use crate::visible;

/// In bytes, of which there are never fewer than characters. GitHub takes 65,536 characters, and
/// whoever posts the text may want to add some.
const LONGEST: usize = 60_000;
/// The longest piece of a document that is shown, in characters.
const LONGEST_PIECE: usize = 400;
/// The most items that are named above the findings.
const NAMED: usize = 50;
/// The same of one finding.
const NAMED_OF_ONE: usize = 5;

/// The verdict in the first line, then removed and changed items of the SDK, then the findings.
pub(super) fn markdown(report: &Report<'_>) -> String {
    let words = Words::of(report);
    let mut out = Text(format!("**{}**", words.answers()));
    if report.drift.in_use.is_some() {
        out.0.push_str(&format!(": {}", words.counts()));
    }
    let left_out = words.left_out();
    if !left_out.is_empty() {
        out.0.push_str(&format!(" ({left_out})"));
    }
    out.0.push('\n');
    for note in report.notes {
        out.add(&format!("\nNote: {}\n", prose(note)));
    }
    items(report, &mut out);
    for severity in SEVERITIES {
        findings(report, severity, &mut out);
    }
    out.0
}

/// Text that does not grow beyond the limit.
struct Text(String);

impl Text {
    /// Adds all of it or nothing, and says which.
    fn add(&mut self, part: &str) -> bool {
        // Closing the parts that are open takes little.
        let fits = self.0.len() + part.len() + 200 <= LONGEST;
        if fits {
            self.0.push_str(part);
        }
        fits
    }
}

fn items(report: &Report<'_>, out: &mut Text) {
    let items = items_to_mend(report.drift);
    if items.is_empty() || !out.add("\nRust code that uses these may have to change:\n\n") {
        return;
    }
    let mut shown = 0;
    for item in items.iter().take(NAMED) {
        if !out.add(&format!("- {}\n", item_line(item))) {
            break;
        }
        shown += 1;
    }
    if shown < items.len() {
        out.0
            .push_str(&format!("- and {} more\n", items.len() - shown));
    }
}

fn findings(report: &Report<'_>, severity: Severity, out: &mut Text) {
    let findings = of_severity(report.drift, severity);
    if findings.is_empty() {
        return;
    }
    let open = if severity == Severity::Breaking {
        " open"
    } else {
        ""
    };
    let title = format!("{} {} in use", findings.len(), words::severity(severity));
    let head = format!("\n<details{open}>\n<summary>{title}</summary>\n\n");
    if !out.add(&head) {
        out.0.push_str(&format!("\n{title}\n"));
        return;
    }
    let mut shown = 0;
    for finding in &findings {
        if !out.add(&finding_item(finding)) {
            break;
        }
        shown += 1;
    }
    if shown < findings.len() {
        out.0
            .push_str(&format!("- and {} more\n", findings.len() - shown));
    }
    out.0.push_str("\n</details>\n");
}

fn finding_item(finding: &Finding) -> String {
    let mut text = format!("- {}", prose(&finding.message));
    let mut facts = Vec::new();
    for (word, place) in [("now", &finding.new), ("was", &finding.old)] {
        if let Some(place) = place {
            let mut fact = format!("{word} {}", code(&words::place(place)));
            if !place.pointer.is_empty() {
                fact.push_str(&format!(" {}", code(&place.pointer)));
            }
            facts.push(fact);
        }
    }
    let copies = words::copies(finding);
    facts.extend((!copies.is_empty()).then_some(copies));
    let ways = words::directions(&finding.directions);
    facts.extend((!ways.is_empty()).then_some(ways));
    let reach = words::reach(finding);
    facts.extend((!reach.is_empty()).then_some(reach));
    text.push('\n');
    if !facts.is_empty() {
        text.push_str(&format!("  {}\n", facts.join(" · ")));
    }
    text.push_str(&format!(
        "  On upgrading: **{}**",
        words::step(finding.upgrade)
    ));
    let named = finding.items.iter().take(NAMED_OF_ONE).map(item_line);
    let mut named: Vec<_> = named.collect();
    if finding.items.len() > NAMED_OF_ONE {
        named.push(format!("and {} more", finding.items.len() - NAMED_OF_ONE));
    }
    if !named.is_empty() {
        text.push_str(&format!(": {}", named.join("; ")));
    }
    text.push('\n');
    if let Some(remedy) = &finding.remedy {
        text.push_str(&format!("  Remedy: {}\n", prose(remedy)));
    }
    text.push_str(&format!(
        "  {} {}\n",
        code(&finding.rule),
        code(&finding.fingerprint)
    ));
    text
}

fn item_line(item: &ItemChange) -> String {
    let mut line = format!("{} {}", words::effect(item.effect), code(&item.item));
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => {
            let [before, after] = apart(before, after).map(|text| code_span(&text));
            line.push_str(&format!(", {before} to {after}"));
        }
        (Some(one), None) | (None, Some(one)) => {
            line.push_str(&format!(", {}", code_span(&beginning(one))));
        }
        (None, None) => {}
    }
    line
}

/// A piece of a document as code. Nothing is looked for in code.
pub(super) fn code(text: &str) -> String {
    code_span(&most(text, LONGEST_PIECE))
}

/// A sentence as the text that it is, but for what stands between two backticks, which is code.
fn prose(text: &str) -> String {
    prose_with(text, code_span)
}

/// The same, with code in another form.
pub(super) fn prose_with(text: &str, code: impl Fn(&str) -> String) -> String {
    let text = most(text, LONGEST_PIECE);
    let mut rest = &*text;
    let mut out = String::with_capacity(text.len() * 2);
    while let Some(start) = rest.find('`') {
        escape(&rest[..start], &mut out);
        let from = &rest[start..];
        let fence = from.len() - from.trim_start_matches('`').len();
        let (fence, behind) = from.split_at(fence);
        match closed(fence, behind) {
            Some((inside, after)) => {
                out.push_str(&code(inside));
                rest = after;
            }
            None => {
                escape(fence, &mut out);
                rest = behind;
            }
        }
    }
    escape(rest, &mut out);
    out
}

/// The code behind an opening run of backticks, up to a run as long (CommonMark 6.1), and the text after that.
fn closed<'t>(fence: &str, behind: &'t str) -> Option<(&'t str, &'t str)> {
    let mut at = 0;
    while let Some(start) = behind[at..].find('`') {
        let start = at + start;
        let run = behind[start..].len() - behind[start..].trim_start_matches('`').len();
        at = start + run;
        if run == fence.len() {
            let inside = &behind[..start];
            let padded = inside.strip_prefix(' ').and_then(|it| it.strip_suffix(' '));
            let inside = padded.filter(|it| !it.trim().is_empty()).unwrap_or(inside);
            return Some((inside, &behind[at..]));
        }
    }
    None
}

/// No character of it means anything to Markdown, HTML or GitHub.
fn escape(text: &str, out: &mut String) {
    let text = visible::escape(text);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends_word = rest.peek().is_none_or(|next| *next == ' ');
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' | '#' => {
                out.push('\\');
                out.push(c);
                out.push_str("&#8203;");
            }
            // `GH-1` is an issue too.
            '-' if before.eq_ignore_ascii_case(&'h') => out.push_str("\\-&#8203;"),
            ',' | ';' | '%' => out.push(c),
            // The end of a sentence: neither a number of a list nor a part of an address.
            '.' if ends_word && !before.is_ascii_digit() => out.push(c),
            c if c.is_ascii_punctuation() => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{HOSTILE, drift, hostile, many, nothing};
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn the_verdict_comes_first_and_items_by_name() {
        let drift = drift();
        let mut report = Report::new(&drift);
        report.versions = Some(("0.1.0", "0.2.0"));
        insta::assert_snapshot!(markdown(&report));
    }

    #[test]
    fn nothing_is_one_line() {
        assert_eq!(markdown(&Report::new(&nothing())), "**no drift**\n");
    }

    #[test]
    fn no_text_of_a_document_is_markup_a_mention_or_a_link() {
        let drift = hostile();
        let text = markdown(&Report::new(&drift));
        let mut shown = String::new();
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let ours = [
                        "<details open>",
                        "<summary>1 breaking in use</summary>",
                        "</details>",
                    ];
                    assert!(ours.contains(&html.trim()), "{html}");
                }
                Event::Start(
                    Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Heading { .. }
                    | Tag::CodeBlock(_)
                    | Tag::Emphasis,
                ) => panic!("{event:?}"),
                Event::Text(text) => shown.push_str(&text),
                _ => {}
            }
        }
        assert!(shown.contains("<script>alert(1)</script>"), "{shown}");
        for (mark, _) in shown.match_indices(['@', '#']) {
            assert!(shown[mark + 1..].starts_with('\u{200b}'), "{shown}");
        }
        assert!(!prose(HOSTILE).contains("https://"));
    }

    #[test]
    fn a_name_between_backticks_is_code_and_a_single_backtick_is_not() {
        assert_eq!(prose("`a_b` of x"), "`a_b` of x");
        assert_eq!(prose("`` a`b ``, ` `` `"), "`` a`b ``, ``` `` ```");
        assert_eq!(prose("a ` b_c"), "a \\` b\\_c");
        assert_eq!(prose("``"), "\\`\\`");
        assert_eq!(prose("GH-1 #2 @a"), "GH\\-&#8203;1 \\#&#8203;2 \\@&#8203;a");
    }

    #[test]
    fn the_text_fits_whatever_there_is() {
        let long = "`".repeat(4_000) + &"@".repeat(4_000);
        let mut drifts = vec![many(5_000), hostile()];
        for finding in &mut drifts[0].findings {
            finding.items = vec![crate::drift::format::examples::item(
                &format!("{HOSTILE}{}", finding.message),
                crate::drift::finding::Effect::Removed,
                crate::drift::finding::Bump::Major,
            )];
            finding.remedy = Some(long.clone());
        }
        for drift in &drifts {
            let text = markdown(&Report::new(drift));
            assert!(text.len() <= 65_000, "{}", text.len());
            let lines = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
            assert_eq!(lines("<details"), lines("</details>"));
        }
        let text = markdown(&Report::new(&drifts[0]));
        assert!(text.contains("- and 4950 more\n"), "{text}");
        assert!(text.ends_with(" more\n\n</details>\n"), "{text}");
    }
}
