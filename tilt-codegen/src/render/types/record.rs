//! Structs: the definition, a constructor, setters, and the table of fields.

use super::super::source::{Source, code, ident, literal};
use super::super::type_ref::{Argument, TypeRefs};
use super::{describe, document};
use crate::model::{Constant, Field, Presence, Rest, Scalar, Sdk, Shape, Struct, Type, TypeRef};

pub(super) fn write(source: &mut Source, sdk: &Sdk, refs: TypeRefs<'_>, ty: &Type, shape: &Struct) {
    let record = Record {
        sdk,
        refs,
        name: ident(&ty.name),
        rest: match &shape.rest {
            Rest::Any => "rt::Extra".to_owned(),
            Rest::Typed(value) => format!("rt::Map<{}>", refs.text(value)),
        },
        shape,
    };
    record.definition(source, ty);
    source.line("");
    record.methods(source, ty.usage.input);
    source.line("");
    record.table(source);
}

struct Record<'a> {
    sdk: &'a Sdk,
    refs: TypeRefs<'a>,
    name: String,
    rest: String,
    shape: &'a Struct,
}

impl Record<'_> {
    fn definition(&self, source: &mut Source, ty: &Type) {
        describe(source, ty);
        source.line("#[non_exhaustive]");
        source.open(&format!("pub struct {} {{", self.name));
        for field in &self.shape.fields {
            let fallback = format!("The property {}.", code(&field.wire));
            document(source, &field.docs, &fallback, field.deprecated);
            let ty = self.field_type(field);
            source.split(&format!("pub {}:", ident(&field.name)), &format!("{ty},"));
        }
        source.docs("All other properties.");
        source.split("pub extra:", &format!("{},", self.rest));
        source.close("}");
    }

    fn field_type(&self, field: &Field) -> String {
        let ty = self.refs.text(&field.ty);
        match field.presence {
            Presence::Required => ty,
            Presence::Optional | Presence::Nullable => format!("Option<{ty}>"),
            Presence::OptionalNullable => format!("rt::Maybe<{ty}>"),
        }
    }

    /// Whether nothing is required, and nothing is fixed.
    fn has_default(&self) -> bool {
        self.shape
            .fields
            .iter()
            .all(|field| field.presence != Presence::Required)
    }

    fn methods(&self, source: &mut Source, input: bool) {
        source.open(&format!("impl {} {{", self.name));
        if self.has_default() {
            source.docs("With no properties.");
            source.open_function("pub fn new", &[], "Self");
            // Not `Self::default()`: a property may be called so, and has a setter then.
            source.line("Default::default()");
            source.close("}");
        } else {
            self.constructor(source);
        }
        if input {
            for field in &self.shape.fields {
                // `new` is the constructor's; such a field is set by its name.
                if field.presence != Presence::Required && field.name != "new" {
                    source.line("");
                    self.setter(source, field);
                }
            }
        }
        source.close("}");
        if !self.has_default() && self.arguments().next().is_none() {
            source.line("");
            source.open_impl("Default", &self.name);
            source.open_function("fn default", &[], "Self");
            source.line("Self::new()");
            source.close("}");
            source.close("}");
        }
    }

    /// The fields that the constructor takes, with their names as arguments.
    fn arguments(&self) -> impl Iterator<Item = (&Field, String, Argument)> {
        let taken =
            |field: &&Field| field.presence == Presence::Required && self.constant(field).is_none();
        self.shape.fields.iter().filter(taken).map(|field| {
            let name = ident(&field.name);
            let argument = self.refs.argument(&field.ty, &name);
            (field, name, argument)
        })
    }

    fn constructor(&self, source: &mut Source) {
        source.docs("With what is required.");
        let parameters: Vec<_> = self
            .arguments()
            .map(|(_, name, argument)| format!("{name}: {}", argument.ty))
            .collect();
        if parameters.len() > 7 {
            source.line(
                "#[expect(clippy::too_many_arguments, reason = \"all of them are required\")]",
            );
        }
        source.open_function("pub fn new", &parameters, "Self");
        source.open("Self {");
        for field in &self.shape.fields {
            let name = ident(&field.name);
            let value = match (field.presence, self.constant(field)) {
                (Presence::Required, Some(constant)) => constant,
                (Presence::Required, None) => self.refs.argument(&field.ty, &name).value,
                (Presence::Optional | Presence::Nullable, _) => "None".to_owned(),
                (Presence::OptionalNullable, _) => "rt::Maybe::Absent".to_owned(),
            };
            if value == name {
                source.line(&format!("{name},"));
            } else {
                source.split(&format!("{name}:"), &format!("{value},"));
            }
        }
        let empty = if self.rest == "rt::Extra" {
            "rt::Extra::new()"
        } else {
            "rt::Map::new()"
        };
        source.line(&format!("extra: {empty},"));
        source.close("}");
        source.close("}");
    }

    fn setter(&self, source: &mut Source, field: &Field) {
        let name = ident(&field.name);
        let (argument, value) = if field.presence == Presence::OptionalNullable {
            let argument = self.refs.argument(&field.ty, &name);
            (argument.ty, format!("rt::Maybe::Value({})", argument.value))
        } else {
            let argument = self.refs.argument(&field.ty, &name);
            (argument.ty, format!("Some({})", argument.value))
        };
        source.docs(&format!("Sets {}.", code(&field.wire)));
        if is_operator(&name) {
            source.line(
                "#[expect(clippy::should_implement_trait, reason = \"the property has this name\")]",
            );
        }
        let parameters = ["mut self".to_owned(), format!("{name}: {argument}")];
        source.open_function(&format!("pub fn {name}"), &parameters, "Self");
        source.split(&format!("self.{name} ="), &format!("{value};"));
        source.line("self");
        source.close("}");
    }

    /// The only legal value of a field, as an expression of its type.
    fn constant(&self, field: &Field) -> Option<String> {
        let constant = field.fixed.as_ref()?;
        let ty = self.refs.behind_aliases(&field.ty);
        match (constant, ty) {
            (Constant::Variant(id, index), TypeRef::Named(named)) if id == named => {
                let ty = self.sdk.types.get(id.0)?;
                let Shape::Enum(shape) = &ty.shape else {
                    return None;
                };
                let variant = shape.variants.get(*index)?;
                Some(format!("{}::{}", ident(&ty.name), ident(&variant.name)))
            }
            (Constant::Bool(value), TypeRef::Scalar(Scalar::Bool)) => Some(value.to_string()),
            (Constant::String(value), TypeRef::Scalar(Scalar::String)) => {
                Some(format!("{}.to_owned()", literal(value)))
            }
            (constant, TypeRef::Scalar(Scalar::Any)) => match constant {
                Constant::Bool(value) => Some(format!("{value}.into()")),
                Constant::Integer(value) => Some(format!("{value}_i64.into()")),
                Constant::String(value) => Some(format!("{}.into()", literal(value))),
                Constant::Variant(..) => None,
            },
            (Constant::Integer(value), TypeRef::Scalar(scalar)) => match scalar {
                Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64 => Some(value.to_string()),
                Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64 if *value >= 0 => {
                    Some(value.to_string())
                }
                Scalar::Number => Some(format!("rt::Number::from({value}_i64)")),
                _ => None,
            },
            (Constant::String(value), TypeRef::Scalar(scalar)) if is_text(*scalar) => {
                Some(format!(
                    "{}::verbatim({})",
                    self.refs.text(&TypeRef::Scalar(*scalar)),
                    literal(value)
                ))
            }
            _ => None,
        }
    }

    fn table(&self, source: &mut Source) {
        source.open("rt::record! {");
        let default = if self.has_default() { ": Default" } else { "" };
        source.open(&format!("{}{default} {{", self.name));
        for group in self.shape.groups() {
            for (index, field) in group.iter().enumerate() {
                let presence = match field.presence {
                    Presence::Required => "Required",
                    Presence::Optional | Presence::OptionalNullable => "Optional",
                    Presence::Nullable => "Nullable",
                };
                let is_last = index + 1 == group.len();
                source.line(&format!(
                    "{presence} {}: {} = {}{}",
                    ident(&field.name),
                    self.field_type(field),
                    literal(&field.wire),
                    if is_last { ';' } else { ',' },
                ));
            }
        }
        source.line(&format!("..extra: {},", self.rest));
        source.close("}");
        source.close("}");
    }
}

/// Names that clippy takes for the method of an operator's trait.
fn is_operator(name: &str) -> bool {
    matches!(
        name,
        "add" | "bitand" | "bitor" | "bitxor" | "div" | "mul" | "rem" | "shl" | "shr" | "sub"
    )
}

fn is_text(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::DateTime
            | Scalar::Date
            | Scalar::Time
            | Scalar::Duration
            | Scalar::Uuid
            | Scalar::Secret
            | Scalar::Decimal
            | Scalar::Base64
    )
}
