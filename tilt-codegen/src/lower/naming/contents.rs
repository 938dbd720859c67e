//! Names of types after what they are, for those that stand in several places with nothing in common.

use crate::identifier;
use crate::lower::draft::{Origin, Site, Step};
use crate::lower::naming::families::Candidates;
use crate::lower::naming::progress::Naming;
use crate::model::{Enum, EnumRepr, ScalarKind, Shape, TypeRef};

/// More would be a list, and no name.
const MOST_ALTERNATIVES: usize = 3;
const MOST_VALUES: usize = 2;
/// Names that are longer say too much.
const LONG: usize = 40;

impl Naming<'_, '_> {
    /// A union of named types and scalars: `CustomerOrString`.
    pub(super) fn alternatives(&self, index: usize) -> Option<String> {
        let Some(Shape::Union(union)) = &self.drafts[index].shape else {
            return None;
        };
        if union.variants.len() > MOST_ALTERNATIVES {
            return None;
        }
        let (mut named, mut scalars) = (Vec::new(), Vec::new());
        for variant in &union.variants {
            match &variant.ty {
                TypeRef::Named(id) => named.push(self.component(id.0)?.to_owned()),
                TypeRef::Scalar(scalar) => scalars.push(scalar_word(scalar.kind())?.to_owned()),
                _ => return None,
            }
        }
        let is_some_name = !named.is_empty();
        named.extend(scalars);
        let name = identifier::type_name(&named.join("_or_"));
        (is_some_name && name.len() <= LONG).then_some(name)
    }

    /// Leaves the name of a thing to the thing, where a type only holds it: `{user: {…}}` is a `UserResponse`.
    pub(super) fn leave_to_inner(&self, index: usize, candidates: &mut Candidates) {
        let Some(Shape::Struct(outer)) = &self.drafts[index].shape else {
            return;
        };
        let inner = outer.fields.iter().filter(|field| match &field.ty {
            TypeRef::Named(id) => {
                let inner = &self.drafts[id.0];
                inner.origin == Origin::Inline && matches!(inner.shape, Some(Shape::Struct(_)))
            }
            _ => false,
        });
        let inner: Vec<String> = inner.map(|field| identifier::pascal(&field.wire)).collect();
        let names = candidates.new.iter_mut().chain(&mut candidates.shared);
        for name in names.filter(|name| inner.contains(name)) {
            name.push_str("Response");
        }
    }

    /// The name of a type that a document names.
    fn component(&self, index: usize) -> Option<&str> {
        let draft = &self.drafts[index];
        let is_component = matches!(draft.origin, Origin::Component(_));
        is_component.then(|| self.names[index].as_str())
    }

    /// The value that is one of a union's alternatives: `Now` or a point in time.
    pub(super) fn only_value(&self, index: usize, site: &Site) -> Option<String> {
        let [only] = self.values(index)?.try_into().ok()?;
        let is_alternative = matches!(site.steps.last(), Some(Step::Variant(_)));
        is_alternative.then(|| identifier::type_name(&only))
    }

    /// A property's words with the few values that it may have: `SetupFutureUsageNone`.
    pub(super) fn with_values(&self, index: usize, label: &[String]) -> Option<String> {
        let values = self.values(index)?;
        let name = identifier::type_name(&format!("{}_{}", label.join("_"), values.join("_or_")));
        (name.len() <= LONG).then_some(name)
    }

    /// The values of an enum of few texts, as names.
    fn values(&self, index: usize) -> Option<Vec<String>> {
        let Some(Shape::Enum(Enum { repr, variants })) = &self.drafts[index].shape else {
            return None;
        };
        if *repr != EnumRepr::String || variants.len() > MOST_VALUES {
            return None;
        }
        let names = variants.iter().map(|variant| {
            let names = identifier::variant_names(&variant.name);
            names.into_iter().next().unwrap_or_default()
        });
        Some(names.collect())
    }
}

/// The word for a scalar among alternatives.
fn scalar_word(kind: ScalarKind) -> Option<&'static str> {
    match kind {
        ScalarKind::Bool => Some("bool"),
        ScalarKind::Integer => Some("integer"),
        ScalarKind::Number => Some("number"),
        ScalarKind::String | ScalarKind::Text => Some("string"),
        ScalarKind::Any | ScalarKind::Null | ScalarKind::Content | ScalarKind::Mapped => None,
    }
}
