//! Trees from JSON, and as JSON.

use crate::data::Value;
use crate::data::tree::{Tree, TreeError};

impl Tree {
    pub(super) fn from_json(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(value.to_string()),
            Value::String(value) => Self::Text(value),
            Value::Array(values) => Self::List(values.into_iter().map(Self::from_json).collect()),
            Value::Object(values) => Self::Object(
                values
                    .into_iter()
                    .map(|(key, value)| (key, Self::from_json(value)))
                    .collect(),
            ),
        }
    }

    /// The tree as JSON text. Bytes have no form in JSON.
    pub(crate) fn to_json(&self) -> Result<String, TreeError> {
        let mut out = String::new();
        self.write_json(&mut out)?;
        Ok(out)
    }

    fn write_json(&self, out: &mut String) -> Result<(), TreeError> {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(_) | Self::Number(_) => out.push_str(self.scalar().unwrap_or_default()),
            Self::Text(text) => write_json_text(text, out)?,
            Self::Bytes(_) | Self::File(_) => {
                return Err(TreeError("bytes have no form in JSON".to_owned()));
            }
            Self::List(values) => {
                out.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    value.write_json(out)?;
                }
                out.push(']');
            }
            Self::Object(values) => {
                out.push('{');
                for (index, (key, value)) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_json_text(key, out)?;
                    out.push(':');
                    value.write_json(out)?;
                }
                out.push('}');
            }
        }
        Ok(())
    }
}

fn write_json_text(text: &str, out: &mut String) -> Result<(), TreeError> {
    out.push_str(&serde_json::to_string(text).map_err(serde::ser::Error::custom)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_a_tree_that_was_wiped() {
        let mut tree = Tree::from_json(serde_json::json!({ "a": ["mark", 5] }).into());
        tree.wipe();
        let gone = vec![Tree::Text(String::new()), Tree::Number(String::new())];
        assert_eq!(tree, Tree::Object(vec![("a".into(), Tree::List(gone))]));
    }
}
