//! Types of an SDK as a program names them, which has it as `sdk` and the runtime as `rt`.

pub(crate) mod call;

use tilt_codegen::model::{Presence, Reading, ScalarName, Sdk, TypeRef};

pub(crate) struct Written<'s> {
    pub(crate) sdk: &'s Sdk,
}

impl Written<'_> {
    pub(crate) fn ty(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Named(id) => format!("sdk::types::{}", self.sdk.types[id.0].name),
            TypeRef::List(item) => format!("Vec<{}>", self.ty(item)),
            TypeRef::Map(value) => format!("rt::Map<{}>", self.ty(value)),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.ty(inner)),
            TypeRef::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            TypeRef::Loose(inner) => format!("rt::Loose<{}>", self.ty(inner)),
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|it| self.ty(it)).collect();
                format!("({},)", items.join(", "))
            }
            TypeRef::Scalar(scalar) => match scalar.name() {
                ScalarName::Std(name) => name.to_owned(),
                ScalarName::Runtime(name) => format!("rt::{name}"),
                ScalarName::Mapped(id) => self.sdk.mapped[id.0].rust.clone(),
            },
        }
    }

    pub(crate) fn field(&self, ty: &TypeRef, presence: Presence) -> String {
        let ty = self.ty(ty);
        match presence {
            Presence::Required => ty,
            Presence::Optional | Presence::Nullable => format!("Option<{ty}>"),
            Presence::OptionalNullable => format!("rt::Maybe<{ty}>"),
        }
    }

    /// The type of what is given for one: what is around it is put there.
    pub(crate) fn given(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Boxed(inner) | TypeRef::Loose(inner) => self.ty(inner),
            ty => self.ty(ty),
        }
    }

    pub(crate) fn read(&self, reading: Reading<'_>) -> String {
        match reading {
            Reading::Json(ty) => self.ty(ty),
            Reading::Text => "String".to_owned(),
            Reading::Bytes => "rt::Download".to_owned(),
            Reading::Events(ty) => format!("rt::EventStream<{}>", self.ty(ty)),
            Reading::Lines(ty) => format!("rt::JsonLines<{}>", self.ty(ty)),
        }
    }
}
