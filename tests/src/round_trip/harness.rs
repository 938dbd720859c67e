//! The program that reads and writes the types of an SDK.

use std::fmt::Write as _;

use tilt_codegen::model::Sdk;

use super::json_types;

/// The source of the program: `types_path` is where the types are in the crate. It needs the crates
/// `serde_json` and `tilt-runtime`, and can be a module as well.
///
/// It reads lines of a type's name, a tab, and JSON. To each it answers with a line: `=`, a tab and
/// the JSON that the type writes, or `!`, a tab and why the JSON cannot be read.
pub fn write_harness(sdk: &Sdk, crate_name: &str, types_path: &str) -> String {
    let mut names: Vec<&str> = json_types(sdk).map(|ty| ty.name.as_str()).collect();
    // The program searches them by halves.
    names.sort_unstable();
    let mut table = String::new();
    for name in names {
        // Writing to a string does not fail.
        let _ = writeln!(
            table,
            "    ({name:?}, through::<{crate_name}::{types_path}::{name}>),"
        );
    }
    format!(
        "{HARNESS}\n#[allow(deprecated, reason = \"deprecated types travel as well\")]\nconst TYPES: &[(&str, Through)] = &[\n{table}];\n"
    )
}

const HARNESS: &str = r#"//! Reads and writes the types of an SDK; written by `tilt-tests`.

use std::io::{BufRead, Write};

use tilt_runtime::Wire;

type Through = fn(&str) -> Result<String, String>;

pub fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let answer = match line {
            Ok(line) => answer(&line),
            Err(error) => Err(error.to_string()),
        };
        let written = match answer {
            Ok(text) => writeln!(out, "=\t{text}"),
            Err(error) => writeln!(out, "!\t{}", error.replace('\n', " ")),
        };
        if written.is_err() {
            return;
        }
    }
}

fn answer(line: &str) -> Result<String, String> {
    let (name, text) = line.split_once('\t').ok_or("no tab")?;
    let known = TYPES.binary_search_by(|(known, _)| (*known).cmp(name));
    TYPES[known.map_err(|_| "no such type")?].1(text)
}

fn through<T: Wire>(text: &str) -> Result<String, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::read(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("cannot be written: {error}"))
}
"#;
