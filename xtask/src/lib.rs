//! The project's own commands: fetching the documents, regenerating the SDK, and watching both.

pub mod document;
pub mod exit;
pub mod fetch;
pub mod origin;
pub mod specs;
