//! The options of `cargo xtask oracle`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The oracle.
#[derive(Debug, Clone, Subcommand)]
pub enum Oracle {
    /// The JSON Schema test suite: valid instances of every schema come back from its types as they went in.
    JsonSchema(JsonSchema),
    /// hypothesis-jsonschema: answers that it makes of documents are read by generated clients, and written as they came.
    Hypothesis(Documents),
    /// `openapi-to-rust`: operations, parameters and components that it sees in documents are those that we see.
    Peers(Peers),
    /// Prism: it takes what generated clients send, and they read what it answers.
    Prism(Documents),
    /// Generated servers: generated clients of the same documents call them, and what arrives at either is what was sent.
    Served(Served),
    /// Schemathesis: the local Tilt does what its document says, whatever it is asked.
    Schemathesis,
    /// The conformance suite of TypeSpec: its specs as OpenAPI, its server as the judge of each scenario.
    Typespec(Typespec),
    /// RFC 6570: every place, style and kind of value of a parameter against `uritemplate`.
    UriTemplate,
}

/// The run of `typespec`.
#[derive(Debug, Clone, Args)]
pub struct Typespec {
    /// Only specs of these names, such as `payload-multipart`; `*` stands for anything. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
}

/// The run of `json-schema`.
#[derive(Debug, Clone, Args)]
pub struct JsonSchema {
    /// The folder of the suite: `tests/` of one draft, 2020-12.
    #[arg(long, env = "TILT_JSON_SCHEMA_SUITE", value_name = "DIR")]
    pub dir: PathBuf,
    /// Only files of these names, without ending. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
}

/// The run of `peers`.
#[derive(Debug, Clone, Args)]
pub struct Peers {
    /// A folder of documents (.json, .yaml); those of OpenAPI are compared.
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub dir: PathBuf,
    /// Only documents of these names, without ending; `*` stands for anything. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
}

/// The run of `served`.
#[derive(Debug, Clone, Args)]
pub struct Served {
    /// The documents.
    #[command(flatten)]
    pub documents: Documents,
    /// Prism stands between them as a proxy, and has nothing to object to.
    #[arg(long)]
    pub proxied: bool,
    /// Schemathesis in place of the clients: it asks the servers all that their documents allow, and much that they do not.
    #[arg(long, conflicts_with = "proxied")]
    pub tested: bool,
}

/// The documents of `prism`, `hypothesis` and `served`.
#[derive(Debug, Clone, Args)]
pub struct Documents {
    /// A folder of documents (.json, .yaml). Without it, those that the project has.
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Only documents of these names, without ending; `*` stands for anything. May be repeated. Without it, those that the
    /// oracle is meant for.
    #[arg(long, value_name = "NAME", value_delimiter = ',', requires = "dir")]
    pub filter: Vec<String>,
}
