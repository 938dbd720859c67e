//! Rust SDKs from OpenAPI 3.x and AsyncAPI 2.x documents.

pub mod config;
pub mod diagnostic;
pub mod model;
pub mod overlay;
pub mod render;
pub mod source;
