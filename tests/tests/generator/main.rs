//! The generator from outside.

mod determinism;
mod oracle;
mod stability;
mod surface;
