use serde::Deserialize;

/// What a document may cost before it is refused. The defaults are far above any document that
/// people publish, and low enough that a hostile one cannot exhaust the machine.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Size of one file, in bytes. Default: 128 MiB.
    pub bytes: usize,
    /// Arrays and objects inside each other. Default: 200; at most 1,000.
    #[cfg_attr(feature = "schemas", schemars(range(max = Limits::DEEPEST)))]
    pub depth: usize,
    /// Values (scalars, arrays, objects) in all files together, with YAML aliases expanded.
    /// Default: 5,000,000.
    pub nodes: usize,
    /// Bytes of text that YAML aliases may add when they are expanded. Default: 64 MiB.
    pub expansion: usize,
    /// Files that one root document may reach through references. Default: 1,000.
    pub documents: usize,
    /// References that lead to one another before a value is reached. Default: 100.
    pub chain: usize,
    /// Types that schemas become, inline ones and combined alternatives included. Default: 250,000.
    pub types: usize,
    /// Properties, values and alternatives of all types together. Default: 1,000,000.
    pub members: usize,
    /// Schemas read while compositions are taken apart: one schema counts each time that it is
    /// composed into another. Default: 5,000,000.
    pub compositions: usize,
    /// Errors that are reported before the rest is only counted. Default: 100.
    pub errors: usize,
}

impl Limits {
    /// As deep as values may nest by any setting.
    pub const DEEPEST: usize = 1_000;
}

/// More limits may come: a literal ends with `..Limits::default()`.
impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 128 << 20,
            depth: 200,
            nodes: 5_000_000,
            expansion: 64 << 20,
            documents: 1_000,
            chain: 100,
            types: 250_000,
            members: 1_000_000,
            compositions: 5_000_000,
            errors: 100,
        }
    }
}
