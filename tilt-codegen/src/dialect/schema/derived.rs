//! Conclusions from several keywords of one schema, whatever their order.

use serde_json::Value;

use super::{Additional, JsonType, Schema, Types};
use crate::source::Node;

/// Keywords that say something only together with others, or beside others that say the same.
#[derive(Debug, Default)]
pub(super) struct Stated<'d> {
    pub format: Option<&'d str>,
    /// `type: file`, Swagger 2's word for `format: binary`.
    pub is_file: bool,
    pub items: Option<Node<'d>>,
    pub prefix_items: Option<Vec<Node<'d>>>,
    pub unevaluated_items: Option<Node<'d>>,
    /// From `x-enum-varnames`, `x-enumNames` and `x-enum-names`.
    pub enum_names: [Vec<&'d str>; 3],
    /// From `example` and `examples`.
    pub examples: [Option<&'d Value>; 2],
    /// From `x-enum-descriptions` and `x-enumDescriptions`.
    pub enum_descriptions: [Vec<&'d str>; 2],
}

impl<'d> Schema<'d> {
    pub(super) fn derive(&mut self, stated: Stated<'d>) {
        if self.nullable && !self.types.is_empty() {
            self.types.insert(JsonType::Null);
        }
        self.required.dedup();
        self.format = if stated.is_file {
            Some("binary")
        } else {
            stated.format
        };
        self.derive_others();
        let items = self.items_of(&stated);
        self.derive_items(items, stated.prefix_items);
        self.example = stated.examples.into_iter().flatten().next();
        let values = self.enumeration.map_or(0, <[Value]>::len);
        self.enum_names = best_list(stated.enum_names, values);
        self.enum_descriptions = best_list(stated.enum_descriptions, values);
        self.minimum = self.constraints.lower_bound();
        self.maximum = self.constraints.upper_bound();
        self.inexpressible.sort_unstable();
        self.unknown.sort_unstable();
        self.malformed.sort_unstable();
    }

    /// `unevaluatedProperties` says what `additionalProperties` does where the properties that are evaluated can be told:
    /// of alternatives and conditions, an object may meet several or none.
    fn derive_others(&mut self) {
        let has_choices = !(self.any_of.is_empty() && self.one_of.is_empty())
            || self
                .inexpressible
                .iter()
                .any(|it| EVALUATE_PROPERTIES.contains(it));
        if self.unevaluated.says_something() && has_choices {
            self.unevaluated = Additional::Unspecified;
            self.inexpressible.push("unevaluatedProperties");
        }
    }

    /// `items`, or else `unevaluatedItems` where nothing beside it evaluates items: it then says the same.
    fn items_of(&mut self, stated: &Stated<'d>) -> Option<Node<'d>> {
        let Some(rest) = stated.unevaluated_items else {
            return stated.items;
        };
        let is_alone = stated.items.is_none()
            && self.reference.is_none()
            && [&self.all_of, &self.any_of, &self.one_of]
                .iter()
                .all(|it| it.is_empty())
            && !self
                .inexpressible
                .iter()
                .any(|it| EVALUATE_ITEMS.contains(it));
        if is_alone {
            return Some(rest);
        }
        self.inexpressible.push("unevaluatedItems");
        stated.items
    }

    fn derive_items(&mut self, items: Option<Node<'d>>, prefix: Option<Vec<Node<'d>>>) {
        self.max_items = self.constraints.max_items.and_then(Value::as_u64);
        let is_tuple = prefix.is_some();
        self.prefix_items = prefix.unwrap_or_default();
        match items.map(|items| (items, items.value)) {
            None | Some((_, Value::Bool(true))) => {}
            Some((_, Value::Bool(false))) => {
                let length = self.prefix_items.len() as u64;
                self.max_items = Some(self.max_items.map_or(length, |most| most.min(length)));
            }
            // Draft 7 and before: an array of schemas is what `prefixItems` is now.
            Some((items, Value::Array(_))) if !is_tuple => {
                self.prefix_items = items.elements().collect();
            }
            Some((_, Value::Array(_))) => {
                self.malformed
                    .push(("items", "a schema, beside `prefixItems`"));
            }
            Some((items, _)) => self.items = Some(items),
        }
    }

    /// The JSON types that the node's other keywords imply where `type` is missing.
    pub(crate) fn implied_types(&self) -> Types {
        if !self.types.is_empty() {
            return self.types;
        }
        let object = !self.properties.is_empty()
            || self.others().says_something()
            || !self.pattern_properties.is_empty()
            || self.constraints.max_properties.is_some()
            || self.constraints.min_properties.is_some();
        // Where there are alternatives, it is for them to say which scalars they are.
        let is_open = self.one_of.is_empty() && self.any_of.is_empty();
        let array = self.items.is_some() || !self.prefix_items.is_empty();
        let string = self.constraints.min_length.is_some()
            || self.constraints.max_length.is_some()
            || self.constraints.pattern.is_some()
            || self.content_encoding.is_some()
            || self.format.is_some_and(is_string_format);
        let number = self.minimum.is_some() || self.maximum.is_some();
        let mut types = Types::default();
        if object {
            types.insert(JsonType::Object);
        } else if array {
            types.insert(JsonType::Array);
        } else if !is_open {
            // Nothing that a value of another type could not have.
        } else if string {
            types.insert(JsonType::String);
        } else if let Some("int32" | "int64" | "uint32" | "uint64") = self.format {
            types.insert(JsonType::Integer);
        } else if number || matches!(self.format, Some("float" | "double")) {
            types.insert(JsonType::Number);
        }
        if !types.is_empty() && self.nullable {
            types.insert(JsonType::Null);
        }
        types
    }
}

/// Keywords that evaluate items, and that no type shows.
const EVALUATE_ITEMS: [&str; 4] = ["$dynamicRef", "$recursiveRef", "contains", "if"];

/// The same of properties.
const EVALUATE_PROPERTIES: [&str; 4] = ["$dynamicRef", "$recursiveRef", "dependentSchemas", "if"];

fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "date-time"
            | "date"
            | "time"
            | "duration"
            | "guid"
            | "uuid"
            | "email"
            | "uri"
            | "url"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "byte"
            | "binary"
            | "password"
    )
}

/// Of lists that say the same, the first that has as many entries as there are values, or else the
/// first that has any.
fn best_list<const N: usize>(lists: [Vec<&str>; N], values: usize) -> Vec<&str> {
    let fits = lists.iter().position(|list| list.len() == values);
    let any = lists.iter().position(|list| !list.is_empty());
    let best = fits.filter(|_| values > 0).or(any);
    let mut lists = lists.into_iter();
    best.and_then(|best| lists.nth(best)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::DocumentId;
    use proptest::prelude::*;
    use proptest::sample::{Index, subsequence};
    use serde_json::{Map, json};

    fn read(value: &Value) -> Schema<'_> {
        Schema::read(Node {
            document: DocumentId(0),
            value,
        })
    }

    /// Keywords of which several say something about one thing, and some that are wrong.
    fn members() -> Vec<(&'static str, Value)> {
        vec![
            ("type", json!(["file", "null"])),
            ("format", json!("uint32")),
            ("nullable", json!(true)),
            ("items", json!(false)),
            ("prefixItems", json!([{}, {"type": "string"}])),
            ("minItems", json!(2)),
            ("maxItems", json!(7)),
            ("minimum", json!(0)),
            ("exclusiveMinimum", json!(-5)),
            ("maximum", json!(9)),
            ("exclusiveMaximum", json!(11)),
            ("enum", json!([1, 2])),
            ("x-enum-varnames", json!(["One"])),
            ("x-enumNames", json!(["First", "Second"])),
            ("x-enum-names", json!(["A", "B"])),
            ("x-enum-descriptions", json!(["the first", "the second"])),
            ("x-enumDescriptions", json!(["once"])),
            ("required", json!(3)),
            ("deprecated", json!("yes")),
            ("unheard", json!(1)),
            ("unsaid", json!(2)),
            ("not", json!({})),
            ("if", json!({})),
        ]
    }

    fn object(members: &[(&str, Value)]) -> Value {
        let members = members.iter().cloned();
        Value::Object(
            members
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Map<_, _>>(),
        )
    }

    proptest! {
        #[test]
        fn the_order_of_keywords_says_nothing(
            some in subsequence(members(), 0..=members().len()),
            swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 0..40),
        ) {
            let mut shuffled = some.clone();
            for (one, other) in swaps.iter().filter(|_| !some.is_empty()) {
                shuffled.swap(one.index(some.len()), other.index(some.len()));
            }
            let (one, other) = (object(&some), object(&shuffled));
            let (one, mut other) = (read(&one), read(&other));
            other.node = one.node;
            prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
        }
    }

    #[test]
    fn a_closed_tuple_is_as_long_as_its_positions_wherever_they_are_listed() {
        for text in [
            r#"{"items": false, "prefixItems": [{}, {}], "maxItems": 7}"#,
            r#"{"maxItems": 7, "prefixItems": [{}, {}], "items": false}"#,
        ] {
            let value: Value = serde_json::from_str(text).expect("JSON");
            let schema = read(&value);
            assert_eq!((schema.prefix_items.len(), schema.max_items), (2, Some(2)));
        }
    }

    #[test]
    fn the_narrower_of_two_bounds_counts() {
        let value =
            json!({"minimum": 0, "exclusiveMinimum": -5, "maximum": 9, "exclusiveMaximum": 4});
        let schema = read(&value);
        assert_eq!((schema.minimum, schema.maximum), (Some(0.0), Some(4.0)));
    }

    #[test]
    fn a_file_is_binary_whatever_its_format() {
        for value in [
            json!({"type": "file", "format": "uuid"}),
            json!({"format": "uuid", "type": "file"}),
        ] {
            assert_eq!(read(&value).format, Some("binary"));
        }
    }

    #[test]
    fn names_are_taken_from_the_list_that_fits_the_values() {
        let value = json!({
            "enum": [1, 2],
            "x-enum-varnames": ["One"],
            "x-enum-names": ["A", "B"],
            "x-enumNames": ["First", "Second"]
        });
        assert_eq!(read(&value).enum_names, ["First", "Second"]);
    }

    #[test]
    fn positions_of_an_older_draft_give_way_to_those_of_the_newer_one() {
        let value = json!({"items": [{"type": "string"}], "prefixItems": [{}, {}]});
        let schema = read(&value);
        assert_eq!(schema.prefix_items.len(), 2);
        assert_eq!(
            schema.malformed,
            [("items", "a schema, beside `prefixItems`")]
        );
    }
}
