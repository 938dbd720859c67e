//! For a browser: one file that asks no network for anything, and shows all without its script.

use super::Report;
use super::excerpt::{apart, beginning};
use super::order::{SEVERITIES, items_to_mend, of_severity};
use super::words::{self, Words, number};
use crate::drift::finding::{Direction, Finding, ItemChange, Location};
use crate::visible;
use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// The verdict, the items of the SDK that change, and each finding.
pub(super) fn html(report: &Report<'_>) -> String {
    let words = Words::of(report);
    let facts = escape(&words.facts());
    let answers = escape(&words.answers());
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; \
         script-src '{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{answers}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{answers}</h1>\n<p>{facts}</p>\n"
    );
    for note in report.notes {
        // Writing to text does not fail, here and below.
        let _ = writeln!(out, "<p class=\"soft\">Note: {}</p>", escape(note));
    }
    write_items(&mut out, report);
    if !report.drift.findings.is_empty() {
        write_form(&mut out);
    }
    for severity in SEVERITIES {
        let findings = of_severity(report.drift, severity);
        if !findings.is_empty() {
            let count = number(findings.len(), "finding");
            let heading = words::severity(severity);
            let _ = writeln!(out, "<section>\n<h2>{heading} in use: {count}</h2>");
            for finding in findings {
                write_finding(&mut out, finding);
            }
            out.push_str("</section>\n");
        }
    }
    let _ = writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>");
    out
}

fn write_items(out: &mut String, report: &Report<'_>) {
    let items = items_to_mend(report.drift);
    if items.is_empty() {
        return;
    }
    let count = number(items.len(), "item");
    let _ = writeln!(
        out,
        "<details>\n<summary>Rust code that uses these may have to change: {count}</summary>\n<ul>"
    );
    for item in items {
        let _ = writeln!(out, "<li>{}</li>", item_text(item));
    }
    out.push_str("</ul>\n</details>\n");
}

/// Hidden, until the script makes it work.
fn write_form(out: &mut String) {
    out.push_str("<form hidden>\n");
    let severities = SEVERITIES.map(words::severity);
    let directions =
        [Direction::Request, Direction::Answer, Direction::Event].map(words::direction);
    let directions: Vec<_> = directions.into_iter().chain([NO_DIRECTION]).collect();
    for (name, title, values) in [
        ("severity", "In use", &severities[..]),
        ("direction", "Direction", &directions[..]),
    ] {
        let _ = writeln!(out, "<fieldset><legend>{title}</legend>");
        for value in values {
            let _ = writeln!(
                out,
                "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked>{value}</label>"
            );
        }
        out.push_str("</fieldset>\n");
    }
    out.push_str(
        "<input type=\"search\" name=\"text\" placeholder=\"Words, such as a path, an item or a rule\" \
         aria-label=\"Words that findings have\">\n<output class=\"soft\"></output>\n</form>\n",
    );
}

/// The direction of what is no value, such as a tag.
const NO_DIRECTION: &str = "none";

fn write_finding(out: &mut String, finding: &Finding) {
    let severity = words::severity(finding.severity);
    let ways: Vec<_> = finding
        .directions
        .iter()
        .copied()
        .map(words::direction)
        .collect();
    let ways = if ways.is_empty() {
        vec![NO_DIRECTION]
    } else {
        ways
    };
    let _ = writeln!(
        out,
        "<article class=\"{severity}\" data-severity=\"{severity}\" data-directions=\"{}\">\n\
         <p class=\"tags\"><b>{severity}</b> in use · {} on upgrading · {}</p>\n<h3>{}</h3>\n<dl>",
        ways.join(" "),
        words::step(finding.upgrade),
        ways.join(", "),
        sentence(&finding.message)
    );
    for (word, place) in [("Now", &finding.new), ("Was", &finding.old)] {
        if let Some(place) = place {
            fact(out, word, &at(place));
        }
    }
    if !finding.copies.is_empty() {
        let copies = finding.copies.iter();
        let copies = copies.map(|copy| format!("<li>{}</li>", at(&copy.new)));
        // However many there are, what is said below of the finding stays in sight on a phone.
        let (many, all) = (words::copies(finding), in_list(copies));
        let folded = format!("<details>\n<summary>{many}</summary>\n{all}</details>");
        fact(out, "Also", &folded);
    }
    let reach = words::reach(finding);
    if !reach.is_empty() {
        let first = &finding.reach.first;
        let first = first.iter().map(|it| format!("<li>{}</li>", code(it)));
        fact(out, "Reaches", &format!("{reach}{}", in_list(first)));
    }
    if !finding.items.is_empty() {
        let items = finding.items.iter();
        let items = items.map(|item| format!("<li>{}</li>", item_text(item)));
        fact(out, "In Rust", &in_list(items));
    }
    if let Some(remedy) = &finding.remedy {
        fact(out, "Remedy", &sentence(remedy));
    }
    fact(out, "Rule", &code(&finding.rule));
    fact(out, "Fingerprint", &code(&finding.fingerprint));
    out.push_str("</dl>\n</article>\n");
}

fn fact(out: &mut String, name: &str, html: &str) {
    let _ = writeln!(out, "<dt>{name}</dt><dd>{html}</dd>");
}

fn in_list(elements: impl Iterator<Item = String>) -> String {
    let elements: String = elements.collect();
    match elements.is_empty() {
        true => elements,
        false => format!("<ul>{elements}</ul>"),
    }
}

fn at(location: &Location) -> String {
    let place = words::place(location);
    match location.pointer.as_str() {
        "" => code(&place),
        pointer => format!("{} {}", code(&place), code(pointer)),
    }
}

fn item_text(item: &ItemChange) -> String {
    let mut text = format!("{} {}", words::effect(item.effect), code(&item.item));
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => {
            let [before, after] = apart(before, after).map(|text| code(&text));
            let _ = write!(text, ": {before} to {after}");
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = write!(text, ": {}", code(&beginning(one)));
        }
        (None, None) => {}
    }
    text
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// With code spans as code, whose fences may be of several backticks (CommonMark 6.1).
fn sentence(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let (before, from) = rest.split_at(at);
        out.push_str(&escape(before));
        let opened = from.trim_start_matches('`');
        let fence = &from[..from.len() - opened.len()];
        match closing(opened, fence.len()) {
            Some(end) => {
                out.push_str(&code(unpadded(&opened[..end])));
                rest = &opened[end + fence.len()..];
            }
            None => {
                out.push_str(fence);
                rest = opened;
            }
        }
    }
    out + &escape(rest)
}

/// The place of the first run of so many backticks, and no more.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let run = text[start..].chars().take_while(|c| *c == '`').count();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// Without the space at both ends that keeps backticks apart from the fence.
fn unpadded(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|it| it.strip_suffix(' '));
    inner
        .filter(|it| !it.trim_matches(' ').is_empty())
        .unwrap_or(code)
}

/// Text that is neither markup nor the end of an attribute.
fn escape(text: &str) -> String {
    let text = visible::escape(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A source as Content Security Policy names it (CSP 3, 6.7.2.2).
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{HOSTILE, drift, hostile};

    #[test]
    fn every_finding_is_there_without_the_script() {
        let drift = drift();
        let page = html(&Report::new(&drift));
        assert_eq!(page.matches("<article").count(), 3);
        assert!(!page.contains("<article hidden") && page.contains("<form hidden>"));
        let breaking = page.find("class=\"breaking\"").expect("a finding");
        assert!(breaking < page.find("class=\"warning\"").expect("a finding"));
        assert!(page.contains("data-directions=\"answer event\""), "{page}");
    }

    #[test]
    fn no_text_of_a_document_is_markup() {
        let drift = hostile();
        let page = html(&Report::new(&drift));
        let body = page.split("<body>").nth(1).expect("a body");
        let tags: Vec<&str> = body
            .split('<')
            .skip(1)
            .filter_map(|tag| tag.split([' ', '>']).next())
            .collect();
        assert_eq!(tags.iter().filter(|tag| **tag == "script").count(), 1);
        assert!(!tags.contains(&"img") && !tags.contains(&"!--"), "{tags:?}");
        assert!(!page.contains(['\u{202e}', '\u{1b}']));
        assert!(page.contains(&escape(HOSTILE.split('`').next().expect("text"))));
    }

    #[test]
    fn a_value_that_holds_backticks_is_one_piece_of_code() {
        for (text, shown) in [
            (
                "is `a`, and `` b`c ``",
                "is <code>a</code>, and <code>b`c</code>",
            ),
            ("`` ` `` or `", "<code>`</code> or `"),
            ("``` a``b ```", "<code>a``b</code>"),
            ("` `", "<code> </code>"),
        ] {
            assert_eq!(sentence(text), shown);
        }
    }

    #[test]
    fn nothing_is_loaded_and_only_our_script_runs() {
        let page = html(&Report::new(&drift()));
        for word in ["src=", "href=", "url(", "@import", "http:", "https:"] {
            assert!(!page.contains(word), "{word}");
        }
        assert!(page.contains("default-src 'none'"));
        assert!(page.contains(&format!("script-src '{}'", hash(SCRIPT))));
    }
}
