//! The project's own commands: fetching the documents, regenerating the SDK, and watching both.

pub mod bench;
mod cargo;
pub mod check;
pub mod cli;
pub mod corpus;
pub mod date;
pub mod document;
pub mod drift;
pub mod exit;
pub mod failure;
mod features;
pub mod fetch;
pub mod fuzz;
pub mod hostile;
pub mod live;
pub mod origin;
pub mod project;
pub mod proposal;
pub mod regenerate;
pub mod release;
mod report_file;
pub mod sdk;
pub mod semver_proof;
pub mod specs;
pub mod tell;
pub mod terminal;
mod workspace;
