//! For a changelog: a list of what a release changes, in lines that people read and compare.

use super::Report;
use super::excerpt::apart;
use super::markdown::{code, prose_with};
use super::order::of_severity;
use super::words::{self, Words};
use crate::code_span::code_span;
use crate::drift::finding::{Effect, ItemChange, Severity};

/// In characters, with the two in front.
const WIDTH: usize = 120;
/// The most items and the most findings that are named, of each sort.
const NAMED: usize = 30;
/// Stands for a space where a line may not end. No text has it: it is always escaped.
const FIXED: char = '\0';

/// An element of the list each for the verdict, for items by what became of them, and for findings that
/// programs in use may feel; empty where nothing differs.
pub(super) fn changelog(report: &Report<'_>) -> String {
    let mut out = String::new();
    if report.drift.findings.is_empty() {
        return out;
    }
    let words = Words::of(report);
    let answers = words.answers();
    let answers = answers.trim_start_matches("drift: ");
    push(
        &mut out,
        &format!("The documents of the API changed: {answers}."),
    );
    for (title, effects) in [
        ("Gone", &[Effect::Removed][..]),
        ("Renamed", &[Effect::Renamed]),
        (
            "Changed",
            &[
                Effect::SignatureChanged,
                Effect::TypeChanged,
                Effect::NowOptional,
                Effect::FeatureChanged,
                Effect::SilentlyDifferent,
            ],
        ),
        ("Deprecated", &[Effect::Deprecated]),
        ("New", &[Effect::Added, Effect::NewVariant]),
    ] {
        items(report, title, effects, &mut out);
    }
    for severity in [Severity::Breaking, Severity::Warning] {
        let findings = of_severity(report.drift, severity);
        let title = words::severity(severity);
        for finding in findings.iter().take(NAMED) {
            let message = prose_with(finding.message.trim_end_matches('.'), fixed);
            push(
                &mut out,
                &format!("For programs in use, {title}: {message}."),
            );
        }
        if findings.len() > NAMED {
            let more = findings.len() - NAMED;
            push(
                &mut out,
                &format!("For programs in use, {title}: {more} more."),
            );
        }
    }
    out
}

fn items(report: &Report<'_>, title: &str, effects: &[Effect], out: &mut String) {
    let all = report.drift.findings.iter().flat_map(|it| &it.items);
    let mut items: Vec<&ItemChange> = all.filter(|it| effects.contains(&it.effect)).collect();
    items.sort();
    items.dedup();
    if items.is_empty() {
        return;
    }
    let mut named: Vec<String> = items.iter().take(NAMED).map(|it| item(it)).collect();
    if items.len() > NAMED {
        named.push(format!("{} more", items.len() - NAMED));
    }
    push(out, &format!("{title}: {}.", named.join(", ")));
}

fn item(item: &ItemChange) -> String {
    let name = code(&item.item).replace(' ', "\0");
    match (&item.before, &item.after) {
        (Some(before), Some(after)) if item.effect != Effect::Added => {
            let [before, after] = apart(before, after).map(|text| fixed(&text));
            format!("{name} ({before} to {after})")
        }
        _ => name,
    }
}

fn fixed(text: &str) -> String {
    code_span(text).replace(' ', "\0")
}

/// Adds an element. A line ends between words of prose alone: within code, the next line could begin with
/// a mark of a list.
fn push(out: &mut String, text: &str) {
    let mut line = String::from("-");
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > 2 {
            out.push_str(&line);
            out.push('\n');
            line = String::from(" ");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
    if out.contains(FIXED) {
        *out = out.replace(FIXED, " ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{drift, hostile, many, nothing};
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn items_stand_by_what_became_of_them() {
        let drift = drift();
        let mut report = Report::new(&drift);
        report.versions = Some(("0.1.0", "0.2.0"));
        insta::assert_snapshot!(changelog(&report));
        assert_eq!(changelog(&Report::new(&nothing())), "");
    }

    #[test]
    fn long_lists_end_and_lines_do_too() {
        let drift = many(100);
        let text = changelog(&Report::new(&drift));
        assert!(text.ends_with("breaking: 70 more.\n"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= WIDTH),
            "{text}"
        );
    }

    #[test]
    fn no_text_of_a_document_is_more_than_text() {
        let drift = hostile();
        let text = changelog(&Report::new(&drift));
        let mut items = 0;
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::Item) => items += 1,
                Event::Start(Tag::Paragraph | Tag::List(_)) | Event::Text(_) | Event::Code(_) => {}
                Event::End(_) | Event::SoftBreak => {}
                other => panic!("{other:?} in {text}"),
            }
        }
        assert_eq!(items, 3, "{text}");
    }
}
