//! Values that a media type describes, as the text that stands in a URL, a header or a cookie (OpenAPI 3.1.1, section
//! 4.12.2).

use super::form;
use crate::data::described::Encoding;
use crate::data::tree::Tree;

/// The text, or why there is none.
pub(super) fn text(value: &Tree, encoding: Encoding) -> Result<String, String> {
    match encoding {
        Encoding::Form => form::write(value, &[]).map_err(|error| error.reason()),
        Encoding::Text => {
            let text = value.scalar().map(str::to_owned);
            text.ok_or_else(|| "has parts, and is described as text".to_owned())
        }
        Encoding::Json | Encoding::Styled { .. } => {
            value.to_json().map_err(|error| error.to_string())
        }
    }
}
