//! Rust in settings: paths of types and derives, attributes. None becomes source text that is no such thing.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::Deserialize;
use syn::parse::Parser;
use syn::{Attribute as Parsed, GenericArgument, PathArguments, Type};

/// Why a text cannot stand in generated code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RustTextError {
    /// It is no path of a type.
    #[error(
        "found `{}`, expected the path of a type, such as `crate::Currency` or `url::Url`, or one of the formats {}",
        .0.escape_debug(), KNOWN_FORMATS.join(", ")
    )]
    Type(String),
    /// It is no path of a derive macro.
    #[error("found `{}`, expected the path of a derive macro, such as `Hash` or `utoipa::ToSchema`", .0.escape_debug())]
    Derive(String),
    /// All types have it.
    #[error("every type implements `{0}`; take it out")]
    Implemented(String),
    /// It is not one attribute in one line.
    #[error(
        "found `{}`, expected one attribute in one line, such as `#[cfg_attr(test, derive(Hash))]`",
        .0.escape_debug()
    )]
    Attribute(String),
}

/// Formats that have types of the runtime.
const KNOWN_FORMATS: [&str; 8] = [
    "base64",
    "byte",
    "date",
    "date-time",
    "decimal",
    "duration",
    "time",
    "uuid",
];

/// Traits that generated types implement without a setting.
const IMPLEMENTED: [&str; 5] = ["Clone", "Debug", "PartialEq", "Serialize", "Deserialize"];

/// The type that a format or a schema is mapped to: the path of one, or a format whose type it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" =
    r"^(base64|byte|date|date-time|decimal|duration|time|uuid|(::)?[A-Za-z_]\w*(::[A-Za-z_]\w*)+(<.+>)?)$")))]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum MappedType {
    /// That of a format, such as `decimal`.
    Format(String),
    /// A type of Rust.
    Rust(TypePath),
}

/// The path of a type that generated code can name from anywhere: of its own crate, or of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
pub struct TypePath {
    text: String,
    /// Crates that it names, but for its own and the standard library.
    crates: BTreeSet<String>,
}

impl TypePath {
    /// As it is written in code, from its crate on.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Crates that it needs as dependencies, by the names that code has for them.
    pub(crate) fn crates(&self) -> impl Iterator<Item = &str> {
        self.crates.iter().map(String::as_str)
    }

    /// Whether it is a type of the generated crate itself.
    pub(crate) fn is_own(&self) -> bool {
        self.text.starts_with("crate::")
    }
}

impl FromStr for MappedType {
    type Err = RustTextError;

    fn from_str(text: &str) -> Result<Self, RustTextError> {
        if KNOWN_FORMATS.contains(&text) {
            return Ok(Self::Format(text.to_owned()));
        }
        let refused = || RustTextError::Type(text.to_owned());
        let Ok(Type::Path(parsed)) = syn::parse_str::<Type>(text) else {
            return Err(refused());
        };
        let is_whole = parsed.path.segments.len() > 1;
        let mut crates = BTreeSet::new();
        let path = type_path(&parsed, &mut crates, true).filter(|_| is_whole);
        let text = path.ok_or_else(refused)?;
        Ok(Self::Rust(TypePath { text, crates }))
    }
}

/// A path of types alone, as it is printed. Not `super::…`: it is named in several modules.
fn type_path(ty: &syn::TypePath, crates: &mut BTreeSet<String>, outermost: bool) -> Option<String> {
    if ty.qself.is_some() {
        return None;
    }
    let segments = &ty.path.segments;
    let first = segments.first()?.ident.to_string();
    if matches!(first.as_str(), "self" | "super" | "Self") {
        return None;
    }
    let of_crate = first != "crate" && segments.len() > 1;
    if of_crate && !matches!(first.as_str(), "std" | "core" | "alloc") {
        crates.insert(first.trim_start_matches("r#").to_owned());
    }
    // A module of this name may stand beside whatever names the type.
    let mut text = String::from(if of_crate { "::" } else { "" });
    for (at, segment) in segments.iter().enumerate() {
        if at > 0 {
            text.push_str("::");
        }
        text.push_str(&segment.ident.to_string());
        match &segment.arguments {
            PathArguments::None => {}
            PathArguments::AngleBracketed(arguments) if at + 1 == segments.len() => {
                let inner = arguments.args.iter().map(|argument| match argument {
                    GenericArgument::Type(Type::Path(inner)) => type_path(inner, crates, false),
                    _ => None,
                });
                let inner: Option<Vec<String>> = inner.collect();
                text.push_str(&format!("<{}>", inner?.join(", ")));
            }
            _ => return None,
        }
    }
    (!outermost || segments.len() > 1).then_some(text)
}

impl std::fmt::Display for MappedType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Format(name) => f.write_str(name),
            Self::Rust(path) => f.write_str(path.text.trim_start_matches("::")),
        }
    }
}

/// A derive macro.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" =
    r"^(?!(.*::)?(Clone|Debug|PartialEq|Serialize|Deserialize)$)(::)?[A-Za-z_]\w*(::[A-Za-z_]\w*)*$")))]
#[serde(try_from = "String", into = "String")]
pub struct Derive(String);

impl Derive {
    /// Its path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The crate that it needs as a dependency.
    pub(crate) fn needs(&self) -> Option<&str> {
        let (first, _) = self.0.trim_start_matches("::").split_once("::")?;
        (!matches!(first, "crate" | "std" | "core" | "alloc")).then_some(first)
    }
}

impl FromStr for Derive {
    type Err = RustTextError;

    fn from_str(text: &str) -> Result<Self, RustTextError> {
        let refused = || RustTextError::Derive(text.to_owned());
        let path = syn::parse_str::<syn::Path>(text).map_err(|_| refused())?;
        if path.segments.iter().any(|it| !it.arguments.is_none()) {
            return Err(refused());
        }
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        match names.last() {
            Some(name) if IMPLEMENTED.contains(&name.as_str()) => {
                return Err(RustTextError::Implemented(name.clone()));
            }
            _ => {}
        }
        let leading = path.leading_colon.map_or("", |_| "::");
        Ok(Self(format!("{leading}{}", names.join("::"))))
    }
}

/// An attribute of a type, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = r"^#\[[^\n]+\]$")))]
#[serde(try_from = "String", into = "String")]
pub struct Attribute(String);

impl Attribute {
    /// With its brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Attribute {
    type Err = RustTextError;

    fn from_str(text: &str) -> Result<Self, RustTextError> {
        let parsed = Parsed::parse_outer.parse_str(text);
        let is_one = parsed.is_ok_and(|parsed| parsed.len() == 1);
        let is_bare = text.starts_with("#[") && text.ends_with(']');
        match is_one && is_bare && !text.contains(char::is_control) {
            true => Ok(Self(text.to_owned())),
            false => Err(RustTextError::Attribute(text.to_owned())),
        }
    }
}

macro_rules! from_text {
    ($($name:ident: $text:expr;)*) => {$(
        impl TryFrom<String> for $name {
            type Error = RustTextError;

            fn try_from(text: String) -> Result<Self, RustTextError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                let text: fn(&$name) -> String = $text;
                text(&value)
            }
        }
    )*};
}

from_text! {
    MappedType: |it| it.to_string();
    Derive: |it| it.0.clone();
    Attribute: |it| it.0.clone();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_from_its_crate_on() {
        for (text, printed, crates) in [
            ("crate::Currency", "crate::Currency", vec![]),
            ("url::Url", "::url::Url", vec!["url"]),
            ("::url::Url", "::url::Url", vec!["url"]),
            ("std::net::Ipv4Addr", "::std::net::Ipv4Addr", vec![]),
            (
                "chrono::DateTime< chrono::Utc >",
                "::chrono::DateTime<::chrono::Utc>",
                vec!["chrono"],
            ),
        ] {
            let Ok(MappedType::Rust(path)) = text.parse() else {
                panic!("{text}");
            };
            assert_eq!(path.as_str(), printed);
            assert_eq!(path.crates().collect::<Vec<_>>(), crates);
        }
        assert_eq!(
            "decimal".parse(),
            Ok(MappedType::Format("decimal".to_owned()))
        );
    }

    #[test]
    fn what_is_no_path_of_a_type_is_refused() {
        for text in [
            "",
            "Currency",
            "super::A",
            "&'static str",
            "a::B; evil()",
            "a::B<'static>",
            "a b::C",
            "a::B<3>",
            "<A as b::C>::D",
            "dyn a::B",
        ] {
            let refused = Err(RustTextError::Type(text.to_owned()));
            assert_eq!(text.parse::<MappedType>(), refused, "{text}");
        }
    }

    #[test]
    fn a_derive_is_a_path_that_not_every_type_has() {
        let derive: Derive = "utoipa::ToSchema".parse().unwrap();
        assert_eq!(
            (derive.as_str(), derive.needs()),
            ("utoipa::ToSchema", Some("utoipa"))
        );
        assert_eq!("Hash".parse::<Derive>().unwrap().needs(), None);
        for text in ["", "Hash, Eq", "A<B>", "Hash)]"] {
            let refused = Err(RustTextError::Derive(text.to_owned()));
            assert_eq!(text.parse::<Derive>(), refused);
        }
        let refused = Err(RustTextError::Implemented("Serialize".to_owned()));
        assert_eq!("serde::Serialize".parse::<Derive>(), refused);
    }

    #[test]
    fn an_attribute_stands_alone_in_its_line() {
        for text in [
            "#[non_exhaustive]",
            "#[cfg_attr(feature = \"x\", derive(a::B))]",
        ] {
            assert_eq!(text.parse::<Attribute>().unwrap().as_str(), text);
        }
        for text in [
            "",
            "non_exhaustive",
            "#[a] fn evil() {}",
            "#[a",
            "#![a]",
            "#[a]\n#[b]",
            "#[a] #[b]",
            "#[a(]",
        ] {
            let refused = Err(RustTextError::Attribute(text.to_owned()));
            assert_eq!(text.parse::<Attribute>(), refused, "{text}");
        }
    }
}
