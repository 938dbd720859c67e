//! JSON bodies as trees, with every digit of their numbers.

use crate::data::mark;
use crate::data::tree::Tree;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// How deep a value is looked into. (JSON nests no deeper than this in `serde_json`, either.)
const MAX_DEPTH: usize = 128;

/// The tree of a JSON text. `None`: it is none, or nests too deep.
pub(super) fn read(text: &[u8]) -> Option<Tree> {
    let raw: &RawValue = serde_json::from_slice(mark::without(text)).ok()?;
    tree(raw, MAX_DEPTH).ok()
}

fn tree(raw: &RawValue, depth: usize) -> serde_json::Result<Tree> {
    let text = raw.get();
    let Some(depth) = depth.checked_sub(1) else {
        return Err(serde_json::Error::custom("nests too deep"));
    };
    Ok(match text.as_bytes().first() {
        Some(b'"') => Tree::Text(serde_json::from_str(text)?),
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text)?;
            let elements = elements.into_iter().map(|it| tree(it, depth));
            Tree::List(elements.collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let members = members.into_iter();
            let members = members.map(|(name, value)| Ok((name, tree(value, depth)?)));
            Tree::Object(members.collect::<Result<_, serde_json::Error>>()?)
        }
        Some(b't') => Tree::Bool(true),
        Some(b'f') => Tree::Bool(false),
        Some(b'n') => Tree::Null,
        _ => Tree::Number(text.to_owned()),
    })
}

/// The members of an object as they come.
struct Members<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_digits_and_an_object_its_members() {
        let text = r#" {"n": 0.1000000000000000000001, "a": [true, null, "\u00e9"], "n": -1e5} "#;
        let Some(Tree::Object(members)) = read(text.as_bytes()) else {
            unreachable!("an object")
        };
        assert_eq!(
            members[0].1,
            Tree::Number("0.1000000000000000000001".into())
        );
        let elements = vec![Tree::Bool(true), Tree::Null, Tree::Text("é".into())];
        assert_eq!(members[1].1, Tree::List(elements));
        assert_eq!(members[2], ("n".into(), Tree::Number("-1e5".into())));
    }

    #[test]
    fn what_nests_too_deep_is_not_looked_at() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(nested(100).as_bytes()).is_some());
        assert_eq!(read(nested(100_000).as_bytes()), None);
    }
}
