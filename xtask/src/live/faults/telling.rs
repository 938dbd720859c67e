//! The lines by which a receiver's process tells the harness what happens.

use xtask::terminal::say;

/// A line of a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// It takes deliveries at this URL.
    Listening(String),
    /// A handler waits, or is about to be gone.
    Entered,
    /// It answered a delivery so.
    Answered(String),
}

impl Told {
    pub(super) fn read(line: &str) -> Option<Self> {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("listening", url) => Some(Self::Listening(url.to_owned())),
            ("entered", _) => Some(Self::Entered),
            ("answered", answer) => Some(Self::Answered(answer.to_owned())),
            _ => None,
        }
    }

    /// Tells the harness.
    pub(super) fn tell(&self) {
        // Without the harness, nobody listens, and this process is about to be killed.
        let _ = match self {
            Self::Listening(url) => say(format_args!("listening {url}\n")),
            Self::Entered => say(format_args!("entered\n")),
            Self::Answered(answer) => say(format_args!("answered {answer}\n")),
        };
    }
}
