//! Types of one schema in different directions, and what says so in their documentation.

use std::collections::HashMap;

use crate::lock::Way;
use crate::lower::draft::{Draft, Origin};
use crate::lower::naming::TypeIdentifiers;
use crate::model::Docs;

/// The draft of the same schema that others are called after.
pub(super) fn first(drafts: &[Draft<'_>], index: usize) -> usize {
    match drafts[index].origin {
        Origin::Twin(of) => of.0,
        Origin::Component(_) | Origin::Inline | Origin::Merged(_) => index,
    }
}

/// The types of schemas that have several.
pub(super) struct Several(HashMap<usize, Vec<usize>>);

impl Several {
    pub(super) fn of(drafts: &[Draft<'_>]) -> Self {
        let mut several: HashMap<usize, Vec<usize>> = HashMap::new();
        for index in 0..drafts.len() {
            let first = first(drafts, index);
            if first != index {
                let all = several.entry(first).or_insert_with(|| vec![first]);
                all.push(index);
            }
        }
        Self(several)
    }

    /// The documentation of a type, and what the schema is in the other direction.
    pub(super) fn documented(
        &self,
        drafts: &[Draft<'_>],
        identifiers: &TypeIdentifiers,
        index: usize,
    ) -> Docs {
        let mut text = drafts[index].docs.0.clone();
        let all = self.0.get(&first(drafts, index));
        let others = all
            .into_iter()
            .flatten()
            .filter(|other| **other != index)
            .map(|other| {
                let name = &identifiers.names[*other];
                format!("{} `{name}`", with(drafts[*other].way))
            });
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            let separator = if text.is_empty() { "" } else { "\n\n" };
            let own = drafts[index].way;
            let sentence = format!(
                "{own}; {others}.",
                own = of(own),
                others = others.join(", ")
            );
            text.extend([separator, &sentence]);
        }
        Docs(text)
    }
}

fn of(way: Way) -> &'static str {
    match way {
        Way::Answer => "Of answers",
        Way::Both => "Of requests and answers",
        Way::Request => "Of requests",
    }
}

fn with(way: Way) -> &'static str {
    match way {
        Way::Answer => "answers have",
        Way::Both => "types of both directions have",
        Way::Request => "requests have",
    }
}
