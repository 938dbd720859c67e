//! Values sent through generated types, to see whether they come back as they went in.
//!
//! Types exist only once they are compiled, so this is in two parts: [`write_harness`] writes a
//! program that reads and writes any type of an SDK, and [`run`] sends instances through it.
//!
//! The program reads lines of a type's name, a tab, and JSON. To each it answers with a line: `=`, a
//! tab and the JSON that the type writes, or `!`, a tab and why the JSON cannot be read.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;
use tilt_codegen::model::{Presence, Rest, Scalar, Sdk, Shape, Type, TypeRef};

use crate::document::{Document, ValidatorError};
use crate::instances::{EXTRA, Instance, instances, properties};

/// An instance and the type that it is to be an instance of.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The type's name.
    pub type_name: String,
    /// The instance.
    pub instance: Instance,
}

/// A case that did not come back as it went in.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What went in.
    pub case: Case,
    /// What is wrong with what came back.
    pub problem: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case {
            type_name,
            instance,
        } = &self.case;
        let Instance { pointer, value, .. } = instance;
        write!(f, "{type_name} ({pointer}): {} in {value}", self.problem)
    }
}

/// What became of all cases.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// How many came back.
    pub compared: usize,
    /// Those that were not the same.
    pub differences: Vec<Difference>,
}

/// The source of a program that reads and writes the types of an SDK: `types_path` is where they are
/// in the crate. It needs the crates `serde_json` and `tilt-runtime`, and can be a module as well.
pub fn write_harness(sdk: &Sdk, crate_name: &str, types_path: &str) -> String {
    let mut table = String::new();
    for ty in types(sdk) {
        let name = &ty.name;
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
    let known = TYPES.iter().find(|(known, _)| *known == name);
    known.ok_or("no such type")?.1(text)
}

fn through<T: Wire>(text: &str) -> Result<String, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::read(&mut deserializer).map_err(|error| error.to_string())?;
    deserializer.end().map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("cannot be written: {error}"))
}
"#;

/// The instances of all types of an SDK whose schemas are in these documents, at most so many each.
///
/// A type that is made of more than the schema at its pointer is left out: what its instances are,
/// the schema does not say. So are the branches of a union that is all at one pointer; the union's
/// instances go through them.
///
/// # Errors
///
/// A document's schemas cannot be compiled.
pub fn cases(sdk: &Sdk, documents: &[Document], most: usize) -> Result<Vec<Case>, ValidatorError> {
    let types = types(sdk);
    let mut cases = Vec::new();
    for document in documents {
        let mut owners: BTreeMap<&str, Vec<&Type>> = BTreeMap::new();
        for ty in &types {
            owners.entry(&ty.pointer).or_default().push(ty);
        }
        for (pointer, owners) in &mut owners {
            if owners.iter().any(|ty| matches!(ty.shape, Shape::Union(_))) {
                owners.retain(|ty| matches!(ty.shape, Shape::Union(_)));
            }
            owners.retain(|ty| is_described(document, pointer, ty));
        }
        owners.retain(|_, owners| !owners.is_empty());
        let pointers: Vec<String> = owners.keys().map(|pointer| (*pointer).to_owned()).collect();
        for instance in instances(document, &pointers, most)? {
            let owners = owners.get(instance.pointer.as_str());
            // A schema may be null where it stands; a named type is what is not null of it.
            let owners = owners
                .into_iter()
                .flatten()
                .filter(|ty| !instance.value.is_null() || may_be_null(ty));
            cases.extend(owners.map(|ty| Case {
                type_name: ty.name.clone(),
                instance: instance.clone(),
            }));
        }
    }
    Ok(cases)
}

/// Whether a schema speaks of all that a type is.
fn is_described(document: &Document, pointer: &str, ty: &Type) -> bool {
    let Shape::Struct(structure) = &ty.shape else {
        return true;
    };
    let properties = properties(document, pointer);
    structure.fields.iter().all(|field| {
        let must_be_there = matches!(field.presence, Presence::Required | Presence::Nullable);
        let known = properties.get(&field.wire);
        known.is_some_and(|is_required| *is_required || !must_be_there)
    })
}

fn may_be_null(ty: &Type) -> bool {
    matches!(
        &ty.shape,
        Shape::Alias(TypeRef::Nullable(_) | TypeRef::Scalar(Scalar::Any | Scalar::Null))
    )
}

/// The types that have a form in JSON.
fn types(sdk: &Sdk) -> Vec<&Type> {
    let mut is_json = vec![true; sdk.types.len()];
    loop {
        let lost: Vec<usize> = (0..sdk.types.len())
            .filter(|index| is_json[*index])
            .filter(|index| {
                !parts(&sdk.types[*index].shape)
                    .iter()
                    .all(|part| has_json(part, &is_json))
            })
            .collect();
        if lost.is_empty() {
            break;
        }
        lost.into_iter().for_each(|index| is_json[index] = false);
    }
    let types = sdk.types.iter().zip(is_json);
    types
        .filter(|(_, is_json)| *is_json)
        .map(|(ty, _)| ty)
        .collect()
}

fn parts(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Alias(target) => vec![target],
        Shape::Enum(_) => Vec::new(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| &field.ty);
            let rest = match &structure.rest {
                Rest::Typed(ty) => Some(ty),
                Rest::Any => None,
            };
            fields.chain(rest).collect()
        }
    }
}

fn has_json(ty: &TypeRef, is_json: &[bool]) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => !matches!(scalar, Scalar::Bytes | Scalar::File),
        TypeRef::Named(id) => is_json.get(id.0).copied().unwrap_or(true),
        TypeRef::List(ty) | TypeRef::Map(ty) | TypeRef::Nullable(ty) | TypeRef::Boxed(ty) => {
            has_json(ty, is_json)
        }
        TypeRef::Tuple(items) => items.iter().all(|item| has_json(item, is_json)),
    }
}

/// Sends cases through a harness.
///
/// # Errors
///
/// The program cannot be run, or ends before it has answered.
pub fn run(harness: &mut Command, cases: &[Case]) -> std::io::Result<Report> {
    let mut child = harness
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
        return Err(std::io::Error::other("the program has no input or output"));
    };
    let lines: Vec<String> = cases.iter().map(line).collect();
    let writer = std::thread::spawn(move || {
        // What cannot be written is not answered, which is noticed below.
        let _ = lines
            .iter()
            .try_for_each(|line| stdin.write_all(line.as_bytes()));
    });
    let mut report = Report::default();
    for answer in BufReader::new(stdout).lines() {
        let answer = answer?;
        let Some(case) = cases.get(report.compared) else {
            break;
        };
        report.compared += 1;
        if let Some(problem) = problem(case, &answer) {
            report.differences.push(Difference {
                case: case.clone(),
                problem,
            });
        }
    }
    let status = child.wait()?;
    // It ends on its own: its input is at an end, or nobody reads it.
    let _ = writer.join();
    if report.compared < cases.len() {
        let name = &cases[report.compared].type_name;
        let message = format!("{status} at an instance of `{name}`");
        return Err(std::io::Error::other(message));
    }
    Ok(report)
}

fn line(case: &Case) -> String {
    format!("{}\t{}\n", case.type_name, case.instance.value)
}

fn problem(case: &Case, answer: &str) -> Option<String> {
    match answer.split_once('\t') {
        Some(("=", text)) => match serde_json::from_str(text) {
            Ok(value) => difference(&case.instance.value, &value, ""),
            Err(error) => Some(format!("no JSON came back: {error}")),
        },
        Some((_, error)) => Some(error.to_owned()),
        None => Some(format!("`{answer}` is no answer")),
    }
}

/// The first place where two values differ.
fn difference(before: &Value, after: &Value, pointer: &str) -> Option<String> {
    match (before, after) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(index, (one, other))| {
                difference(one, other, &format!("{pointer}/{index}"))
            }),
        (Value::Object(one), Value::Object(other)) => {
            let lost = one.iter().find_map(|(name, value)| {
                let pointer = format!("{pointer}/{name}");
                match other.get(name) {
                    Some(other) => difference(value, other, &pointer),
                    None => Some(format!("`{pointer}` is lost")),
                }
            });
            let gained = || other.keys().find(|name| !one.contains_key(*name));
            let gained = || gained().map(|name| format!("`{pointer}/{name}` came from nowhere"));
            let unnamed = |names: &serde_json::Map<String, Value>| {
                let names = names.keys().filter(|name| name.ends_with(EXTRA));
                names.cloned().collect::<Vec<_>>()
            };
            let is_reordered = unnamed(one) != unnamed(other);
            lost.or_else(gained)
                .or_else(|| is_reordered.then(|| format!("`{pointer}` is in another order")))
        }
        _ => (before != after).then(|| format!("`{pointer}` is {after} after being {before}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_difference_is_found() {
        let same = |one: Value, other: Value| difference(&one, &other, "");
        assert_eq!(
            same(json!({"a": 1, "b": [1.5]}), json!({"b": [1.5], "a": 1})),
            None
        );
        for (one, other, problem) in [
            (json!({"a": 1}), json!({}), "`/a` is lost"),
            (json!({}), json!({"a": null}), "`/a` came from nowhere"),
            (json!([1]), json!([1.0]), "`/0` is 1.0 after being 1"),
            (json!([1]), json!([1, 2]), "`` is [1,2] after being [1]"),
            (
                json!({"b extra": 1, "a extra": 1}),
                json!({"a extra": 1, "b extra": 1}),
                "`` is in another order",
            ),
        ] {
            assert_eq!(same(one, other).as_deref(), Some(problem));
        }
    }
}
