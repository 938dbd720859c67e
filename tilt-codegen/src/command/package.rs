//! The generated crate's name and version, and where its runtime comes from.

use super::arguments::Generate;
use super::failure::Failure;
use semver::Version;
use std::path::{Component, Path, PathBuf};
use tilt_codegen::render::{RuntimeSource, package_name};

const FALLBACK_NAME: &str = "api-client";

/// Cargo has no limit, but file names have.
const MOST_OF_A_NAME: usize = 128;

/// The name that was asked for, or else one made from the API's title.
pub(crate) fn crate_name(asked: Option<&str>, title: &str) -> Result<String, Failure> {
    match asked {
        Some(name) if is_crate_name(name) => Ok(name.to_owned()),
        Some(name) => Err(Failure::Name(name.to_owned())),
        None => {
            let mut name = package_name(title);
            if name.len() > 64 {
                let end = name[..64].rfind('-').unwrap_or(64);
                name.truncate(end);
            }
            Ok(if is_crate_name(&name) {
                name
            } else {
                FALLBACK_NAME.to_owned()
            })
        }
    }
}

/// A name that cargo takes for a package, and Rust for a crate.
fn is_crate_name(name: &str) -> bool {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let reserved = [
        "test",
        "core",
        "std",
        "alloc",
        "proc_macro",
        "proc-macro",
        "tilt-runtime",
    ];
    plain
        && !name.is_empty()
        && name.len() <= MOST_OF_A_NAME
        && !reserved.contains(&name)
        && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok()
}

/// A version that cargo takes: `MAJOR.MINOR.PATCH`, perhaps with a pre-release.
pub(crate) fn version(text: &str) -> Result<String, Failure> {
    match Version::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(Failure::Version(text.to_owned())),
    }
}

/// The published runtime of our own version, or the one in a repository or a folder.
pub(crate) fn runtime(options: &Generate) -> Result<RuntimeSource, Failure> {
    if let Some(path) = &options.runtime_path {
        return runtime_in(path, &options.out);
    }
    Ok(match &options.runtime_git {
        Some(url) => RuntimeSource::Git {
            url: url.clone(),
            revision: options.runtime_revision.clone(),
        },
        None => RuntimeSource::Version(env!("CARGO_PKG_VERSION").to_owned()),
    })
}

fn runtime_in(path: &Path, out: &Path) -> Result<RuntimeSource, Failure> {
    let not_it = |reason: String| Failure::Runtime {
        path: path.to_owned(),
        reason,
    };
    let manifest = std::fs::read_to_string(path.join("Cargo.toml"))
        .map_err(|error| not_it(format!("its Cargo.toml cannot be read: {error}")))?;
    if !manifest.contains("name = \"tilt-runtime\"") {
        return Err(not_it(
            "its Cargo.toml is not that of `tilt-runtime`".to_owned(),
        ));
    }
    relative(path, out)
        .and_then(|path| path.to_str().map(|path| path.replace('\\', "/")))
        .map(RuntimeSource::Path)
        .ok_or_else(|| not_it("there is no relative path to it from --out".to_owned()))
}

/// The way from one folder to another: so that the same call gives the same manifest on every
/// machine.
fn relative(to: &Path, from: &Path) -> Option<PathBuf> {
    let (to, from) = (normalized(to)?, normalized(from)?);
    let (to, from): (Vec<_>, Vec<_>) = (to.components().collect(), from.components().collect());
    if to.first() != from.first() {
        return None;
    }
    let common = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let up = from[common..].iter().map(|_| Component::ParentDir);
    Some(up.chain(to[common..].iter().copied()).collect())
}

/// Absolute and without `..`, links resolved as far as there is something.
fn normalized(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let existing = absolute
        .ancestors()
        .find_map(|dir| dir.canonicalize().ok().map(|real| (dir, real)));
    let (dir, mut real) = existing?;
    for part in absolute.strip_prefix(dir).ok()?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => real.push(part),
        }
    }
    Some(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name() {
        for (title, name) in [
            ("Train Travel API", "train-travel-api"),
            ("Zahlungen für Händler", "zahlungen-fur-handler"),
            ("日本", "ri-ben"),
            ("", FALLBACK_NAME),
            ("3D Secure", FALLBACK_NAME),
            ("test", FALLBACK_NAME),
            ("\"]\nevil = \"", "evil-eq"),
            ("Type", FALLBACK_NAME),
            ("Acme APIs", "acme-apis"),
        ] {
            assert_eq!(crate_name(None, title).unwrap(), name, "{title}");
        }
        assert!(crate_name(None, &"word ".repeat(1000)).unwrap().len() <= 64);
    }

    #[test]
    fn an_impossible_name_is_refused() {
        for name in ["", "a b", "type", "1a", "a/b", "a\"b", "-", "_"] {
            assert!(
                matches!(crate_name(Some(name), "x"), Err(Failure::Name(_))),
                "{name}"
            );
        }
        assert_eq!(crate_name(Some("my_sdk-2"), "x").unwrap(), "my_sdk-2");
    }

    #[test]
    fn versions_are_as_cargo_takes_them() {
        for good in ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0+build5"] {
            assert!(version(good).is_ok(), "{good}");
        }
        for bad in [
            "", "1", "1.0", "01.0.0", "1.0.0.0", "1.0.x", "1.0.0-", "1.0.0-\"", "v1.0.0",
        ] {
            assert!(version(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_runtime_is_found_from_the_crate() {
        let dir = tempfile::tempdir().unwrap();
        let runtime_dir = dir.path().join("lib/runtime");
        std::fs::create_dir_all(&runtime_dir).unwrap();
        std::fs::write(runtime_dir.join("Cargo.toml"), "name = \"tilt-runtime\"").unwrap();
        let out = dir.path().join("a/../b/sdk");
        let RuntimeSource::Path(path) = runtime_in(&runtime_dir, &out).unwrap() else {
            unreachable!("a path was asked for");
        };
        assert_eq!(path, "../../lib/runtime");
    }

    #[test]
    fn another_crate_is_not_the_runtime() {
        let dir = tempfile::tempdir().unwrap();
        let failure = runtime_in(dir.path(), Path::new("out")).unwrap_err();
        assert!(
            failure.to_string().contains("Cargo.toml cannot be read"),
            "{failure}"
        );
        std::fs::write(dir.path().join("Cargo.toml"), "name = \"other\"").unwrap();
        let failure = runtime_in(dir.path(), Path::new("out")).unwrap_err();
        assert!(
            failure.to_string().contains("not that of `tilt-runtime`"),
            "{failure}"
        );
    }
}
