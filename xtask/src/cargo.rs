//! Running cargo from within cargo.

use std::env;
use std::path::Path;
use std::process::Command;

/// The cargo that runs us, in a folder, without what it told us about ourselves: variables that
/// build scripts look at would make it build things anew.
pub(crate) fn command(dir: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(dir);
    for (name, _) in env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        });
        if ours {
            command.env_remove(name);
        }
    }
    command
}
