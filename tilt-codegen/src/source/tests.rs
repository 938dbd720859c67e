//! Documents and the files that they refer to.

use super::*;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn load_path(path: PathBuf) -> Documents {
    Documents::load(Input::Path(path), &Limits::default()).expect("valid documents")
}

fn bytes(name: &str, bytes: &[u8]) -> Input {
    Input::Bytes {
        name: name.into(),
        bytes: bytes.to_vec(),
    }
}

fn load(text: &str) -> Documents {
    let input = bytes("api.json", text.as_bytes());
    Documents::load(input, &Limits::default()).expect("a valid document")
}

fn code(input: Input) -> (&'static str, Option<usize>, Option<usize>) {
    let result = Documents::load(input, &Limits::default());
    let diagnostics = result.err().unwrap_or_default();
    diagnostics
        .items
        .first()
        .map_or(("", None, None), |d| (d.code.as_str(), d.line, d.column))
}

fn kind(documents: &Documents, reference: &str) -> Option<ReferenceErrorKind> {
    documents
        .resolve(DocumentId(0), reference)
        .err()
        .map(|error| error.kind)
}

mod reading {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_content() {
        let documents = Documents::load(bytes("a.json", b"\xEF\xBB\xBF{}"), &Limits::default());
        assert_eq!(documents.map(|d| d.root().value.clone()), Ok(json!({})));
    }

    #[test]
    fn other_encodings_are_named_with_their_place() {
        assert_eq!(
            code(bytes("a.json", b"\xFF\xFE{\0}\0")),
            ("invalid-encoding", None, None)
        );
        let latin = bytes("a.json", b"{\n \"a\": \"caf\xE9\"}");
        assert_eq!(code(latin), ("invalid-encoding", Some(2), Some(11)));
    }

    #[test]
    fn the_content_decides_where_the_name_does_not() {
        let format = |name: &str, text: &str| {
            let documents = Documents::load(bytes(name, text.as_bytes()), &Limits::default());
            documents.map(|documents| documents.root().format)
        };
        assert_eq!(format("a", r#"{"a": 1}"#), Ok(Format::Json));
        assert_eq!(format("a", "a: 1"), Ok(Format::Yaml));
        assert_eq!(format("a.yaml", r#"{"a": 1}"#), Ok(Format::Json));
        assert_eq!(format("a.yml", "{a: 1}"), Ok(Format::Yaml));
        assert_eq!(format("a.json", "a: 1"), Ok(Format::Yaml));
    }

    #[test]
    fn broken_text_is_judged_by_its_name() {
        assert_eq!(
            code(bytes("a.json", b"{\"a\": 1,}")),
            ("invalid-json", Some(1), Some(9))
        );
        assert_eq!(
            code(bytes("a", b"{\"a\": 1 \"b\"}")),
            ("invalid-json", Some(1), Some(9))
        );
        assert_eq!(code(bytes("a.yaml", b"a: [1\nb: }")).0, "invalid-yaml");
        assert_eq!(code(bytes("a.json", b"")).0, "invalid-json");
    }

    #[test]
    fn a_web_page_is_no_document() {
        let page = bytes("openapi.json", b"\n<!DOCTYPE html><html>");
        assert_eq!(code(page), ("wrong-format", Some(2), Some(1)));
    }

    #[test]
    fn too_many_bytes_are_refused() {
        let limits = Limits {
            bytes: 10,
            ..Limits::default()
        };
        assert!(Documents::load(bytes("a", b"[        ]"), &limits).is_ok());
        let error = Documents::load(bytes("a", b"[         ]"), &limits)
            .err()
            .unwrap_or_default();
        assert_eq!(
            error.items.first().map(|d| d.code.as_str()),
            Some("too-large")
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error_with_its_name() {
        let path = PathBuf::from("no-such-folder/api.json");
        let error = Documents::load(Input::Path(path), &Limits::default()).err();
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(
            error.starts_with("no-such-folder/api.json: error[cannot-read]: "),
            "{error}"
        );
    }

    #[test]
    fn harmless_duplicates_are_kept_as_findings() {
        let documents = load(r#"{"a": 1, "a": 1}"#);
        let codes: Vec<_> = documents
            .findings()
            .iter()
            .map(|finding| finding.code)
            .collect();
        assert_eq!(codes, ["duplicate-key"]);
    }

    #[test]
    fn all_bad_files_are_reported_at_once() {
        let folder = folder(&[
            ("api.yaml", "a: {$ref: b.json}\nc: {$ref: d.yaml}\n"),
            ("b.json", "{"),
            ("d.yaml", "a: 1\na: 2\n"),
        ]);
        let input = Input::Path(folder.path().join("api.yaml"));
        let error = Documents::load(input, &Limits::default())
            .err()
            .unwrap_or_default();
        let codes: Vec<_> = error.items.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["invalid-json", "duplicate-key"]);
    }
}

mod references {
    use super::*;

    #[test]
    fn pointers_are_unescaped_twice() {
        let documents = load(r#"{"paths": {"/a b/{c}": {"~x": [10, 20]}, "50%": 1}}"#);
        let value = |reference| {
            documents
                .resolve(DocumentId(0), reference)
                .map(|node| node.value.clone())
        };
        assert_eq!(value("#/paths/~1a%20b~1%7Bc%7D/~0x/1"), Ok(json!(20)));
        assert_eq!(value("#/paths/~1a b~1{c}/~0x/0"), Ok(json!(10)));
        assert_eq!(value("#/paths/50%"), Ok(json!(1)));
        assert_eq!(value("#").map(|root| root.is_object()), Ok(true));
    }

    #[test]
    fn what_is_missing_is_named() {
        let documents = load(r#"{"a": {"b": []}}"#);
        let missing = |reference| match kind(&documents, reference) {
            Some(ReferenceErrorKind::Dangling { missing, .. }) => missing,
            other => format!("{other:?}"),
        };
        assert_eq!(missing("#/a/x/y"), "/a/x");
        assert_eq!(missing("#/a/b/0"), "/a/b/0");
        assert_eq!(missing("#name"), "#name");
    }

    #[test]
    fn anchors_and_ids_name_schemas() {
        let documents = load(
            r#"{"a": {"$anchor": "first", "x": 1},
                "b": {"$id": "https://example.com/b.json", "$defs": {"c": {"x": 2}}}}"#,
        );
        let value = |reference| {
            documents
                .resolve(DocumentId(0), reference)
                .map(|node| node.value["x"].clone())
        };
        assert_eq!(value("#first"), Ok(json!(1)));
        assert_eq!(value("https://example.com/b.json#/$defs/c"), Ok(json!(2)));
        let other = "https://example.com/c.json";
        assert_eq!(kind(&documents, other), Some(ReferenceErrorKind::Remote));
    }

    #[test]
    fn each_root_has_its_own_of_a_file_that_both_refer_to() {
        let shared = r#"{"a": 1}"#;
        let root = r#"{"x": {"$ref": "shared.json#/a"}}"#;
        let folder = folder(&[
            ("one.json", root),
            ("two.json", root),
            ("shared.json", shared),
        ]);
        let mut documents = Documents::new(&Limits::default());
        let roots = ["one.json", "two.json"].map(|name| {
            let root = documents.add(Input::Path(folder.path().join(name)));
            root.expect("a valid document")
        });
        let targets = roots.map(|root| documents.resolve(root, "shared.json#/a"));
        let owners = targets.map(|target| documents.root_of(target.expect("a value").document));
        assert_eq!(owners, roots);
        assert_eq!(documents.iter().count(), 4);
        let files = [0, 1, 2, 3].map(|id| documents.file_of(DocumentId(id)));
        assert_eq!(files, ["", "shared.json", "", "shared.json"]);
    }

    #[test]
    fn what_documents_may_cost_is_for_all_roots_together() {
        let limits = Limits {
            nodes: 5,
            ..Limits::default()
        };
        let mut documents = Documents::new(&limits);
        let root = || bytes("a.json", br#"{"a": [1]}"#);
        assert!(documents.add(root()).is_ok());
        let refused = documents.add(root()).err().unwrap_or_default();
        assert_eq!(refused.items[0].code, "too-many-values");
    }

    #[test]
    fn a_document_without_a_folder_has_no_files() {
        let documents = load(r#"{"a": {"$ref": "b.json"}}"#);
        assert_eq!(
            kind(&documents, "b.json"),
            Some(ReferenceErrorKind::NoFolder)
        );
        assert_eq!(
            kind(&documents, "http://x/y"),
            Some(ReferenceErrorKind::Remote)
        );
    }

    #[test]
    fn chains_are_followed_and_cycles_end() {
        let documents = load(
            r##"{"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": {"x": 1},
                "self": {"$ref": "#/self"}, "p": {"$ref": "#/q"}, "q": {"$ref": "#/p"},
                "map": {"$ref": {"type": "string"}}}"##,
        );
        let follow = |key: &str| {
            let node = documents.root_node().get(key).expect("a member");
            documents
                .follow(node)
                .map(|node| node.value.clone())
                .map_err(|error| error.kind)
        };
        assert_eq!(follow("a"), Ok(json!({"x": 1})));
        assert_eq!(follow("self"), Err(ReferenceErrorKind::Cycle));
        assert_eq!(follow("p"), Err(ReferenceErrorKind::Cycle));
        assert_eq!(follow("map"), Ok(json!({"$ref": {"type": "string"}})));
    }

    #[test]
    fn an_endless_chain_is_cut() {
        let member = |n: usize| format!("\"r{n}\": {{\"$ref\": \"#/r{}\"}}", n + 1);
        let members: Vec<String> = (0..100_000).map(member).collect();
        let documents = load(&format!("{{{}, \"r100000\": 1}}", members.join(",")));
        let first = documents.root_node().get("r0").expect("a member");
        let error = documents.follow(first).err().map(|error| error.kind);
        assert_eq!(error, Some(ReferenceErrorKind::TooLong { limit: 100 }));
        let last = documents.root_node().get("r99950").expect("a member");
        assert_eq!(documents.follow(last).map(|node| node.value), Ok(&json!(1)));
    }

    #[test]
    fn an_error_becomes_a_problem_with_advice() {
        let documents = load(r##"{"a": {"$ref": "#/nowhere"}}"##);
        let node = documents
            .resolve(DocumentId(0), "#/a/$ref")
            .expect("a node");
        let error = documents
            .follow(documents.root_node().get("a").expect("a"))
            .err();
        let problem = error.expect("an error").at(node);
        assert_eq!(problem.code, "dangling-reference");
        assert_eq!(
            problem.message,
            "the reference `#/nowhere` leads nowhere: there is no `/nowhere` in api.json"
        );
        assert!(problem.help.is_some());
    }
}

mod files {
    use super::*;

    #[test]
    fn relative_references_load_files_next_to_the_one_they_are_in() {
        let folder = folder(&[
            ("api.yaml", "a:\n  $ref: 'schemas/a.json#/x'\n"),
            ("schemas/a.json", r#"{"x": {"$ref": "../b%20c.yaml"}}"#),
            (
                "b c.yaml",
                "y: {$ref: 'schemas/a.json#/x'}\nz: {$ref: api.yaml}",
            ),
        ]);
        let documents = load_path(folder.path().join("api.yaml"));
        assert_eq!(documents.iter().count(), 3);
        let a = documents
            .resolve(DocumentId(0), "schemas/a.json#/x")
            .expect("a node");
        let b = documents.follow(a).expect("a node");
        assert_eq!(b.value["z"], json!({"$ref": "api.yaml"}));
        assert!(Path::new(&documents.get(a.document).name).ends_with("schemas/a.json"));
        let root = documents.resolve(b.document, "api.yaml").expect("the root");
        assert_eq!(root.key(), documents.root_node().key());
    }

    #[test]
    fn references_stay_in_the_folder() {
        let outer = folder(&[
            ("secret.json", "{}"),
            (
                "inner/api.json",
                r#"{"a": {"$ref": "../secret.json"}, "b": {"$ref": "gone.json"}}"#,
            ),
        ]);
        let documents = load_path(outer.path().join("inner/api.json"));
        let outside = Some(ReferenceErrorKind::OutsideFolder);
        assert_eq!(kind(&documents, "../secret.json"), outside);
        assert!(matches!(
            kind(&documents, "gone.json"),
            Some(ReferenceErrorKind::File { .. })
        ));
        assert_eq!(
            kind(&documents, "other.json"),
            Some(ReferenceErrorKind::NotLoaded)
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_folder() {
        let outer = folder(&[
            ("secret.json", "{}"),
            (
                "inner/api.json",
                r#"{"a": {"$ref": "link.json"}, "b": {"$ref": "dir"}}"#,
            ),
            ("inner/dir/file", ""),
        ]);
        let inner = outer.path().join("inner");
        std::os::unix::fs::symlink("../secret.json", inner.join("link.json")).expect("a link");
        let documents = load_path(inner.join("api.json"));
        assert_eq!(
            kind(&documents, "link.json"),
            Some(ReferenceErrorKind::OutsideFolder)
        );
        assert!(matches!(
            kind(&documents, "dir"),
            Some(ReferenceErrorKind::File { .. })
        ));
    }

    #[test]
    fn one_file_under_two_names_is_one_document() {
        let folder = folder(&[
            (
                "api.json",
                r#"{"a": {"$ref": "b.json"}, "b": {"$ref": "./x/../b.json"}}"#,
            ),
            ("b.json", "{}"),
            ("x/y", ""),
        ]);
        assert_eq!(load_path(folder.path().join("api.json")).iter().count(), 2);
    }

    #[test]
    fn the_number_of_files_and_of_values_is_limited_over_all() {
        let folder = folder(&[
            (
                "api.json",
                r#"{"a": {"$ref": "b.json"}, "b": {"$ref": "c.json"}}"#,
            ),
            ("b.json", "[1, 2, 3]"),
            ("c.json", "[1, 2, 3]"),
        ]);
        let path = folder.path().join("api.json");
        let limits = Limits {
            documents: 2,
            ..Limits::default()
        };
        let documents = Documents::load(Input::Path(path.clone()), &limits).expect("documents");
        let limit = Some(ReferenceErrorKind::TooManyDocuments { limit: 2 });
        assert_eq!(kind(&documents, "c.json"), limit);
        let limits = Limits {
            nodes: 12,
            ..Limits::default()
        };
        let error = Documents::load(Input::Path(path), &limits)
            .err()
            .unwrap_or_default();
        assert_eq!(
            error.items.first().map(|d| d.code.as_str()),
            Some("too-many-values")
        );
    }
}

mod places {
    use super::*;

    #[test]
    fn nodes_of_all_documents_have_pointers() {
        let folder = folder(&[
            ("api.json", r#"{"a/b": [{"$ref": "b.json"}]}"#),
            ("b.json", r#"{"c": [1, {"~": null}]}"#),
        ]);
        let documents = load_path(folder.path().join("api.json"));
        let first = documents
            .root_node()
            .get("a/b")
            .and_then(|a| a.index(0))
            .expect("a node");
        let other = documents
            .resolve(DocumentId(0), "b.json#/c/1/~0")
            .expect("a node");
        let stranger = json!(1);
        let stranger = Node {
            document: DocumentId(0),
            value: &stranger,
        };
        let pointers = documents.pointers(&[other.key(), first.key(), stranger.key()]);
        assert_eq!(
            pointers,
            [Some("/c/1/~0".into()), Some("/a~1b/0".into()), None]
        );
    }

    #[test]
    fn scalars_can_be_read_as_written() {
        let input = bytes(
            "a.yaml",
            b"version: 1.10\nname: 'a'\nmore: {x: +10, y: 1}\n",
        );
        let documents = Documents::load(input, &Limits::default()).expect("a document");
        let written = |pointer: &str| {
            let node = documents.resolve(DocumentId(0), pointer).ok()?;
            documents.written(node).map(|text| text.into_owned())
        };
        assert_eq!(written("#/version"), Some("1.10".into()));
        assert_eq!(written("#/more/x"), Some("+10".into()));
        assert_eq!(written("#/more/y"), Some("1".into()));
        assert_eq!(written("#/name"), Some("a".into()));
        assert_eq!(written("#/more"), None);
    }

    #[test]
    fn aliases_and_merges_lead_to_what_they_stand_for() {
        let text = "base: &b\n  x: 1\nown:\n  <<: *b\n  y: 2\nlist: [*b]\n";
        let documents = Documents::load(bytes("a.yaml", text.as_bytes()), &Limits::default());
        let documents = documents.expect("a document");
        let pointers = ["/own/x", "/own/y", "/list/0/x", "/list/0", "/own/none"];
        let positions = documents.positions(DocumentId(0), &pointers.map(Pointer::from));
        let places: Vec<_> = positions
            .iter()
            .flatten()
            .map(|p| (p.line, p.column))
            .collect();
        assert_eq!(places, [(2, 6), (5, 6), (2, 6), (6, 8), (3, 1)]);
    }

    #[test]
    fn columns_count_characters_and_every_line_end_counts() {
        let text = "{\"é\": 1,\r\n\"b\":\r\"ü\u{10000}\", \"c\": [true]}";
        let documents = load(text);
        let positions = documents.positions(
            DocumentId(0),
            &["/é", "/b", "/c/0", "/c"].map(Pointer::from),
        );
        let places: Vec<_> = positions
            .iter()
            .flatten()
            .map(|p| (p.line, p.column))
            .collect();
        assert_eq!(places, [(1, 7), (3, 1), (3, 13), (3, 7)]);
    }
}
