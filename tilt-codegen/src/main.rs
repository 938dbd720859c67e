//! `tilt-codegen`: a Rust SDK from an OpenAPI and an AsyncAPI document.

mod command;

fn main() -> std::process::ExitCode {
    command::run()
}
