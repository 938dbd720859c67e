//! The front page of a crate, its index of operations, and the programs beside it.

use tilt_codegen::config::Config;
use tilt_codegen::render::{self, File, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

const SHOP: &str = r##"
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com", description: Live}]
security: [{key: []}]
paths:
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      tags: [Orders]
      summary: Reads one.
      responses: {"200": {description: o, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}, "404": {description: None such.}}
    delete: {tags: [Orders], deprecated: true, responses: {"204": {description: gone}}}
  /notes/{client}:
    parameters: [{name: client, in: path, required: true, schema: {type: string}}]
    get:
      tags: [Notes]
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {"200": {description: l, content: {application/json: {schema: {type: object, required: [items, total], properties: {items: {type: array, items: {$ref: "#/components/schemas/Order"}}, total: {type: integer}}}}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Order:
      type: object
      description: "An order.\n\nIn detail."
      properties:
        part: {$ref: "#/components/schemas/Part"}
        maybe: {oneOf: [{$ref: "#/components/schemas/Part"}, {type: "null"}]}
        wrapped: {allOf: [{$ref: "#/components/schemas/Part"}]}
        paid_at: {title: Paid At, type: string}
        due_at: {title: When it must be paid, type: string}
    Part: {type: object, description: "A part of it.\n\nIn detail.", properties: {a: {type: string, description: Own words.}}}
"##;

fn package(document: &str, settings: &str) -> Vec<File> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.yaml".to_owned(),
            bytes: document.as_bytes().to_vec(),
        }),
        ..Inputs::default()
    };
    let config = Config::from_toml(settings).expect("settings");
    let modelled = Generator::new(config).model(&inputs);
    let modelled = modelled.expect("a document without errors");
    render::package(&modelled.sdk, &RenderOptions::new("shop"))
}

fn contents<'f>(files: &'f [File], path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path);
    &file.expect("a file of this path").contents
}

#[test]
fn the_front_page_is_a_guide_to_what_the_api_has() {
    insta::assert_snapshot!(contents(&package(SHOP, ""), "src/lib.rs"));
}

/// A link with a colon behind it defines that link in Markdown, and is not shown.
#[test]
fn no_item_of_a_list_defines_a_link() {
    let files = package(SHOP, "");
    let lines = files.iter().flat_map(|file| file.contents.lines());
    let items = lines.filter(|line| line.contains("* [`"));
    let mut items = items.peekable();
    assert!(items.peek().is_some(), "there are lists of links");
    for item in items {
        assert!(!item.contains("`]:"), "{item}");
    }
}

#[test]
fn the_module_of_resources_is_an_index_of_operations() {
    insta::assert_snapshot!(contents(
        &package(SHOP, ""),
        "src/generated/resources/mod.rs"
    ));
}

#[test]
fn programs_take_credentials_and_arguments_from_the_environment() {
    let files = package(SHOP, "");
    insta::assert_snapshot!(contents(&files, "examples/first_call.rs"));
    insta::assert_snapshot!(contents(&files, "examples/list.rs"));
}

#[test]
fn no_program_takes_who_is_logged_in_for_a_user_of_the_api() {
    let document = SHOP.replace(
        "type: apiKey, in: header, name: X-Key",
        "type: http, scheme: basic",
    );
    let files = package(&document, "");
    let program = contents(&files, "examples/first_call.rs");
    assert!(
        program.contains(r#"let user = std::env::var("API_USER")?;"#),
        "{program}"
    );
}

#[test]
fn programs_have_the_credentials_of_their_call_and_all_of_them() {
    let schemes = "  securitySchemes:\n    basic: {type: http, scheme: basic}\n    app: {type: apiKey, in: header, name: X-App}\n";
    let document = SHOP
        .replace("security: [{key: []}]", "security: [{app: [], key: []}]")
        .replace("  securitySchemes: {", &format!("{schemes}    "))
        .replace("name: X-Key}}", "name: X-Key}");
    let files = package(&document, "");
    for path in ["examples/first_call.rs", "README.md"] {
        let program = contents(&files, path);
        assert!(program.contains(".app(key)"), "{program}");
        assert!(program.contains(".key(key_key)"), "{program}");
        assert!(!program.contains("basic"), "{program}");
    }
}

#[test]
fn programs_say_where_a_relative_server_is() {
    let document = SHOP.replace("https://shop.example.com", "/api/v1");
    for (document, is_said) in [(SHOP, false), (&document, true)] {
        let files = package(document, "");
        for path in ["examples/first_call.rs", "README.md"] {
            let program = contents(&files, path);
            assert_eq!(
                program.contains(".base_url(\"https://…\")"),
                is_said,
                "{program}"
            );
        }
    }
}

#[test]
fn an_api_without_calls_and_events_has_no_programs() {
    let files = package(
        "{openapi: 3.1.0, info: {title: T, version: '1'}, components: {schemas: {A: {type: string}}}}",
        "",
    );
    assert!(!files.iter().any(|file| file.path.starts_with("examples/")));
    let page = contents(&files, "src/lib.rs");
    for absent in [
        "# Client",
        "# Errors",
        "# Lists",
        "# Events",
        "# Operations",
    ] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert!(page.contains("# Features"));
}

#[test]
fn programs_can_be_left_out() {
    let files = package(SHOP, "[parts]\nexamples = false\n");
    assert!(!files.iter().any(|file| file.path.starts_with("examples/")));
    assert!(!contents(&files, "Cargo.toml").contains("tokio"));
}

#[test]
fn the_manifest_tells_where_documentation_is_built_that_everything_is_shown() {
    let files = package(SHOP, "");
    let manifest: toml::Table = contents(&files, "Cargo.toml").parse().expect("TOML");
    let docs = &manifest["package"]["metadata"]["docs"]["rs"];
    assert_eq!(docs["all-features"].as_bool(), Some(true));
    assert_eq!(docs["rustdoc-args"].as_array().map(Vec::len), Some(2));
    let examples = manifest["example"].as_array().expect("programs");
    let needed = examples.iter().map(|it| it["required-features"].clone());
    let expected = ["notes", "notes"].map(|tag| toml::Value::from(vec!["client", tag]));
    assert_eq!(needed.collect::<Vec<_>>(), expected);
}

#[test]
fn methods_say_what_they_answer() {
    let files = package(SHOP, "");
    let orders = contents(&files, "src/generated/resources/orders.rs");
    assert!(orders.contains("/// Answers [`Order`]: o."), "{orders}");
    assert!(orders.contains("/// Answers nothing: gone."), "{orders}");
    assert!(orders.contains("/// [`Order`]: super::super::types::Order"));
    let notes = contents(&files, "src/generated/resources/notes.rs");
    assert!(
        notes.contains("walks the whole list, each item [`Order`]."),
        "{notes}"
    );
}

#[test]
fn a_property_without_words_has_those_of_its_schema_or_its_title() {
    let files = package(SHOP, "");
    let order = contents(&files, "src/generated/types/order.rs");
    for line in [
        "    /// A part of it.\n    pub part:",
        "    /// A part of it.\n    pub maybe:",
        "    /// A part of it.\n    pub wrapped:",
        "    /// The property `paid_at`.\n    pub paid_at:",
        "    /// When it must be paid\n    pub due_at:",
    ] {
        assert!(order.contains(line), "{line}\n{order}");
    }
}

#[test]
fn the_guide_tells_of_types_that_no_schema_names_where_there_are_any() {
    let heading = "//! # Types that are not said";
    assert!(!contents(&package(SHOP, ""), "src/lib.rs").contains(heading));
    for schema in ["{format: date}", "{properties: {a: {type: string}}}"] {
        let document = SHOP.replace(
            "Part: {type: object",
            &format!("Unsaid: {schema}\n    Part: {{type: object"),
        );
        assert!(
            contents(&package(&document, ""), "src/lib.rs").contains(heading),
            "{schema}"
        );
    }
}

const ORDERING: &str = r##"
openapi: 3.1.0
info: {title: Ordering, version: "1"}
servers: [{url: "https://ordering.example"}]
paths:
  /orders/{id}/lines:
    post:
      operationId: createLine
      tags: [lines]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewLine"}}}}
      responses: {"204": {description: made}}
components:
  schemas:
    Amount: {type: integer}
    Code: {type: object, description: "One code.\n\nMore of it.", properties: {text: {type: string}}}
    NewLine:
      type: object
      required: [name, amount]
      properties:
        name: {type: string}
        amount: {$ref: "#/components/schemas/Amount"}
        codes: {type: array, items: {$ref: "#/components/schemas/Code"}}
        words: {type: array, items: {type: string, description: A word.}}
        old: {type: string, deprecated: true}
"##;

#[test]
fn an_api_that_nothing_can_be_read_from_is_shown_by_what_is_sent() {
    let files = package(ORDERING, "");
    let program = contents(&files, "examples/first_call.rs");
    assert!(
        program.contains("let id = std::env::var(\"ID\")?;"),
        "{program}"
    );
    assert!(
        program.contains(".create(id, shop::types::NewLine::new("),
        "{program}"
    );
    assert!(contents(&files, "README.md").contains("NewLine::new("));
    let document = ORDERING.replace(
        "{$ref: \"#/components/schemas/Amount\"}",
        "{type: string, format: date}",
    );
    let files = package(&document, "");
    let program = contents(&files, "examples/first_call.rs");
    let by_name = "shop::required::NewLine { amount: amount.into(), name }";
    assert!(program.contains(by_name), "{program}");
}

#[test]
fn a_list_without_words_has_those_of_its_items_and_a_setter_says_what_is_deprecated() {
    let files = package(ORDERING, "");
    let line = contents(&files, "src/generated/types/new_line.rs");
    for text in [
        "    /// Each: One code.\n    pub codes:",
        "    /// Each: A word.\n    pub words:",
        "    /// Sets `old`.\n    ///\n    /// **Deprecated.**\n    pub fn old(",
    ] {
        assert!(line.contains(text), "{text}\n{line}");
    }
}

#[test]
fn the_first_call_is_a_list_of_the_tag_that_the_document_has_first() {
    let list = |path: &str, tag: &str, parameter: &str| {
        format!(
            "  /{path}:\n    get:\n      tags: [{tag}]\n      parameters: [{{name: {parameter}, in: query, schema: {{type: integer}}}}]\n      \
             responses: {{\"200\": {{description: l, content: {{application/json: {{schema: {{type: array, items: {{type: object}}}}}}}}}}}}\n"
        )
    };
    let document = |tags: &str| {
        let paths = [
            list("accounts", "Accounts", "of"),
            list("emails", "Emails", "page"),
            list("domains", "Domains", "page"),
        ];
        format!(
            "openapi: 3.1.0\ninfo: {{title: Mail, version: \"1\", description: \"Sends mail.\\n\\nIn detail.\"}}\ntags: {tags}\npaths:\n{}",
            paths.concat()
        )
    };
    for (tags, called) in [
        (
            "[{name: Emails}, {name: Domains}, {name: Accounts}]",
            "client.emails().list()",
        ),
        (
            "[{name: Domains}, {name: Emails}, {name: Accounts}]",
            "client.domains().list()",
        ),
        ("[]", "client.domains().list()"),
        (
            "[{name: Accounts}, {name: Emails}]",
            "client.domains().list()",
        ),
    ] {
        let files = package(&document(tags), "");
        let readme = contents(&files, "README.md");
        assert!(readme.contains(called), "{tags}: {readme}");
        assert!(readme.contains("of the API.\n\nSends mail.\n"), "{readme}");
    }
}

#[test]
fn an_api_none_of_whose_calls_can_be_shown_has_a_client_in_its_readme() {
    let document = "openapi: 3.1.0\ninfo: {title: Points, version: \"1\"}\npaths:\n  /search:\n    post:\n      requestBody: \
                    {required: true, content: {application/json: {schema: {type: array, items: {type: number}}}}}\n      \
                    responses: {\"204\": {description: o}}\n";
    let files = package(document, "");
    let readme = contents(&files, "README.md");
    assert!(
        readme.contains("\nfn main() -> ") && readme.contains("let client = Client::builder("),
        "{readme}"
    );
}
