//! A user's program against types of schemas that name none.

use std::path::Path;

use tilt_codegen::config::Config;
use tilt_codegen::recognize::Specification;
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

use crate::cargo;

const PROGRAM: &str = r##"
use unsaid::types::*;
use unsaid::{rt, Value};

/// Reads a text, and sees it written as it was.
fn read<T: rt::Wire>(text: &str) -> T {
    let read: T = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    read
}

#[test]
fn what_a_schema_is_about_is_typed_and_all_else_is_kept() {
    let text = r#"{"at":5,"code":[1.10],"part":"a","rate":1E400,"tags":{},"words":false,"new":-0}"#;
    let day: Day = read(text);
    assert_eq!(day.at.as_ref().and_then(rt::Loose::other), Some(&Value::from(5)));
    assert_eq!(day.part.as_ref().and_then(|it| it.extra.instead()), Some(&Value::from("a")));
    assert_eq!(day.rate.as_ref().and_then(rt::Loose::typed).map(|it| it.to_string()), Some("1E400".to_owned()));
    let day: Day = read(r#"{"at":"2025-01-31T09:30:00Z","tags":["a"]}"#);
    assert!(day.at.is_some_and(|at| at.typed().is_some_and(|at| at.is_valid())));
    for text in ["5", "null", "\"a\"", "[true]", "{\"a\":\"b\"}"] {
        let _: EqualToPart = read(&format!("{{\"q\":{text}}}"));
        let _: Day = read(text);
        let _: Days = read(&format!("[{text}]"));
    }
}

#[test]
fn a_program_gives_what_is_typed() {
    let inside = NeededInside::new("2025-01-31T09:30:00Z", vec![1]);
    assert_eq!(serde_json::to_string(&inside).unwrap(), r#"{"at":"2025-01-31T09:30:00Z","many":[1]}"#);
    let inside: NeededInside = read(r#"{"at":1.50,"many":{"a":null}}"#);
    assert!(inside.at.typed().is_none() && inside.many.other().is_some());
}

#[test]
fn what_conditions_name_is_typed_and_what_they_say_nothing_of_is_kept() {
    let given = Conditional::new("length").unit("cm").value(1).zip("1011");
    let text = r#"{"kind":"length","unit":"cm","value":1,"zip":"1011"}"#;
    assert_eq!(serde_json::to_string(&given).unwrap(), text);
    assert_eq!(read::<Conditional>(text), given);
    for text in ["5", "null", "[true]", "{\"a\":1}"] {
        let kept: Conditional = read(&format!("{{\"kind\":\"w\",\"mixed\":{text},\"part\":{text},\"zip\":{text}}}"));
        assert_eq!(kept.zip.as_ref().and_then(rt::Loose::typed), None);
    }
}

#[test]
fn what_must_have_properties_is_an_object() {
    assert!(serde_json::from_str::<Needed>("5").is_err());
}
"##;

fn package(dir: &Path) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/types_unsaid.yaml");
    let inputs = Inputs::one(Specification::OpenApi, Input::Path(fixture));
    let modelled = Generator::new(Config::default()).model(&inputs);
    let sdk = modelled.expect("a document without errors").sdk;
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let mut options = RenderOptions::new("unsaid");
    options.runtime = RuntimeSource::Path(runtime.display().to_string());
    for file in render::package(&sdk, &options) {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut contents = file.contents;
        if file.path == "Cargo.toml" {
            let needed = "[dev-dependencies]\nserde_json = \"1\"\n";
            contents = contents.replace("[dev-dependencies]\n", needed) + "\n[workspace]\n";
        }
        std::fs::write(path, contents).expect("a file");
    }
    cargo::lock(dir);
    std::fs::create_dir_all(dir.join("tests")).expect("a folder");
    std::fs::write(dir.join("tests/program.rs"), PROGRAM).expect("a file");
}

#[test]
fn a_program_reads_any_value_where_no_type_is_said() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    package(dir.path());
    let output = cargo::run(
        dir.path(),
        &["test", "--quiet", "--offline", "--no-default-features"],
    );
    let text = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{out}{text}");
}
