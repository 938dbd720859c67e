//! What a document cannot say: `codegen.toml`.
