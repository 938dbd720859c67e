//! Structs: the definition, a constructor, setters, and the table of fields.

use super::super::lints;
use super::super::source::{Source, code, ident, literal};
use super::super::type_ref::{Argument, TypeRefs};
use crate::model::{
    Constant, Conversion, Field, Presence, Rest, Struct, StructDefault, Type, TypeRef,
};
use serde_json::Value;

pub(super) fn write(source: &mut Source, refs: TypeRefs<'_>, ty: &Type, shape: &Struct) {
    let record = Record {
        refs,
        name: ident(&ty.name),
        rest: match &shape.rest {
            Rest::Any => "rt::Extra".to_owned(),
            Rest::Typed(value) => format!("rt::Map<{}>", refs.text(value)),
        },
        shape,
    };
    record.definition(source, ty);
    source.apart();
    record.methods(source);
    if shape.default == Some(StructDefault::Fixed) {
        source.apart();
        record.default(source);
    }
    source.apart();
    record.table(source);
}

struct Record<'a> {
    refs: TypeRefs<'a>,
    name: String,
    rest: String,
    shape: &'a Struct,
}

impl Record<'_> {
    fn definition(&self, source: &mut Source, ty: &Type) {
        source.docs(&ty.documentation());
        source.line("#[non_exhaustive]");
        source.open(&format!("pub struct {} {{", self.name));
        for field in &self.shape.fields {
            source.docs(&field.documentation());
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

    fn methods(&self, source: &mut Source) {
        source.open(&format!("impl {} {{", self.name));
        if self.shape.default == Some(StructDefault::Empty) {
            source.docs("With no properties.");
            source.open_function("pub fn new", &[], false);
            // Not `Self::default()`: a property may be called so, and has a setter then.
            source.line("Default::default()");
            source.close("}");
        } else {
            self.constructor(source);
        }
        for field in self.shape.fields.iter().filter(|field| field.setter) {
            source.apart();
            self.setter(source, field);
        }
        source.close("}");
    }

    /// Of a struct whose constructor takes no arguments.
    fn default(&self, source: &mut Source) {
        source.open_impl("Default", &self.name);
        source.open_function("fn default", &[], false);
        source.line("Self::new()");
        source.close("}");
        source.close("}");
    }

    fn argument(&self, field: &Field) -> Argument {
        let name = ident(&field.name);
        self.refs.argument(&field.ty, field.conversion, &name)
    }

    fn constructor(&self, source: &mut Source) {
        let fields = self.shape.fields.iter();
        let taken: Vec<&Field> = fields
            .filter(|field| field.presence == Presence::Required && field.fixed.is_none())
            .collect();
        let parameters: Vec<_> = taken
            .iter()
            .map(|field| format!("{}: {}", ident(&field.name), self.argument(field).ty))
            .collect();
        source.docs("With what is required.");
        if parameters.len() > 7 {
            source.line(
                "#[expect(clippy::too_many_arguments, reason = \"all of them are required\")]",
            );
        }
        let is_generic = taken.iter().any(|it| it.conversion == Conversion::Into);
        source.open_function("pub fn new", &parameters, is_generic);
        source.open("Self {");
        for field in &self.shape.fields {
            let name = ident(&field.name);
            let value = self.initial(field);
            if value == name {
                source.line(&format!("{name},"));
            } else {
                source.split(&format!("{name}:"), &format!("{value},"));
            }
        }
        let empty = match self.shape.rest {
            Rest::Any => "rt::Extra::new()",
            Rest::Typed(_) => "rt::Map::new()",
        };
        source.line(&format!("extra: {empty},"));
        source.close("}");
        source.close("}");
    }

    /// The value that the constructor gives a field.
    fn initial(&self, field: &Field) -> String {
        match (field.presence, &field.fixed) {
            (Presence::Required, Some(constant)) => self.constant(constant),
            (Presence::Required, None) => self.argument(field).value,
            (Presence::Optional | Presence::Nullable, _) => "None".to_owned(),
            (Presence::OptionalNullable, _) => "rt::Maybe::Absent".to_owned(),
        }
    }

    fn setter(&self, source: &mut Source, field: &Field) {
        let name = ident(&field.name);
        let Argument { ty, value } = self.argument(field);
        let value = match field.presence {
            Presence::OptionalNullable => format!("rt::Maybe::Value({value})"),
            _ => format!("Some({value})"),
        };
        source.docs(&format!("Sets {}.", code(&field.wire)));
        if lints::is_by_value(&name, 1) {
            source.line(
                "#[expect(clippy::should_implement_trait, reason = \"the property has this name\")]",
            );
        }
        let parameters = ["mut self".to_owned(), format!("{name}: {ty}")];
        let is_generic = field.conversion == Conversion::Into;
        source.open_function(&format!("pub fn {name}"), &parameters, is_generic);
        source.split(&format!("self.{name} ="), &format!("{value};"));
        source.line("self");
        source.close("}");
    }

    /// The only legal value of a field, as an expression of its type.
    fn constant(&self, constant: &Constant) -> String {
        match constant {
            Constant::Variant(id, index) => self.refs.variant(*id, *index),
            Constant::Bool(value) => value.to_string(),
            Constant::Integer(value) => value.to_string(),
            Constant::Number(value) => format!("rt::Number::from({value}_i64)"),
            Constant::String(value) => format!("{}.to_owned()", literal(value)),
            Constant::Text(scalar, value) => {
                let ty = self.refs.text(&TypeRef::Scalar(*scalar));
                format!("{ty}::verbatim({})", literal(value))
            }
            Constant::Any(Value::String(value)) => format!("{}.into()", literal(value)),
            Constant::Any(Value::Bool(value)) => format!("{value}.into()"),
            Constant::Any(value) => format!("{value}_i64.into()"),
        }
    }

    fn table(&self, source: &mut Source) {
        source.open("rt::record! {");
        let default = match self.shape.default {
            Some(StructDefault::Empty) => ": Default",
            Some(StructDefault::Fixed) | None => "",
        };
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
