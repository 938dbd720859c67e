//! Where values end that follow each other in one body.

use super::media_type;
use crate::data::media_type::SEPARATOR;

/// How values are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Each ends with its line.
    Lines,
    /// Each begins with a record separator, and ends with a line feed that is not inside of it (RFC 7464).
    Sequence,
}

impl Framing {
    pub(crate) fn of(media_type: &str) -> Self {
        match media_type::is_text_sequence(media_type) {
            true => Self::Sequence,
            false => Self::Lines,
        }
    }
}

/// How deep inside of a value a byte is.
#[derive(Debug, Default)]
pub(crate) struct Inside {
    depth: usize,
    in_text: bool,
    after_backslash: bool,
}

pub(crate) enum Found {
    Nothing,
    /// The value ends with this byte.
    End,
    /// Another value begins behind this byte.
    Begin,
}

impl Inside {
    pub(crate) fn after(&mut self, byte: u8, framing: Framing) -> Found {
        if framing == Framing::Lines {
            return match byte {
                b'\n' => Found::End,
                _ => Found::Nothing,
            };
        }
        match byte {
            // No text in JSON has one as it is.
            SEPARATOR => return Found::Begin,
            _ if self.after_backslash => self.after_backslash = false,
            b'\\' if self.in_text => self.after_backslash = true,
            b'"' => self.in_text = !self.in_text,
            _ if self.in_text => {}
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b'\n' if self.depth == 0 => return Found::End,
            _ => {}
        }
        Found::Nothing
    }
}
