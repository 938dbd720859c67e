//! Values that are only what a text looks like: `5` in a query is a number or a text, and its type knows which.

use crate::data::Content;
use serde::de::{Deserialize, Deserializer};
use std::cell::Cell;

thread_local! {
    static IS_LOOK: Cell<bool> = const { Cell::new(false) };
}

/// Says that the number or Boolean that is handed out next is what a text looks like.
pub(crate) fn note() {
    IS_LOOK.set(true);
}

/// A value, and the text that it may as well be.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<(Content<'de>, Option<Content<'de>>), D::Error> {
    IS_LOOK.set(false);
    let content = Content::deserialize(deserializer)?;
    let text = IS_LOOK.get().then(|| text(&content)).flatten();
    Ok((content, text))
}

fn text<'de>(content: &Content<'de>) -> Option<Content<'de>> {
    match content {
        Content::Number(number) => Some(Content::Text(number.clone())),
        Content::Bool(value) => Some(Content::Text(value.to_string().into())),
        Content::Null | Content::Text(_) | Content::Array(_) | Content::Object(_) => None,
    }
}
