//! References that leave the folder, that are not written as the specification says, and members that are references.

use super::*;

const ORDER: &str = "{type: object, properties: {id: {type: string}}}";

fn types(modelled: &Modelled) -> Vec<&str> {
    let types = modelled.sdk.types.iter();
    types.map(|ty| ty.name.as_str()).collect()
}

fn operations(modelled: &Modelled) -> usize {
    let resources = modelled.sdk.resources.iter();
    resources.map(|resource| resource.operations.len()).sum()
}

fn within(folder: &TempDir, root: &str, document: &str) -> Inputs {
    Inputs {
        openapi: Some(Input::Within {
            folder: folder.path().join(root),
            path: folder.path().join(document),
        }),
        ..Inputs::default()
    }
}

/// An operation that answers with a schema.
fn answering(schema: &str) -> String {
    format!(
        "get: {{responses: {{'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}}}}}"
    )
}

#[test]
fn references_reach_as_far_as_a_folder_is_allowed() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n",
        answering("{$ref: ../models/order.yaml}")
    );
    let files = [
        ("api/openapi.yaml", document.as_str()),
        ("models/order.yaml", ORDER),
    ];
    let folder = folder(&files);
    let alone = Inputs {
        openapi: Some(Input::Path(folder.path().join(files[0].0))),
        ..Inputs::default()
    };
    let refused = generate(&alone).map_err(|refused| refused.to_string());
    assert!(refused.is_err_and(|it| it.contains("--root")));
    let modelled = generate(&within(&folder, "", files[0].0));
    let modelled = modelled.unwrap_or_else(|refused| panic!("{refused}"));
    assert_eq!(types(&modelled), ["Order"]);
    // From one place of the document, whatever is allowed.
    let names = modelled.names.to_string();
    assert!(names.contains("openapi:../models/order.yaml#"), "{names}");
    let outside = generate(&within(&folder, "models", files[0].0));
    assert!(outside.is_err());
}

#[test]
fn a_slash_in_a_name_is_one_where_nothing_else_is_meant() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n  /a/b:\n    $ref: '#/paths//a'\n\
         components:\n  schemas:\n    v1/Order: {ORDER}\n    v1: {{type: object, properties: {{Line: {{type: string}}}}}}\n",
        answering("{$ref: '#/components/schemas/v1/Order'}")
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert_eq!(operations(&modelled), 2);
    assert_eq!(
        findings(&modelled, "loose-reference"),
        [
            "`#/components/schemas/v1/Order` is read as `#/components/schemas/v1~1Order`",
            "`#/paths//a` is read as `#/paths/~1a`",
        ]
    );
}

#[test]
fn a_reference_with_two_meanings_has_none() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n\
         components:\n  schemas:\n    a/b: {{properties: {{c: {{}}}}, c: {ORDER}}}\n    a: {{b/c: {ORDER}}}\n",
        answering("{$ref: '#/components/schemas/a/b/c'}")
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert_eq!(findings(&modelled, "loose-reference"), [""; 0]);
    assert_eq!(findings(&modelled, "unresolved-reference").len(), 1);
}

#[test]
fn a_reference_to_the_whole_document_is_none_to_a_schema() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n",
        answering("{$ref: ''}")
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert_eq!(findings(&modelled, "unresolved-reference").len(), 1);
    assert_eq!(findings(&modelled, "unknown-keyword"), [""; 0]);
}

#[test]
fn references_that_only_lead_to_each_other_end() {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n\
         components:\n  schemas:\n    A: {{$ref: '#/components/schemas/B/x'}}\n    B: {{$ref: '#/components/schemas/A/x'}}\n",
        answering("{$ref: '#/components/schemas/A/x'}")
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert!(!findings(&modelled, "unresolved-reference").is_empty());
}

#[test]
fn outermost_members_may_be_references() {
    let document = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {$ref: parts/paths.yaml}\n\
                    tags: {$ref: parts/tags.yaml}\nservers: {$ref: parts/servers.yaml}\n\
                    components:\n  schemas: {$ref: parts/schemas.yaml}\n  securitySchemes: {$ref: parts/security.yaml}\n";
    let paths = format!(
        "/a:\n  {}\n",
        answering("{$ref: '../api.yaml#/components/schemas/Order'}")
    );
    let modelled = model(&[
        ("api.yaml", document),
        ("parts/paths.yaml", &paths),
        ("parts/tags.yaml", "[{name: t}]"),
        ("parts/servers.yaml", "- url: https://example.com"),
        (
            "parts/schemas.yaml",
            &format!("Order: {ORDER}\nLine: {ORDER}"),
        ),
        (
            "parts/security.yaml",
            "key: {type: apiKey, name: k, in: header}",
        ),
    ]);
    assert_eq!(types(&modelled), ["Line", "Order"]);
    assert_eq!(operations(&modelled), 1);
    assert_eq!(findings(&modelled, "member-reference").len(), 5);
    assert_eq!(findings(&modelled, "loose-reference").len(), 1);
}

#[test]
fn a_member_that_leads_to_something_else_is_refused() {
    let folder = folder(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {$ref: paths.yaml}\n",
        ),
        ("paths.yaml", "[]"),
    ]);
    let refused = generate(&within(&folder, "", "api.yaml")).map(|_| ());
    let refused = refused.map_err(|refused| refused.items[0].message.clone());
    assert_eq!(
        refused,
        Err("`paths` leads to an array, expected an object".to_owned())
    );
}

#[test]
fn a_file_of_markdown_is_the_text_that_it_stands_for() {
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1', description: {$ref: ./intro.md}}\n\
                    paths: {/a: {$ref: parts/a.yaml}, /b: {get: {description: {$ref: gone.md}}}}\n";
    let path = "get: {description: {$ref: ../docs/a.md}, parameters: [{name: p, in: query, schema: {type: string, description: {$ref: ../docs/a.md}}}]}";
    let modelled = model(&[
        ("api.yaml", document),
        ("parts/a.yaml", path),
        ("intro.md", "# Begin\n\nwith: {\n"),
        ("docs/a.md", "- Lists \"all"),
    ]);
    assert_eq!(modelled.sdk.info.docs.0, "# Begin\n\nwith: {");
    let operation = &modelled.sdk.resources[0].operations[0];
    assert_eq!(operation.docs.0, "- Lists \"all");
    assert_eq!(findings(&modelled, "member-reference").len(), 3);
    assert_eq!(findings(&modelled, "malformed-member").len(), 1);
}

#[test]
fn a_schema_in_another_file_is_found_by_its_id() {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    {}\n  /b:\n    {}\n  /c:\n    {}\n",
        answering("{$ref: 'order.yaml'}"),
        answering("{$ref: 'https://example.com/schemas/order'}"),
        answering("{$ref: 'https://example.com/schemas/item'}"),
    );
    let order = "$id: https://example.com/schemas/order\ntype: object\nproperties: {item: {$ref: item}}\n\
                 $defs: {Item: {$id: item, type: object, properties: {id: {type: string}}}}\n";
    let files = [("api.yaml", document.as_str()), ("order.yaml", order)];
    let modelled = model(&files);
    assert_eq!(types(&modelled), ["Item", "Order"]);
    assert_eq!(operations(&modelled), 3);
}

#[test]
fn a_second_schema_of_one_id_is_a_finding() {
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                    A: {$id: 'https://example.com/a', type: string}\n    B: {$id: 'https://example.com/a', type: integer}\n    \
                    C: {properties: {a: {$ref: 'https://example.com/a'}}}\n";
    let modelled = model(&[("api.yaml", document)]);
    assert_eq!(
        findings(&modelled, "repeated-id"),
        ["references to `https://example.com/a` lead to another schema, which has it first"]
    );
}
