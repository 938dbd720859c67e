//! Versions: which comes next, and where the manifests have it.

use semver::Version;
use tilt_codegen::drift::Bump;

/// The version that a step leads to. Before 1.0, the second number is what users' code depends on.
pub(crate) fn next(version: &Version, step: Bump) -> Version {
    let Version {
        major,
        minor,
        patch,
        ..
    } = *version;
    match (step, major) {
        (Bump::None, _) => version.clone(),
        (Bump::Major, 0) | (Bump::Minor, 1..) => Version::new(major, minor + 1, 0),
        (Bump::Major, 1..) => Version::new(major + 1, 0, 0),
        (Bump::Minor, 0) | (Bump::Patch, _) => Version::new(major, minor, patch + 1),
    }
}

/// The version that all crates of a workspace share.
pub(crate) fn of_manifest(manifest: &str) -> Option<Version> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    version.as_str()?.parse().ok()
}

/// The workspace's manifest with another version, also where its crates depend on each other.
pub(crate) fn with_version(manifest: &str, old: &Version, new: &Version) -> String {
    let is_ours = |line: &str| line.starts_with("version = ") || line.contains("path = \"");
    let (old, new) = (
        format!("version = \"{old}\""),
        format!("version = \"{new}\""),
    );
    each_line(manifest, |line| {
        is_ours(line).then(|| line.replace(&old, &new))
    })
}

/// The lock file with another version of the crates that come from no registry.
pub(crate) fn with_locked_version(lock: &str, old: &Version, new: &Version) -> String {
    let (old, new) = (
        format!("version = \"{old}\"\n"),
        format!("version = \"{new}\"\n"),
    );
    let packages = lock.split_inclusive("\n\n").map(|package| {
        match package.starts_with("[[package]]") && !package.contains("\nsource = ") {
            true => package.replacen(&old, &new, 1),
            false => package.to_owned(),
        }
    });
    packages.collect()
}

fn each_line(text: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .map(|line| change(line).unwrap_or_else(|| line.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_first_major_version_the_second_number_is_what_breaks() {
        for (version, step, expected) in [
            ("0.1.2", Bump::Major, "0.2.0"),
            ("0.1.2", Bump::Minor, "0.1.3"),
            ("0.1.2", Bump::Patch, "0.1.3"),
            ("0.1.2", Bump::None, "0.1.2"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
        ] {
            let next = next(&version.parse().unwrap(), step);
            assert_eq!(next.to_string(), expected, "{version} {step:?}");
        }
    }

    #[test]
    fn crates_of_others_keep_their_version() {
        let manifest = "[workspace.package]\nversion = \"0.1.0\"\n[workspace.dependencies]\n\
                        ours = { path = \"ours\", version = \"0.1.0\" }\nother = { version = \"0.1.0\" }\n";
        let [old, new] = ["0.1.0", "0.2.0"].map(|it| it.parse::<Version>().unwrap());
        assert_eq!(of_manifest(manifest), Some(old.clone()));
        let changed = with_version(manifest, &old, &new);
        assert_eq!(of_manifest(&changed), Some(new.clone()));
        assert_eq!(changed.matches("0.2.0").count(), 2, "{changed}");
        assert!(changed.contains("other = { version = \"0.1.0\" }"));

        let lock = "version = 4\n\n[[package]]\nname = \"ours\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"other\"\n\
                    version = \"0.1.0\"\nsource = \"registry\"\n";
        let changed = with_locked_version(lock, &old, &new);
        assert_eq!(changed, lock.replacen("0.1.0", "0.2.0", 1));
    }
}
