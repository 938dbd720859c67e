//! The manifest that is in `--out` already, and the one that is written.

use super::*;

const OTHER_TITLE: &str = "Salute Service";

/// A generated crate whose API has another title since.
fn retitled() -> Folder {
    let folder = Folder::with(DOCUMENT);
    assert_eq!(code(&folder.generate(&[])), 0);
    let document = DOCUMENT.replace("Greeting Service", OTHER_TITLE);
    fs::write(folder.path("api.json"), document).unwrap();
    folder
}

fn manifest(folder: &Folder) -> String {
    fs::read_to_string(folder.path("sdk/Cargo.toml")).unwrap()
}

#[test]
fn a_crate_keeps_its_name_when_the_title_changes() {
    let folder = retitled();
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(manifest(&folder).contains("name = \"greeting-service\""));
    assert!(manifest(&folder).contains(OTHER_TITLE));
    assert!(!stdout(&output).contains("renamed"), "{}", stdout(&output));
}

#[test]
fn the_name_of_a_hand_written_manifest_is_the_crates() {
    let folder = Folder::with(DOCUMENT);
    fs::create_dir_all(folder.path("sdk")).unwrap();
    let own = "package.name = \"mine\"\ndependencies.tilt-runtime = \"0.1\"\n";
    fs::write(folder.path("sdk/Cargo.toml"), own).unwrap();
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).starts_with("mine: "), "{}", stdout(&output));
    assert!(!stdout(&output).contains("note: "), "{}", stdout(&output));
    let readme = fs::read_to_string(folder.path("sdk/README.md")).unwrap();
    assert!(readme.contains("\n# mine\n"), "{readme}");

    let renamed = folder.generate(&["--name", "other"]);
    assert!(
        stdout(&renamed).contains("note: Cargo.toml still calls the crate `mine`: write `other`"),
        "{}",
        stdout(&renamed)
    );
    assert_eq!(manifest(&folder), own);
}

#[test]
fn another_name_is_told_as_a_rename() {
    let folder = retitled();
    let output = folder.generate(&["--name", "salute"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("renamed from `greeting-service` to `salute`"),
        "{}",
        stdout(&output)
    );
    assert!(manifest(&folder).contains("name = \"salute\""));
    let again = folder.generate(&["--name", "salute", "--message-format", "json"]);
    let answer: Value = serde_json::from_slice(&again.stdout).unwrap();
    let notes = answer["notes"].as_array().unwrap();
    assert!(!notes.is_empty());
    assert!(
        notes
            .iter()
            .all(|note| !note.as_str().unwrap().contains("renamed"))
    );
}

#[test]
fn a_manifest_that_is_no_toml_is_an_error_where_its_name_is_needed() {
    let folder = Folder::with(DOCUMENT);
    folder.generate(&[]);
    let torn = manifest(&folder) + "<<<<<<< HEAD\n";
    fs::write(folder.path("sdk/Cargo.toml"), &torn).unwrap();
    let output = folder.generate(&[]);
    assert_eq!(code(&output), 3, "{}", stdout(&output));
    let text = stderr(&output);
    let line = format!("at line {},", torn.lines().count());
    assert!(text.contains("Cargo.toml: TOML parse error"), "{text}");
    assert!(text.contains(&line) && text.contains("--name"), "{text}");
    assert_eq!(manifest(&folder), torn);
    assert_eq!(code(&folder.generate(&["--name", "greeting-service"])), 0);
    assert!(!manifest(&folder).contains("<<<<<<<"));
}

#[test]
fn a_crate_without_a_way_to_the_runtime_says_so() {
    let folder = Folder::with(DOCUMENT);
    let output = folder.generate(&[]);
    assert!(
        stdout(&output).contains("note: the crate depends on `tilt-runtime`"),
        "{}",
        stdout(&output)
    );
    fs::create_dir(folder.path("runtime")).unwrap();
    let runtime = "[package]\nname = \"tilt-runtime\"\n";
    fs::write(folder.path("runtime/Cargo.toml"), runtime).unwrap();
    let output = folder.generate(&["--runtime-path", "runtime"]);
    assert!(!stdout(&output).contains("note: "), "{}", stdout(&output));

    fs::write(folder.path("sdk/Cargo.toml"), "package.name = \"mine\"").unwrap();
    let output = folder.generate(&["--runtime-path", "runtime"]);
    assert!(
        stdout(&output).contains("note: Cargo.toml does not depend on `tilt-runtime`"),
        "{}",
        stdout(&output)
    );
}

const PACKAGE: &str = r#"
[package]
license = "MIT OR Apache-2.0"
authors = ["Jane \"J\" Doe <jane@example.com>"]
repository = "https://git.example.com/sdk"
homepage = "http://example.com"
documentation = "https://docs.example.com"
keywords = ["a", "5-b_c+"]

[package.dependencies]
plain = "1.2"
zoo = { git = "https://git.example.com/zoo", features = ["a", "b"], default-features = false }
"#;

#[test]
fn settings_of_the_package_are_in_the_manifest() {
    let folder = Folder::with(DOCUMENT);
    folder.generate(&[]);
    let without: toml::Table = manifest(&folder).parse().unwrap();
    fs::write(folder.path("codegen.toml"), PACKAGE).unwrap();
    let output = folder.generate(&["--config", "codegen.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));

    let mut expected = without;
    let mut settings: toml::Table = PACKAGE.parse().unwrap();
    let mut package = settings.remove("package").unwrap();
    let more = package.as_table_mut().unwrap().remove("dependencies");
    for (table, entries) in [("package", package), ("dependencies", more.unwrap())] {
        let toml::Value::Table(entries) = entries else {
            panic!("[{table}] is a table");
        };
        expected[table].as_table_mut().unwrap().extend(entries);
    }
    let text = manifest(&folder);
    assert_eq!(text.parse::<toml::Table>().unwrap(), expected, "{text}");
    let again = folder.generate(&["--config", "codegen.toml", "--check"]);
    assert_eq!(code(&again), 0);
}

#[test]
fn settings_of_the_package_that_a_kept_manifest_does_not_get_are_told() {
    let folder = Folder::with(DOCUMENT);
    fs::create_dir_all(folder.path("sdk")).unwrap();
    let own = "package.name = \"mine\"\ndependencies.tilt-runtime = \"0.1\"\n";
    fs::write(folder.path("sdk/Cargo.toml"), own).unwrap();
    fs::write(folder.path("codegen.toml"), PACKAGE).unwrap();
    let output = folder.generate(&["--config", "codegen.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("[package] of the configuration has no effect"),
        "{}",
        stdout(&output)
    );
    assert_eq!(manifest(&folder), own);
}

#[test]
fn a_setting_of_the_package_that_cannot_be_is_a_usage_error_at_its_line() {
    let folder = Folder::with(DOCUMENT);
    let config = "[package]\nlicense = \"MIT\"\nkeywords = [\"not one\"]\n";
    fs::write(folder.path("codegen.toml"), config).unwrap();
    let output = folder.generate(&["--config", "codegen.toml"]);
    assert_eq!(code(&output), 2);
    let text = stderr(&output);
    assert!(
        text.contains("codegen.toml") && text.contains("line 3,"),
        "{text}"
    );
    assert!(text.contains("found `not one`"), "{text}");
    assert!(!folder.path("sdk").exists());
}

#[test]
fn a_type_of_a_crate_that_is_no_dependency_is_an_error_at_its_setting() {
    let folder = Folder::with(DOCUMENT);
    let settings =
        "[types.format]\nurl = \"url::Url\"\n[types.derive]\n\"*\" = [\"Eq\", \"a_b::C\"]\n";
    let config = |settings: &str| {
        fs::write(folder.path("codegen.toml"), settings).unwrap();
        let path = folder.path("codegen.toml");
        folder.generate(&["--config", path.to_str().unwrap()])
    };
    let output = config(settings);
    assert_ne!(code(&output), 0);
    let told = stderr(&output);
    assert!(told.contains("`url::Url` is of the crate `url`"), "{told}");
    assert!(told.contains("`a_b::C` is of the crate `a_b`"), "{told}");
    assert!(told.contains("codegen.toml:2:1"), "{told}");
    assert!(!folder.path("sdk").join("Cargo.toml").exists());

    let added = format!("{settings}[package.dependencies]\nurl = \"2\"\na-b = \"1\"\n");
    assert_eq!(code(&config(&added)), 0);
    // One that is written by hand counts as it is.
    let own = "package.name = \"mine\"\n[dependencies]\ntilt-runtime = \"0.1\"\nurl = \"2\"\na_b = \"1\"\n";
    fs::write(folder.path("sdk/Cargo.toml"), own).unwrap();
    let output = config(settings);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}
