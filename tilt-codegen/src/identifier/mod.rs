//! From the names of a document to the identifiers of Rust: what each kind of thing may be called.
//!
//! A name is a pure function of what it names, as far as that is possible: adding something to a
//! document never changes the name of what was there. Only where two wire names become one
//! identifier does one of them have to give way; see [`unique`]. A [names file](crate::lock)
//! remembers which one, so that it stays so.

mod collision;
mod reserved;
mod singular;
mod spelling;

pub(crate) use self::collision::{Order, unique};
use self::reserved::{BARE_KEYWORDS, KEYWORDS};
pub(crate) use self::reserved::{CLIENT_CREDENTIALS, NameKind, may_be_setter};
pub(crate) use self::singular::{is_plural, plural, singular};
pub(crate) use self::spelling::{
    abbreviated, beginning, end_of_address, fingerprint, pascal, snake, words,
};

/// A type's name: `PascalCase`.
pub(crate) fn type_name(wire: &str) -> String {
    NameKind::Type.clear(pascal(wire))
}

/// An enum variant's name: `PascalCase`, never `Unknown` (which the catch-all has) or `Self`.
pub(crate) fn variant_name(wire: &str) -> String {
    NameKind::Variant.clear(pascal(wire))
}

/// An enum variant's names, best first: of a sentence, the words that it begins with, and of an address what that ends
/// in, or else all.
pub(crate) fn variant_names(wire: &str) -> Vec<String> {
    let name = variant_name(wire);
    let end = end_of_address(wire).map(variant_name);
    let brief = beginning(wire).map(|beginning| variant_name(&beginning));
    end.into_iter().chain(brief).chain([name]).collect()
}

/// An environment's name: `PascalCase`, never `Custom` (which the catch-all has).
pub(crate) fn environment_name(wire: &str) -> String {
    let name = variant_name(wire);
    NameKind::Environment.clear(name)
}

/// A field's name: `snake_case`, raw where it is a keyword.
pub(crate) fn field_name(wire: &str) -> String {
    escape_keyword(NameKind::Field.clear(snake(wire)))
}

/// The name of the method that gives a property which events have in common.
pub(crate) fn event_accessor_name(wire: &str) -> String {
    escape_keyword(NameKind::EventAccessor.clear(snake(wire)))
}

/// A parameter's name: `snake_case`, clear of what calls have. Without the path that `name=shelves/*` has of its own.
pub(crate) fn parameter_name(wire: &str) -> String {
    let wire = match wire.split_once('=') {
        Some((name, template)) if template.contains('*') && !name.is_empty() => name,
        _ => wire.strip_suffix("[]").unwrap_or(wire),
    };
    let name = snake(wire);
    escape_keyword(NameKind::Parameter.clear(name))
}

/// A method's or module's name.
pub(crate) fn method_name(wire: &str) -> String {
    escape_keyword(snake(wire))
}

/// The name of a builder's method that takes credentials.
pub(crate) fn credential_name(wire: &str) -> String {
    NameKind::Credential.clear(method_name(wire))
}

/// A file's and module's name: no keyword, and not `mod`.
pub(crate) fn module_name(wire: &str) -> String {
    let module = method_name(wire);
    match module.strip_prefix("r#") {
        Some(keyword) => format!("{keyword}_"),
        None => module,
    }
}

/// The name of the client's method that gives a resource, and of the resource's module.
pub(crate) fn accessor_name(resource: &str) -> String {
    NameKind::Accessor.clear(module_name(resource))
}

/// A schema's names, best first: without the namespace that some languages put in front of it, then
/// with more and more of that, and at last with all of it.
///
/// A namespace shows in the name alone, so that a schema that is added changes no other's
/// name: `com.tilt.api.Order` and `models.Order` have one, `Order.Item` and `Tilt.Pos.Order` may mean
/// what they say.
pub(crate) fn schema_names(wire: &str) -> Vec<String> {
    let all = words(wire);
    let short = abbreviated(&all);
    if short.len() < all.len() {
        return vec![type_name(&short.join("_")), type_name(wire)];
    }
    if let Some(name) = said_once(wire) {
        return vec![type_name(name), type_name(wire)];
    }
    if let Some(name) = behind_collections(wire) {
        return vec![type_name(name), type_name(wire)];
    }
    let separator = if wire.contains("__") { "__" } else { "." };
    let segments: Vec<&str> = wire.split(separator).collect();
    let Some((last, namespace)) = segments.split_last() else {
        return vec![type_name(wire)];
    };
    let is_type = last.starts_with(|c: char| c.is_ascii_uppercase());
    let is_lower = |text: &&str| {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '/');
        !text.is_empty() && text.chars().all(plain)
    };
    // Go writes a package with the host that it comes from: `github_com_acme_types.Money`.
    let is_hosted = |text: &str| HOSTS.iter().any(|host| text.starts_with(host));
    let packaged = namespace.iter().all(is_lower)
        && (namespace.len() > 1 || namespace.iter().any(|text| is_hosted(text)));
    let collected = match namespace {
        [one] => {
            let one = one.trim_matches('_').to_ascii_lowercase();
            COLLECTIONS.contains(&one.as_str())
        }
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

/// The name behind a word that is said twice: API Platform's `Book-book.read` has the group of properties `book.read`.
fn said_once(wire: &str) -> Option<&str> {
    let (first, rest) = wire.split_once('-')?;
    let again = rest.split(['.', '-', ':']).next()?;
    let is_again = !first.is_empty() && words(first) == words(again);
    (is_again && rest.len() > again.len()).then_some(rest)
}

/// The name behind several words for where programs keep their types: `Branch` of `API_Entities_Branch`.
fn behind_collections(wire: &str) -> Option<&str> {
    const FEWEST: usize = 2;
    let mut rest = wire;
    let mut count = 0;
    while let Some((word, behind)) = rest.split_once('_')
        && COLLECTIONS.contains(&word.to_ascii_lowercase().as_str())
    {
        rest = behind;
        count += 1;
    }
    (count >= FEWEST && rest.starts_with(|c: char| c.is_ascii_uppercase())).then_some(rest)
}

/// Hosts of packages.
const HOSTS: &[&str] = &[
    "bitbucket_org_",
    "github_com_",
    "gitlab_com_",
    "google_golang_org_",
    "gopkg_in_",
];

/// Where programs keep their types: says nothing about what they are.
const COLLECTIONS: &[&str] = &[
    "api",
    "common",
    "contract",
    "contracts",
    "core",
    "definitions",
    "domain",
    "dto",
    "dtos",
    "entities",
    "entity",
    "httputil",
    "httputils",
    "internal",
    "main",
    "model",
    "models",
    "schema",
    "schemas",
    "shared",
    "types",
    "util",
    "utils",
    "viewmodels",
];

/// Whether a text can be the name of a type.
pub(crate) fn is_type_name(text: &str) -> bool {
    is_pascal(text) && !NameKind::Type.reserves(text)
}

/// Whether a text can be the name of a variant.
pub(crate) fn is_variant_name(text: &str) -> bool {
    is_pascal(text) && !NameKind::Variant.reserves(text)
}

/// Whether a text can be the name of an environment.
pub(crate) fn is_environment_name(text: &str) -> bool {
    is_pascal(text) && !NameKind::Environment.reserves(text)
}

/// Whether a text can be the name of a field, where need be in its raw form.
pub(crate) fn is_field_name(text: &str) -> bool {
    is_snake(text) && !NameKind::Field.reserves(text)
}

/// True of a text that can be the name of an accessor of events, where need be in its raw form.
pub(crate) fn is_event_accessor_name(text: &str) -> bool {
    is_snake(text) && !NameKind::EventAccessor.reserves(text)
}

/// Whether a text can be the name of a parameter, where need be in its raw form.
pub(crate) fn is_parameter_name(text: &str) -> bool {
    is_snake(text) && !NameKind::Parameter.reserves(text)
}

/// Whether a text can be the name of a constant.
pub(crate) fn is_constant_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.len() <= MOST_LENGTH
        && text.chars().all(fits)
}

/// A package's name, of an API's title: `kebab-case`; empty where the title has no word.
pub fn package_name(title: &str) -> String {
    match title.contains(char::is_alphanumeric) {
        true => words(title).join("-"),
        false => String::new(),
    }
}

/// True of a text that can be the name of a cargo feature.
pub(crate) fn is_feature_name(text: &str) -> bool {
    let is_word = |word: &str| {
        let mut chars = word.chars();
        !word.is_empty() && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.split('-').all(is_word) && !NameKind::Feature.reserves(text)
}

/// Whether a text can be the name of a resource or of its method. Their final
/// names are made of it, so it has to be as [`snake`] would spell it: else two could become one.
pub(crate) fn is_method_name(text: &str) -> bool {
    let spelled = is_snake(text) || matches!(text, "crate" | "self" | "super");
    spelled && !text.contains("__") && !text.ends_with('_')
}

/// Whether a text can be the name of a method that takes credentials.
pub(crate) fn is_credential_name(text: &str) -> bool {
    is_snake(text) && (!NameKind::Credential.reserves(text) || text == CLIENT_CREDENTIALS)
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_namespace_is_no_part_of_a_name_where_it_shows_that_it_is_one() {
        for (wire, expected) in [
            ("com.tilt.api.Order", "Order"),
            ("app__schemas__order__Order", "Order"),
            ("models.Order", "Order"),
            ("_types.Order", "Order"),
            ("httputil.HTTPError", "HttpError"),
            ("github_com_acme_gopher_internal_types.Money", "Money"),
            ("github.com/acme/gopher/types.Money", "Money"),
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
}
