//! A crate around the source tree: its README, its root, and its manifest, of which all entries are written here. It
//! states a `license` only where a setting does: that of an SDK is its maintainers' to choose.

use super::examples::{self, is_signed};
use super::front_page;
use super::source::{Source, code, ident};
use super::{File, HEADER, readme};
use crate::manifest::{Package, WebUrl};
use crate::model::{Mapped, Program, Sdk};
use std::collections::BTreeSet;

/// The crate around an API.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RenderOptions {
    /// The name of the package.
    pub crate_name: String,
    /// The version of the package.
    pub crate_version: String,
    /// The source of `tilt-runtime`.
    pub runtime: RuntimeSource,
    /// Further entries of the manifest.
    pub package: Package,
}

impl RenderOptions {
    /// A package of this name: version 0.1.0, with the published runtime of the generator's version.
    pub fn new(crate_name: impl Into<String>) -> Self {
        Self {
            crate_name: crate_name.into(),
            crate_version: "0.1.0".to_owned(),
            runtime: RuntimeSource::Version(env!("CARGO_PKG_VERSION").to_owned()),
            package: Package::default(),
        }
    }
}

/// The source of `tilt-runtime`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuntimeSource {
    /// A published version.
    Version(String),
    /// A folder, relative to the crate.
    Path(String),
    /// A repository that cargo clones.
    Git {
        /// The address of the repository.
        url: String,
        /// A commit; by default the newest of the default branch.
        revision: Option<String>,
    },
}

/// Features that are on unless a crate's user says otherwise, as far as the API needs them.
const CLIENT_DEFAULTS: [&str; 3] = ["client", "http2", "rustls"];

/// Features that are those of the runtime, with what they are for.
const CLIENT_FEATURES: [(&str, &str); 10] = [
    (
        "client",
        "The HTTP client. Without it, the crate is data types only.",
    ),
    ("http2", "HTTP/2."),
    ("gzip", "Compressed answers."),
    ("rustls", "TLS by rustls and aws-lc."),
    ("native-tls", "TLS by the operating system."),
    (
        "blocking",
        "Calls from programs that are not asynchronous: `rt::Wait`.",
    ),
    ("stream", "Lists and bodies as `futures` streams."),
    (CHARSET, "Text in old encodings, such as `shift_jis`."),
    ("rate-limit", "A limit on the rate of requests."),
    (
        "tracing",
        "Every call as a span of `tracing`, and every attempt as an event.",
    ),
];

/// The one of them that servers have without a client.
const CHARSET: &str = "charset";

const TYPE_FEATURES: [(&str, &str); 4] = [
    (
        "chrono",
        "Conversions of dates and times to those of `chrono`.",
    ),
    ("jiff", "Conversions of dates and times to those of `jiff`."),
    ("time", "Conversions of dates and times to those of `time`."),
    ("uuid", "Conversions of ids to those of `uuid`."),
];

const SCHEMAS: (&str, &str) = (
    "schemars",
    "JSON Schemas of all types, as the documents of the API state them.",
);

const SAMPLES: (&str, &str) = (
    "samples",
    "A valid value of each type that is read, for tests: `Sample`.",
);

const ALL: &str = "All operations and their types; each of its features stands for some of them.";

const SERVER: (&str, &str) = (
    "server",
    "The server's side of all operations: traits to implement, and a router.",
);

const WEBHOOKS: (&str, &str) = ("webhooks", "Verification of signed deliveries.");

/// The documentation shows everything, each thing with its features: `docsrs` is set where it is built.
const DOCS: &str = "[package.metadata.docs.rs]\n\
    all-features = true\n\
    rustdoc-args = [\"--cfg\", \"docsrs\"]\n\n\
    [lints.rust]\n\
    unexpected_cfgs = { level = \"warn\", check-cfg = [\"cfg(docsrs)\"] }\n";

pub(super) fn files(sdk: &Sdk, options: &RenderOptions) -> Vec<File> {
    let file = |path: &str, contents| File {
        path: path.to_owned(),
        contents,
    };
    let mut files = vec![
        file("Cargo.toml", manifest(sdk, options)),
        file("README.md", {
            let about = readme::About {
                krate: &krate(options),
                name: &options.crate_name,
                title: &title(sdk),
                features: &features_table(sdk),
            };
            readme::text(sdk, &about)
        }),
        file("src/lib.rs", root(sdk, options)),
    ];
    let krate = krate(options);
    let programs = sdk.programs.iter();
    files.extend(programs.map(|program| examples::file(sdk, &krate, *program)));
    files
}

/// The crate as programs name it.
fn krate(options: &RenderOptions) -> String {
    ident(&options.crate_name.replace('-', "_"))
}

fn manifest(sdk: &Sdk, options: &RenderOptions) -> String {
    let runtime = runtime(&options.runtime);
    let of_runtime = features_of_runtime(sdk);
    let of_operations = &sdk.features;
    let all = (!of_operations.is_empty()).then_some("all");
    let defaults: Vec<_> = all
        .into_iter()
        .chain(defaults(sdk))
        .map(toml_string)
        .collect();
    let mut features: Vec<_> = features(sdk)
        .into_iter()
        .map(|feature| self::feature(feature, all))
        .collect();
    if all.is_some() {
        features.push(format!("# {ALL}\nall = [\n"));
        let each = of_operations
            .iter()
            .map(|name| format!("    {},\n", toml_string(name)));
        features.extend(each);
        features.push("]\n".to_owned());
        let each = of_operations
            .iter()
            .map(|name| format!("{} = []\n", toml_key(name)));
        features.extend(each);
    }
    format!(
        "{header}\n\n\
         [package]\n\
         name = {name}\n\
         version = {version}\n\
         edition = \"2024\"\n\
         rust-version = \"1.89\"\n\
         description = {description}\n\
         {entries}\n\
         {DOCS}\n\
         [features]\n\
         default = [{defaults}]\n\
         {features}{programs}\n\
         [dependencies]\n\
         tilt-runtime = {{ {runtime}, default-features = false{of_runtime} }}\n\
         {dependencies}",
        header = HEADER.replacen("//", "#", 1),
        name = toml_string(&options.crate_name),
        version = toml_string(&options.crate_version),
        description = toml_string(&format!("A client for {}", title(sdk))),
        defaults = defaults.join(", "),
        features = features.concat(),
        entries = entries(&options.package),
        dependencies = dependencies(&options.package),
        programs = programs(sdk),
    )
}

/// The lines of a feature that is one of the runtime. A server answers all operations.
fn feature((name, purpose): (&str, &str), all: Option<&str>) -> String {
    let all = all.filter(|_| name == SERVER.0);
    let and = all.map_or_else(String::new, |all| format!(", \"{all}\""));
    format!("# {purpose}\n{name} = [\"tilt-runtime/{name}\"{and}]\n")
}

/// The runtime's features that mapped types ask for.
fn features_of_runtime(sdk: &Sdk) -> String {
    let of_mapped: BTreeSet<&str> = sdk.mapped.iter().filter_map(Mapped::feature).collect();
    let of_mapped: Vec<String> = of_mapped.into_iter().map(toml_string).collect();
    match of_mapped.is_empty() {
        true => String::new(),
        false => format!(", features = [{}]", of_mapped.join(", ")),
    }
}

/// The sections for the programs of `examples`.
fn programs(sdk: &Sdk) -> String {
    let mut text = String::new();
    let calls = [Program::FirstCall, Program::List];
    if sdk.programs.iter().any(|program| calls.contains(program)) {
        text.push_str(
            "\n[dev-dependencies]\n\
             tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n",
        );
    }
    for program in &sdk.programs {
        let needed = examples::features(sdk, *program).into_iter();
        let needed: Vec<_> = needed.map(toml_string).collect();
        if !needed.is_empty() {
            text.push_str(&format!(
                "\n[[example]]\nname = {}\nrequired-features = [{}]\n",
                toml_string(program.name()),
                needed.join(", ")
            ));
        }
    }
    text
}

/// The lines of `[package]` that only a setting tells.
fn entries(package: &Package) -> String {
    let one = |key: &str, text: &str| format!("{key} = {}\n", toml_string(text));
    let several = |key: &str, texts: Vec<String>| match texts.is_empty() {
        true => String::new(),
        false => format!("{key} = [{}]\n", texts.join(", ")),
    };
    let url = |key: &str, url: &Option<WebUrl>| {
        let url = url.as_ref();
        url.map_or_else(String::new, |url| one(key, url.as_str()))
    };
    let authors = package.authors.iter();
    let authors = authors.map(|author| toml_string(author.as_str()));
    let license = package.license.as_ref();
    [
        several("authors", authors.collect()),
        license.map_or_else(String::new, |license| one("license", license.as_str())),
        url("repository", &package.repository),
        url("homepage", &package.homepage),
        url("documentation", &package.documentation),
        several(
            "keywords",
            package.keywords.iter().map(toml_string).collect(),
        ),
    ]
    .concat()
}

/// The place where cargo finds the runtime.
fn runtime(source: &RuntimeSource) -> String {
    match source {
        RuntimeSource::Version(version) => format!("version = {}", toml_string(version)),
        RuntimeSource::Path(path) => format!("path = {}", toml_string(path)),
        RuntimeSource::Git { url, revision } => {
            let revision = revision
                .iter()
                .map(|it| format!(", rev = {}", toml_string(it)));
            let git = format!("git = {}", toml_string(url));
            std::iter::once(git).chain(revision).collect()
        }
    }
}

/// The lines of `[dependencies]` that only a setting tells.
fn dependencies(package: &Package) -> String {
    let lines = package.dependencies.iter();
    lines
        .map(|(name, value)| format!("{} = {value}\n", toml_key(name)))
        .collect()
}

fn defaults(sdk: &Sdk) -> Vec<&'static str> {
    let client = if sdk.is_called() {
        &CLIENT_DEFAULTS
    } else {
        &[][..]
    };
    let webhooks = is_signed(sdk).then_some(WEBHOOKS.0);
    client.iter().copied().chain(webhooks).collect()
}

fn features(sdk: &Sdk) -> Vec<(&'static str, &'static str)> {
    let is_there = |name: &str| sdk.is_called() || sdk.is_served() && name == CHARSET;
    let client = CLIENT_FEATURES.iter();
    let client = client.filter(|(name, _)| is_there(name)).copied();
    let webhooks = is_signed(sdk).then_some(WEBHOOKS);
    client
        .chain(webhooks)
        .chain(sdk.is_served().then_some(SERVER))
        .chain(TYPE_FEATURES)
        .chain((!sdk.samples.is_empty()).then_some(SAMPLES))
        .chain((!sdk.definitions.is_empty()).then_some(SCHEMAS))
        .collect()
}

/// The title of the API in one line.
fn title(sdk: &Sdk) -> String {
    let title = sdk
        .info
        .title
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    if title.is_empty() {
        "an API".to_owned()
    } else {
        title
    }
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key of TOML, which may have letters of any language.
fn toml_key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        toml_string(name)
    }
}

fn root(sdk: &Sdk, options: &RenderOptions) -> String {
    let mut source = Source::generated();
    front_page::write(
        &mut source,
        sdk,
        &format!("A client for {}.", code(&title(sdk))),
        &krate(options),
        &features_table(sdk),
    );
    source.line("");
    source.line("#![cfg_attr(docsrs, feature(doc_cfg))]");
    source.line("");
    if let Some(limit) = sdk.recursion_limit {
        source.line("// The types of the API contain each other deeper than rustc expects.");
        source.line(&format!("#![recursion_limit = \"{limit}\"]"));
        source.line("");
    }
    source.line("mod generated;");
    source.line("");
    if !(sdk.types.is_empty() && sdk.resources.is_empty() && sdk.events.is_none()) {
        source.line("pub use generated::*;");
    }
    source.line("pub use tilt_runtime as rt;");
    if sdk.is_called() {
        source.line("");
        source.line("#[cfg(feature = \"client\")]");
        source.line("pub use rt::{ApiError, Error};");
    }
    source.line("");
    source.line("pub use rt::{");
    source.line("    Base64, Base64Url, Date, DateTime, Decimal, Duration, Extra, Map, Maybe, Number, SecretText,");
    source.line("    Time, Uuid, Value,");
    source.line("};");
    if !sdk.samples.is_empty() {
        source.line("");
        source.line("#[cfg(feature = \"samples\")]");
        source.line("pub use rt::Sample;");
    }
    source.finish()
}

/// The features, as a table and what is to say of it.
fn features_table(sdk: &Sdk) -> String {
    let mut text = "| feature | for |\n|---|---|\n".to_owned();
    let defaults = defaults(sdk);
    for (name, purpose) in features(sdk) {
        let default = if defaults.contains(&name) {
            " (default)"
        } else {
            ""
        };
        text.push_str(&format!("| `{name}`{default} | {purpose} |\n"));
    }
    let names: Vec<_> = sdk
        .features
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    if !names.is_empty() {
        text.push_str(&format!(
            "| `all` (default) | {ALL} |\n\nTo compile less, leave the default features out, and name \
             what you use: `client`, one for TLS such as `rustls`, and of the operations {}.\n",
            names.join(", ")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::NameKind;
    use crate::model::Info;

    #[test]
    fn no_tag_takes_the_name_of_a_feature_that_crates_have_anyway() {
        let fixed = CLIENT_FEATURES.iter().chain(&TYPE_FEATURES);
        let mut fixed: Vec<_> = fixed
            .chain([&SAMPLES, &SCHEMAS, &SERVER, &WEBHOOKS])
            .map(|(name, _)| *name)
            .collect();
        fixed.extend(["all", "default"]);
        fixed.sort_unstable();
        assert_eq!(fixed, NameKind::Feature.reserved());
    }

    #[test]
    fn a_title_cannot_leave_its_string() {
        let sdk = Sdk {
            info: Info {
                title: "A \"B\"\n[dependencies]\nevil = \"1\"".into(),
                ..Info::default()
            },
            ..Sdk::default()
        };
        let options = RenderOptions {
            crate_name: "a-b".into(),
            crate_version: "0.1.0".into(),
            runtime: RuntimeSource::Path("../runtime".into()),
            package: Package::default(),
        };
        let manifest: toml::Table = manifest(&sdk, &options).parse().expect("TOML");
        let dependencies = manifest["dependencies"].as_table().expect("a table");
        assert_eq!(dependencies.keys().collect::<Vec<_>>(), ["tilt-runtime"]);
        assert!(
            root(&sdk, &options)
                .lines()
                .all(|line| !line.contains("evil") || line.starts_with("//!"))
        );
    }
}
