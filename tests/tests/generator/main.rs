//! The generator from outside.

mod determinism;
mod names;
mod oracle;
mod schemas;
mod stability;
mod surface;
