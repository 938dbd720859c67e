//! The generator from outside.

mod constraints;
mod determinism;
mod lists;
mod names;
mod oracle;
mod programs;
mod schemas;
mod stability;
mod surface;
