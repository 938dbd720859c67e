//! The data types: `types/mod.rs`, and a file for each module. Their documentation is made in
//! `model/documentation.rs`.

mod id;
mod open_enum;
mod record;
mod union;

pub(super) use union::branches;

use super::File;
use super::condition::Conditions;
use super::source::{Source, ident};
use super::type_ref::{self, TypeRefs};
use crate::identifier::bare;
use crate::model::{MappedOrigin, Module, Sdk, Shape, Type, TypeId};

/// All files under `types/`.
pub(super) fn files(sdk: &Sdk, conditions: Conditions) -> Vec<File> {
    let mut files = vec![File {
        path: "types/mod.rs".to_owned(),
        contents: index(sdk, conditions),
    }];
    files.extend(sdk.modules.iter().map(|module| File {
        path: format!("types/{}.rs", bare(&ident(&module.name))),
        contents: file(sdk, module),
    }));
    files
}

fn types<'s>(sdk: &'s Sdk, ids: &'s [TypeId]) -> impl Iterator<Item = &'s Type> {
    ids.iter().filter_map(|id| sdk.types.get(id.0))
}

fn index(sdk: &Sdk, conditions: Conditions) -> String {
    let mut source = Source::generated();
    source.line("//! The data types of the API.");
    source.apart();
    for module in &sdk.modules {
        conditions.on(&module.features).write(&mut source);
        let name = ident(&module.name);
        if name == "types" {
            source.line(
                "#[expect(clippy::module_inception, reason = \"the API has a type of this name\")]",
            );
        }
        source.line(&format!("mod {name};"));
    }
    source.apart();
    let own = sdk.mapped.iter();
    let own = own.filter(|it| it.is_used() && it.origin == MappedOrigin::Own);
    let own: Vec<String> = own.map(|it| format!("{},", it.rust)).collect();
    if !own.is_empty() {
        source.line("// Each implements `Clone`, `Debug`, `PartialEq`, `serde::Serialize` and `serde::Deserialize`.");
        source.open("tilt_runtime::own! {");
        own.iter().for_each(|ty| source.line(ty));
        source.close("}");
        source.apart();
    }
    for module in &sdk.modules {
        let name = ident(&module.name);
        for ty in types(sdk, &module.types) {
            conditions.on(&module.features).write(&mut source);
            source.line(&format!("pub use {name}::{};", ident(&ty.name)));
        }
    }
    source.finish()
}

fn file(sdk: &Sdk, module: &Module) -> String {
    let mut source = Source::generated();
    let imports: Vec<_> = types(sdk, &module.imports)
        .map(|ty| ident(&ty.name))
        .collect();
    if types(sdk, &module.types).any(is_by_position) {
        source.line("use super::super::required;");
    }
    source.import("super", &imports);
    if types(sdk, &module.types).any(|ty| names_runtime(sdk, ty)) {
        source.line("use tilt_runtime as rt;");
    }
    for ty in types(sdk, &module.types) {
        source.apart();
        let refs = TypeRefs::in_types(sdk);
        match &ty.shape {
            Shape::Struct(shape) => record::write(&mut source, refs, ty, shape),
            Shape::Enum(shape) => open_enum::write(&mut source, ty, shape),
            Shape::Union(shape) => union::write(&mut source, refs, ty, shape),
            Shape::Id(of) => id::write(&mut source, ty, *of),
            Shape::Alias(target) => {
                source.docs(&ty.documentation());
                source.split(
                    &format!("pub type {} =", ident(&ty.name)),
                    &format!("{};", refs.text(target)),
                );
            }
        }
    }
    source.finish()
}

/// Attributes that settings add, and all derives: `own` are those that the type has anyway.
fn attributes(source: &mut Source, ty: &Type, own: &[&str]) {
    for attribute in &ty.attributes {
        source.line(attribute);
    }
    let all = own.iter().copied();
    let all: Vec<&str> = all.chain(ty.derives.iter().map(String::as_str)).collect();
    if !all.is_empty() {
        source.line(&format!("#[derive({})]", all.join(", ")));
    }
}

/// Everything but an alias of plain Rust types does.
fn names_runtime(sdk: &Sdk, ty: &Type) -> bool {
    match &ty.shape {
        Shape::Alias(target) => type_ref::names_runtime(sdk, target),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) => true,
    }
}

fn is_by_position(ty: &Type) -> bool {
    let construction = ty.construction();
    construction.is_some_and(|it| it.positional_arguments().is_some())
}
