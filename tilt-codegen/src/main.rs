//! `tilt-codegen`: a Rust SDK from an OpenAPI and an AsyncAPI document.

mod command;

/// A tree of small values is made and dropped: a quarter of the time of the system's allocator goes.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    command::run()
}
