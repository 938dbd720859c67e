//! JSON bodies.

use crate::Wire;

/// Reads a whole text as one value.
pub(crate) fn read<T: Wire>(text: &[u8]) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::read(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}
