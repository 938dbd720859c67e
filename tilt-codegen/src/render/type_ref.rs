//! Type references as Rust types.

use super::source::ident;
use crate::model::{Conversion, MappedOrigin, ScalarName, Sdk, Shape, TypeId, TypeRef};
use proc_macro2::TokenStream;
use std::fmt::Write;

/// Names types as a file of the source tree has to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypeRefs<'a> {
    sdk: &'a Sdk,
    /// Goes before the name of a generated type, such as `types::`.
    prefix: &'static str,
}

/// The form in which a value is handed to a constructor, setter or method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    /// The type in the signature, such as `impl Into<String>`.
    pub(crate) ty: String,
    /// The argument as a value of its real type, such as `name.into()`.
    pub(crate) value: String,
}

impl<'a> TypeRefs<'a> {
    /// For a file under `types/`, which imports what it names.
    pub(crate) fn in_types(sdk: &'a Sdk) -> Self {
        Self { sdk, prefix: "" }
    }

    /// For every other file, which imports `types`.
    pub(crate) fn elsewhere(sdk: &'a Sdk) -> Self {
        Self {
            sdk,
            prefix: "types::",
        }
    }

    /// A type as text in one line.
    pub(crate) fn text(self, ty: &TypeRef) -> String {
        let mut text = String::new();
        self.write(ty, &mut text);
        text
    }

    /// A type as tokens.
    pub(crate) fn tokens(self, ty: &TypeRef) -> TokenStream {
        // The text is made of names that the model guarantees; no text of a document is in it.
        self.text(ty).parse().unwrap_or_default()
    }

    /// An argument by which a caller gives a value of this type, as `name`.
    pub(crate) fn argument(self, ty: &TypeRef, conversion: Conversion, name: &str) -> Argument {
        match (ty, conversion) {
            (TypeRef::Boxed(inner), _) => {
                let inner = self.argument(inner, conversion, name);
                Argument {
                    ty: inner.ty,
                    value: format!("Box::new({})", inner.value),
                }
            }
            (TypeRef::Loose(inner), _) => {
                let inner = self.argument(inner, conversion, name);
                Argument {
                    ty: inner.ty,
                    value: format!("rt::Loose::Typed({})", inner.value),
                }
            }
            (_, Conversion::None) => Argument {
                ty: self.text(ty),
                value: name.to_owned(),
            },
            (_, Conversion::Into) => Argument {
                ty: format!("impl Into<{}>", self.text(ty)),
                value: format!("{name}.into()"),
            },
        }
    }

    /// A variant of an enum, by index, as an expression.
    pub(crate) fn variant(self, id: TypeId, index: usize) -> String {
        let ty = self.sdk.types.get(id.0);
        let variant = ty.and_then(|ty| match &ty.shape {
            Shape::Enum(shape) => shape.variants.get(index),
            Shape::Struct(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => None,
        });
        let variant = variant.map_or("Unknown", |variant| variant.name.as_str());
        format!("{}::{}", self.text(&TypeRef::Named(id)), ident(variant))
    }

    fn write(self, ty: &TypeRef, out: &mut String) {
        match ty {
            TypeRef::Scalar(scalar) => match scalar.name() {
                ScalarName::Std(name) => out.push_str(name),
                ScalarName::Runtime(name) => out.extend(["rt::", name]),
                ScalarName::Mapped(id) => {
                    let mapped = self.sdk.mapped.get(id.0);
                    out.push_str(mapped.map_or("rt::Value", |it| it.rust.as_str()));
                }
            },
            TypeRef::Named(id) => {
                let name = self
                    .sdk
                    .types
                    .get(id.0)
                    .map_or("rt::Value", |ty| ty.name.as_str());
                // Writing to a string cannot fail.
                let _ = write!(out, "{}{name}", self.prefix);
            }
            TypeRef::List(item) => self.wrap("Vec", item, out),
            TypeRef::Map(value) => self.wrap("rt::Map", value, out),
            TypeRef::Nullable(inner) => self.wrap("Option", inner, out),
            TypeRef::Boxed(inner) => self.wrap("Box", inner, out),
            TypeRef::Loose(inner) => self.wrap("rt::Loose", inner, out),
            TypeRef::Tuple(items) => {
                out.push('(');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    self.write(item, out);
                }
                out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
        }
    }

    fn wrap(self, outer: &str, inner: &TypeRef, out: &mut String) {
        out.push_str(outer);
        out.push('<');
        self.write(inner, out);
        out.push('>');
    }
}

/// Whether a type names something of the runtime.
pub(super) fn names_runtime(sdk: &Sdk, ty: &TypeRef) -> bool {
    let names_runtime = |ty| names_runtime(sdk, ty);
    match ty {
        TypeRef::Scalar(scalar) => match scalar.name() {
            ScalarName::Std(_) => false,
            ScalarName::Runtime(_) => true,
            ScalarName::Mapped(id) => sdk
                .mapped
                .get(id.0)
                .is_some_and(|it| it.origin != MappedOrigin::Own),
        },
        TypeRef::Named(_) => false,
        TypeRef::Map(_) | TypeRef::Loose(_) => true,
        TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
            names_runtime(inner)
        }
        TypeRef::Tuple(items) => items.iter().any(names_runtime),
    }
}
