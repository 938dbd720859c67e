//! Words for a property or parameter that has none of its own: the beginning of what is said of the schema that it
//! refers to, or else a title.

use crate::dialect::keyword;
use crate::dialect::schema::{JsonType, Schema, Types};
use crate::source::{Documents, Node};

/// The words for what is called `name` on the wire and has these schemas.
pub(in crate::lower) fn words<'d>(
    documents: &'d Documents,
    schemas: &[Schema<'d>],
    name: &str,
) -> Option<&'d str> {
    let targets = schemas.iter().flat_map(|schema| targets(documents, schema));
    let targets: Vec<Node<'d>> = targets.collect();
    let described = targets.iter().copied().filter_map(keyword::description);
    let mut texts = described.filter_map(first_paragraph);
    texts.next().or_else(|| {
        let own = schemas.iter().filter_map(|schema| schema.title);
        let others = targets.iter().copied().filter_map(keyword::title);
        own.chain(others).find(|title| says_more(title, name))
    })
}

/// The words for a list that has none of its own: those of its items.
pub(in crate::lower) fn words_of_items<'d>(
    documents: &'d Documents,
    schemas: &[Schema<'d>],
) -> Option<String> {
    let mut items = schemas.iter().filter_map(|schema| schema.items);
    let described = items.find_map(|item| {
        let own = keyword::description(item);
        let of_target = || keyword::description(documents.follow(item).ok()?);
        own.or_else(of_target).and_then(first_paragraph)
    });
    described.map(|text| format!("Each: {text}"))
}

/// The schema that one stands for: the target of its reference, or the one schema that `allOf`, `oneOf` or
/// `anyOf` puts around it to add to it or to allow null.
fn targets<'d>(documents: &'d Documents, schema: &Schema<'d>) -> Vec<Node<'d>> {
    if schema.reference.is_some() {
        return documents.follow(schema.node).into_iter().collect();
    }
    let alternatives = [schema.one_of.as_slice(), schema.any_of.as_slice()];
    let alternatives = alternatives.into_iter().filter_map(one_of_null);
    let composed = schema.all_of.iter().copied().chain(alternatives);
    composed
        .filter_map(|node| documents.follow(node).ok())
        .collect()
}

/// The one alternative, where the other, if there is another, is null.
fn one_of_null<'d>(alternatives: &[Node<'d>]) -> Option<Node<'d>> {
    let is_null = |node: Node<'d>| Schema::read(node).types == Types::only(JsonType::Null);
    match alternatives {
        [one] => Some(*one),
        [one, other] if is_null(*other) => Some(*one),
        [other, one] if is_null(*other) => Some(*one),
        _ => None,
    }
}

fn first_paragraph(text: &str) -> Option<&str> {
    let first = text.trim().split("\n\n").next();
    first.filter(|first| !first.is_empty())
}

/// Whether a title is words, and others than the name: many are names of types, or are made of the property's.
fn says_more(title: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    title.trim().contains(' ') && letters(title) != letters(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_more_than_the_name_or_is_left_out() {
        assert!(says_more("When it was paid", "paid_at"));
        assert!(!says_more("Paid At", "paid_at"), "the name again");
        assert!(!says_more("PaymentParams", "payment"), "a type's name");
    }
}
