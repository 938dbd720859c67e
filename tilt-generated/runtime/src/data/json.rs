//! JSON bodies.

use crate::data::{Wire, mark, union};
use serde::de::Error as _;

/// Reads a whole text as one value. Errors count from behind a byte order mark, as [`locate`](super::locate) does.
///
/// That all of it is UTF-8 is checked at once: string by string takes a fifth longer.
pub(crate) fn read<T: Wire>(text: &[u8]) -> serde_json::Result<T> {
    let text = mark::without(text);
    let text = std::str::from_utf8(text).map_err(|_| not_utf8(text))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = union::within_a_body(|| T::read(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}

/// The fault of such a text, and its place.
#[cold]
fn not_utf8(text: &[u8]) -> serde_json::Error {
    match serde_json::from_slice::<serde_json::Value>(text) {
        Err(error) => error,
        Ok(_) => serde_json::Error::custom("the text is not UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_text() {
        let marked = "\u{feff}[\"a\", 5]".as_bytes();
        let Err(error) = read::<Vec<String>>(marked) else {
            unreachable!("a number")
        };
        let pointer = crate::data::locate::pointer(marked, error.line(), error.column());
        assert_eq!(pointer, "/1");
        assert_eq!(
            read::<Vec<i64>>("\u{feff}[5]".as_bytes()).ok(),
            Some(vec![5])
        );
        assert!(read::<Vec<i64>>("\u{feff}\u{feff}[5]".as_bytes()).is_err());
    }

    #[test]
    fn an_error_says_where_a_text_is_no_utf8() {
        let Err(error) = read::<Vec<String>>(b"[\"a\",\n \"\xff\"]") else {
            unreachable!("not UTF-8")
        };
        assert_eq!((error.line(), error.column()), (2, 3));
    }
}
