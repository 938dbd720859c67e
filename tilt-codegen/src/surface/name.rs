//! Types as a user reads them.

use crate::model::{Scalar, Sdk, TypeRef};

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
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::Bool => "bool",
            Scalar::I8 => "i8",
            Scalar::I16 => "i16",
            Scalar::I32 => "i32",
            Scalar::I64 => "i64",
            Scalar::U8 => "u8",
            Scalar::U16 => "u16",
            Scalar::U32 => "u32",
            Scalar::U64 => "u64",
            Scalar::Number => "Number",
            Scalar::String => "String",
            Scalar::DateTime => "DateTime",
            Scalar::Date => "Date",
            Scalar::Time => "Time",
            Scalar::Duration => "Duration",
            Scalar::Uuid => "Uuid",
            Scalar::Secret => "SecretText",
            Scalar::Decimal => "Decimal",
            Scalar::Base64 => "Base64",
            Scalar::Any => "Value",
            Scalar::Null => "()",
            Scalar::Bytes => "Bytes",
            Scalar::File => "File",
        }
        .to_owned(),
    }
}
