//! A document, and a validator for its schemas.

use serde_json::Value;

use crate::document::{Document, OneOf, Validator, ValidatorError};

#[derive(Debug)]
pub(super) struct Judge {
    pub(super) document: Document,
    pub(super) validator: Validator,
}

impl Judge {
    pub(super) fn new(document: &Value) -> Result<Self, ValidatorError> {
        let document = Document::new(document, OneOf::Exactly);
        let validator = document.validator(document.places().iter().map(String::as_str))?;
        Ok(Self {
            document,
            validator,
        })
    }

    /// A text of a URL or header is accepted as text, or as the value that it spells.
    pub(super) fn accepts_text(&self, pointer: &str, values: &[&str]) -> bool {
        let readings = |text: &str| {
            let said = serde_json::from_str::<Value>(text).ok();
            let said = said.filter(|value| value.is_number() || value.is_boolean());
            std::iter::once(Value::from(text)).chain(said)
        };
        let scalar = match values {
            [one] => readings(one).any(|value| self.validator.is_valid(pointer, &value)),
            _ => false,
        };
        let list: Vec<&str> = match values {
            [one] => one.split(',').collect(),
            several => several.to_vec(),
        };
        let lists = [
            readings_of(&list, |text| readings(text).next()),
            readings_of(&list, |text| readings(text).last()),
        ];
        scalar
            || lists
                .iter()
                .any(|list| self.validator.is_valid(pointer, list))
    }
}

fn readings_of(list: &[&str], read: impl Fn(&str) -> Option<Value>) -> Value {
    list.iter().filter_map(|text| read(text)).collect()
}
