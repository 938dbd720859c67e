//! Construction of structs: `required.rs`, plain structs of what users have to name, and the values of all other
//! fields.

use serde_json::Value;

use super::File;
use super::by_type::{self, TypeConditions};
use super::condition::{Condition, Conditions};
use super::source::{Source, ident, literal};
use super::type_ref::TypeRefs;
use crate::model::{Constant, Field, Presence, Rest, Sdk, Shape, Struct, Type, TypeRef};

/// `required.rs`: a struct for each that is made by naming what is required.
pub(super) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let docs = [
        "Named arguments: what a value must have. Each struct is `Into` the type of its name in",
        "[`types`].",
    ];
    let mut source = by_type::head(sdk, conditions, &docs, "unused_imports");
    let types = TypeConditions::of(sdk, conditions);
    // In the order of modules, as the types are.
    for id in sdk.modules.iter().flat_map(|module| &module.types) {
        let named = sdk.types.get(id.0).and_then(|ty| Named::of(sdk, ty));
        if let Some((named, condition)) = named.zip(types.on(*id)) {
            named.write(&mut source, condition);
        }
    }
    File {
        path: "required.rs".to_owned(),
        contents: source.finish(),
    }
}

/// Whether there is `required.rs`.
pub(super) fn is_needed(sdk: &Sdk) -> bool {
    let mut constructions = sdk.types.iter().filter_map(Type::construction);
    constructions.any(|it| it.named_arguments().is_some())
}

/// A struct that is made by naming what is required.
struct Named<'s> {
    refs: TypeRefs<'s>,
    name: String,
    shape: &'s Struct,
    arguments: Vec<&'s Field>,
}

impl<'s> Named<'s> {
    fn of(sdk: &'s Sdk, ty: &'s Type) -> Option<Self> {
        let Shape::Struct(shape) = &ty.shape else {
            return None;
        };
        let arguments = shape.construction.named_arguments()?.iter();
        let arguments = arguments.filter_map(|at| shape.fields.get(*at));
        Some(Self {
            refs: TypeRefs::elsewhere(sdk),
            name: ident(&ty.name),
            shape,
            arguments: arguments.collect(),
        })
    }

    fn write(&self, source: &mut Source, condition: Condition<'_>) {
        let name = &self.name;
        source.apart();
        source.docs(&format!(
            "The properties that a [`types::{name}`] must have."
        ));
        condition.write(source);
        source.open(&format!("pub struct {name} {{"));
        for field in &self.arguments {
            source.docs(&field.argument_documentation());
            let ty = self.refs.text(asked_type(&field.ty));
            source.split(&format!("pub {}:", ident(&field.name)), &format!("{ty},"));
        }
        source.close("}");
        source.apart();
        condition.write(source);
        source.open_impl(&format!("From<{name}>"), &format!("types::{name}"));
        let parameters = [format!("required: {name}")];
        source.open_function("fn from", &parameters, false);
        fields(source, self.refs, self.shape, "Self", |field| {
            let is_asked = self.arguments.iter().any(|it| it.wire == field.wire);
            is_asked.then(|| format!("required.{}", ident(&field.name)))
        });
        source.close("}");
        source.close("}");
    }
}

/// The type of a value that users name: what is around it is put there for them.
pub(super) fn asked_type(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => inner,
        ty => ty,
    }
}

/// A struct as an expression, with the values that are asked for, constants, and nothing else.
pub(super) fn fields(
    source: &mut Source,
    refs: TypeRefs<'_>,
    shape: &Struct,
    name: &str,
    asked: impl Fn(&Field) -> Option<String>,
) {
    source.open(&format!("{name} {{"));
    for field in &shape.fields {
        let value = match asked(field) {
            Some(value) => present(field, value),
            None => initial(refs, field),
        };
        source.split(&format!("{}:", ident(&field.name)), &format!("{value},"));
    }
    let empty = match shape.rest {
        Rest::Any => "rt::Extra::new()",
        Rest::Typed(_) => "rt::Map::new()",
    };
    source.line(&format!("extra: {empty},"));
    source.close("}");
}

/// A value in its field.
fn present(field: &Field, value: String) -> String {
    let value = match &field.ty {
        TypeRef::Boxed(_) => format!("Box::new({value})"),
        TypeRef::Loose(_) => format!("rt::Loose::Typed({value})"),
        _ => value,
    };
    match field.presence {
        Presence::Required => value,
        Presence::Optional | Presence::Nullable => format!("Some({value})"),
        Presence::OptionalNullable => format!("rt::Maybe::Value({value})"),
    }
}

/// The value of a field that nobody is asked for.
fn initial(refs: TypeRefs<'_>, field: &Field) -> String {
    match (field.presence, &field.fixed) {
        (Presence::Required, Some(constant)) => expression(refs, constant),
        // A required property without a constant is asked for.
        (Presence::Required, None) => "Default::default()".to_owned(),
        (Presence::Optional, Some(constant)) => format!("Some({})", expression(refs, constant)),
        (Presence::Optional | Presence::Nullable, _) => "None".to_owned(),
        (Presence::OptionalNullable, _) => "rt::Maybe::Absent".to_owned(),
    }
}

/// The only legal value of a field, as an expression of its type.
fn expression(refs: TypeRefs<'_>, constant: &Constant) -> String {
    match constant {
        Constant::Variant(id, index) => refs.variant(*id, *index),
        Constant::Null => "()".to_owned(),
        Constant::Bool(value) => value.to_string(),
        Constant::Integer(value) => value.to_string(),
        Constant::Number(value) => format!("rt::Number::from({value}_i64)"),
        Constant::String(value) => format!("{}.to_owned()", literal(value)),
        Constant::Text(scalar, value) => {
            let ty = refs.text(&TypeRef::Scalar(*scalar));
            format!("{ty}::verbatim({})", literal(value))
        }
        Constant::Any(Value::String(value)) => format!("{}.into()", literal(value)),
        Constant::Any(Value::Bool(value)) => format!("{value}.into()"),
        Constant::Any(value) => format!("{value}_i64.into()"),
    }
}
