//! Unions: the definition, conversions, and the table of what tells the variants apart.

use super::super::quoted::or;
use super::super::source::{Source, ident, literal, literals};
use super::super::type_ref::TypeRefs;
use crate::model::{JsonKinds, Tagged, Type, Union, UnionVariant};

pub(super) fn write(source: &mut Source, refs: TypeRefs<'_>, ty: &Type, shape: &Union) {
    let name = ident(&ty.name);
    source.docs(&ty.documentation());
    super::attributes(source, ty, &["Clone", "PartialEq"]);
    source.line("#[non_exhaustive]");
    source.open(&format!("pub enum {name} {{"));
    for variant in &shape.variants {
        let held = refs.text(&variant.ty);
        source.docs(or(&variant.docs, &format!("`{held}`")).trim_end());
        let held = if variant.boxed {
            format!("Box<{held}>")
        } else {
            held
        };
        source.list(&format!("{}(", ident(&variant.name)), &[held], "),");
    }
    source.docs("A value that is none of these. It is kept as it is.");
    source.line("Unknown(rt::Value),");
    source.close("}");

    for variant in shape.variants.iter().filter(|variant| variant.from) {
        source.apart();
        let held = refs.text(&variant.ty);
        from(source, &name, variant, &held, "value");
    }
    for variant in shape.variants.iter().filter(|variant| variant.from_text) {
        let string = variant.from_string.then_some("String");
        for text in std::iter::once("&str").chain(string) {
            source.apart();
            from(source, &name, variant, text, "value.into()");
        }
    }

    source.apart();
    let is_tagged = shape.variants.iter().any(|it| it.tagged.is_some());
    source.open(match is_tagged {
        true => "rt::tagged_union! {",
        false => "rt::union! {",
    });
    let by = shape
        .discriminator
        .as_deref()
        .map(|name| format!(" by {}", literal(name)));
    source.open(&format!("{name}{} {{", by.unwrap_or_default()));
    let names = shape.variants.iter().map(|variant| variant.name.as_str());
    branches(source, names.zip(&shape.variants));
    source.close("}");
    source.close("}");
    if shape.is_of_events() {
        named_events(source, &name, shape);
    }
}

/// The events whose data each variant is.
fn named_events(source: &mut Source, name: &str, shape: &Union) {
    source.apart();
    source.open("rt::named_events! {");
    source.open(&format!("{name} {{"));
    for variant in &shape.variants {
        let Some(events) = &variant.events else {
            continue;
        };
        let form = if events.is_text { "text" } else { "json" };
        let names = literals(events.names.iter().map(String::as_str));
        let variant = ident(&variant.name);
        source.line(&format!("{variant} = rt::EventData::{form}({names}),"));
    }
    source.close("}");
    source.close("}");
}

/// The conversion of what becomes a variant.
fn from(source: &mut Source, name: &str, variant: &UnionVariant, held: &str, value: &str) {
    let value = match variant.boxed {
        true => format!("Box::new({value})"),
        false => value.to_owned(),
    };
    source.open_impl(&format!("From<{held}>"), name);
    source.open_function("fn from", &[format!("value: {held}")], false);
    source.line(&format!("Self::{}({value})", ident(&variant.name)));
    source.close("}");
    source.close("}");
}

/// A line for each variant, with what can be known of it.
pub(crate) fn branches<'v>(
    source: &mut Source,
    variants: impl Iterator<Item = (&'v str, &'v UnionVariant)>,
) {
    for (name, variant) in variants {
        let [first, rest @ ..] = branch(variant);
        let calls: Vec<_> = rest.into_iter().filter(|call| !call.is_empty()).collect();
        let line = format!("{} = {first}", ident(name));
        let form = match variant.tagged {
            Some(Tagged::Record) => " => record,",
            Some(Tagged::Union) => " => union,",
            None => ",",
        };
        let length = line.len() + calls.iter().map(String::len).sum::<usize>();
        match calls.split_last() {
            Some((last, calls)) if length > 80 => {
                source.open(&line);
                calls.iter().for_each(|call| source.line(call));
                source.close_after(&format!("{last}{form}"));
            }
            _ => source.line(&format!("{line}{}{form}", calls.concat())),
        }
    }
}

/// The look of a variant, known without reading it: a constructor of `rt::Branch` and calls
/// on it, some of them empty.
fn branch(variant: &UnionVariant) -> [String; 9] {
    let strings = |call: &str, texts: &[String]| match texts {
        [] => String::new(),
        texts => format!(".{call}({})", literals(texts.iter().map(String::as_str))),
    };
    let json = |values: &[serde_json::Value]| -> String {
        let texts: Vec<_> = values.iter().map(ToString::to_string).collect();
        literals(texts.iter().map(String::as_str))
    };
    let tags: Vec<_> = variant
        .tags
        .iter()
        .map(|tag| format!("({}, {})", literal(&tag.property), json(&tag.values)))
        .collect();
    let values = variant.discriminator_values.iter();
    let selected_by: Vec<String> = values.chain(&variant.schema_names).cloned().collect();
    [
        format!("rt::Branch::of({})", kinds(variant.kinds)),
        strings("selected_by", &selected_by),
        match &variant.discriminator_json {
            Some(json) => format!(".written_as({})", literal(&json.to_string())),
            None => String::new(),
        },
        match variant.any_other && !variant.discriminator_values.is_empty() {
            true => ".and_any_other()".to_owned(),
            false => String::new(),
        },
        if tags.is_empty() {
            String::new()
        } else {
            format!(".tags(&[{}])", tags.join(", "))
        },
        strings("required", &variant.required),
        strings("properties", &variant.properties),
        if variant.values.is_empty() {
            String::new()
        } else {
            format!(".values({})", json(&variant.values))
        },
        if variant.closed {
            ".closed()".to_owned()
        } else {
            String::new()
        },
    ]
}

fn kinds(kinds: JsonKinds) -> String {
    let names: Vec<_> = [
        (kinds.null, "rt::NULL"),
        (kinds.boolean, "rt::BOOLEAN"),
        // A number may be an integer, and gives way to a variant that is nothing else.
        (kinds.integer && !kinds.number, "rt::INTEGER"),
        (kinds.number, "rt::NUMBER"),
        (kinds.string, "rt::STRING"),
        (kinds.array, "rt::ARRAY"),
        (kinds.object, "rt::OBJECT"),
    ]
    .into_iter()
    .filter_map(|(is, name)| is.then_some(name))
    .collect();
    if names.is_empty() {
        "0".to_owned()
    } else {
        names.join(" | ")
    }
}
