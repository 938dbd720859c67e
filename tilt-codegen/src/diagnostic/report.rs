//! Diagnostics with the text around them, for terminals, logs and screen readers.

use super::render::visible;
use super::{Diagnostic, Diagnostics, Severity, Snippet};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents,
};
use std::fmt;

/// How a report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Look {
    /// With lines, and with colors if wanted, for terminals.
    Graphical {
        /// Whether to use terminal colors.
        color: bool,
        /// Columns of the terminal.
        width: usize,
    },
    /// In words, for screen readers and logs.
    Narrated,
}

impl Diagnostics {
    /// All of them with the text around each.
    pub fn report(&self, look: Look) -> String {
        let mut out = String::new();
        for item in &self.items {
            let item = &Shown(item);
            // Writing to a String cannot fail.
            let _ = match look {
                Look::Narrated => NarratableReportHandler::new().render_report(&mut out, item),
                Look::Graphical { color, width } => {
                    let theme = match color {
                        true => GraphicalTheme::unicode(),
                        false => GraphicalTheme::unicode_nocolor(),
                    };
                    GraphicalReportHandler::new_themed(theme)
                        .with_width(width.max(40))
                        .with_links(false)
                        .render_report(&mut out, item)
                }
            };
            out.push('\n');
        }
        out.push_str(&self.rest());
        out
    }
}

/// A diagnostic as miette wants it.
#[derive(Debug)]
struct Shown<'d>(&'d Diagnostic);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.0.message))?;
        match (&self.0.snippet, self.0.pointer.to_string().as_str()) {
            (Some(_), _) => Ok(()),
            (None, "") => write!(f, " (in {})", visible(&self.0.document)),
            (None, pointer) => {
                write!(
                    f,
                    " (in {} at {})",
                    visible(&self.0.document),
                    visible(pointer)
                )
            }
        }
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.0.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.0.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Finding => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.0.help.as_deref()?;
        Some(Box::new(visible(help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.snippet.as_ref().map(|_| self as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.0.snippet.as_ref()?;
        let label = match self.0.pointer.to_string().as_str() {
            "" => "here".to_owned(),
            pointer => visible(pointer),
        };
        let label = LabeledSpan::new(Some(label), snippet.start, snippet.length);
        Some(Box::new(std::iter::once(label)))
    }
}

/// The snippet knows where in the document it was cut out.
impl SourceCode for Shown<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let Diagnostic {
            snippet,
            line,
            column,
            document,
            ..
        } = self.0;
        let Snippet {
            text, line: first, ..
        } = snippet.as_ref().ok_or(MietteError::OutOfBounds)?;
        let is_place_asked = lines_before + lines_after == 0;
        let (line, column) = match (line, column) {
            (Some(line), Some(column)) if is_place_asked => (*line, *column),
            _ => (*first, 1),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            visible(document),
            text.as_bytes(),
            if is_place_asked {
                *span
            } else {
                (0, text.len()).into()
            },
            line.saturating_sub(1),
            column.saturating_sub(1),
            text.lines().count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::diagnostic::tests::diagnostics;

    #[test]
    fn a_report_shows_the_text_at_its_line() {
        let look = Look::Graphical {
            color: false,
            width: 80,
        };
        let report = diagnostics("{\n  \"a\":\n 1\n}", &["/a"]).report(look);
        for part in [
            "[api.json:3:2]",
            "3 │  1",
            "/a",
            "found 1",
            "help: write text",
        ] {
            assert!(report.contains(part), "{part:?} is not in\n{report}");
        }
        assert!(!report.contains('\u{1b}'));
    }

    #[test]
    fn a_narrated_report_has_no_lines_drawn() {
        let report = diagnostics("{\"a\": 1}", &["/a"]).report(Look::Narrated);
        assert!(report.contains("line 1"), "{report}");
        assert!(!report.contains('│'));
    }

    #[test]
    fn a_report_of_a_minified_document_is_short() {
        let text = format!(
            "{{\"x\": \"{0}\", \"a\": 1, \"y\": \"{0}\"}}",
            "x".repeat(1_000_000)
        );
        let look = Look::Graphical {
            color: false,
            width: 80,
        };
        let report = diagnostics(&text, &["/a"]).report(look);
        assert!(report.len() < 2_000, "{} bytes", report.len());
        assert!(report.contains("[api.json:1:1000016]"), "{report}");
    }

    #[test]
    fn text_of_a_document_cannot_move_the_cursor() {
        let key = "\u{1b}[2J\u{202e}";
        let text = serde_json::json!({ key: 1 }).to_string();
        let look = Look::Graphical {
            color: false,
            width: 80,
        };
        let report = diagnostics(&text, &[&format!("/{key}")]).report(look);
        assert!(!report.contains(['\u{1b}', '\u{202e}']), "{report:?}");
    }

    #[test]
    fn escapes_move_neither_the_column_nor_the_mark() {
        let look = Look::Graphical {
            color: false,
            width: 80,
        };
        let report = diagnostics("{\"\u{202e}\": 0, \"b\": 1}", &["/b"]).report(look);
        assert!(report.contains("[api.json:1:15]"), "{report}");
        let line_of = |part: &str| {
            report
                .lines()
                .find_map(|line| line.find(part).map(|at| line[..at].chars().count()))
        };
        assert_eq!(line_of("1}"), line_of("┬"), "{report}");
    }

    #[test]
    fn an_error_of_a_whole_file_names_it() {
        let diagnostics = Diagnostics::file("api.json", Code::CANNOT_READ, "no such file");
        assert!(diagnostics.report(Look::Narrated).contains("api.json"));
    }
}
