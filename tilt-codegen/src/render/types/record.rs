//! Structs: the definition, a constructor, setters, and the table of fields.

use super::super::construction;
use super::super::lints;
use super::super::source::{Source, code, ident, literal, literals};
use super::super::type_ref::{Argument, TypeRefs};
use crate::model::{Construction, Conversion, Field, Presence, Rest, Struct, Type};

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
    record.methods(source);
    if shape.construction == Construction::Fixed {
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
        super::attributes(source, ty, &[]);
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

    /// The constructor and the setters, where there are any.
    fn methods(&self, source: &mut Source) {
        let setters = || self.shape.fields.iter().filter(|field| field.setter);
        let construction = &self.shape.construction;
        let takes_nothing = matches!(construction, Construction::Empty | Construction::Fixed);
        let has_constructor = takes_nothing || construction.positional_arguments().is_some();
        if !has_constructor && setters().next().is_none() {
            return;
        }
        source.apart();
        source.open(&format!("impl {} {{", self.name));
        self.constructor(source);
        for field in setters() {
            source.apart();
            self.setter(source, field);
            if let Some(method) = &field.null_setter {
                source.apart();
                null_setter(source, field, method);
            }
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
        match &self.shape.construction {
            Construction::Read
            | Construction::Named {
                positional: false, ..
            } => {}
            Construction::Empty => {
                source.docs("With no properties.");
                source.open_function("pub fn new", &[], false);
                // Not `Self::default()`: a property may be called so, and has a setter then.
                source.line("Default::default()");
                source.close("}");
            }
            Construction::Fixed => {
                source.docs("With the only values that some properties may have.");
                source.open_function("pub fn new", &[], false);
                construction::fields(source, self.refs, self.shape, "Self", |_| None);
                source.close("}");
            }
            Construction::Named {
                arguments,
                positional: true,
            } => self.by_position(source, arguments),
        }
    }

    fn by_position(&self, source: &mut Source, arguments: &[usize]) {
        let taken = || arguments.iter().filter_map(|at| self.shape.fields.get(*at));
        let arguments: Vec<_> = taken()
            .map(|field| {
                let name = ident(&field.name);
                let ty = construction::asked_type(&field.ty);
                (
                    name.clone(),
                    self.refs.argument(ty, field.conversion, &name),
                )
            })
            .collect();
        let parameters = arguments.iter();
        let parameters: Vec<_> = parameters
            .map(|(name, argument)| format!("{name}: {}", argument.ty))
            .collect();
        source.docs("With what is required.");
        let is_generic = taken().any(|it| it.conversion == Conversion::Into);
        source.open_function("pub fn new", &parameters, is_generic);
        source.open(&format!("required::{} {{", self.name));
        for (name, argument) in &arguments {
            if argument.value == *name {
                source.line(&format!("{name},"));
            } else {
                source.split(&format!("{name}:"), &format!("{},", argument.value));
            }
        }
        source.close("}");
        source.line(".into()");
        source.close("}");
    }

    fn setter(&self, source: &mut Source, field: &Field) {
        let name = ident(&field.name);
        let Argument { ty, value } = self.argument(field);
        let value = match field.presence {
            Presence::Required => value,
            Presence::OptionalNullable => format!("rt::Maybe::Value({value})"),
            Presence::Optional | Presence::Nullable => format!("Some({value})"),
        };
        source.docs(&field.setter_documentation());
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

    fn table(&self, source: &mut Source) {
        source.open("rt::record! {");
        let default = match self.shape.construction {
            Construction::Empty => ": Default",
            Construction::Read | Construction::Fixed | Construction::Named { .. } => "",
        };
        let takes = match self.shape.takes_any {
            true => " takes any",
            false => "",
        };
        source.open(&format!("{}{default}{takes} {{", self.name));
        for group in self.shape.groups() {
            for (index, field) in group.iter().enumerate() {
                let presence = match (field.presence, field.constant()) {
                    (_, Some((_, text))) => format!("Constant({})", literal(text)),
                    (Presence::Required, None) => "Required".to_owned(),
                    (Presence::Optional | Presence::OptionalNullable, None) => {
                        "Optional".to_owned()
                    }
                    (Presence::Nullable, None) => "Nullable".to_owned(),
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
        match self.shape.hidden.as_slice() {
            [] => source.close("}"),
            hidden => source.close(&format!(
                "}} hides {}",
                // Without the `&` of a slice.
                literals(hidden.iter().map(String::as_str)).trim_start_matches('&')
            )),
        }
        source.close("}");
    }
}

fn null_setter(source: &mut Source, field: &Field, method: &str) {
    let property = code(&field.wire);
    let is_nullable = field.presence == Presence::OptionalNullable;
    source.docs(&match is_nullable {
        true => format!("Sets {property} to null."),
        false => format!("Sets {property} to null, which removes it in a merge patch (RFC 7396)."),
    });
    let parameters = ["mut self".to_owned()];
    source.open_function(&format!("pub fn {}", ident(method)), &parameters, false);
    let name = ident(&field.name);
    if is_nullable {
        source.line(&format!("self.{name} = rt::Maybe::Null;"));
    } else {
        // The field has no value for null, and the other properties keep one that comes.
        source.line(&format!("self.{name} = None;"));
        let wire = literal(&field.wire);
        source.line(&format!("self.extra.insert({wire}, rt::Value::Null);"));
    }
    source.line("self");
    source.close("}");
}
