//! `tilt-codegen completions`.

use super::arguments::Arguments;
use super::exit::Exit;
use super::failure::Failure;
use super::terminal::say;
use clap::CommandFactory;
use clap_complete::Shell;

pub(crate) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut Arguments::command(),
        "tilt-codegen",
        &mut script,
    );
    say(format_args!("{}", String::from_utf8_lossy(&script)))?;
    Ok(Exit::Success)
}
