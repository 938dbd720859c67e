//! For a terminal.

use super::Report;
use super::excerpt::{apart, beginning};
use super::order::{SEVERITIES, of_severity};
use super::words::{self, number};
use crate::code_span::code_span;
use crate::drift::finding::{Finding, ItemChange, Location};
use crate::visible;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The most items of a finding, and operations and events, that are named.
const NAMED: usize = 8;

/// The verdict in the first line, then the findings.
pub(super) fn text(report: &Report<'_>) -> String {
    let mut out = report.verdict();
    out.push('\n');
    for note in report.notes {
        // Writing to text does not fail, here and below.
        let _ = writeln!(out, "note: {}", plain(note));
    }
    for severity in SEVERITIES {
        let findings = of_severity(report.drift, severity);
        if findings.is_empty() {
            continue;
        }
        let heading = words::severity(severity);
        let _ = writeln!(
            out,
            "\n{heading} in use: {}",
            number(findings.len(), "finding")
        );
        for finding in findings {
            out.push('\n');
            write_finding(&mut out, finding);
        }
    }
    out
}

fn write_finding(out: &mut String, finding: &Finding) {
    let severity = words::severity(finding.severity);
    let ways = words::directions(&finding.directions);
    let ways = if ways.is_empty() { "no value" } else { &ways };
    let _ = writeln!(out, "  {severity} ({ways}): {}", plain(&finding.message));
    for (word, place) in [("now", &finding.new), ("was", &finding.old)] {
        if let Some(place) = place {
            let _ = writeln!(out, "      {word}  {}", at(place));
        }
    }
    if !finding.copies.is_empty() {
        let first = finding.copies.iter().map(|copy| at(&copy.new).into());
        let _ = writeln!(out, "      {}{}", words::copies(finding), list(first));
    }
    let reach = words::reach(finding);
    if !reach.is_empty() {
        let first = list(finding.reach.first.iter().map(|it| plain(it)));
        let _ = writeln!(out, "      reaches {reach}{first}");
    }
    let _ = writeln!(out, "      on upgrading: {}", words::step(finding.upgrade));
    for item in finding.items.iter().take(NAMED) {
        let _ = writeln!(out, "        {}", item_line(item));
    }
    if finding.items.len() > NAMED {
        let _ = writeln!(out, "        and {} more", finding.items.len() - NAMED);
    }
    if let Some(remedy) = &finding.remedy {
        let _ = writeln!(out, "      remedy: {}", plain(remedy));
    }
    let _ = writeln!(
        out,
        "      {}  {}",
        plain(&finding.rule),
        plain(&finding.fingerprint)
    );
}

fn at(location: &Location) -> String {
    let place = words::place(location);
    let pointer = plain(&location.pointer);
    format!("{} {pointer}", plain(&place)).trim_end().to_owned()
}

/// The first of the names in brackets.
fn list<'a>(names: impl Iterator<Item = Cow<'a, str>>) -> String {
    let names: Vec<_> = names.take(NAMED).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(" ({})", names.join(", ")),
    }
}

fn item_line(item: &ItemChange) -> String {
    let mut line = format!("{}: {}", words::effect(item.effect), plain(&item.item));
    match (&item.before, &item.after) {
        (Some(before), Some(after)) => {
            let [before, after] = apart(before, after).map(|text| code_span(&text));
            let _ = write!(line, ", {before} to {after}");
        }
        (Some(one), None) | (None, Some(one)) => {
            let _ = write!(line, ", {}", code_span(&beginning(one)));
        }
        (None, None) => {}
    }
    line
}

fn plain(text: &str) -> Cow<'_, str> {
    visible::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{drift, hostile, nothing};

    #[test]
    fn the_gravest_comes_first_and_a_finding_has_all_that_is_known() {
        let drift = drift();
        insta::assert_snapshot!(text(&Report::new(&drift)));
    }

    #[test]
    fn what_is_left_out_is_said() {
        let nothing = nothing();
        let notes = ["`0123456789abcdef` matches nothing.".to_owned()];
        let mut report = Report::new(&nothing);
        report.notes = &notes;
        report.accepted = 1;
        assert_eq!(
            text(&report),
            "no drift, but for 1 accepted\nnote: `0123456789abcdef` matches nothing.\n"
        );
    }

    #[test]
    fn no_text_of_a_document_begins_a_line_or_moves_the_cursor() {
        let drift = hostile();
        let text = text(&Report::new(&drift));
        for line in text.lines().skip(3).filter(|line| !line.is_empty()) {
            assert!(
                line.starts_with("  ") && !line.trim_start().starts_with("::"),
                "{line}"
            );
        }
        assert!(!text.contains(|c: char| c != '\n' && visible::is_invisible(c)));
    }
}
