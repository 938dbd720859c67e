//! Keywords of schemas that are stated and say nothing: they are valid for everything.

use super::super::unstated::is_empty;
use super::super::words::is_words;
use super::view::View;
use serde_json::Value;

/// Whether a schema is valid for everything.
fn is_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(is) => *is,
        Value::Object(members) => members.keys().all(|key| is_words(key)),
        _ => false,
    }
}

impl View<'_> {
    /// Without keywords that say nothing by themselves.
    pub(super) fn drop_silent(&mut self) {
        let has = |view: &Self, key| view.members.contains_key(key);
        let has_contains = has(self, "contains");
        let is_integer = self
            .members
            .get("type")
            .is_some_and(|ty| ty.value == "integer");
        self.members.retain(|key, node| match *key {
            "patternProperties" | "dependentSchemas" | "properties" | "definitions" | "$defs"
            | "xml" | "required" | "allOf" => !is_empty(node.value),
            "dependentRequired" => {
                let lists = node.value.as_object().into_iter().flatten();
                lists.into_iter().any(|(_, names)| !is_empty(names))
            }
            "propertyNames" => {
                !is_anything(node.value) && node.value != &serde_json::json!({"type": "string"})
            }
            "unevaluatedProperties" | "unevaluatedItems" => !is_anything(node.value),
            "not" => node.value != &Value::Bool(false),
            "minContains" | "maxContains" => has_contains,
            "multipleOf" => !(is_integer && node.value.as_f64() == Some(1.0)),
            _ => true,
        });
        // None at all is enough.
        let is_none = |it: &crate::source::Node<'_>| it.value.as_f64() == Some(0.0);
        if self.members.get("minContains").is_some_and(is_none) && !has(self, "maxContains") {
            self.members.remove("minContains");
            self.members.remove("contains");
        }
        if self
            .members
            .get("not")
            .is_some_and(|it| is_anything(it.value))
        {
            self.members.remove("not");
            self.is_never = true;
        }
    }
}
