//! The transcript of the demo.

use std::fmt::Display;
use xtask::terminal::say;

/// Numbered steps with what they found.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    steps: usize,
}

impl Transcript {
    pub(crate) fn step(&mut self, title: &str) {
        self.steps += 1;
        show(format_args!("{:2}. {title}\n", self.steps));
    }

    pub(crate) fn fact(&self, name: &str, value: impl Display) {
        show(format_args!("      {name:<12} {value}\n"));
    }

    pub(crate) fn end(self) {
        show(format_args!("All {} steps went as expected.\n", self.steps));
    }
}

/// A line that cannot be shown stops no demo.
fn show(text: impl Display) {
    let _ = say(text);
}

/// Such as `$50.00`: for the eye only, money itself is counted in cents.
pub(crate) fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}${}.{:02}", cents / 100, cents % 100)
}
