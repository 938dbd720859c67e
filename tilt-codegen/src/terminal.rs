//! What the commands of this workspace say.
//!
//! A reader may leave early, as `head` does. Then the rest is for nobody, and the command goes on: its
//! exit code says how its work went.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Writes to standard output.
///
/// # Errors
///
/// It cannot be written, for another reason than that nobody reads it.
pub fn say(text: impl Display) -> io::Result<()> {
    to(io::stdout().lock(), &text)
}

/// Writes to standard error. Where that is not possible, there is no one to tell.
pub fn warn(text: impl Display) {
    let _ = to(io::stderr().lock(), &text);
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
    fn only_a_reader_that_left_is_no_failure() {
        assert!(to(Failing(ErrorKind::BrokenPipe), &"text").is_ok());
        assert!(to(Failing(ErrorKind::StorageFull), &"text").is_err());
    }
}
