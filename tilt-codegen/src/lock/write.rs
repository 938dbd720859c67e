//! Names as the text of the file.

use std::fmt::{self, Display, Formatter, Write};

use super::{
    ACCESSOR, ALSO, ANSWER, ANSWERED, Address, ArgumentNames, BODY, CONSTANT, DEFAULT, ENVIRONMENT,
    ERROR, EVENT, FEATURE, FORMAT, HEADER, ITEMS, KIND, NULLS, Names, OPERATION, OperationNames,
    PARAMETER, POSITIONAL, PROJECTION, REQUIRED, SCOPE, SECURITY, SENT, TEXT, TYPE, TypeNames,
    VERSION, Way,
};
use crate::file;

impl Display for Names {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", file::HEADER.replacen("//", "#", 1))?;
        writeln!(
            f,
            "# What is called what, so that additions take no name away: commit this file."
        )?;
        writeln!(f, "{FORMAT} {VERSION}")?;
        for (wire, accessor) in &self.accessors {
            line(f, "", &[ACCESSOR, wire, &accessor.name, &accessor.ty])?;
        }
        for (url, name) in &self.environments {
            line(f, "", &[ENVIRONMENT, url, name])?;
        }
        for (part, property) in &self.errors {
            line(f, "", &[ERROR, part, property])?;
        }
        for ((wire, ty), name) in &self.events {
            line(f, "", &[EVENT, wire, name, ty])?;
        }
        for (wire, header) in &self.headers {
            line(f, "", &[HEADER, wire, &header.name, &header.ty])?;
        }
        if let Some(property) = &self.kind {
            line(f, "", &[KIND, property])?;
        }
        for (key, operation) in &self.operations {
            operation_lines(f, key, operation)?;
        }
        for (wire, name) in &self.scopes {
            line(f, "", &[SCOPE, wire, name])?;
        }
        for (wire, name) in &self.security {
            line(f, "", &[SECURITY, wire, name])?;
        }
        for (name, ty) in &self.types {
            type_lines(f, name, ty)?;
        }
        Ok(())
    }
}

fn operation_lines(f: &mut Formatter<'_>, key: &str, operation: &OperationNames) -> fmt::Result {
    let (method, path) = key.split_once(' ').unwrap_or((key, ""));
    let name = format!("{}.{}", operation.resource, operation.method);
    let mut words = vec![OPERATION, method, path, name.as_str()];
    words.extend(operation.call.as_deref());
    line(f, "", &words)?;
    for ((location, wire), name) in &operation.parameters {
        line(f, " ", &[PARAMETER, location, wire, name])?;
    }
    for (content_type, name) in &operation.bodies {
        line(f, " ", &[BODY, content_type, name])?;
    }
    for content_type in &operation.defaults {
        line(f, " ", &[DEFAULT, content_type])?;
    }
    if let Some(content_type) = &operation.text {
        line(f, " ", &[TEXT, content_type])?;
    }
    for (key, name) in &operation.answers {
        line(f, " ", &[ANSWER, key, name])?;
    }
    if let Some(path) = &operation.items {
        let path = path.iter().map(String::as_str);
        line(f, " ", &[ITEMS].into_iter().chain(path).collect::<Vec<_>>())?;
    }
    for feature in &operation.features {
        line(f, " ", &[FEATURE, feature])?;
    }
    arguments_lines(f, &operation.arguments)
}

fn type_lines(f: &mut Formatter<'_>, name: &str, ty: &TypeNames) -> fmt::Result {
    for (number, place) in ty.places.iter().enumerate() {
        match number {
            0 => write!(f, "{TYPE} {name}")?,
            _ => write!(f, " {ALSO}")?,
        }
        address(f, place)?;
    }
    for (wire, name) in &ty.members {
        line(f, " ", &[wire, name])?;
    }
    arguments_lines(f, &ty.arguments)
}

fn arguments_lines(f: &mut Formatter<'_>, names: &ArgumentNames) -> fmt::Result {
    let ArgumentNames {
        required,
        constants,
        positional,
        nulls,
    } = names;
    if !required.is_empty() {
        arguments(f, REQUIRED, required)?;
    }
    for list in positional {
        arguments(f, POSITIONAL, list)?;
    }
    for (property, value) in constants {
        arguments(f, CONSTANT, &[property.clone(), value.clone()])?;
    }
    if !nulls.is_empty() {
        arguments(f, NULLS, nulls)?;
    }
    Ok(())
}

fn arguments<'a>(
    f: &mut Formatter<'_>,
    mark: &str,
    properties: impl IntoIterator<Item = &'a String>,
) -> fmt::Result {
    write!(f, " {mark}")?;
    for property in properties {
        f.write_char(' ')?;
        word(f, property)?;
    }
    writeln!(f)
}

fn address(f: &mut Formatter<'_>, address: &Address) -> fmt::Result {
    for schema in &address.schemas {
        f.write_char(' ')?;
        word(f, schema)?;
    }
    if address.is_projection {
        write!(f, " {PROJECTION}")?;
    }
    match address.way {
        Way::Answer => writeln!(f, " {ANSWERED}"),
        Way::Both => writeln!(f),
        Way::Request => writeln!(f, " {SENT}"),
    }
}

fn line(f: &mut Formatter<'_>, indent: &str, words: &[&str]) -> fmt::Result {
    f.write_str(indent)?;
    for (number, text) in words.iter().enumerate() {
        if number > 0 {
            f.write_char(' ')?;
        }
        word(f, text)?;
    }
    writeln!(f)
}

/// A word as it is, or in quotes where it would not be read back as the same one.
fn word(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let special = |c: char| c == '"' || c.is_whitespace() || c.is_control();
    // Characters that turn the direction of text would hide what a line says.
    let hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain = !text.is_empty()
        && text != ALSO
        && ![PROJECTION, REQUIRED, POSITIONAL, CONSTANT, NULLS].contains(&text)
        && !text.starts_with('#')
        && !text.contains(special)
        && !text.contains(hidden);
    if plain {
        return f.write_str(text);
    }
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c != ' ' && (special(c) || hidden(c)) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
