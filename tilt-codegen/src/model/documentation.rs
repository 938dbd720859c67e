//! Documentation of data types as users read it: of an enum and its values, a struct and its fields, a union, an alias.
//! The text is the document's, which `lower/schema/describe.rs` made fit; here are the sentence for what has none and the
//! mark of a deprecated one. It is made when it is printed: a sentence for each of thousands of places, all below
//! one long name, would fill the memory.

use super::place_in_words::place_in_words;
use super::{Docs, Field, Type, Variant};
use crate::code_span::code_span;

impl Type {
    pub(crate) fn documentation(&self) -> String {
        let mut places = self.places.iter().flatten();
        let own = places.find(|place| place.pointer == self.pointer);
        let file = own.map_or("", |place| place.document.as_str());
        let place = || place_in_words(file, &self.pointer.to_string());
        documentation(&self.docs, place, self.deprecated)
    }
}

impl Field {
    pub(crate) fn documentation(&self) -> String {
        let property = || format!("The property {}.", code_span(&self.wire));
        let mut text = documentation(&self.docs, property, self.deprecated);
        if let Some((_, value)) = self.constant() {
            text.push_str(&format!("\n\nAlways {}.", code_span(value)));
        }
        text
    }
}

impl Field {
    /// For where a property is asked for.
    pub(crate) fn argument_documentation(&self) -> String {
        let property = || format!("The property {}.", code_span(&self.wire));
        self.summarized(property)
    }

    /// For what sets a property.
    pub(crate) fn setter_documentation(&self) -> String {
        self.summarized(|| format!("Sets {}.", code_span(&self.wire)))
    }

    fn summarized(&self, otherwise: impl FnOnce() -> String) -> String {
        documentation(&Docs(self.summary.clone()), otherwise, self.deprecated)
    }
}

impl Variant {
    pub(crate) fn documentation(&self) -> String {
        documentation(&self.docs, || code_span(&self.text()), false)
    }
}

/// A text, or what can be said without any.
fn documentation(docs: &Docs, otherwise: impl FnOnce() -> String, deprecated: bool) -> String {
    let mut text = match docs.0.trim().is_empty() {
        true => otherwise(),
        false => docs.0.trim_end().to_owned(),
    };
    if deprecated {
        text.push_str("\n\n**Deprecated.**");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_without_a_text_is_shown_as_it_is() {
        let variant = |docs: &str| Variant {
            name: "A".to_owned(),
            value: json!("a b"),
            docs: Docs(docs.to_owned()),
        };
        assert_eq!(variant(" \n").documentation(), "`a b`");
        assert_eq!(variant("A text.\n").documentation(), "A text.");
    }

    #[test]
    fn the_mark_of_what_is_deprecated_comes_last() {
        let shown = |text: &str| documentation(&Docs(text.to_owned()), || "`a`".to_owned(), true);
        assert_eq!(shown("A text.\n"), "A text.\n\n**Deprecated.**");
        assert_eq!(shown(""), "`a`\n\n**Deprecated.**");
    }
}
