//! The generator from outside.

mod determinism;
mod lists;
mod names;
mod oracle;
mod programs;
mod schemas;
mod stability;
mod surface;
