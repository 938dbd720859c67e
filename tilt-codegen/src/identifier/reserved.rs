//! The names that generated code has for itself, in one list. Each way to give a name asks it: the
//! document, a names file, `codegen.toml`.

/// The kind of thing that a name is for: each has a scope of its own in generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// A data type, or the struct of a call.
    Type,
    /// A variant of an enum of values, of a union, of events, of scopes, of bodies or of answers.
    Variant,
    /// A variant of the enum of environments.
    Environment,
    /// A property of a struct: a field, and a setter.
    Field,
    /// A method of the enum of events that gives a property which all have.
    EventAccessor,
    /// A setter or argument of a call.
    Parameter,
    /// A method of the client that gives a resource.
    Accessor,
    /// A method of the client's builder that takes credentials.
    Credential,
    /// A cargo feature.
    Feature,
}

impl NameKind {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [NameKind; 9] = [
        NameKind::Type,
        NameKind::Variant,
        NameKind::Environment,
        NameKind::Field,
        NameKind::EventAccessor,
        NameKind::Parameter,
        NameKind::Accessor,
        NameKind::Credential,
        NameKind::Feature,
    ];

    /// Names that nothing of this kind may have.
    pub(crate) fn reserved(self) -> &'static [&'static str] {
        match self {
            NameKind::Type => TYPES,
            NameKind::Variant => VARIANTS,
            NameKind::Environment => ENVIRONMENTS,
            NameKind::Field => FIELDS,
            NameKind::EventAccessor => EVENT_ACCESSORS,
            NameKind::Parameter => PARAMETERS,
            NameKind::Accessor => ACCESSORS,
            NameKind::Credential => CREDENTIALS,
            NameKind::Feature => FEATURES,
        }
    }

    /// Whether generated code has this name for itself.
    pub(crate) fn reserves(self, name: &str) -> bool {
        self.reserved().contains(&name)
    }

    /// A name that is spelled as it should be, out of the way of those that are reserved.
    pub(crate) fn clear(self, name: String) -> String {
        if !self.reserves(&name) {
            return name;
        }
        match self {
            NameKind::Type => format!("{name}Type"),
            NameKind::Variant => format!("{name}Value"),
            NameKind::Environment => format!("{name}Environment"),
            NameKind::Field
            | NameKind::EventAccessor
            | NameKind::Parameter
            | NameKind::Accessor => format!("{name}_"),
            NameKind::Credential => format!("{name}_auth"),
            NameKind::Feature => format!("{name}-api"),
        }
    }
}

/// The method of a builder for OAuth2 client credentials: theirs alone.
pub(crate) const CLIENT_CREDENTIALS: &str = "credentials";

/// Types of the standard prelude, and those that generated code names without a path.
const TYPES: &[&str] = &[
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

/// `Unknown` is the variant for all else.
const VARIANTS: &[&str] = &["Unknown", "Self"];

/// `Custom` is the variant for all else.
const ENVIRONMENTS: &[&str] = &["Custom", "Unknown", "Self"];

/// Names that a struct has beside its properties.
const FIELDS: &[&str] = &["extra", "new", "clone", "builder"];

/// Functions of traits that types which are sent have: a setter of such a name would hide `T::from` and `T::default`.
const OF_TRAITS: &[&str] = &["default", "from", "into", "sample", "try_from", "try_into"];

/// Whether a property of this name may have a setter. One without is set by its name; `new` is the constructor's.
pub(crate) fn may_be_setter(field: &str) -> bool {
    field != "new" && !OF_TRAITS.contains(&field)
}

/// Names that the enum of events has beside what events have in common, of its own and by traits that all
/// types have.
const EVENT_ACCESSORS: &[&str] = &[
    "parse",
    "from_channel",
    "clone",
    "clone_from",
    "clone_into",
    "to_owned",
    "eq",
    "ne",
    "fmt",
    "from",
    "into",
    "try_from",
    "try_into",
    "borrow",
    "borrow_mut",
    "type_id",
];

/// Names that the struct of a call has beside its parameters.
const PARAMETERS: &[&str] = &[
    "call",
    "send",
    "within",
    "attempts",
    "stream_limit",
    "retry_key",
    "journaled",
    "resuming",
    "wait",
    "without_validation",
    "items",
    "pages",
    "into_future",
    "clone",
    "header",
    "new",
    "body",
];

/// Names that the client has beside its resources.
const ACCESSORS: &[&str] = &["builder", "clone", "new", "request", "resources"];

/// Names that the builder of a client has beside credentials.
const CREDENTIALS: &[&str] = &[
    "new",
    "build",
    "builder",
    "scopes",
    "credentials",
    "environment",
    "timeout",
    "user_agent",
    "header",
    "default_header",
    "http_client",
    "client",
    "clock",
    "random",
    "attempts",
    "attempt_timeout",
    "retry_budget",
    "rate_limit",
    "observe",
    "journal",
    "transport",
    "base_url",
    "without_authentication",
    "without_validation",
    "token_provider",
    "token_endpoint_auth",
    "allow_plain_http",
    "server_variable",
    "connect_timeout",
    "read_timeout",
    "response_limit",
    "stream_limit",
];

/// Features that a generated crate has beside those of its operations.
const FEATURES: &[&str] = &[
    "all",
    "blocking",
    "charset",
    "chrono",
    "client",
    "default",
    "gzip",
    "http2",
    "jiff",
    "native-tls",
    "rate-limit",
    "rustls",
    "samples",
    "schemars",
    "server",
    "stream",
    "time",
    "tracing",
    "uuid",
    "webhooks",
];

/// Raw identifiers where they are names; files and modules get a `_`.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that have no raw form.
pub(super) const BARE_KEYWORDS: &[&str] = &["crate", "self", "super", "Self", "_", ""];

#[cfg(test)]
mod tests {
    use super::*;

    const MACROS: &str = include_str!("../../../tilt-generated/runtime/src/client/macros.rs");

    /// The methods that a macro of the runtime gives to what it declares.
    fn methods_of(name: &str) -> Vec<&'static str> {
        let start = format!("macro_rules! {name} {{");
        let (_, rest) = MACROS.split_once(start.as_str()).expect("the macro");
        let rest = rest.split("macro_rules!").next().unwrap_or(rest);
        let methods = rest.split("pub fn ").skip(1);
        methods.filter_map(|rest| rest.split('(').next()).collect()
    }

    #[test]
    fn what_macros_of_the_runtime_declare_is_reserved() {
        for (name, kind, one) in [
            ("call", NameKind::Parameter, "within"),
            ("client_builder", NameKind::Credential, "base_url"),
            ("rate_limit_setting", NameKind::Credential, "rate_limit"),
        ] {
            let methods = methods_of(name);
            assert!(methods.contains(&one), "{methods:?}");
            for method in methods {
                assert!(kind.reserves(method), "{method}");
            }
        }
    }

    #[test]
    fn what_gives_way_is_not_reserved_itself() {
        for kind in NameKind::ALL {
            for name in kind.reserved() {
                let clear = kind.clear((*name).to_owned());
                assert!(!kind.reserves(&clear), "{kind:?} {clear}");
            }
        }
    }
}
