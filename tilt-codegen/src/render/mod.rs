//! The model as Rust source files.
