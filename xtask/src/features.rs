//! The features that generated SDKs are compiled with.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// TLS by rustls. Its cryptography takes minutes to build, and no code of an SDK depends on it.
const TLS: &str = "rustls";

/// The server's side, which no SDK has by default.
const SERVER: &str = "server";

/// Arguments for cargo that turn on what SDKs have by default, but for TLS; and servers, where there are any. The packages are folders of a workspace.
pub(crate) fn without_tls(workspace: &Path, packages: &[String]) -> Vec<String> {
    let features: BTreeSet<String> = packages
        .iter()
        .flat_map(|package| {
            let package = workspace.join(package);
            let mut features = defaults_without_tls(&package);
            let has_server = declared(&package.join("Cargo.toml")).contains_key(SERVER);
            features.extend(has_server.then(|| SERVER.to_owned()));
            features
        })
        .collect();
    let mut arguments = vec!["--no-default-features".to_owned()];
    if !features.is_empty() {
        let features: Vec<String> = features.into_iter().collect();
        arguments.extend(["--features".to_owned(), features.join(",")]);
    }
    arguments
}

/// The features that a package has by default, but for TLS.
pub(crate) fn defaults_without_tls(package: &Path) -> BTreeSet<String> {
    let mut features = BTreeSet::from_iter(defaults(&package.join("Cargo.toml")));
    features.remove(TLS);
    features
}

fn defaults(manifest: &Path) -> Vec<String> {
    let features = declared(manifest);
    let names = features.get("default").and_then(toml::Value::as_array);
    let names = names.into_iter().flatten();
    names
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

/// None, where cargo will say that a manifest cannot be read.
fn declared(manifest: &Path) -> toml::Table {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let mut manifest = toml::from_str::<toml::Table>(&text).unwrap_or_default();
    match manifest.remove("features") {
        Some(toml::Value::Table(features)) => features,
        _ => toml::Table::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_on_where_there_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest = folder.path().join("Cargo.toml");
        fs::write(manifest, "[features]\ndefault = []\nserver = []\n").expect("a file");
        let arguments = without_tls(folder.path(), &[String::new()]);
        assert_eq!(arguments, ["--no-default-features", "--features", "server"]);
    }

    #[test]
    fn all_defaults_of_all_packages_but_tls_are_on() {
        let folder = tempfile::tempdir().expect("a folder");
        for (package, defaults) in [("a", r#""client", "rustls""#), ("b", r#""all", "client""#)] {
            fs::create_dir(folder.path().join(package)).expect("a folder");
            let manifest = format!("[features]\ndefault = [{defaults}]\n");
            fs::write(folder.path().join(package).join("Cargo.toml"), manifest).expect("a file");
        }
        let arguments = without_tls(folder.path(), &["a".to_owned(), "b".to_owned()]);
        assert_eq!(
            arguments,
            ["--no-default-features", "--features", "all,client"]
        );
    }
}
