//! Types as a user reads them.

use crate::model::{Scalar, ScalarName, Sdk, TypeRef};

/// A type as a user reads it.
pub(crate) fn name(sdk: &Sdk, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => sdk.types[id.0].name.clone(),
        TypeRef::List(item) => format!("[{}]", name(sdk, item)),
        TypeRef::Map(value) => format!("{{{}}}", name(sdk, value)),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| name(sdk, item)).collect();
            format!("({})", items.join(", "))
        }
        TypeRef::Nullable(ty) => format!("{} or null", name(sdk, ty)),
        TypeRef::Boxed(ty) => name(sdk, ty),
        TypeRef::Loose(ty) => format!("loose {}", name(sdk, ty)),
        // A part of a form is a file to whoever sends it.
        TypeRef::Scalar(Scalar::File) => "File".to_owned(),
        TypeRef::Scalar(scalar) => match scalar.name() {
            ScalarName::Std(name) | ScalarName::Runtime(name) => name.to_owned(),
            ScalarName::Mapped(id) => sdk.mapped[id.0].name.clone(),
        },
    }
}
