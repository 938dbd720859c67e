//! The output of the commands of this workspace.
//!
//! It quotes documents and servers: what cannot be seen, or would move the cursor, is shown by its
//! escape.
//!
//! A reader may leave early, as `head` does. Then the rest is for nobody, and the command goes on: its
//! exit code says how its work went.

use crate::visible;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Writes to standard output.
///
/// # Errors
///
/// It cannot be written, for another reason than that nobody reads it.
pub fn say(text: impl Display) -> io::Result<()> {
    to(io::stdout().lock(), &plain(text))
}

/// Writes JSON to standard output. Its own escapes stand for what cannot be seen.
///
/// # Errors
///
/// As [`say`].
pub fn say_json(json: impl Display) -> io::Result<()> {
    let json = format!("{json}\n");
    to(io::stdout().lock(), &visible::escape_json(&json))
}

/// Writes to standard error. Where that is not possible, there is no one to tell.
pub fn warn(text: impl Display) {
    let _ = to(io::stderr().lock(), &plain(text));
}

/// Writes a report of [`Diagnostics`](crate::diagnostic::Diagnostics) to standard error: it has
/// colors, and what it quotes is escaped in it.
pub fn warn_report(report: &str) {
    let _ = to(io::stderr().lock(), &report);
}

fn plain(text: impl Display) -> String {
    visible::escape_but(&text.to_string(), &['\n', '\t']).into_owned()
}

fn to(mut out: impl Write, text: &dyn Display) -> io::Result<()> {
    let written = write!(out, "{text}").and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_quoted_cannot_move_the_cursor() {
        assert_eq!(
            plain("a\tb\r\u{1b}[2J\u{202e}\u{9b}31m\nc"),
            "a\tb\\r\\u{1b}[2J\\u{202e}\\u{9b}31m\nc"
        );
    }

    #[test]
    fn only_a_reader_that_left_is_no_failure() {
        assert!(to(Failing(ErrorKind::BrokenPipe), &"text").is_ok());
        assert!(to(Failing(ErrorKind::StorageFull), &"text").is_err());
    }
}
