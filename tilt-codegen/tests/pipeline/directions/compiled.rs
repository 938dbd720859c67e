//! A user's program against a generated crate.

use std::path::Path;

use serde_json::{Value, json};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

use super::{api, first, object, text, to, user};
use crate::cargo;

/// Sends a required password, reads the id without asking whether it is there, and loses nothing.
const PROGRAM: &str = r#"
use directions::types::{Owner, OwnerInput, Team, TeamInput, User, UserInput};

#[test]
fn a_request_has_its_password_and_no_id() {
    let request = UserInput::from(directions::required::UserInput {
        name: "Alice".to_owned(),
        password: "secret".to_owned(),
    });
    let request = serde_json::to_value(&request).unwrap();
    assert_eq!(request, serde_json::json!({"name": "Alice", "password": "secret"}));
    let missing = serde_json::from_value::<UserInput>(serde_json::json!({"name": "Alice"}));
    assert!(missing.unwrap_err().to_string().contains("password"));
}

#[test]
fn an_answer_has_its_id_and_keeps_what_comes_nevertheless() {
    let answer = serde_json::json!({"id": "1", "name": "Alice", "password": "kept"});
    let user: User = serde_json::from_value(answer.clone()).unwrap();
    let id: &str = &user.id;
    assert_eq!(id, "1");
    assert_eq!(serde_json::to_value(&user).unwrap(), answer);
    let request = serde_json::json!({"name": "Alice", "password": "secret", "id": "kept"});
    let user: UserInput = serde_json::from_value(request.clone()).unwrap();
    assert_eq!(serde_json::to_value(&user).unwrap(), request);
}

#[test]
fn a_type_around_it_is_of_its_direction() {
    let user = || UserInput::from(directions::required::UserInput {
        name: "Alice".to_owned(),
        password: "secret".to_owned(),
    });
    let inner = TeamInput::new("inner");
    let team = TeamInput::new("outer").lead(user()).parent(inner).members([user()]);
    let owner = OwnerInput::from(team);
    assert!(matches!(&owner, OwnerInput::Team(team) if team.members.is_some()));
    let team: Team = serde_json::from_value(serde_json::json!({
        "title": "outer", "id": "2", "lead": {"id": "1", "name": "Alice"},
    }))
    .unwrap();
    assert_eq!(team.lead.as_ref().unwrap().id, "1");
    assert!(matches!(Owner::from(team), Owner::Team(_)));
}
"#;

/// Would set what only answers have, or leave out what requests must have.
const WRONG: [(&str, &str); 3] = [
    (
        "UserInput::from(directions::required::UserInput { name: String::new() })",
        "missing field `password`",
    ),
    ("TeamInput::new(\"a\").id(\"1\")", "no method named `id`"),
    ("User::new(\"a\", \"b\")", "named `new` found"),
];

fn document() -> Value {
    let team = object(
        &["title", "id"],
        json!({
            "title": text(),
            "id": {"type": "string", "readOnly": true},
            "lead": to("User"),
            "parent": to("Team"),
            "members": {"type": "array", "items": to("User")},
        }),
    );
    let owner = json!({"oneOf": [to("User"), to("Team")]});
    let all = ["User", "Team", "Owner"];
    api(
        &all,
        &all,
        json!({"User": user(), "Team": team, "Owner": owner}),
    )
}

fn package(dir: &Path) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().expect("the runtime is there");
    let mut options = RenderOptions::new("directions");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    for file in render::package(&first(&document()).sdk, &options) {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut contents = file.contents;
        if file.path == "Cargo.toml" {
            contents = contents.replace(
                "[dev-dependencies]\n",
                "[dev-dependencies]\nserde_json = \"1\"\n",
            );
            contents += "\n[workspace]\n";
        }
        std::fs::write(path, contents).expect("a file");
    }
    cargo::lock(dir);
    std::fs::create_dir(dir.join("tests")).expect("a folder");
}

#[test]
fn a_program_sends_what_is_write_only_and_reads_what_is_read_only() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    package(dir.path());
    let tests = dir.path().join("tests");
    std::fs::write(tests.join("program.rs"), PROGRAM).expect("a file");
    let features = ["--quiet", "--offline", "--no-default-features"];
    let all = ["--features", "all,schemars"];
    let output = cargo::run(dir.path(), &[["test"].as_slice(), &features, &all].concat());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{}{text}",
        String::from_utf8_lossy(&output.stdout)
    );
    std::fs::remove_file(tests.join("program.rs")).expect("a file");
    for (at, (expression, _)) in WRONG.iter().enumerate() {
        let program = format!(
            "#![allow(unused)]\nuse directions::types::*;\n#[test]\nfn wrong() {{ let _ = {expression}; }}\n"
        );
        std::fs::write(tests.join(format!("wrong{at}.rs")), program).expect("a file");
    }
    for (at, (expression, message)) in WRONG.iter().enumerate() {
        let test = format!("wrong{at}");
        let only = ["check", "--test", &test];
        let output = cargo::run(dir.path(), &[only.as_slice(), &features, &all].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && text.contains(message),
            "{expression}\n{text}"
        );
    }
}
