//! The data types: `types/mod.rs`, and a file for each module.

mod open_enum;
mod record;
mod union;

pub(super) use union::branches;

use super::File;
use super::gate::gate_module;
use super::source::{Source, code, ident, import_order, version_order};
use super::type_ref::TypeRefs;
use crate::model::{Docs, Features, Sdk, Shape, Type};
use std::collections::{BTreeMap, BTreeSet};

/// All files under `types/`.
pub(super) fn files(sdk: &Sdk, features: &Features) -> Vec<File> {
    let modules = modules(sdk);
    let mut files = vec![File {
        path: "types/mod.rs".to_owned(),
        contents: index(&modules, features),
    }];
    files.extend(modules.iter().map(|(module, types)| File {
        path: format!("types/{}.rs", bare(&ident(module))),
        contents: file(sdk, module, types),
    }));
    files
}

/// The types of each module, in the order of the model.
fn modules(sdk: &Sdk) -> Vec<(&str, Vec<&Type>)> {
    let mut modules = BTreeMap::<&str, Vec<&Type>>::new();
    for ty in &sdk.types {
        modules.entry(&ty.module).or_default().push(ty);
    }
    let mut modules: Vec<_> = modules.into_iter().collect();
    modules.sort_by(|(one, _), (other, _)| version_order(bare(one), bare(other)));
    modules
}

/// A name without what makes a keyword of it an identifier.
fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn index(modules: &[(&str, Vec<&Type>)], features: &Features) -> String {
    let mut source = Source::default();
    source.line("//! The data types of the API.");
    source.line("");
    // rustfmt orders modules by their plain names, but what is imported with digits by value.
    let mut names: Vec<_> = modules.iter().map(|(module, _)| *module).collect();
    names.sort_by_key(|module| bare(module));
    for name in names {
        gate_module(&mut source, features, name);
        let module = ident(name);
        if module == "types" {
            source.line(
                "#[expect(clippy::module_inception, reason = \"the API has a type of this name\")]",
            );
        }
        source.line(&format!("mod {module};"));
    }
    source.line("");
    for (name, types) in modules {
        let module = ident(name);
        for ty in in_import_order(types.iter().map(|ty| ty.name.as_str())) {
            gate_module(&mut source, features, name);
            source.line(&format!("pub use {module}::{};", ident(ty)));
        }
    }
    source.finish()
}

fn file(sdk: &Sdk, module: &str, types: &[&Type]) -> String {
    let mut source = Source::default();
    let foreign = types
        .iter()
        .flat_map(|ty| ty.shape.named())
        .filter_map(|id| sdk.types.get(id.0));
    let foreign: BTreeSet<_> = foreign
        .filter(|ty| ty.module != module)
        .map(|ty| ty.name.as_str())
        .collect();
    let foreign: Vec<_> = in_import_order(foreign).into_iter().map(ident).collect();
    source.import(
        "super",
        &foreign.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    if types.iter().any(|ty| names_runtime(sdk, ty)) {
        source.line("use tilt_runtime as rt;");
    }
    for ty in types {
        source.line("");
        let refs = TypeRefs::in_types(sdk);
        match &ty.shape {
            Shape::Struct(shape) => record::write(&mut source, sdk, refs, ty, shape),
            Shape::Enum(shape) => open_enum::write(&mut source, ty, shape),
            Shape::Union(shape) => union::write(&mut source, refs, ty, shape),
            Shape::Alias(target) => {
                describe(&mut source, ty);
                source.split(
                    &format!("pub type {} =", ident(&ty.name)),
                    &format!("{};", refs.text(target)),
                );
            }
        }
    }
    source.finish()
}

fn in_import_order<'t>(names: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by(|one, other| import_order(one, other));
    names
}

/// Everything but an alias of plain Rust types does.
fn names_runtime(sdk: &Sdk, ty: &Type) -> bool {
    match &ty.shape {
        Shape::Alias(target) => TypeRefs::in_types(sdk).text(target).contains("rt::"),
        _ => true,
    }
}

/// The documentation of a type.
fn describe(source: &mut Source, ty: &Type) {
    let fallback = format!("The schema at {}.", code(&ty.pointer.to_string()));
    document(source, &ty.docs, &fallback, ty.deprecated);
}

/// Documentation, or what can be said without any.
fn document(source: &mut Source, docs: &Docs, fallback: &str, deprecated: bool) {
    let text = if docs.0.trim().is_empty() {
        fallback
    } else {
        docs.0.trim_end()
    };
    source.docs(text);
    if deprecated {
        source.docs("\n**Deprecated.**");
    }
}
