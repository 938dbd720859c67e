//! The features that generated SDKs are compiled with.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// TLS by rustls. Its cryptography takes minutes to build, and no code of an SDK depends on it.
const TLS: &str = "rustls";

/// Arguments for cargo that turn on what SDKs have by default, but for TLS. The packages are folders of a workspace.
pub(crate) fn without_tls(workspace: &Path, packages: &[String]) -> Vec<String> {
    let features: BTreeSet<String> = packages
        .iter()
        .flat_map(|package| defaults_without_tls(&workspace.join(package)))
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

/// None, where cargo will say that a manifest cannot be read.
fn defaults(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap_or_default();
    let manifest = toml::from_str::<toml::Table>(&text).unwrap_or_default();
    let defaults = || manifest.get("features")?.get("default")?.as_array();
    let names = defaults().into_iter().flatten();
    names
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
