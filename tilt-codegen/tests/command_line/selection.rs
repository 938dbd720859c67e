//! Selectors that find nothing.

use super::*;

/// A crate with the orders and the users of the shop.
fn generated() -> Folder {
    let folder = Folder::with(SHOP);
    let both = ["--include", "tag:Orders", "--include", "tag:Users"];
    let output = folder.generate(&both);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    folder
}

#[test]
fn a_misspelt_selector_removes_no_files() {
    let folder = generated();
    let before = tree(&folder.path("sdk"));
    let config = "[select]\ninclude = [\n  \"tag:Orders\",\n  \"tag:Usres\",\n]\n";
    fs::write(folder.path("codegen.toml"), config).unwrap();
    for more in [&[][..], &["--check"]] {
        let output = folder.generate(&[&["--config", "codegen.toml"], more].concat());
        assert_eq!(code(&output), 1, "{}", stdout(&output));
        let text = stderr(&output);
        assert!(text.contains("codegen.toml:4:3"), "{text}");
        assert!(text.contains("`tag:Usres` matches no operation"), "{text}");
        assert!(text.contains("users.rs"), "{text}");
        assert_eq!(tree(&folder.path("sdk")), before);
    }
    let output = folder.generate(&["--include", "tag:Usres", "--message-format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["status"], "refused");
    let error = &answer["diagnostics"][0];
    assert_eq!(error["code"], "unmatched-include");
    assert_eq!(error["severity"], "error");
    assert_eq!(tree(&folder.path("sdk")), before);
}

#[test]
fn a_selector_that_finds_nothing_is_a_finding_where_no_file_goes() {
    let folder = generated();
    let more = ["--include", "tag:Orders", "--include", "tag:Users"];
    for (flag, expected) in [
        ("--include", "unmatched-include"),
        ("--exclude", "unmatched-selector"),
    ] {
        let unmatched = [&more[..], &[flag, "tag:None", "--findings"]].concat();
        let output = folder.generate(&unmatched);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn what_is_selected_no_longer_goes_whatever_exclude_finds() {
    let folder = generated();
    let output = folder.generate(&["--include", "tag:Orders", "--exclude", "tag:None"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!folder.path("sdk/src/generated/resources/users.rs").exists());
}
