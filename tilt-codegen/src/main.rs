//! `tilt-codegen`.
fn main() {}
