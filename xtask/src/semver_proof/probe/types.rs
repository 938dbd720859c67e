//! Uses of types: fields, constructors, setters, variants, conversions.

use super::Probe;
use std::collections::BTreeSet;
use tilt_codegen::model::{
    Construction, Enum, EnumRepr, Field, IdForm, Rest, Shape, Struct, Type, TypeId, Union,
};

pub(super) fn all(probe: &mut Probe<'_>) {
    let sdk = probe.types.sdk;
    for module in &sdk.modules {
        if probe.has(&module.features) {
            for id in &module.types {
                of_type(probe, *id, &sdk.types[id.0]);
            }
        }
    }
}

fn of_type(probe: &mut Probe<'_>, id: TypeId, ty: &Type) {
    let path = format!("sdk::types::{}", ty.name);
    match &ty.shape {
        Shape::Struct(structure) => of_struct(probe, ty, structure, &path),
        Shape::Enum(values) => of_enum(probe, values, &path),
        Shape::Union(union) => of_union(probe, union, &path),
        Shape::Id(form) => {
            let value = match form {
                IdForm::Text | IdForm::Uuid => "String::new()",
                IdForm::Integer => "1_i64",
                IdForm::Unsigned => "1_u64",
            };
            probe.uses("", &format!("let _: {path} = {value}.into();"));
        }
        Shape::Alias(target) => {
            let target = probe.types.ty(target);
            probe.uses(
                &format!("value: {path}"),
                &format!("let _: {target} = value;"),
            );
        }
    }
    if probe.types.sdk.samples.iter().any(|it| it.ty == id) {
        probe.uses("", &format!("let _: {path} = {path}::sample();"));
    }
}

fn of_struct(probe: &mut Probe<'_>, ty: &Type, structure: &Struct, path: &str) {
    for field in &structure.fields {
        let name = &field.name;
        let body = match field.is_constant() {
            // Nobody names its type, so that it may get other values.
            true => format!("let _: &str = value.{name}.as_str();"),
            false => {
                let ty = probe.types.field(&field.ty, field.presence);
                format!("let _: {ty} = value.{name};")
            }
        };
        probe.uses(&format!("value: {path}"), &body);
    }
    let rest = match &structure.rest {
        Rest::Any => "rt::Extra".to_owned(),
        Rest::Typed(ty) => format!("rt::Map<{}>", probe.types.ty(ty)),
    };
    probe.uses(
        &format!("value: {path}"),
        &format!("let _: {rest} = value.extra;"),
    );
    making(probe, ty, structure, path);
    for field in structure.fields.iter().filter(|it| it.setter) {
        let given = probe.types.given(&field.ty);
        let arguments = format!("value: {path}, given: {given}");
        probe.uses(
            &arguments,
            &format!("let _: {path} = value.{}(given);", field.name),
        );
    }
    for method in structure
        .fields
        .iter()
        .filter_map(|it| it.null_setter.as_ref())
    {
        probe.uses(
            &format!("value: {path}"),
            &format!("let _: {path} = value.{method}();"),
        );
    }
}

fn making(probe: &mut Probe<'_>, ty: &Type, structure: &Struct, path: &str) {
    match &structure.construction {
        Construction::Read => {}
        Construction::Empty | Construction::Fixed => {
            probe.uses("", &format!("let _: {path} = {path}::new();"));
            probe.uses("", &format!("let _ = <{path} as Default>::default();"));
        }
        Construction::Named {
            arguments,
            positional,
        } => {
            let fields: Vec<&Field> = arguments.iter().map(|at| &structure.fields[*at]).collect();
            let taken = fields.iter().enumerate();
            let taken: Vec<String> = taken
                .map(|(at, field)| format!("a{at}: {}", probe.types.given(&field.ty)))
                .collect();
            let taken = taken.join(", ");
            if *positional {
                let given: Vec<String> = (0..fields.len()).map(|at| format!("a{at}")).collect();
                let given = given.join(", ");
                probe.uses(&taken, &format!("let _: {path} = {path}::new({given});"));
            }
            let named = fields.iter().enumerate();
            let named = named.map(|(at, field)| format!("{}: a{at}", field.name));
            let named = named.collect::<Vec<_>>().join(", ");
            let name = &ty.name;
            probe.uses(
                &taken,
                &format!("let _: {path} = sdk::required::{name} {{ {named} }}.into();"),
            );
        }
    }
}

fn of_enum(probe: &mut Probe<'_>, values: &Enum, path: &str) {
    let unknown = match values.repr {
        EnumRepr::String => "String",
        EnumRepr::Integer => "i64",
        EnumRepr::Any => "rt::Value",
    };
    let variants = values.variants.iter();
    let arms: String = variants
        .map(|it| format!("{path}::{} => {{}} ", it.name))
        .collect();
    probe.uses(
        &format!("value: {path}"),
        &format!(
            "match value {{ {arms} {path}::Unknown(it) => {{ let _: {unknown} = it; }} _ => {{}} }}"
        ),
    );
}

fn of_union(probe: &mut Probe<'_>, union: &Union, path: &str) {
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut arms = String::new();
    for variant in &union.variants {
        let ty = probe.types.ty(&variant.ty);
        let held = match variant.boxed {
            true => format!("Box<{ty}>"),
            false => ty.clone(),
        };
        arms += &format!("{path}::{}(it) => {{ let _: {held} = it; }} ", variant.name);
        if variant.from {
            given.insert(ty);
        }
        if variant.from_text {
            given.insert("&'static str".to_owned());
            given.extend(variant.from_string.then(|| "String".to_owned()));
        }
    }
    probe.uses(
        &format!("value: {path}"),
        &format!("match value {{ {arms} _ => {{}} }}"),
    );
    for ty in given {
        probe.uses(
            &format!("given: {ty}"),
            &format!("let _: {path} = given.into();"),
        );
    }
}
