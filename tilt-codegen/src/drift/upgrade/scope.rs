//! An SDK with the names by which its items are known in both.

use super::node::Part;
use super::pairs::Pairs;
use crate::model::{ScalarName, Sdk, Shape, Type, TypeId, TypeRef};
use std::collections::{BTreeSet, HashMap};

pub(super) struct Scope<'s> {
    pub(super) sdk: &'s Sdk,
    /// Of each type: its name in the old SDK, if it was there.
    types: Vec<String>,
    /// Of each resource that has another name: the old one.
    resources: HashMap<String, String>,
    pub(super) features: HashMap<TypeId, &'s BTreeSet<String>>,
}

/// The names by which a type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Its own.
    Own,
    /// Those of the old SDK.
    Old,
    /// Those of the old SDK; aliases as what they stand for.
    Expanded,
}

impl<'s> Scope<'s> {
    pub(super) fn old(sdk: &'s Sdk) -> Self {
        let types = sdk.types.iter().map(|ty| ty.name.clone()).collect();
        Self::with(sdk, types, HashMap::new())
    }

    pub(super) fn new(sdk: &'s Sdk, pairs: &Pairs) -> Self {
        let types = sdk.types.iter().enumerate();
        let types = types.map(|(index, ty)| match pairs.old_name(TypeId(index)) {
            Some(name) => name.to_owned(),
            None => ty.name.clone(),
        });
        Self::with(sdk, types.collect(), pairs.resources.clone())
    }

    fn with(sdk: &'s Sdk, types: Vec<String>, resources: HashMap<String, String>) -> Self {
        let modules = sdk.modules.iter();
        let features = modules
            .flat_map(|module| module.types.iter().map(|id| (*id, &module.features)))
            .collect();
        Self {
            sdk,
            types,
            resources,
            features,
        }
    }

    pub(super) fn ty(&self, id: TypeId) -> Option<&'s Type> {
        self.sdk.types.get(id.0)
    }

    /// The name of a type in both SDKs.
    pub(super) fn slot(&self, id: TypeId) -> &str {
        self.types.get(id.0).map_or("", String::as_str)
    }

    /// The name of a resource in both SDKs.
    pub(super) fn resource<'n>(&'n self, name: &'n str) -> &'n str {
        self.resources.get(name).map_or(name, String::as_str)
    }

    /// The slots of the types that a type names directly.
    pub(super) fn named(&self, ty: &TypeRef) -> BTreeSet<String> {
        let named = ty.named().into_iter();
        named.map(|id| self.slot(id).to_owned()).collect()
    }

    /// A type as users read it.
    pub(super) fn shown(&self, ty: &TypeRef) -> String {
        self.text(ty, Names::Own)
    }

    /// A type as a part of a signature.
    pub(super) fn part(&self, ty: &TypeRef, into: bool) -> Part {
        Part {
            ty: self.text(ty, Names::Old),
            expanded: self.expanded(ty),
            into,
            named: self.named(ty),
            ..Part::default()
        }
    }

    pub(super) fn expanded(&self, ty: &TypeRef) -> String {
        self.text(ty, Names::Expanded)
    }

    fn text(&self, ty: &TypeRef, names: Names) -> String {
        let mut text = String::new();
        self.write(ty, names, 0, &mut text);
        text
    }

    fn write(&self, ty: &TypeRef, names: Names, aliases: usize, out: &mut String) {
        let mut around = |outer: &str, inner: &TypeRef| {
            out.extend([outer, "<"]);
            self.write(inner, names, aliases, out);
            out.push('>');
        };
        match ty {
            TypeRef::Named(id) => self.write_named(*id, names, aliases, out),
            TypeRef::List(item) => around("Vec", item),
            TypeRef::Map(value) => around("Map", value),
            TypeRef::Nullable(inner) => around("Option", inner),
            TypeRef::Boxed(inner) => around("Box", inner),
            TypeRef::Loose(inner) => around("Loose", inner),
            TypeRef::Tuple(items) => {
                out.push('(');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.write(item, names, aliases, out);
                }
                out.push(')');
            }
            TypeRef::Scalar(scalar) => match scalar.name() {
                ScalarName::Std(name) | ScalarName::Runtime(name) => out.push_str(name),
                ScalarName::Mapped(id) => {
                    let mapped = self.sdk.mapped.get(id.0);
                    out.push_str(mapped.map_or("", |it| it.name.as_str()));
                }
            },
        }
    }

    fn write_named(&self, id: TypeId, names: Names, aliases: usize, out: &mut String) {
        let Some(ty) = self.ty(id) else {
            return;
        };
        match (&ty.shape, names) {
            // More aliases than there are types would be a circle.
            (Shape::Alias(target), Names::Expanded) if aliases <= self.types.len() => {
                self.write(target, names, aliases + 1, out);
            }
            (_, Names::Own) => out.push_str(&ty.name),
            (_, Names::Old | Names::Expanded) => out.push_str(self.slot(id)),
        }
    }
}
