//! What the demo shows.

use std::fmt::Display;

/// Numbered steps with what they found.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    steps: usize,
}

impl Transcript {
    pub(crate) fn step(&mut self, title: &str) {
        self.steps += 1;
        println!("{:2}. {title}", self.steps);
    }

    pub(crate) fn fact(&self, name: &str, value: impl Display) {
        println!("      {name:<12} {value}");
    }

    pub(crate) fn end(self) {
        println!("All {} steps went as expected.", self.steps);
    }
}

/// Such as `$50.00`: for the eye only, money itself is counted in cents.
pub(crate) fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}${}.{:02}", cents / 100, cents % 100)
}
