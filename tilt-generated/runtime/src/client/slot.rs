//! Where a request says which page of a list is wanted.

use super::body_text::BodyText;
use super::executor::{Request, RequestBody};
use super::operation::Operation;
use crate::data::extract;
use crate::data::tree::Tree;
use http::HeaderValue;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Names of properties, from the outermost to the innermost.
pub(super) type Path = &'static [&'static str];

/// A place of a request for what says which page is wanted. Parameters are given by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A parameter.
    Parameter(usize),
    /// A property of a parameter that is an object.
    Property(usize, &'static str),
    /// A text in the JSON body.
    Body(Path),
    /// A number in the JSON body.
    BodyNumber(Path),
}

const NO_OBJECT: &str = "the body has no object that takes what leads to the next page";

impl Slot {
    /// The name that a link gives it.
    pub(crate) fn name(self, operation: &Operation) -> &'static str {
        match self {
            Self::Parameter(index) => {
                let parameter = operation.parameters.get(index);
                parameter.map_or("", |parameter| parameter.name)
            }
            Self::Property(_, name) => name,
            Self::Body(path) | Self::BodyNumber(path) => path.last().copied().unwrap_or_default(),
        }
    }
}

impl Request {
    /// The number that is in a place.
    pub(crate) fn number_in(&self, slot: Slot) -> Option<u64> {
        let value = |parameter: usize| {
            let mut values = self.values.iter().rev();
            values.find(|(at, _)| *at == parameter).map(|(_, it)| it)
        };
        let value = match slot {
            Slot::Parameter(parameter) => value(parameter)?,
            Slot::Property(parameter, name) => {
                let Tree::Object(properties) = value(parameter)? else {
                    return None;
                };
                let (_, value) = properties.iter().find(|(own, _)| own == name)?;
                value
            }
            Slot::Body(path) | Slot::BodyNumber(path) => {
                let body = self.body.as_ref()?.payload.as_bytes()?;
                return extract::number(&body, path);
            }
        };
        value.scalar()?.parse().ok()
    }

    /// Puts a value in a place, instead of what is there.
    pub(crate) fn replace(&mut self, slot: Slot, value: String) -> Result<(), &'static str> {
        match slot {
            Slot::Parameter(parameter) => {
                self.values.retain(|(at, _)| *at != parameter);
                self.values.push((parameter, Tree::Text(value)));
            }
            Slot::Property(parameter, name) => {
                let mut values = self.values.iter_mut().rev();
                let properties = match values.find(|(at, _)| *at == parameter) {
                    Some((_, Tree::Object(properties))) => properties,
                    _ => {
                        self.values.retain(|(at, _)| *at != parameter);
                        let properties = vec![(name.to_owned(), Tree::Text(value))];
                        self.values.push((parameter, Tree::Object(properties)));
                        return Ok(());
                    }
                };
                properties.retain(|(own, _)| own != name);
                properties.push((name.to_owned(), Tree::Text(value)));
            }
            Slot::Body(path) => {
                let text = serde_json::to_string(&value).map_err(|_| NO_OBJECT)?;
                self.replace_in_body(path, &text)?;
            }
            Slot::BodyNumber(path) => {
                let is_number = serde_json::from_str::<serde_json::Number>(&value).is_ok();
                let number = is_number.then_some(value);
                let number = number.ok_or("the next page is told by what is no number")?;
                self.replace_in_body(path, &number)?;
            }
        }
        Ok(())
    }

    /// A body that was left out is one with this property alone.
    fn replace_in_body(&mut self, path: Path, json: &str) -> Result<(), &'static str> {
        let (content_type, before) = match &self.body {
            Some(body) => {
                let before = body.payload.as_bytes().ok_or(NO_OBJECT)?;
                (body.content_type.clone(), before)
            }
            None => (HeaderValue::from_static("application/json"), "null".into()),
        };
        let before = std::str::from_utf8(&before).map_err(|_| NO_OBJECT)?;
        let mut written = BodyText::default();
        write(&mut written, before, path, json).ok_or(NO_OBJECT)?;
        self.body = Some(RequestBody {
            content_type,
            payload: written.into(),
        });
        Ok(())
    }
}

/// Writes an object with another value at a path; one that is null has nothing so far.
fn write(out: &mut BodyText, object: &str, path: &[&str], json: &str) -> Option<()> {
    let Some((name, inside)) = path.split_first() else {
        out.push(json.as_bytes());
        return Some(());
    };
    let mut reader = serde_json::Deserializer::from_str(object);
    let mut properties = reader.deserialize_any(Properties).ok()?;
    if !properties.iter().any(|(own, _)| own == name) {
        properties.push(((*name).to_owned(), RawValue::NULL));
    }
    let mut before: &[u8] = b"{";
    for (own, value) in properties {
        out.push(before);
        out.push(serde_json::to_string(&own).ok()?.as_bytes());
        out.push(b":");
        match own == *name {
            true => write(out, value.get(), inside, json)?,
            false => out.push(value.get().as_bytes()),
        }
        before = b",";
    }
    out.push(b"}");
    Some(())
}

/// Reads an object as its properties, in their order.
struct Properties;

impl<'de> Visitor<'de> for Properties {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut properties = Vec::new();
        while let Some(property) = map.next_entry()? {
            properties.push(property);
        }
        Ok(properties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(object: &str, path: &[&str], json: &str) -> Option<String> {
        let mut out = BodyText::default();
        write(&mut out, object, path, json)?;
        String::from_utf8(out.as_bytes().to_vec()).ok()
    }

    #[test]
    fn a_value_in_an_object_is_replaced_and_the_others_stay_to_the_letter() {
        let object = r#"{"a\"": 1.50, "page": {"limit": 2, "cursor": null}, "z": [1, 2]}"#;
        let expected = r#"{"a\"":1.50,"page":{"limit":2,"cursor":"x"},"z":[1, 2]}"#;
        let found = written(object, &["page", "cursor"], "\"x\"");
        assert_eq!(found.as_deref(), Some(expected));
    }

    #[test]
    fn a_value_comes_to_an_object_that_lacks_it() {
        let found = |object| written(object, &["page", "cursor"], "7");
        let expected = Some(r#"{"page":{"cursor":7}}"#.to_owned());
        assert_eq!(found("null"), expected);
        assert_eq!(found("{}"), expected);
        assert_eq!(found(r#"{"page":null}"#), expected);
        assert_eq!(found("[]"), None);
        assert_eq!(found(r#"{"page":1}"#), None);
    }
}
