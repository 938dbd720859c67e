//! From the names of a document to the identifiers of Rust.
//!
//! A name is a pure function of what it names, as far as that is possible: adding something to a
//! document never changes the name of what was there. Only where two wire names become one
//! identifier does one of them have to give way; see [`unique`]. Which one does, and that it stays
//! so, a [names file](crate::names_file) remembers.

use std::collections::{BTreeMap, HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Types of the standard prelude, and those that generated code names without a path: a schema of
/// one of these names gets the suffix `Type`.
const RESERVED_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
];

/// Names that a struct's own parts have: a property of one of these names gets a `_`.
const RESERVED_FIELDS: &[&str] = &["extra", "new", "clone", "builder"];

/// Names that the struct of a call has: a parameter of one of these names gets a `_`.
pub(crate) const RESERVED_PARAMETERS: &[&str] = &[
    "call",
    "send",
    "within",
    "items",
    "pages",
    "into_future",
    "clone",
    "header",
    "new",
    "body",
];

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that have no raw form.
const BARE_KEYWORDS: &[&str] = &["crate", "self", "super", "Self", "_", ""];

/// Longest identifier that is still readable; what is longer is cut, with a mark of the whole.
const MAX_LENGTH: usize = 80;

/// A type's name: `PascalCase`.
pub(crate) fn type_name(wire: &str) -> String {
    let name = pascal(wire);
    if RESERVED_TYPES.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        name
    }
}

/// An enum variant's name: `PascalCase`, never `Unknown` (which the catch-all has) or `Self`.
pub(crate) fn variant_name(wire: &str) -> String {
    match pascal(wire).as_str() {
        "Unknown" => "UnknownValue".to_owned(),
        "Self" => "SelfValue".to_owned(),
        name => name.to_owned(),
    }
}

/// A field's name: `snake_case`, raw where it is a keyword.
pub(crate) fn field_name(wire: &str) -> String {
    let name = snake(wire);
    if RESERVED_FIELDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        escape_keyword(name)
    }
}

/// A parameter's name: `snake_case`, clear of what calls have.
pub(crate) fn parameter_name(wire: &str) -> String {
    let name = snake(wire.strip_suffix("[]").unwrap_or(wire));
    if RESERVED_PARAMETERS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        escape_keyword(name)
    }
}

/// A method's or module's name.
pub(crate) fn method_name(wire: &str) -> String {
    escape_keyword(snake(wire))
}

/// A schema's names, best first: without the namespace that some languages put in front of it, then
/// with more and more of that, and at last with all of it.
///
/// What is a namespace shows in the name alone, so that a schema that is added changes no other's
/// name: `com.tilt.api.Order` and `models.Order` have one, `Order.Item` and `Tilt.Pos.Order` may mean
/// what they say.
pub(crate) fn schema_names(wire: &str) -> Vec<String> {
    let separator = if wire.contains("__") { "__" } else { "." };
    let segments: Vec<&str> = wire.split(separator).collect();
    let Some((last, namespace)) = segments.split_last() else {
        return vec![type_name(wire)];
    };
    let is_type = last.starts_with(|c: char| c.is_ascii_uppercase());
    let is_lower = |text: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        !text.is_empty() && text.chars().all(plain)
    };
    let packaged = namespace.len() > 1 && namespace.iter().all(is_lower);
    let collected = match namespace {
        [one] => COLLECTIONS.contains(&one.to_ascii_lowercase().as_str()),
        _ => false,
    };
    if !is_type || !(packaged || collected) {
        return vec![type_name(wire)];
    }
    let mut names: Vec<String> = (0..segments.len())
        .rev()
        .map(|start| type_name(&segments[start..].join("_")))
        .collect();
    names.dedup();
    names
}

/// Where programs keep their types: says nothing about what they are.
const COLLECTIONS: &[&str] = &[
    "api",
    "contract",
    "contracts",
    "definitions",
    "domain",
    "dto",
    "dtos",
    "entities",
    "entity",
    "main",
    "model",
    "models",
    "schema",
    "schemas",
    "types",
    "viewmodels",
];

/// Whether a text can be the name of a type.
pub(crate) fn is_type_name(text: &str) -> bool {
    is_pascal(text) && !RESERVED_TYPES.contains(&text)
}

/// Whether a text can be the name of a variant.
pub(crate) fn is_variant_name(text: &str) -> bool {
    is_pascal(text) && !matches!(text, "Unknown" | "Self")
}

/// Whether a text can be the name of a field, where need be in its raw form.
pub(crate) fn is_field_name(text: &str) -> bool {
    is_snake(text) && !RESERVED_FIELDS.contains(&text)
}

/// Whether a text can be the name of a parameter, where need be in its raw form.
pub(crate) fn is_parameter_name(text: &str) -> bool {
    is_snake(text) && !RESERVED_PARAMETERS.contains(&text)
}

/// Whether a text can be the name of a method or module, where need be in its raw form.
pub(crate) fn is_method_name(text: &str) -> bool {
    is_snake(text)
}

/// The longest identifier that may be asked for.
const MOST_LENGTH: usize = 200;

fn is_pascal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.len() <= MOST_LENGTH
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_snake(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= MOST_LENGTH
        && !BARE_KEYWORDS.contains(&text)
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A name without the mark of a keyword.
pub(crate) fn bare(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// `PascalCase` without any reservation.
pub(crate) fn pascal(wire: &str) -> String {
    cut(start_legally(spell(wire).to_upper_camel_case(), "N"), "")
}

/// `snake_case` without any reservation; may be a keyword.
pub(crate) fn snake(wire: &str) -> String {
    // The one word whose capitals mislead about where words begin.
    let wire = wire.replace("OAuth", "Oauth");
    cut(start_legally(spell(&wire).to_snake_case(), "n"), "_")
}

/// The words of a name, in lower case.
pub(crate) fn words(wire: &str) -> Vec<String> {
    let snake = spell(wire).to_snake_case();
    snake
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Raw where it is a keyword.
pub(crate) fn escape_keyword(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else if BARE_KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

fn start_legally(name: String, prefix: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{prefix}{name}")
    } else {
        name
    }
}

fn cut(name: String, separator: &str) -> String {
    if name.len() <= MAX_LENGTH {
        return name;
    }
    // All ASCII after `spell`.
    format!(
        "{}{separator}{:08x}",
        name[..MAX_LENGTH - 9].trim_end_matches('_'),
        fingerprint(&name)
    )
}

/// 32-bit FNV-1a: tells names apart, the same on every machine.
pub(crate) fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// ASCII letters, digits and separators, with the symbols that carry meaning in words. Never empty.
fn spell(wire: &str) -> String {
    let bracketed = wire.contains('<') && wire.contains('>');
    let mut spelled = String::with_capacity(wire.len() + 8);
    for (index, c) in wire.char_indices() {
        let rest = &wire[index + c.len_utf8()..];
        let leads = index == 0 && rest.starts_with(|c: char| c.is_alphanumeric());
        let word = match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => {
                spelled.push(c);
                continue;
            }
            '+' => "plus",
            '-' if leads => "minus",
            '@' if leads => "at",
            '<' if !bracketed => "lt",
            '>' if !bracketed => "gt",
            '=' => "eq",
            '*' => "star",
            '%' => "percent",
            '&' => "and",
            '!' => "not",
            '~' => "tilde",
            _ if c.is_ascii() => "",
            _ => {
                let ascii = deunicode::deunicode_char(c).unwrap_or("");
                let ascii: String = ascii
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || *c == ' ')
                    .collect();
                if !ascii.trim().is_empty() {
                    // Letters of one word stay one word; an ideograph is a word by itself.
                    let ideograph = ascii.trim().len() > 1;
                    if ideograph {
                        spelled.push('_');
                    }
                    spelled.push_str(ascii.trim());
                    if ideograph {
                        spelled.push('_');
                    }
                }
                continue;
            }
        };
        spelled.push('_');
        spelled.push_str(word);
        spelled.push('_');
    }
    if spelled.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return spelled;
    }
    let words: Vec<String> = wire.chars().map(symbol).collect();
    if words.is_empty() {
        "empty".to_owned()
    } else {
        words.join("_")
    }
}

fn symbol(c: char) -> String {
    let word = match c {
        '.' => "dot",
        '-' => "minus",
        '_' => "underscore",
        '/' => "slash",
        '\\' => "backslash",
        ' ' => "space",
        ':' => "colon",
        ';' => "semicolon",
        ',' => "comma",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        '|' => "pipe",
        '^' => "caret",
        '\'' => "quote",
        '"' => "double_quote",
        '`' => "backtick",
        '<' => "lt",
        '>' => "gt",
        '(' => "open",
        ')' => "close",
        '[' => "open_bracket",
        ']' => "close_bracket",
        '{' => "open_brace",
        '}' => "close_brace",
        _ => return format!("u{:x}", u32::from(c)),
    };
    word.to_owned()
}

/// The singular of an English noun in `snake_case` (its last word): `orders` to `order`.
pub(crate) fn singular(name: &str) -> String {
    let (head, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    format!("{head}{}", singular_word(last))
}

fn singular_word(word: &str) -> String {
    const UNCHANGED: &[&str] = &[
        "address",
        "access",
        "alias",
        "analysis",
        "basis",
        "bus",
        "business",
        "canvas",
        "census",
        "class",
        "cors",
        "corpus",
        "dns",
        "ethos",
        "gas",
        "https",
        "ids",
        "kubernetes",
        "lens",
        "mms",
        "news",
        "os",
        "pos",
        "plus",
        "process",
        "progress",
        "radius",
        "rbs",
        "series",
        "settings",
        "sms",
        "species",
        "status",
        "success",
        "tls",
        "virus",
        "vs",
        "aws",
        "gps",
        "sis",
        "its",
        "this",
        "yes",
        "ios",
        "has",
        "is",
        "was",
        "always",
        "canvass",
        "metrics",
        "statistics",
        "stats",
        "analytics",
        "diagnostics",
    ];
    if UNCHANGED.contains(&word) || word.ends_with("ss") || word.ends_with("us") || word.len() < 4 {
        return word.to_owned();
    }
    match word {
        "people" => return "person".to_owned(),
        "children" => return "child".to_owned(),
        "men" => return "man".to_owned(),
        "indices" => return "index".to_owned(),
        "vertices" => return "vertex".to_owned(),
        "matrices" => return "matrix".to_owned(),
        "statuses" => return "status".to_owned(),
        "aliases" => return "alias".to_owned(),
        "movies" | "cookies" | "ties" | "zombies" => return word[..word.len() - 1].to_owned(),
        _ => {}
    }
    for (ending, replacement) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("zzes", "zz"),
    ] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}{replacement}");
        }
    }
    word.strip_suffix('s')
        .map_or_else(|| word.to_owned(), str::to_owned)
}

/// Whether the last word of a `snake_case` name is a plural.
pub(crate) fn is_plural(name: &str) -> bool {
    singular(name) != name
}

/// One identifier for each wire name, in the order given. Those that have a name by now keep it, and
/// the others are named around them.
///
/// Where several wire names become one identifier, the one that is spelled like it keeps it, or
/// else the first in `order`; the others get a longer name that they have, or a word that says how
/// they are spelled, which depends on nothing else in the document.
pub(crate) fn unique<'w>(
    wires: impl IntoIterator<Item = &'w str>,
    known: impl Fn(usize) -> Option<String>,
    candidates: impl Fn(&str) -> Vec<String>,
    order: Order,
) -> Vec<String> {
    let wires: Vec<&str> = wires.into_iter().collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut names: Vec<Option<String>> = (0..wires.len())
        .map(|index| known(index).filter(|name| taken.insert(name.clone())))
        .collect();
    let kept = taken.clone();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, wire) in wires.iter().enumerate() {
        if names[index].is_none() {
            let name = candidates(wire).into_iter().next().unwrap_or_default();
            groups.entry(name).or_default().push(index);
        }
    }
    taken.extend(groups.keys().cloned());
    let mut next: HashMap<String, usize> = HashMap::new();
    for (name, mut members) in groups {
        let plain = bare(&name);
        let is_snake = plain.starts_with(|c: char| c.is_lowercase());
        members.sort_by(|&a, &b| {
            let exact = |i: usize| wires[i] != plain;
            let by_text = match order {
                Order::Given => std::cmp::Ordering::Equal,
                Order::Text => {
                    // `displayName` is nearer to `display_name` than `DisplayName` is.
                    let foreign = |i: usize| is_snake && wires[i].starts_with(char::is_uppercase);
                    (foreign(a), wires[a]).cmp(&(foreign(b), wires[b]))
                }
            };
            exact(a).cmp(&exact(b)).then(by_text).then(a.cmp(&b))
        });
        let mut members = members.into_iter();
        if !kept.contains(&name)
            && let Some(first) = members.next()
        {
            names[first] = Some(name.clone());
        }
        for index in members {
            let longer = candidates(wires[index]).into_iter().skip(1);
            let name = longer
                .into_iter()
                .find(|longer| !taken.contains(longer))
                .unwrap_or_else(|| distinguish(plain, wires[index], &taken, &mut next));
            taken.insert(name.clone());
            names[index] = Some(name);
        }
    }
    names.into_iter().map(Option::unwrap_or_default).collect()
}

/// Who comes first where names collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The order of a list in the document.
    Given,
    /// The text of the names: for maps, whose order means nothing.
    Text,
}

fn distinguish(
    name: &str,
    wire: &str,
    taken: &HashSet<String>,
    next: &mut HashMap<String, usize>,
) -> String {
    let snake = name.starts_with(|c: char| c.is_lowercase());
    let join = |suffix: &str| {
        if snake {
            format!("{}_{suffix}", name.trim_end_matches('_'))
        } else {
            format!("{name}{}", suffix.to_upper_camel_case())
        }
    };
    let telling = [style(wire).to_owned(), format!("{:08x}", fingerprint(wire))];
    let telling = telling.iter().map(|suffix| join(suffix));
    if let Some(free) = telling.into_iter().find(|name| !taken.contains(name)) {
        return free;
    }
    // Two equal wire names, or a fingerprint met twice. Names are only ever taken.
    let number = next.entry(name.to_owned()).or_insert(2);
    loop {
        let numbered = join(&number.to_string());
        *number += 1;
        if !taken.contains(&numbered) {
            return numbered;
        }
    }
}

/// How a name is spelled, in a word.
fn style(wire: &str) -> &'static str {
    let has = |test: fn(char) -> bool| wire.chars().any(test);
    if wire.ends_with("[]") {
        "array"
    } else if wire.contains('.') {
        "dotted"
    } else if wire.contains('-') {
        "kebab"
    } else if wire.contains('/') {
        "path"
    } else if wire.contains(':') {
        "colon"
    } else if wire.contains(' ') {
        "spaced"
    } else if wire.contains('[') {
        "indexed"
    } else if wire.starts_with('$') {
        "dollar"
    } else if wire.starts_with('_') {
        "underscored"
    } else if !has(char::is_lowercase) && has(char::is_uppercase) {
        "upper"
    } else if wire.contains('_') {
        "snake"
    } else if wire.starts_with(char::is_uppercase) {
        "pascal"
    } else if has(char::is_uppercase) {
        "camel"
    } else {
        "lower"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_parameter_takes_the_name_of_a_method_that_every_call_has() {
        let macros = include_str!("../../../tilt-generated/runtime/src/client/macros.rs");
        let (_, call) = macros.split_once("macro_rules! call {").expect("the macro");
        let (call, _) = call.split_once("macro_rules!").expect("the next macro");
        let methods: Vec<&str> = call
            .split("pub fn ")
            .skip(1)
            .filter_map(|rest| rest.split('(').next())
            .collect();
        assert!(methods.contains(&"within"), "{methods:?}");
        for method in methods {
            assert!(RESERVED_PARAMETERS.contains(&method), "{method}");
        }
    }

    #[test]
    fn symbols_that_carry_meaning_are_spelled() {
        let names = [
            "+1",
            "-1",
            "<=1y",
            ">1y",
            "StartTime<",
            "StartTime>",
            "*",
            "/",
            "",
            "$filter",
            "@type",
            "name[]",
        ];
        let names: Vec<String> = names.iter().map(|name| snake(name)).collect();
        assert_eq!(
            names,
            [
                "plus_1",
                "minus_1",
                "lt_eq_1y",
                "gt_1y",
                "start_time_lt",
                "start_time_gt",
                "star",
                "slash",
                "empty",
                "filter",
                "at_type",
                "name",
            ]
        );
    }

    #[test]
    fn every_name_is_an_identifier() {
        for wire in [
            "400",
            "3ds_result",
            "日本語",
            "é",
            "\u{202e}",
            "a b",
            "self",
            "crate",
            "type",
            "Self",
            "→",
            "🦀",
        ] {
            for name in [
                type_name(wire),
                variant_name(wire),
                field_name(wire),
                parameter_name(wire),
            ] {
                let plain = name.strip_prefix("r#").unwrap_or(&name);
                assert!(
                    plain.starts_with(|c: char| c.is_ascii_alphabetic())
                        && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
                    "{wire:?} became {name:?}"
                );
                assert!(
                    !BARE_KEYWORDS.contains(&name.as_str()),
                    "{wire:?} became {name:?}"
                );
            }
        }
    }

    #[test]
    fn the_prelude_is_not_shadowed() {
        assert_eq!(type_name("Option"), "OptionType");
        assert_eq!(type_name("string"), "StringType");
        assert_eq!(type_name("Error"), "Error");
    }

    fn told_apart<const N: usize>(
        wires: [&str; N],
        name: fn(&str) -> String,
        order: Order,
    ) -> Vec<String> {
        unique(wires, |_| None, |wire| vec![name(wire)], order)
    }

    #[test]
    fn colliding_names_are_told_apart_by_their_spelling() {
        let names = told_apart(["createdAt", "created_at"], field_name, Order::Text);
        assert_eq!(names, ["created_at_camel", "created_at"]);
        let names = told_apart(["CardResponse", "card_response"], type_name, Order::Text);
        assert_eq!(names, ["CardResponse", "CardResponseSnake"]);
        let names = told_apart(["AND", "and"], variant_name, Order::Given);
        assert_eq!(names, ["And", "AndLower"]);
        let names = told_apart(
            ["domain.created", "domain-created"],
            variant_name,
            Order::Given,
        );
        assert_eq!(names, ["DomainCreated", "DomainCreatedKebab"]);
        let names = told_apart(["m", "M"], field_name, Order::Text);
        assert_eq!(names, ["m", "m_upper"]);
        let names = told_apart(["DisplayName", "displayName"], field_name, Order::Text);
        assert_eq!(names, ["display_name_pascal", "display_name"]);
    }

    #[test]
    fn what_has_a_name_keeps_it_and_others_are_named_around_it() {
        let known = |index: usize| (index == 1).then(|| "pull_request".to_owned());
        let wires = ["pull_request", "pullRequest", "Pull-Request"];
        let names = unique(wires, known, |wire| vec![field_name(wire)], Order::Text);
        assert_eq!(
            names,
            ["pull_request_snake", "pull_request", "pull_request_kebab"]
        );
    }

    #[test]
    fn a_namespace_is_no_part_of_a_name_where_it_shows_that_it_is_one() {
        for (wire, expected) in [
            ("com.tilt.api.Order", "Order"),
            ("app__schemas__order__Order", "Order"),
            ("models.Order", "Order"),
            ("Models.Order", "Order"),
            ("io.k8s.api.core.v1.Pod", "Pod"),
            ("request.Order", "RequestOrder"),
            ("Order.Item", "OrderItem"),
            ("Tilt.Pos.Order", "TiltPosOrder"),
            ("payment.created", "PaymentCreated"),
            ("ModelsOrder", "ModelsOrder"),
            ("", "Empty"),
            (".", "Dot"),
            ("__", "UnderscoreUnderscore"),
        ] {
            assert_eq!(schema_names(wire)[0], expected, "{wire}");
        }
        assert_eq!(
            schema_names("com.tilt.api.Order"),
            ["Order", "ApiOrder", "TiltApiOrder", "ComTiltApiOrder"]
        );
    }

    #[test]
    fn singular_knows_the_usual_endings() {
        for (plural, expected) in [
            ("orders", "order"),
            ("launch_tokens", "launch_token"),
            ("entities", "entity"),
            ("addresses", "address"),
            ("address", "address"),
            ("statuses", "status"),
            ("boxes", "box"),
            ("branches", "branch"),
            ("cases", "case"),
            ("business", "business"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let a = pascal(&"very_long_name_".repeat(20));
        let b = pascal(&("very_long_name_".repeat(20) + "x"));
        assert!(a.len() <= MAX_LENGTH && b.len() <= MAX_LENGTH);
        assert_ne!(a, b);
    }
}
