//! Limits: what a document may cost.

use serde::Deserialize;

/// The costs that a document may have before it is refused. The defaults are far above any document that
/// people publish, and low enough that a hostile one cannot exhaust the machine.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Size of one file, in bytes. Default: 128 MiB.
    pub bytes: usize,
    /// Arrays and objects inside each other, and brackets in the target of an overlay. Default: 200; at
    /// most 1,000.
    #[cfg_attr(feature = "schemas", schemars(range(max = Limits::DEEPEST)))]
    pub depth: usize,
    /// Values (scalars, arrays, objects) in all files together, with YAML aliases expanded and with
    /// what overlays add. Default: 5,000,000.
    pub nodes: usize,
    /// Bytes of text that YAML aliases may add when they are expanded, and that overlays may add.
    /// Default: 64 MiB.
    pub expansion: usize,
    /// Files that one root document may reach through references. Default: 10,000.
    pub documents: usize,
    /// References that lead to one another before a value is reached. Default: 100.
    pub chain: usize,
    /// Types that schemas become, inline ones and combined alternatives included. Default: 250,000.
    pub types: usize,
    /// Properties, values and alternatives of all types together. Default: 1,000,000.
    pub members: usize,
    /// Schemas read while compositions are taken apart: one counts each time that it is composed into
    /// another, and so do each 16 properties, alternatives and values that it lists. Default: 5,000,000.
    pub compositions: usize,
    /// Errors that are reported before the rest is only counted. Default: 100.
    pub errors: usize,
    /// Steps that the targets of all overlays may take, each of about 50 nanoseconds: a value that is
    /// looked at is one or two, and twelve more where it is selected; a regular expression costs a
    /// thousand for each of its bytes, and as much as it is large for each byte of text that leads it
    /// where none led before. Default: 50,000,000.
    pub matching: usize,
    /// Bytes of source text that an SDK may be, estimated before it is written. A text counts each
    /// time that it is written: a schema may pass its documentation on to thousands.
    /// Default: 128 MiB.
    pub output: usize,
    /// Bytes of one name: a key of any object, such as a path or the name of a schema. Default: 10,000.
    pub name: usize,
    /// Bytes of all names that lead to a value, which is about the length of its JSON pointer.
    /// Default: 50,000.
    pub pointer: usize,
    /// Findings that are kept before the rest is only counted. Default: 50,000.
    pub findings: usize,
    /// Findings of one kind at one place that are kept before the rest is only counted. Default: 100.
    pub repeated: usize,
    /// Schemas that are built inside each other. Default: 400.
    pub nesting: usize,
    /// Values of one enum that become variants; of a longer list, only the type is shown. Default: 2,000.
    pub variants: usize,
}

impl Limits {
    /// As deep as values may nest by any setting.
    pub const DEEPEST: usize = 1_000;

    /// Advice for a limit that is exceeded: every such problem says it so.
    pub(crate) fn advice(setting: &str) -> String {
        format!(
            "raise `{setting}` of [limits] in codegen.toml if this is to be trusted: \
             see docs/diagnostics.md, Limits"
        )
    }
}

/// More limits may come: a literal ends with `..Limits::default()`.
impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 128 << 20,
            depth: 200,
            nodes: 5_000_000,
            expansion: 64 << 20,
            documents: 10_000,
            chain: 100,
            types: 250_000,
            members: 1_000_000,
            compositions: 5_000_000,
            errors: 100,
            matching: 50_000_000,
            output: 128 << 20,
            name: 10_000,
            pointer: 50_000,
            findings: 50_000,
            repeated: 100,
            nesting: 400,
            variants: 2_000,
        }
    }
}
