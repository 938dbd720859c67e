//! A problem on its way to a diagnostic, and the collection of all.

use super::{Code, Diagnostic, Severity, Snippet};
use crate::limits::Limits;
use crate::place::{Place, Pointer, Position};
use std::collections::HashMap;

/// A problem whose place is not looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// The sentence that says what was found and what was expected.
    pub message: String,
    /// Advice on what to do about it.
    pub help: Option<String>,
    /// Where it is.
    pub place: Place,
}

impl Problem {
    /// A problem of a kind, which says how grave it is.
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Problem {
        Problem {
            code,
            severity: code.severity(),
            message: shortened(message.into()),
            help: code.remedy().map(str::to_owned),
            place: place.into(),
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(shortened(help.into()));
        self
    }

    /// The same in a text, at the place that was looked up for it.
    pub(crate) fn at(
        self,
        document: &str,
        text: &str,
        pointer: Pointer,
        position: Option<Position>,
    ) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message,
            document: document.to_owned(),
            pointer,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: self.help,
            snippet: position.map(|position| Snippet::around(text, position)),
        }
    }
}

/// A message quotes the document, and what it quotes may be as long as the document.
fn shortened(mut message: String) -> String {
    const LONGEST: usize = 1000;
    if let Some((end, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(end);
        message.push('…');
    }
    message
}

/// Collects problems while a document is read.
#[derive(Debug, Clone)]
pub struct Problems {
    items: Vec<Problem>,
    dropped: usize,
    has_errors: bool,
    /// Findings, and errors.
    kept: [usize; 2],
    /// As many of each.
    most: usize,
    /// As many of one code at one place.
    most_repeated: usize,
    repeated: HashMap<(Code, Place), Repeated>,
}

/// How often one kind of problem is there at one place.
#[derive(Debug, Clone, Default)]
struct Repeated {
    count: usize,
    /// The last that was kept.
    last: usize,
}

impl Problems {
    /// Nothing collected yet, with the default limits.
    pub fn new() -> Problems {
        Problems::within(&Limits::default())
    }

    /// Nothing collected yet. More than these limits is only counted: a hostile document must not
    /// fill the memory with problems.
    pub fn within(limits: &Limits) -> Problems {
        Problems {
            items: Vec::new(),
            dropped: 0,
            has_errors: false,
            kept: [0, 0],
            most: limits.findings,
            most_repeated: limits.repeated,
            repeated: HashMap::new(),
        }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.has_errors |= problem.severity == Severity::Error;
        // Findings leave no error without a place.
        let kept = &mut self.kept[usize::from(problem.severity == Severity::Error)];
        if *kept >= self.most {
            self.dropped += 1;
            return;
        }
        let key = (problem.code, problem.place.clone());
        let repeated = self.repeated.entry(key).or_default();
        repeated.count += 1;
        if repeated.count > self.most_repeated {
            self.dropped += 1;
            return;
        }
        *kept += 1;
        repeated.last = self.items.len();
        self.items.push(problem);
    }

    /// Whether any of them stops the generator.
    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// The collected problems, in the order in which they were found.
    pub fn items(&self) -> &[Problem] {
        &self.items
    }

    /// Errors stay, and findings of some codes.
    pub(crate) fn keep_findings(&mut self, is_kept: impl Fn(Code) -> bool) {
        let stays = |item: &Problem| item.severity == Severity::Error || is_kept(item.code);
        let mut numbers: Vec<usize> = Vec::with_capacity(self.items.len());
        let mut next = 0;
        for item in &self.items {
            numbers.push(next);
            next += usize::from(stays(item));
        }
        self.repeated.retain(|_, it| stays(&self.items[it.last]));
        for repeated in self.repeated.values_mut() {
            repeated.last = numbers[repeated.last];
        }
        self.items.retain(stays);
    }

    /// All that were kept, and how many were not.
    pub(crate) fn into_items(mut self) -> (Vec<Problem>, usize) {
        for repeated in self.repeated.values() {
            let more = repeated.count.saturating_sub(self.most_repeated);
            if let Some(last) = self.items.get_mut(repeated.last).filter(|_| more > 0) {
                last.message
                    .push_str(&format!(" (and {more} more of this kind here)"));
            }
        }
        (self.items, self.dropped)
    }
}

impl Default for Problems {
    fn default() -> Problems {
        Problems::new()
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::DocumentId;

    fn problem(pointer: &str, message: &str) -> Problem {
        let place = Place::Pointer(DocumentId(0), pointer.into());
        Problem::new(Code::LINK, place, message)
    }

    #[test]
    fn an_endless_message_is_cut() {
        let problem = problem("", &"é".repeat(1_000_000));
        assert_eq!(problem.message.chars().count(), 1001);
    }

    #[test]
    fn endless_problems_do_not_fill_the_memory() {
        let limits = Limits {
            findings: 5,
            repeated: 10,
            ..Limits::default()
        };
        let mut problems = Problems::within(&limits);
        for number in 0..12 {
            problems.push(problem(&format!("/{number}"), "again"));
        }
        let (items, dropped) = problems.into_items();
        assert_eq!((items.len(), dropped), (5, 7));
    }
}
