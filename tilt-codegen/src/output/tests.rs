//! Changes that are planned, carried out and refused.

use super::*;
use crate::file::HEADER;
use std::collections::BTreeMap;
use std::fs;

fn generated(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        contents: format!("{HEADER}\n{text}\n"),
    }
}

fn put(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file below, with its text.
fn tree(dir: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

fn all(dir: &Path) -> Target<'_> {
    Target {
        dir,
        owned: "",
        shared: "",
    }
}

fn package(dir: &Path) -> Target<'_> {
    Target {
        dir,
        owned: "src",
        shared: "examples",
    }
}

#[test]
fn only_what_differs_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let files = [generated("a.rs", "1"), generated("types/b.rs", "1")];
    let report = write(all(dir.path()), &files).unwrap();
    assert_eq!(report.written, ["a.rs", "types/b.rs"]);

    let before = fs::metadata(dir.path().join("a.rs"))
        .unwrap()
        .modified()
        .unwrap();
    let files = [generated("a.rs", "1"), generated("types/b.rs", "2")];
    let report = write(all(dir.path()), &files).unwrap();
    assert_eq!(report.written, ["types/b.rs"]);
    assert_eq!(report.unchanged, 1);
    assert_eq!(
        fs::metadata(dir.path().join("a.rs"))
            .unwrap()
            .modified()
            .unwrap(),
        before
    );
    assert_eq!(tree(dir.path())["types/b.rs"], files[1].contents);
}

#[test]
fn what_is_no_longer_generated_goes_with_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    write(
        all(dir.path()),
        &[generated("a.rs", ""), generated("deep/er/b.rs", "")],
    )
    .unwrap();
    put(dir.path(), "mine.rs", "// by hand");
    let report = write(all(dir.path()), &[generated("a.rs", "")]).unwrap();
    assert_eq!(report.removed, ["deep/er/b.rs"]);
    assert!(!dir.path().join("deep").exists());
    assert_eq!(
        tree(dir.path()).into_keys().collect::<Vec<_>>(),
        ["a.rs", "mine.rs"]
    );
}

#[test]
fn a_hand_written_file_in_the_way_stops_everything() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "b.rs", "// by hand");
    let before = tree(dir.path());
    let error = write(
        all(dir.path()),
        &[generated("a.rs", ""), generated("b.rs", "")],
    );
    let message = error.unwrap_err().to_string();
    assert!(
        message.contains("b.rs") && message.contains("not overwritten"),
        "{message}"
    );
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn a_hand_written_file_of_a_package_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "README.md", "my words");
    put(dir.path(), "tests/mine.rs", HEADER);
    let files = [generated("README.md", ""), generated("src/lib.rs", "")];
    let report = write(package(dir.path()), &files).unwrap();
    assert_eq!(report.kept, ["README.md"]);
    assert_eq!(report.written, ["src/lib.rs"]);
    assert_eq!(report.removed, [""; 0]);
    assert_eq!(tree(dir.path())["README.md"], "my words");
}

#[test]
fn the_header_counts_in_any_comment_syntax() {
    let dir = tempfile::tempdir().unwrap();
    let words = HEADER.trim_start_matches("// ");
    put(dir.path(), "Cargo.toml", &format!("# {words}\n[old]"));
    let new = File {
        path: "Cargo.toml".into(),
        contents: format!("# {words}\n[new]"),
    };
    let report = write(package(dir.path()), &[new]).unwrap();
    assert_eq!(report.written, ["Cargo.toml"]);
}

#[test]
fn no_path_leaves_the_target() {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("inner");
    for path in [
        "../x.rs",
        "/x.rs",
        "a/../../x.rs",
        "a//x.rs",
        "",
        "./x.rs",
        "C:\\x.rs",
        "a\\..\\x.rs",
        "..",
        "a/",
    ] {
        let error = write(all(&dir), &[generated("ok.rs", ""), generated(path, "")]);
        assert!(matches!(error, Err(OutputError::Escapes(_))), "{path}");
    }
    assert_eq!(tree(outer.path()), BTreeMap::new());
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let outer = tempfile::tempdir().unwrap();
    put(outer.path(), "elsewhere/old.rs", HEADER);
    put(outer.path(), "inner/a.rs", HEADER);
    let dir = outer.path().join("inner");
    std::os::unix::fs::symlink("../elsewhere", dir.join("types")).unwrap();
    let error = write(all(&dir), &[generated("types/b.rs", "")]).unwrap_err();
    assert!(matches!(error, OutputError::Link(_)), "{error}");
    write(all(&dir), &[]).unwrap();
    assert!(outer.path().join("elsewhere/old.rs").exists());
    assert!(!dir.join("a.rs").exists());
}

#[test]
fn names_that_differ_in_case_only_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let error = write(
        all(dir.path()),
        &[generated("a.rs", ""), generated("A.rs", "")],
    );
    assert!(matches!(error, Err(OutputError::Twice(_))));
}

#[test]
fn a_file_where_a_folder_should_go_stops_everything() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "types", "a file where a folder should go");
    write(
        package(dir.path()),
        &[generated("a.rs", ""), generated("types/b.rs", "")],
    )
    .unwrap_err();
    assert_eq!(tree(dir.path()).into_keys().collect::<Vec<_>>(), ["types"]);
}

#[test]
fn a_plan_shows_what_would_change_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    write(
        all(dir.path()),
        &[generated("a.rs", "one"), generated("b.rs", "")],
    )
    .unwrap();
    let before = tree(dir.path());
    let files = [generated("a.rs", "two"), generated("c.rs", "new")];
    let plan = plan(all(dir.path()), &files).unwrap();
    let expected = format!(
        "--- a/a.rs\n+++ b/a.rs\n@@ -1,2 +1,2 @@\n {HEADER}\n-one\n+two\n\
         --- a/b.rs\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-{HEADER}\n-\n\
         --- /dev/null\n+++ b/c.rs\n@@ -0,0 +1,2 @@\n+{HEADER}\n+new\n"
    );
    assert_eq!(plan.diff(), expected);
    assert_eq!(plan.changes().len(), 3);
    assert_eq!(tree(dir.path()), before);
}

#[test]
fn nothing_to_do_touches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let files = [generated("a.rs", "")];
    write(all(dir.path()), &files).unwrap();
    let plan = plan(all(dir.path()), &files).unwrap();
    assert!(plan.changes().is_empty());
    assert_eq!(plan.diff(), "");
    assert_eq!(
        plan.apply().unwrap(),
        Report {
            unchanged: 1,
            ..Report::default()
        }
    );
}
