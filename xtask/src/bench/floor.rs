//! The same types with `Debug`, `Clone` and `PartialEq`, and nothing else: what no generator can
//! undercut.

use super::compile::{CHECK, Compilation, without_client};
use super::table::{Table, cost, ratios};
use super::{Bench, system};
use crate::failure::Failure;
use std::path::{Path, PathBuf};
use syn::{Attribute, File, Item, parse_quote};

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new(
        "Floor",
        "`cargo check` of each SDK's types with `Debug`, `Clone` and `PartialEq` alone, of the types as \
         they are generated, and of the whole SDK.",
        &[
            "document",
            "floor",
            "types",
            "of the floor: time, memory",
            "SDK",
            "of the floor: time, memory",
        ],
    );
    let workspace = bench.workspace("floor")?;
    let Some(ours) = bench.ours() else {
        return Ok(String::new());
    };
    for document in &bench.documents {
        let name = format!("bench-{}", document.name.replace('.', "-"));
        let out = workspace.member(&name);
        let generated = ours.generate(&document.path, &out, &workspace.folder);
        let row = match generated {
            Ok(_) => {
                let stripped = format!("{name}-floor");
                strip(&out, &workspace.member(&stripped), &stripped, bench)?;
                let floor = workspace.least(&stripped, CHECK);
                let alone = Compilation {
                    command: &[CHECK.command, without_client(&out)?].concat(),
                    ..CHECK
                };
                let types = workspace.least(&name, alone);
                let whole = workspace.least(&name, CHECK);
                vec![
                    document.name.clone(),
                    cost(&floor),
                    cost(&types),
                    ratios(&types, &floor),
                    cost(&whole),
                    ratios(&whole, &floor),
                ]
            }
            Err(why) => vec![document.name.clone(), why],
        };
        eprintln!("  {}", row.join(" | "));
        table.row(row);
    }
    Ok(table.finish())
}

/// Makes a crate of a generated crate's types.
fn strip(generated: &Path, out: &Path, name: &str, bench: &Bench<'_>) -> Result<(), Failure> {
    let _ = std::fs::remove_dir_all(out);
    let types = generated.join("src/generated/types");
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let from = types.join(&folder);
        let to = out.join("src/types").join(&folder);
        std::fs::create_dir_all(&to).map_err(system("create", &to))?;
        for entry in std::fs::read_dir(&from).map_err(system("read", &from))? {
            let entry = entry.map_err(system("read", &from))?;
            let (path, file) = (entry.path(), entry.file_name());
            if path.is_dir() {
                folders.push(folder.join(file));
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(system("read", &path))?;
            let stripped = strip_file(&text).map_err(|error| {
                system("parse", &path)(std::io::Error::other(error.to_string()))
            })?;
            let target = to.join(file);
            std::fs::write(&target, stripped).map_err(system("write", &target))?;
        }
    }
    let runtime = bench.project.runtime();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tilt-runtime = {{ path = {:?}, default-features = false }}\n",
        runtime.display().to_string()
    );
    for (file, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", "#![allow(unused_imports)]\npub mod types;\n"),
    ] {
        let path = out.join(file);
        std::fs::write(&path, text).map_err(system("write", &path))?;
    }
    Ok(())
}

fn strip_file(text: &str) -> syn::Result<String> {
    let mut file: File = syn::parse_file(text)?;
    file.attrs.clear();
    file.items.retain_mut(|item| match item {
        Item::Struct(it) => {
            it.attrs = traits();
            for field in &mut it.fields {
                field.attrs.clear();
            }
            true
        }
        Item::Enum(it) => {
            it.attrs = traits();
            for variant in &mut it.variants {
                variant.attrs.clear();
                for field in &mut variant.fields {
                    field.attrs.clear();
                }
            }
            true
        }
        Item::Type(it) => {
            it.attrs.clear();
            true
        }
        Item::Mod(it) => {
            it.attrs.clear();
            true
        }
        Item::Use(it) => {
            it.attrs.clear();
            true
        }
        _ => false,
    });
    Ok(prettyplease::unparse(&file))
}

fn traits() -> Vec<Attribute> {
    vec![parse_quote!(#[derive(Debug, Clone, PartialEq)])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_is_left() {
        let text = "//! All.\nuse tilt_runtime as rt;\n\n/// One.\n#[derive(Clone)]\n#[non_exhaustive]\n\
                    pub struct S {\n    /// F.\n    pub f: i64,\n}\n\nimpl S {}\n\nrt::record! { S {} }\n\n\
                    #[cfg(feature = \"a\")]\npub use a::A;\n";
        let expected = "use tilt_runtime as rt;\n#[derive(Debug, Clone, PartialEq)]\npub struct S {\n    \
                        pub f: i64,\n}\npub use a::A;\n";
        assert_eq!(strip_file(text).ok().as_deref(), Some(expected));
    }
}
