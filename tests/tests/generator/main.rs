//! The generator from outside.

mod determinism;
mod stability;
mod surface;
