//! Rules of the house that no compiler checks. Each is tried on a small project that breaks it.

mod book;
mod circles;
mod counts;
mod files;
mod house;
mod kinds;
mod project;
mod rules;
mod rust;

use counts::Fault;
use project::Project;
use rules::Rules;

fn holds(rule: impl Fn(&Project, &Rules) -> Vec<String>) {
    let wrong = rule(&Project::checkout(), &Rules::of_the_project());
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// With a count for each folder: those that differ have to be changed in `allowances.toml`.
fn shrinks(kind: &str, rule: impl Fn(&Project, &Rules) -> Vec<Fault>) {
    let faults = rule(&Project::checkout(), &Rules::of_the_project());
    let allowances = rules::allowances();
    let wrong = counts::compare(&faults, &allowances[kind]);
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// All that a rule finds in a project of a few files, as one text.
fn found<const N: usize>(
    rule: impl Fn(&Project, &Rules) -> Vec<String>,
    files: [(&str, &str); N],
) -> String {
    rule(&Project::of(files), &Rules::of_the_project()).join("\n")
}

fn counted<const N: usize>(
    rule: impl Fn(&Project, &Rules) -> Vec<Fault>,
    files: [(&str, &str); N],
) -> Vec<String> {
    let faults = rule(&Project::of(files), &Rules::of_the_project());
    faults.into_iter().map(|fault| fault.text).collect()
}

#[test]
fn what_is_right_on_the_wire_has_a_test_of_each_kind() {
    holds(kinds::tested);
}

#[test]
fn a_kind_without_its_test_is_found() {
    let table =
        "| kind | file | test |\n|---|---|---|\n| a | `a.rs` | `is_so` |\n| b | `a.rs` | `is` |\n";
    let files = [
        ("docs/wire.md", table),
        ("a.rs", "#[test]\nasync fn is_so() {}\n"),
    ];
    let found = found(kinds::tested, files);
    assert_eq!(found, "docs/wire.md: a.rs has no `is` for b");
}

/// Cargo unifies features: one of the runtime's is switched on for all of a user's tree.
#[test]
fn the_runtime_has_one_feature_of_serde_json() {
    let project = Project::checkout();
    let manifest = project
        .get("tilt-generated/runtime/Cargo.toml")
        .expect("the runtime");
    let lines = manifest.text.lines().filter(|it| it.contains("serde_json"));
    let lines: Vec<&str> = lines.collect();
    let only = r#"serde_json = { workspace = true, features = ["raw_value"] }"#;
    assert_eq!(lines, [only]);
}

/// The generator does not depend on the runtime.
#[test]
fn both_know_the_same_headers_that_frame_messages() {
    let project = Project::checkout();
    let lists = |path| -> Vec<&str> {
        let text = &project.get(path).expect("the lists").text;
        let lists = text.split("const OF_").skip(1);
        lists.filter_map(|it| it.split("];").next()).collect()
    };
    let ours = lists("tilt-codegen/src/lower/operation/framing.rs");
    let runtime = lists("tilt-generated/runtime/src/data/framing.rs");
    assert!(ours.len() == 2 && ours == runtime, "{ours:?}");
}

#[test]
fn rooms_are_the_folders_that_exist() {
    holds(house::rooms);
}

const MAP: &str = "
| room of `tilt-codegen/src/` | purpose |
|---|---|
| `source/` | bytes |
| `model/` | data |
";

#[test]
fn a_room_that_is_not_listed_or_not_there_is_found() {
    let files = [
        ("ARCHITECTURE.md", MAP),
        ("tilt-codegen/src/lib.rs", ""),
        ("tilt-codegen/src/source/mod.rs", ""),
        ("tilt-codegen/src/cellar/mod.rs", ""),
        ("tilt-codegen/src/attic.rs", ""),
    ];
    assert_eq!(
        found(house::rooms, files),
        "ARCHITECTURE.md: there is no `tilt-codegen/src/model/`\n\
         ARCHITECTURE.md: `tilt-codegen/src/attic` is not listed\n\
         ARCHITECTURE.md: `tilt-codegen/src/cellar` is not listed"
    );
    let folders = MAP.replace("room of", "folder of");
    let files = files.map(|(path, text)| (path, if text == MAP { folders.as_str() } else { text }));
    assert!(!found(house::rooms, files).contains("attic"));
    let nothing = found(house::rooms, [("ARCHITECTURE.md", "")]);
    assert_eq!(nothing, "ARCHITECTURE.md: no table lists rooms");
}

#[test]
fn no_room_names_what_it_must_not_know() {
    holds(house::walls);
    shrinks("imports", house::broken_walls);
}

const WALLS: &str = "
| room of `tilt-codegen/src/` | never imports | because |
|---|---|---|
| `./` but `command/` | `std::env` | |
| `render/` | `source/` `quote` | |
| `config/` | `source/` | |
";

fn broken_walls(code: &str) -> String {
    let files = [
        ("ARCHITECTURE.md", WALLS),
        ("tilt-codegen/src/source/mod.rs", ""),
        ("tilt-codegen/src/config.rs", ""),
        (
            "tilt-codegen/src/command/mod.rs",
            "fn home() { std::env::var(); }",
        ),
        ("tilt-codegen/src/render/body/mod.rs", code),
    ];
    counted(house::broken_walls, files).join("\n")
}

#[test]
fn an_import_through_a_wall_is_found_however_it_is_written() {
    for code in [
        "use crate::source;",
        "use crate::source::Documents as D;",
        "use crate::{model::Sdk, source::{self, Node}};",
        "use super::super::source::*;",
        "fn f() -> crate::source::Node { g() }",
        "fn f() { matches!(x, crate::source::Node(_)); }",
        "mod inner { fn f() { super::super::super::source::read(); } }",
        "fn f() { tilt_codegen::source::read(); }",
        "use quote::quote;",
        "fn f() { quote::quote!(a) }",
        "fn f() { assert!(std::env::var(x)) }",
    ] {
        let found = broken_walls(code);
        assert!(found.contains("nothing here may name"), "{code}: {found}");
        assert!(
            found.starts_with("tilt-codegen/src/render/body/mod.rs:1"),
            "{found}"
        );
    }
}

#[test]
fn other_imports_are_not() {
    for code in [
        "use crate::sources;",
        "use crate::model::source;",
        "use super::source;",
        "fn f() { let source = quote; source(std::environment) }",
        "fn f() { write!(\"crate::source\") }",
        "#[cfg(test)] mod tests { use crate::source; }",
    ] {
        assert_eq!(broken_walls(code), "", "{code}");
    }
}

#[test]
fn a_wall_of_a_room_that_is_not_there_is_found() {
    let walls = found(house::walls, [("ARCHITECTURE.md", WALLS)]);
    assert!(
        walls.contains("there is no `tilt-codegen/src/render/`"),
        "{walls}"
    );
    assert!(
        walls.contains("there is no `tilt-codegen/src/source/`"),
        "{walls}"
    );
    let nothing = found(house::walls, [("ARCHITECTURE.md", MAP)]);
    assert_eq!(nothing, "ARCHITECTURE.md: no table forbids imports");
}

#[test]
fn no_files_need_each_other_in_a_circle() {
    holds(|project, rules| {
        let rules_of_circles = [
            circles::circles,
            circles::between_rooms,
            circles::through_the_root,
        ];
        let wrong = rules_of_circles.map(|rule| rule(project, rules));
        wrong.concat()
    });
}

#[test]
fn a_circle_is_found_however_long_it_is() {
    let files = [
        ("xtask/src/lib.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("xtask/src/a.rs", "use crate::b::B;"),
        ("xtask/src/b.rs", "fn f() { super::c::d::g() }"),
        ("xtask/src/c/mod.rs", "mod d; use d::g; struct Shared;"),
        ("xtask/src/c/d.rs", "use super::Shared; use crate::{a, b};"),
    ];
    assert_eq!(
        found(circles::circles, files),
        "xtask/src/: a → b → c/d → a\nxtask/src/: b → c/d → b"
    );
    assert_eq!(found(circles::through_the_root, files), "");
}

#[test]
fn a_circle_of_rooms_is_found_where_a_root_of_one_hides_it() {
    let files = [
        ("tilt-codegen/src/lib.rs", "mod a; mod b;"),
        ("tilt-codegen/src/a/mod.rs", "mod c; mod d; pub use c::C;"),
        ("tilt-codegen/src/a/c.rs", "pub struct C;"),
        ("tilt-codegen/src/a/d.rs", "use crate::b::B;"),
        ("tilt-codegen/src/b/mod.rs", "mod e; pub struct B;"),
        ("tilt-codegen/src/b/e.rs", "fn f() -> crate::a::C { g() }"),
    ];
    assert_eq!(found(circles::circles, files), "");
    assert_eq!(
        found(circles::between_rooms, files),
        "tilt-codegen/src/: a → b → a"
    );
    let inside = files.map(|(path, code)| {
        let path = path.replace("src/", "src/lower/");
        (path, code.replace("crate::", "crate::lower::"))
    });
    let inside = inside
        .each_ref()
        .map(|(path, code)| (path.as_str(), code.as_str()));
    assert_eq!(
        found(circles::between_rooms, inside),
        "tilt-codegen/src/: lower/a → lower/b → lower/a"
    );
}

#[test]
fn what_a_root_gives_its_users_is_not_for_its_own_rooms() {
    let files = [
        ("xtask/src/lib.rs", "mod a; mod b; pub use a::A;"),
        ("xtask/src/a.rs", "use crate::b::B; pub struct A;"),
        ("xtask/src/b.rs", "fn f() -> crate::A { g() }"),
    ];
    assert_eq!(
        found(circles::through_the_root, files),
        "xtask/src/b: names the root of its crate"
    );
}

#[test]
fn fewer_comments_begin_with_a_word_that_says_nothing() {
    shrinks("leading-words", counts::leading_words);
}

#[test]
fn a_leading_word_is_found_in_any_kind_of_comment_and_sentence() {
    let code = r####"
//! Which rooms.
/// What a type is. Whoever reads it
/// knows what it is.
///
/// - What a list has.
///
/// ```
/// // What an example says is its own business.
/// ```
fn f() {
    let text = "
// What a string says is no comment.
"; // What follows code.
    /* Whatever */
    // The word `What`, whatever follows. A colon: What is no sentence.
}
"####;
    let found = counted(counts::leading_words, [("xtask/src/a.rs", code)]);
    let starts: Vec<_> = found
        .iter()
        .map(|text| text.rsplit(": `").next().unwrap_or_default())
        .map(|text| {
            text.split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        starts,
        [
            "Which rooms.",
            "What a",
            "Whoever reads",
            "- What",
            "What follows"
        ]
    );
}

#[test]
fn fewer_files_are_long() {
    shrinks("long-files", counts::long_files);
}

#[test]
fn fewer_functions_are_long() {
    shrinks("long-functions", counts::long_functions);
}

#[test]
fn a_line_too_many_makes_a_file_and_a_function_long() {
    let function =
        |lines: usize| format!("impl A {{ fn f() {{\n{}}} }}\n", "a();\n".repeat(lines - 2));
    let long = |lines: usize| {
        let code = function(lines);
        let found = counted(counts::long_functions, [("xtask/src/a.rs", code.as_str())]);
        found.join("")
    };
    assert_eq!(long(60), "");
    assert_eq!(long(61), "xtask/src/a.rs:1: `f` has 61 lines");
    let long = |lines: usize| {
        let text = "\n".repeat(lines);
        counted(counts::long_files, [("xtask/src/a.rs", text.as_str())]).join("")
    };
    assert_eq!(long(500), "");
    assert_eq!(long(501), "xtask/src/a.rs: 501 lines");
}

#[test]
fn an_allowance_is_exact() {
    let fault = || Fault {
        folder: "a".to_owned(),
        text: "a/b.rs:1: there".to_owned(),
    };
    let compare = |faults: &[Fault], limit: usize| {
        counts::compare(faults, &[("a".to_owned(), limit)].into()).join("\n")
    };
    assert_eq!(compare(&[fault()], 1), "");
    assert_eq!(
        compare(&[fault()], 0),
        "a/b.rs:1: there\n`a` has 1, and 0 are allowed"
    );
    assert_eq!(compare(&[], 1), "`a` has 0; lower its allowance of 1");
}

#[test]
fn generated_files_say_so() {
    holds(files::headers);
}

#[test]
fn a_file_that_lies_about_where_it_is_from_is_found() {
    let header = "// Generated by tilt-codegen. Do not edit.\n";
    let names = "# Generated by tilt-codegen. Do not edit.";
    let files = [
        ("specs/released/names.lock", names),
        ("tests/inventory/src/generated/a.rs", header),
        ("tilt-generated/names.lock", names),
        ("tilt-generated/src/generated/a.rs", "// Mine."),
        ("tilt-generated/src/generated/b.rs", header),
        ("tilt-generated/src/lib.rs", header),
    ];
    assert_eq!(
        found(files::headers, files),
        "tilt-generated/src/generated/a.rs: does not begin with `Generated by tilt-codegen. Do not edit.`\n\
         tilt-generated/src/lib.rs: says that it is generated"
    );
}

#[test]
fn every_fixture_has_a_test() {
    holds(files::fixtures);
}

#[test]
fn a_fixture_that_no_test_names_is_found() {
    let files = [
        ("tests/fixtures/README.md", ""),
        ("tests/fixtures/named/api.json", ""),
        ("tests/fixtures/by_snapshot.yaml", ""),
        ("tests/fixtures/orphan.yaml", ""),
        ("tests/fixtures/forgotten/api.json", ""),
        (
            "tests/a.rs",
            "const A: [&str; 2] = [\"named/\", \"api.json\"]; // orphan",
        ),
        ("tests/snapshots/surface__by_snapshot.snap", ""),
    ];
    assert_eq!(
        found(files::fixtures, files),
        "tests/fixtures/orphan.yaml: no test names `orphan.yaml`\n\
         tests/fixtures/forgotten/api.json: no test names `forgotten`"
    );
}

#[test]
fn every_snapshot_has_a_test() {
    holds(|project, _| files::snapshots(project));
}

#[test]
fn a_snapshot_without_its_test_is_found() {
    let snap = "---\nsource: src/a.rs\n---\n";
    let files = [
        ("src/a.rs", "fn one() {} fn ends_in_2() {}"),
        ("src/snapshots/a__one.snap", snap),
        ("src/snapshots/a__one-2.snap", snap),
        ("src/snapshots/a__ends_in_2.snap", snap),
        ("src/snapshots/a__all_of.snap", snap),
        ("tests/fixtures/all_of.yaml", ""),
        ("src/snapshots/a__on.snap", snap),
        ("src/snapshots/b__one.snap", "---\nsource: src/b.rs\n---\n"),
        ("src/snapshots/a__two.snap.new", snap),
    ];
    assert_eq!(
        found(|project, _| files::snapshots(project), files),
        "src/snapshots/a__on.snap: nothing in src/a.rs has its name\n\
         src/snapshots/b__one.snap: its test is not there\n\
         src/snapshots/a__two.snap.new: waits to be accepted"
    );
}

#[test]
fn crates_have_what_a_registry_shows() {
    holds(files::crates);
}

#[test]
fn a_crate_without_a_licence_is_found() {
    let files = [
        ("LICENSE-MIT", "as you like"),
        ("tilt-codegen/LICENSE-MIT", "as I like"),
        (
            "tilt-codegen/Cargo.toml",
            "[package]\nlicense.workspace = true\n",
        ),
        ("xtask/Cargo.toml", "[package]\nname = 'xtask'\n"),
    ];
    let found = found(files::crates, files);
    for wrong in [
        "tilt-codegen/LICENSE-MIT: is not a copy of LICENSE-MIT",
        "tilt-codegen: has no README.md",
        "tilt-codegen/Cargo.toml: `keywords` is missing",
        "xtask/Cargo.toml: `license` is missing",
    ] {
        assert!(found.contains(wrong), "{found}");
    }
    assert!(!found.contains("xtask/Cargo.toml: `keywords`"), "{found}");
    assert!(
        !found.contains("tilt-codegen/Cargo.toml: `license`"),
        "{found}"
    );
}

#[test]
fn no_word_is_out_of_place() {
    holds(files::words_out_of_place);
}

#[test]
fn a_path_of_a_machine_and_an_api_in_the_runtime_are_found() {
    let files = [
        ("docs/a.md", "In\n/home/alice/project, not in tilt"),
        (
            "tilt-generated/runtime/src/a.rs",
            "// tilt-runtime\n// Tilt's",
        ),
    ];
    assert_eq!(
        found(files::words_out_of_place, files),
        "docs/a.md:2: `/home/`: a path of somebody's machine\n\
         tilt-generated/runtime/src/a.rs:2: `Tilt`: the runtime knows no API"
    );
}
