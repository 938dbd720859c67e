//! Settings for what a document cannot say: `codegen.toml`.
//!
//! ```
//! let config = tilt_codegen::config::Config::from_toml(r#"
//!     [types.rename]
//!     CreateOrderRequest = "CreateOrder"
//!
//!     [operations.rename]
//!     "POST /orders/{id}/close" = "orders.close"
//!
//!     [[environments]]
//!     name = "Dev"
//!     api = "https://api.dev.example.com"
//!     token = "https://auth.dev.example.com/oauth2/token"
//! "#)?;
//! assert_eq!(config.environments[0].name, "Dev");
//! # Ok::<(), tilt_codegen::config::ConfigError>(())
//! ```
//!
//! A program without such a file changes a [`Config::default`]. The first lines of documentation here
//! are also those of `docs/codegen.md` and of the JSON Schema.

mod events;
mod header_name;
mod pagination;
pub(crate) mod pattern;
mod retry;
mod signed_text;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Limits;
pub use events::{
    EventOperations, EventSettings, KeyEncoding, Signature, SignatureEncoding, SignatureHash,
};
use serde::Deserialize;

pub use crate::manifest::{Dependencies, Keywords, Line, Package, PackageError, WebUrl};
pub use crate::rust_text::{Attribute, Derive, MappedType, RustTextError, TypePath};
pub use header_name::HeaderName;
pub use pagination::{Lists, Pagination, PropertyPath};
pub use retry::{ErrorStatus, Lifetime, RetrySettings};
pub use signed_text::{SignedPart, SignedText};
pub(crate) use written::Setting;
pub use written::Written;

/// Settings of the generator; all of them have a default.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Config {
    /// Names of types, the user's own among them, and what they derive.
    pub types: Types,
    /// Names of operations.
    pub operations: Operations,
    /// Identifiers that get types of their own, so that none is given for another: where they stand, to the
    /// name of the type. They stand at every property and parameter of a name (`order_id`), at one property
    /// of a type (`Order.id`), or in a path and all that begin with it (`/orders/{id}`).
    pub ids: BTreeMap<String, String>,
    /// In place of the document's servers.
    pub environments: Vec<EnvironmentSettings>,
    /// How the API authenticates.
    pub auth: Auth,
    /// How lists page. Without it, parameters and answers are looked at.
    pub pagination: Option<Pagination>,
    /// Styles of some lists, before `pagination`: the first that a list can be is taken.
    pub lists: Vec<Lists>,
    /// Requests that may be sent again.
    pub retry: RetrySettings,
    /// Where an error body carries what users ask for.
    pub errors: Errors,
    /// How events are told apart and verified.
    pub events: EventSettings,
    /// Values that must not be seen in logs.
    pub secrets: Secrets,
    /// The operations to generate.
    pub select: Select,
    /// The parts to generate of them.
    pub parts: Parts,
    /// Entries of the manifest, where a whole crate is written.
    pub package: Package,
    /// Limits on what documents may cost.
    pub limits: Limits,
    /// Where the settings stand, so that diagnostics can show what is wrong with one.
    #[serde(skip)]
    pub written: Written,
}

/// Types: what they are called, what is mapped to types of other crates or of users, what they derive.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Types {
    /// Generated name to wanted name.
    pub rename: BTreeMap<String, String>,
    /// Formats of texts, integers and numbers, to the path of a type (`crate::Currency`, `url::Url`), or to
    /// another format whose type they have (`decimal`).
    pub format: BTreeMap<String, MappedType>,
    /// Schemas, by the name that a document has for one or by a JSON pointer (`#/components/schemas/Money`), to the
    /// same.
    pub schema: BTreeMap<String, MappedType>,
    /// Properties that are texts and have no format or list, by name, in which `*` stands for any text (`*_amount`), to
    /// the same. The name itself counts before a pattern, and a longer pattern before a shorter one.
    pub property: BTreeMap<String, MappedType>,
    /// The type of decimals: their text, or that of a crate.
    pub decimal: Decimals,
    /// Names of types, in which `*` stands for any text, to further traits that they derive.
    pub derive: BTreeMap<String, Vec<Derive>>,
    /// Names of types, in which `*` stands for any text, to attributes of them.
    pub attributes: BTreeMap<String, Vec<Attribute>>,
}

/// The type of decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decimals {
    /// That of the runtime, which keeps the text; numbers keep theirs.
    #[default]
    Text,
    /// Exactly one of the crate `rust_decimal`, or an error.
    RustDecimal,
    /// One of the crate `bigdecimal`.
    Bigdecimal,
}

/// Names of operations.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Operations {
    /// `METHOD path`, or an operationId, to `resource.method`.
    pub rename: BTreeMap<String, String>,
}

/// A place where the API runs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EnvironmentSettings {
    /// In `PascalCase`, such as `Dev`.
    pub name: String,
    /// The base URL of the API; may contain `{variable}`s.
    pub api: String,
    /// The OAuth2 token endpoint.
    pub token: Option<String>,
    /// For documentation.
    #[serde(default)]
    pub description: String,
}

impl EnvironmentSettings {
    /// One without a token endpoint and a description of its own.
    pub fn new(name: impl Into<String>, api: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            api: api.into(),
            token: None,
            description: String::new(),
        }
    }
}

/// Facts about authentication that the document does not state.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Auth {
    /// The API takes OAuth2 client credentials, whatever its document declares.
    pub client_credentials: bool,
    /// Scope to description. A scope that an operation's description names is one it requires.
    pub scopes: BTreeMap<String, String>,
}

/// Property names at the top level of an error body.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Errors {
    /// A machine-readable code.
    pub code: Option<String>,
    /// A text for people.
    pub message: Option<String>,
    /// The request's id, for the support.
    pub request_id: Option<String>,
}

/// Values that must not be seen in logs.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Secrets {
    /// Names of properties, in any schema, whose text gives access to something.
    pub properties: Vec<String>,
    /// Names of properties and parameters that are about a person, such as `email`: values to use as all others, which
    /// neither `Debug` nor an error shows.
    pub personal: Vec<String>,
}

/// The operations to generate; types that nothing then uses go away with the others.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Select {
    /// Empty: all.
    pub include: Vec<Selector>,
    /// Wins over `include`.
    pub exclude: Vec<Selector>,
}

/// Operations, by one thing that they have in common. As text: `tag:NAME`, `path:PREFIX`,
/// `operation:ID`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^(tag:.|path:/|operation:.)")))]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Selector {
    /// Those with this tag.
    Tag(String),
    /// Those whose path starts so.
    Path(String),
    /// The one with this operationId, or, as `METHOD /path`, this method and path.
    Operation(String),
}

impl FromStr for Selector {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        match text.split_once(':') {
            Some(("tag", tag)) if !tag.is_empty() => Ok(Self::Tag(tag.to_owned())),
            Some(("path", prefix)) if prefix.starts_with('/') => Ok(Self::Path(prefix.to_owned())),
            Some(("operation", id)) if !id.is_empty() => Ok(Self::Operation(id.to_owned())),
            _ => Err(ConfigError(format!(
                "`{}` selects nothing: expected `tag:NAME`, `path:/PREFIX` or `operation:ID`",
                text.escape_debug()
            ))),
        }
    }
}

impl TryFrom<String> for Selector {
    type Error = ConfigError;

    fn try_from(text: String) -> Result<Self, ConfigError> {
        text.parse()
    }
}

impl From<Selector> for String {
    fn from(selector: Selector) -> Self {
        selector.to_string()
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Path(prefix) => write!(f, "path:{prefix}"),
            Self::Operation(id) => write!(f, "operation:{id}"),
        }
    }
}

/// The parts of an API that the SDK has beside its types.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Parts {
    /// The client, with a method for each operation. Default: yes.
    pub client: bool,
    /// A server, for who turns the feature `server` on: a trait for each resource, with a method for each operation.
    /// Types of answers can be made then, as those of requests can. Default: no.
    pub server: bool,
    /// Events and webhooks. Default: yes.
    pub events: bool,
    /// JSON Schemas of all types, for who turns the feature `schemars` on. Default: yes.
    pub schemas: bool,
    /// Sample values of all types that users read, for who turns the feature `samples` on in tests. Default: yes.
    pub samples: bool,
    /// Programs in the folder `examples` of a crate whose manifest is generated. Default: yes.
    pub examples: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            client: true,
            server: false,
            events: true,
            schemas: true,
            samples: true,
            examples: true,
        }
    }
}

/// A configuration that cannot be used.
///
/// `Debug`, which is what a `main` that returns an error prints, is as readable as `Display`.
#[derive(Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl std::fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl Config {
    /// Reads `codegen.toml`.
    ///
    /// # Errors
    ///
    /// The text is no TOML, or has a key that does not exist; the message names line and column.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let mut config: Self =
            toml::from_str(text).map_err(|error| ConfigError(error.to_string()))?;
        config.written = Written::new(text);
        if config.limits.depth > Limits::DEEPEST {
            return Err(ConfigError(format!(
                "limits.depth is {}: expected at most {}, which is what the stack holds",
                config.limits.depth,
                Limits::DEEPEST
            )));
        }
        if config.limits.nesting > Limits::DEEPEST {
            return Err(ConfigError(format!(
                "limits.nesting is {}: expected at most {}, which is what the stack holds",
                config.limits.nesting,
                Limits::DEEPEST
            )));
        }
        if let Some(signature) = &config.events.signature {
            signature.check()?;
        }
        Ok(config)
    }

    /// An error for each entry of `[types]` with a crate that is no dependency of a crate of these and those of
    /// `[package.dependencies]`.
    #[doc(hidden)] // for the command, which knows the manifest
    pub fn missing_dependencies(&self, there: &[String]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let own = self.package.dependencies.iter().map(|(name, _)| name);
        let own = own.chain(there.iter().map(String::as_str));
        let own: BTreeSet<String> = own.map(|name| name.replace('-', "_")).collect();
        let mut check = |setting: Setting<'_>, shown: &str, krate: &str| {
            if own.contains(krate) {
                return;
            }
            const CODE: Code = Code::MISSING_DEPENDENCY;
            let message = format!(
                "`{shown}` is of the crate `{krate}`, on which the generated crate does not depend"
            );
            let help = format!("add `{krate} = \"…\"` to [package.dependencies]");
            found.push(self.written.diagnostic(setting, CODE, message, help));
        };
        let formats = self.types.format.iter();
        let formats = formats.map(|(key, ty)| (Setting::TypeFormat(key), ty));
        let schemas = self.types.schema.iter();
        let schemas = schemas.map(|(key, ty)| (Setting::TypeSchema(key), ty));
        let properties = self.types.property.iter();
        let properties = properties.map(|(key, ty)| (Setting::TypeProperty(key), ty));
        for (setting, ty) in formats.chain(schemas).chain(properties) {
            if let MappedType::Rust(path) = ty {
                path.crates()
                    .for_each(|krate| check(setting, &ty.to_string(), krate));
            }
        }
        for (key, derives) in &self.types.derive {
            for (index, derive) in derives.iter().enumerate() {
                if let Some(krate) = derive.needs() {
                    check(Setting::Derive(key, index), derive.as_str(), krate);
                }
            }
        }
        found
    }

    /// The same under the name of the file that it was read from: diagnostics show it.
    #[must_use]
    pub fn named(mut self, file: &str) -> Self {
        self.written.name(file);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_main_prints_is_for_people() {
        let error = Config::from_toml("[parts]\nclient = 1\n").unwrap_err();
        let shown = format!("{error:?}");
        assert_eq!(shown, error.to_string());
        assert!(
            shown.lines().any(|line| line.ends_with("client = 1")),
            "{shown}"
        );
    }

    #[test]
    fn a_signature_whose_parts_are_nowhere_is_refused() {
        let read = |settings: &str| {
            Config::from_toml(&format!("[events.signature]\nheader = \"X\"\n{settings}\n"))
        };
        for (settings, expected) in [
            ("signed = '{timestamp}{body}'", "expected `timestamp` or"),
            ("signed = '{id}{body}'", "expected `id`"),
            ("id = 'X-Id'", "expected `{id}` in"),
            ("timestamp = 'X-Time'", "expected `{timestamp}` in"),
            ("timestamp_prefix = 't='", "expected `{timestamp}` in"),
            (
                "timestamp_prefix = ''\nsigned = '{timestamp}{body}'",
                "such as `t=`",
            ),
            (
                "timestamp = 'T'\ntimestamp_prefix = 't='\nsigned = '{timestamp}{body}'",
                "expected one of them",
            ),
            (
                "signed = '{url}{body}'",
                "expected a text with `{body}` once",
            ),
        ] {
            let error = read(settings).unwrap_err().to_string();
            assert!(error.contains(expected), "{settings}: {error}");
        }
        assert!(read("timestamp_prefix = 't='\nsigned = '{timestamp}.{body}'").is_ok());
    }

    #[test]
    fn an_entry_that_no_manifest_can_have_is_refused_where_it_stands() {
        for (entry, expected) in [
            ("license = \"\"", "expected one line"),
            ("license = \"MIT\\n\"", "expected one line"),
            ("authors = [\"Jane\", \" \"]", "found ` `"),
            ("repository = \"git@example.com:a/b.git\"", "expected a URL"),
            ("homepage = \"https://\"", "expected a URL"),
            ("documentation = \"https://a b\"", "expected a URL"),
            ("keywords = [\"a b\"]", "found `a b`, expected a keyword"),
            ("keywords = [\"-a\"]", "expected a keyword"),
            (
                "keywords = [\"a2345678901234567890b\"]",
                "expected a keyword",
            ),
            (
                "keywords = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]",
                "found 6 keywords",
            ),
            ("dependencies = {\"a b\" = \"1\"}", "found `a b`"),
            ("dependencies = {a = 1}", "the dependency `a`"),
            (
                "dependencies = {a = {version = \"1\", optional = true}}",
                "optional",
            ),
            ("dependencies = {tilt_runtime = \"1\"}", "--runtime-path"),
            ("licence = \"MIT\"", "unknown field"),
        ] {
            let text = format!("[package]\n{entry}\n");
            let message = Config::from_toml(&text).unwrap_err().to_string();
            assert!(message.contains("line 2,"), "{entry}: {message}");
            assert!(message.contains(expected), "{entry}: {message}");
        }
    }

    #[test]
    fn a_setting_without_effect_is_refused_where_it_stands() {
        for text in [
            "[idempotency]\nheader = \"X-Key\"\n",
            "[pagination]\nstyle = \"offset\"\noffset = \"skip\"\nitems = \"items\"\nlimit = \"take\"\n",
            "[pagination]\nstyle = \"page\"\npage = \"page\"\nitems = \"items\"\nsize = \"take\"\n",
            "[pagination]\nstyle = \"none\"\nitems = \"items\"\n",
        ] {
            let message = Config::from_toml(text).unwrap_err().to_string();
            assert!(message.contains("line "), "{message}");
            assert!(message.contains("unknown field"), "{message}");
        }
    }
}
