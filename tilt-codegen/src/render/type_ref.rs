//! Type references as Rust types.

use crate::model::{Scalar, Sdk, Shape, TypeId, TypeRef};
use proc_macro2::TokenStream;
use std::fmt::Write;

/// Names types as a file of the source tree has to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypeRefs<'a> {
    sdk: &'a Sdk,
    /// Goes before the name of a generated type, such as `types::`.
    prefix: &'static str,
}

/// How a value is handed to a constructor, setter or method.
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

    /// How to take a value of this type from a caller, as `name`.
    pub(crate) fn argument(self, ty: &TypeRef, name: &str) -> Argument {
        let exactly = |ty: String| Argument {
            ty,
            value: name.to_owned(),
        };
        match self.behind_aliases(ty) {
            // `Into` would keep a literal from being the number that it looks like.
            TypeRef::Scalar(
                Scalar::Bool
                | Scalar::I8
                | Scalar::I16
                | Scalar::I32
                | Scalar::I64
                | Scalar::U8
                | Scalar::U16
                | Scalar::U32
                | Scalar::U64
                | Scalar::Null,
            )
            | TypeRef::Tuple(_)
            | TypeRef::Map(_) => exactly(self.text(ty)),
            TypeRef::Named(id) if self.is_struct(*id) => exactly(self.text(ty)),
            TypeRef::Boxed(inner) => {
                let inner = self.argument(inner, name);
                Argument {
                    ty: inner.ty,
                    value: format!("Box::new({})", inner.value),
                }
            }
            _ => Argument {
                ty: format!("impl Into<{}>", self.text(ty)),
                value: format!("{name}.into()"),
            },
        }
    }

    /// What an alias stands for, through any number of them.
    pub(crate) fn behind_aliases<'t>(self, mut ty: &'t TypeRef) -> &'t TypeRef
    where
        'a: 't,
    {
        // No chain is longer than there are types; one that closes upon itself ends somewhere.
        for _ in 0..=self.sdk.types.len() {
            let TypeRef::Named(id) = ty else { break };
            let Some(Shape::Alias(target)) = self.sdk.types.get(id.0).map(|ty| &ty.shape) else {
                break;
            };
            ty = target;
        }
        ty
    }

    fn is_struct(self, id: TypeId) -> bool {
        self.sdk
            .types
            .get(id.0)
            .is_some_and(|ty| matches!(ty.shape, Shape::Struct(_)))
    }

    fn write(self, ty: &TypeRef, out: &mut String) {
        match ty {
            TypeRef::Scalar(scalar) => out.push_str(scalar_text(*scalar)),
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

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I8 => "i8",
        Scalar::I16 => "i16",
        Scalar::I32 => "i32",
        Scalar::I64 => "i64",
        Scalar::U8 => "u8",
        Scalar::U16 => "u16",
        Scalar::U32 => "u32",
        Scalar::U64 => "u64",
        Scalar::Number => "rt::Number",
        Scalar::String => "String",
        Scalar::DateTime => "rt::DateTime",
        Scalar::Date => "rt::Date",
        Scalar::Time => "rt::Time",
        Scalar::Duration => "rt::Duration",
        Scalar::Uuid => "rt::Uuid",
        Scalar::Secret => "rt::SecretText",
        Scalar::Decimal => "rt::Decimal",
        Scalar::Base64 => "rt::Base64",
        Scalar::Any => "rt::Value",
        Scalar::Null => "()",
        Scalar::Bytes => "rt::Bytes",
        Scalar::File => "rt::Part",
    }
}
