//! The texts by which a document tells alternatives without a name from each other.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::TypeBuilder;
use crate::dialect::schema::{Discriminator, Schema};
use crate::lower::draft::Conjunction;
use crate::place::pointer;
use crate::source::Node;

/// The properties of an alternative.
type Properties<'d> = BTreeMap<&'d str, Own>;

/// How an alternative has a property.
#[derive(Clone, Copy, Default)]
struct Own {
    is_required: bool,
    /// It is described here, and not where the alternatives stand.
    is_described: bool,
}

impl<'d> TypeBuilder<'d, '_> {
    /// A label for each alternative that has no name: its title, a constant that no other has, its only
    /// property, or one that no other has. Where alternatives are extended, a reference is no name of what
    /// comes of it, but tells it from others.
    pub(super) fn labels(
        &mut self,
        branches: &[Node<'d>],
        discriminator: Option<&Discriminator<'d>>,
        is_extended: bool,
    ) -> Vec<Option<String>> {
        let schemas: Vec<Schema<'d>> = branches
            .iter()
            .map(|branch| Schema::read(*branch))
            .collect();
        let constants: Vec<Option<String>> = schemas
            .iter()
            .map(|schema| self.constant(schema, discriminator))
            .collect();
        let mut properties: Vec<Properties<'d>> = Vec::new();
        for branch in branches {
            properties.push(self.properties(*branch));
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in properties.iter().flat_map(BTreeMap::keys) {
            *counts.entry(name).or_default() += 1;
        }
        let mut met = HashSet::new();
        let texts = constants.iter().flatten();
        let repeated: HashSet<&String> = texts.filter(|text| !met.insert(*text)).collect();
        let alternatives = schemas.iter().zip(&constants).zip(&properties);
        alternatives
            .map(|((schema, constant), properties)| {
                if let Some(reference) = schema.reference {
                    let name = reference.rsplit('/').next().unwrap_or(reference);
                    return is_extended.then(|| pointer::unescape(name).into_owned());
                }
                let title = schema.title.filter(|title| is_label(title));
                let title = title.map(str::to_owned);
                let constant = constant.as_ref().filter(|text| !repeated.contains(text));
                title
                    .or_else(|| constant.cloned())
                    .or_else(|| telling_property(properties, &counts))
            })
            .collect()
    }

    /// The value that a property of an alternative always has: that of the discriminator, where there is
    /// one.
    fn constant(
        &mut self,
        schema: &Schema<'d>,
        discriminator: Option<&Discriminator<'d>>,
    ) -> Option<String> {
        if schema.reference.is_some() {
            return None;
        }
        let own = schema.constant.or(match schema.enumeration {
            Some([one]) => Some(one),
            _ => None,
        });
        if let Some(text) = own.and_then(|value| value.as_str()) {
            return Some(text.to_owned()).filter(|text| !text.is_empty());
        }
        let of = |name: &str, node: &Node<'d>| {
            let property = Schema::read(*node);
            let value = property.constant.or(match property.enumeration {
                Some([one]) => Some(one),
                _ => None,
            })?;
            let text = value.as_str()?;
            (discriminator.is_none_or(|d| d.property == name)).then(|| text.to_owned())
        };
        let flat = self.flatten(&Conjunction::one(schema.node));
        let properties = flat.leaves.iter().flat_map(|leaf| &leaf.schema.properties);
        let mut constants = properties.filter_map(|(name, node)| of(name, node));
        constants.next()
    }

    fn properties(&mut self, branch: Node<'d>) -> Properties<'d> {
        let flat = self.flatten(&Conjunction::one(branch));
        let mut properties = Properties::new();
        for leaf in &flat.leaves {
            for (name, _) in &leaf.schema.properties {
                properties.entry(name).or_default().is_described = true;
            }
        }
        for name in flat.leaves.iter().flat_map(|leaf| &leaf.schema.required) {
            properties.entry(name).or_default().is_required = true;
        }
        properties
    }
}

/// The only property of an alternative, or the one by which it is another than its siblings; `counts`
/// says how many of them have each.
fn telling_property(properties: &Properties<'_>, counts: &HashMap<&str, usize>) -> Option<String> {
    let own = |name: &&&str| counts.get(**name) == Some(&1);
    let mut all = properties.iter();
    if let (Some((only, how)), None) = (all.next(), all.next())
        && how.is_described
    {
        return Some((*only).to_owned()).filter(|_| own(&only));
    }
    let required = properties.iter().filter(|(_, how)| how.is_required);
    let mut required = required.map(|(name, _)| name);
    let property = required.find(own).or_else(|| properties.keys().find(own))?;
    Some(format!("with {property}"))
}

/// Whether a title reads like a name, with what is in brackets behind it, and not like a sentence.
fn is_label(title: &str) -> bool {
    const MOST_WORDS: usize = 6;
    const MOST_LENGTH: usize = 50;
    (1..=MOST_WORDS).contains(&title.split_whitespace().count())
        && title.len() <= MOST_LENGTH
        && title.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '(' | ')' | ',' | '/')
        })
        && title.chars().any(char::is_alphabetic)
}
