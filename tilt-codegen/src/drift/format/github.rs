//! Commands to GitHub's runner (GitHub Docs, "Workflow commands for GitHub Actions"), each on a line.

use super::Report;
use super::order::{SEVERITIES, of_severity};
use super::words;
use crate::drift::finding::{Bump, Finding, Severity};
use crate::visible;

/// The most annotations of a level that GitHub shows of one step.
const PER_LEVEL: usize = 10;
/// A message is cut there: GitHub's limit is 64 KiB, and readers' is lower.
const LONGEST: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

/// Findings at one place, in one annotation.
struct Annotation {
    level: Level,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    title: String,
    messages: Vec<String>,
}

/// The findings at their lines in the new documents.
pub(super) fn github(report: &Report<'_>) -> String {
    let mut out = format!("{}\n", report.verdict());
    let annotations = annotations(report);
    for level in [Level::Error, Level::Warning, Level::Notice] {
        let of_level: Vec<_> = annotations.iter().filter(|it| it.level == level).collect();
        let shown = match of_level.len() {
            all if all <= PER_LEVEL => all,
            _ => PER_LEVEL - 1,
        };
        for annotation in &of_level[..shown] {
            out.push_str(&annotation.command());
        }
        let rest = &of_level[shown..];
        if !rest.is_empty() {
            let findings: usize = rest.iter().map(|it| it.messages.len()).sum();
            let message = format!(
                "GitHub shows no more here: {}",
                words::number(findings, "finding")
            );
            let more = Annotation {
                level,
                file: None,
                line: None,
                column: None,
                title: "and more".to_owned(),
                messages: vec![message],
            };
            out.push_str(&more.command());
        }
    }
    out
}

fn annotations(report: &Report<'_>) -> Vec<Annotation> {
    let mut annotations: Vec<Annotation> = Vec::new();
    for severity in SEVERITIES {
        for finding in of_severity(report.drift, severity) {
            let new = Annotation::of(finding);
            // Of one level, those of a place come together: the order of findings is by severity alone.
            let same = annotations
                .iter_mut()
                .rev()
                .take(PER_LEVEL)
                .find(|it| it.is_at_the_place_of(&new));
            match same {
                Some(same) => same.messages.extend(new.messages),
                None => annotations.push(new),
            }
        }
    }
    annotations
}

impl Annotation {
    fn of(finding: &Finding) -> Self {
        let upgrade = finding.upgrade;
        let level = match finding.severity {
            Severity::Breaking => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Additive | Severity::Editorial if upgrade == Bump::Major => Level::Warning,
            Severity::Additive | Severity::Editorial => Level::Notice,
        };
        let (severity, step) = (words::severity(finding.severity), words::step(upgrade));
        let mut message = visible::escape(&finding.message).into_owned();
        if !finding.copies.is_empty() {
            message.push_str(&format!(" ({})", words::copies(finding)));
        }
        if let Some(remedy) = &finding.remedy {
            message.push_str(&format!("\n{}", visible::escape(remedy)));
        }
        let new = finding.new.as_ref();
        Self {
            level,
            file: new.map(|it| it.document.clone()),
            line: new.and_then(|it| it.line),
            column: new.and_then(|it| it.column),
            title: format!("{severity} in use, {step} on upgrading: {}", finding.rule),
            messages: vec![message],
        }
    }

    fn is_at_the_place_of(&self, other: &Self) -> bool {
        let place = |it: &Self| (it.level, it.line);
        self.line.is_some() && place(self) == place(other) && self.file == other.file
    }

    fn command(&self) -> String {
        let name = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Notice => "notice",
        };
        let mut properties = Vec::new();
        if let Some(file) = &self.file {
            properties.push(format!("file={}", property(file)));
            for (key, value) in [("line", self.line), ("col", self.column)] {
                properties.extend(value.map(|value| format!("{key}={value}")));
            }
        }
        let title: String = visible::escape(&self.title).chars().take(200).collect();
        properties.push(format!("title={}", property(&title)));
        let message: String = self.messages.join("\n").chars().take(LONGEST).collect();
        format!("::{name} {}::{}\n", properties.join(","), data(&message))
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{drift, hostile, many};

    #[test]
    fn findings_stand_at_lines_of_the_new_documents() {
        let drift = drift();
        insta::assert_snapshot!(github(&Report::new(&drift)));
    }

    #[test]
    fn no_text_of_a_document_is_a_command() {
        let drift = hostile();
        let text = github(&Report::new(&drift));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        let properties = lines[1].strip_prefix("::error ").expect("an error");
        let (properties, message) = properties.split_once("::").expect("a message");
        let names: Vec<_> = properties
            .split(',')
            .map(|property| property.split('=').next().unwrap_or_default())
            .collect();
        assert_eq!(names, ["file", "line", "col", "title"]);
        assert!(message.contains("%250A::error::x"), "{message}");
        assert!(!text.contains('\r'));
    }

    #[test]
    fn more_than_github_shows_are_counted_in_the_last() {
        let at_most = many(10);
        assert_eq!(
            github(&Report::new(&at_most)).matches("::error ").count(),
            10
        );
        let more = many(25);
        let text = github(&Report::new(&more));
        assert_eq!(text.matches("::error ").count(), 10);
        assert!(
            text.ends_with("::error title=and more::GitHub shows no more here: 16 findings\n"),
            "{text}"
        );
    }

    #[test]
    fn findings_at_one_line_are_one_annotation() {
        let mut drift = many(3);
        for finding in &mut drift.findings {
            finding.new.as_mut().expect("a place").line = Some(7);
        }
        let text = github(&Report::new(&drift));
        assert_eq!(text.matches("::error ").count(), 1);
        assert_eq!(text.matches("%0A").count(), 2);
    }
}
