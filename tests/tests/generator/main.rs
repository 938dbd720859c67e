//! The generator from outside.

mod determinism;
mod names;
mod oracle;
mod stability;
mod surface;
