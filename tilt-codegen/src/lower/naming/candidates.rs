//! Names that would do for an inline type, from where it stands.

use crate::identifier;
use crate::lower::draft::{Origin, Root, Site, Step};
use crate::lower::naming::identify::Naming;
use crate::lower::naming::words::{GENERIC, entity, is_name_like, overlap};
use crate::model::{Shape, TypeId};

impl Naming<'_, '_> {
    /// Names for a type at `steps` inside of `root`, best first; the last one is the longest.
    pub(super) fn candidates(&self, index: usize, root: &str, steps: &[Step]) -> Vec<String> {
        let is_enum = matches!(self.drafts[index].shape, Some(Shape::Enum(_)));
        let at = steps
            .iter()
            .rposition(|step| matches!(step, Step::Property(_)));
        let Some(at) = at else {
            return beside(root, steps);
        };
        let Step::Property(property) = &steps[at] else {
            return Vec::new();
        };
        let mut label = identifier::words(property);
        if steps[at + 1..]
            .iter()
            .any(|step| matches!(step, Step::Item | Step::Value))
            && let Some(last) = label.last_mut()
        {
            *last = identifier::singular(last);
        }
        for step in &steps[at + 1..] {
            if let Step::Variant(variant) = step {
                label.extend(identifier::words(if variant.is_empty() {
                    "variant"
                } else {
                    variant
                }));
            }
        }
        let short = identifier::type_name(&label.join("_"));
        let generic = GENERIC.contains(&label.join("_").as_str())
            || GENERIC.contains(&identifier::snake(property).as_str());
        let entity = entity(root);
        let long = identifier::type_name(&overlap(&entity, &label).join("_"));
        let full = identifier::type_name(&overlap(&identifier::words(root), &label).join("_"));
        let mut candidates = Vec::new();
        if !is_enum && !generic {
            candidates.push(short);
        }
        candidates.push(long);
        candidates.push(full);
        candidates
    }

    pub(super) fn title(&self, index: usize, steps: &[Step]) -> Option<String> {
        let title = self.drafts[index]
            .title
            .filter(|title| is_name_like(title))?;
        let name = identifier::type_name(title);
        let property = steps.iter().rev().find_map(|step| match step {
            Step::Property(property) => Some(property),
            _ => None,
        });
        // A title that only says the property's name again (as some frameworks add everywhere).
        let repeats = property.is_some_and(|property| identifier::pascal(property) == name);
        let framework = title.starts_with("Response ") || title.starts_with("Body_");
        (!repeats && !framework).then_some(name)
    }

    /// Of several sites, the one that names the type best: a named type's before an inline
    /// one's, then the shorter name.
    pub(super) fn preference(
        &self,
        index: usize,
        (parent, site): (TypeId, &Site),
    ) -> (bool, usize, String) {
        let root = &self.names[parent.0];
        let long = self
            .candidates(index, root, &site.steps)
            .pop()
            .unwrap_or_default();
        let first = self.candidates(index, root, &site.steps).into_iter().next();
        let inline = self.drafts[parent.0].origin == Origin::Inline;
        (inline, first.unwrap_or_default().len(), long)
    }

    /// The thing that all types that share an inline one are about: `PaymentApproved` and
    /// `PaymentVoided` are about a payment.
    pub(super) fn common_root(&self, index: usize) -> Option<String> {
        let mut entities: Vec<Vec<String>> = self.drafts[index]
            .sites
            .iter()
            .filter_map(|site| match site.root {
                Root::Type(parent) if !self.names[parent.0].is_empty() => {
                    Some(entity(&self.names[parent.0]))
                }
                _ => None,
            })
            .collect();
        entities.sort();
        entities.dedup();
        let (first, others) = entities.split_first()?;
        let common = others.iter().fold(first.len(), |length, other| {
            let shared = first.iter().zip(other).take_while(|(a, b)| a == b);
            shared.count().min(length)
        });
        (!others.is_empty() && common > 0).then(|| first[..common].join("_"))
    }
}

/// Names for a type that stands in another without a property between.
fn beside(root: &str, steps: &[Step]) -> Vec<String> {
    let words = identifier::words(root);
    let mut name = words.clone();
    for step in steps {
        match step {
            Step::Item => {
                let joined = name.join("_");
                let singular = identifier::singular(&joined);
                if singular == joined {
                    name.push("item".to_owned());
                } else {
                    name = identifier::words(&singular);
                }
            }
            Step::Value => name.push("value".to_owned()),
            Step::Variant(label) if label.is_empty() => name.push("variant".to_owned()),
            Step::Variant(label) => {
                let label = identifier::words(label);
                name = overlap(&name, &label);
            }
            Step::Property(_) => {}
        }
    }
    vec![identifier::type_name(&name.join("_"))]
}
