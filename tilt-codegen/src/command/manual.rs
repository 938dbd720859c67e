//! `tilt-codegen manual`.

use super::arguments::Arguments;
use super::exit::Exit;
use super::failure::Failure;
use clap::CommandFactory;
use std::path::Path;

pub(crate) fn manual(out: &Path) -> Result<Exit, Failure> {
    let written = std::fs::create_dir_all(out)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), out));
    written.map_err(|error| Failure::Report {
        path: out.to_owned(),
        error,
    })?;
    Ok(Exit::Success)
}
