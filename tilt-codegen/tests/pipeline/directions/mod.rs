//! Properties of one direction: `readOnly` and `writeOnly`.

mod compiled;
mod generations;
mod laws;

use serde_json::{Map, Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::model::{Sdk, Shape, Type};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

fn input(name: &str, text: String) -> Input {
    Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    }
}

fn model(document: &Value, names: Option<String>, config: &str) -> Modelled {
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", names)),
        ..Inputs::default()
    };
    let generator = Generator::new(Config::from_toml(config).unwrap());
    generator
        .model(&inputs)
        .unwrap_or_else(|refused| panic!("{refused}"))
}

fn first(document: &Value) -> Modelled {
    model(document, None, "")
}

fn next(document: &Value, before: &Modelled) -> Modelled {
    model(document, Some(before.names.to_string()), "")
}

#[track_caller]
fn has(modelled: &Modelled, line: &str) {
    let surface = surface(&modelled.sdk);
    assert!(surface.lines().any(|it| it == line), "{line}\n{surface}");
}

#[track_caller]
fn lacks(modelled: &Modelled, start: &str) {
    let surface = surface(&modelled.sdk);
    assert!(
        !surface.lines().any(|it| it.starts_with(start)),
        "{start}\n{surface}"
    );
}

#[track_caller]
fn locks(modelled: &Modelled, line: &str) {
    let lock = modelled.names.to_string();
    assert!(lock.lines().any(|it| it == line), "{line}\n{lock}");
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn content(schema: Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

/// `POST /NAME` takes a type, `GET /NAME` answers one.
fn api(sent: &[&str], answered: &[&str], schemas: Value) -> Value {
    let mut paths = Map::new();
    for name in sent {
        let item = &mut paths.entry(format!("/{name}")).or_insert(json!({}));
        item["post"] = json!({
            "requestBody": {"required": true, "content": content(to(name))},
            "responses": {"204": {"description": "done"}},
        });
    }
    for name in answered {
        let item = &mut paths.entry(format!("/{name}")).or_insert(json!({}));
        item["get"] =
            json!({"responses": {"200": {"description": "it", "content": content(to(name))}}});
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn text() -> Value {
    json!({"type": "string"})
}

fn read_only() -> Value {
    json!({"type": "string", "readOnly": true})
}

fn write_only() -> Value {
    json!({"type": "string", "writeOnly": true})
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn user() -> Value {
    object(
        &["id", "name", "password"],
        json!({"id": read_only(), "name": text(), "password": write_only()}),
    )
}

/// The same without properties of one direction.
fn plain_user() -> Value {
    object(
        &["id", "name", "password"],
        json!({"id": text(), "name": text(), "password": text()}),
    )
}

#[test]
fn a_type_of_both_directions_is_two_where_they_differ() {
    let api = first(&api(
        &["User", "Note"],
        &["User", "Note"],
        json!({"User": user(), "Note": object(&["text"], json!({"text": text()}))}),
    ));
    has(&api, "type User.id: String");
    has(&api, "type User.name: String");
    lacks(&api, "type User.password");
    lacks(&api, "type User new");
    has(
        &api,
        "type UserInput required { name: String, password: String }",
    );
    lacks(&api, "type UserInput.id");
    has(
        &api,
        "operation user.create(body: into UserInput) -> () = POST /User",
    );
    lacks(&api, "type NoteInput");
    locks(&api, "type User openapi#/components/schemas/User <");
    locks(&api, "type UserInput openapi#/components/schemas/User >");
    locks(&api, " * name password");
    locks(&api, "type Note openapi#/components/schemas/Note");
}

#[test]
fn a_type_of_one_direction_has_no_properties_of_the_other() {
    let answer = first(&api(&[], &["User"], json!({"User": user()})));
    has(&answer, "type User.id: String");
    lacks(&answer, "type User.password");
    locks(&answer, "type User openapi#/components/schemas/User <");
    let request = first(&api(&["User"], &[], json!({"User": user()})));
    has(&request, "type User.password: String");
    lacks(&request, "type User.id");
    locks(&request, "type User openapi#/components/schemas/User >");
    for api in [answer, request] {
        lacks(&api, "type UserInput");
    }
}

#[test]
fn a_type_that_nothing_uses_is_as_its_schema_says() {
    let api = first(&api(&[], &[], json!({"User": user()})));
    has(&api, "type User.id: String");
    has(&api, "type User.password: String");
    locks(&api, "type User openapi#/components/schemas/User");
}

#[test]
fn whatever_contains_such_a_type_is_two_as_well() {
    let list = json!({"type": "array", "items": to("User")});
    let map = json!({"type": "object", "additionalProperties": to("User")});
    let inline = object(&["at"], json!({"at": text(), "by": read_only()}));
    let schemas = json!({
        "User": user(),
        "Users": list,
        "ByName": map,
        "Org": object(&["title"], json!({"title": text(), "staff": to("Users"), "address": inline})),
        "Owner": {"oneOf": [to("Org"), to("User"), to("ByName")]},
        "Alias": to("Owner"),
    });
    let api = first(&api(&["Alias"], &["Alias"], schemas));
    has(&api, "type AliasInput = OwnerInput");
    has(&api, "type UsersInput = [UserInput]");
    has(&api, "type OrgInput.staff: UsersInput?");
    has(&api, "type OrgInput.address: AddressInput?");
    has(&api, "type AddressInput.at: String");
    lacks(&api, "type AddressInput.by");
    // Variants have one name in both directions.
    has(&api, "type Owner::Org(Org)");
    has(&api, "type OwnerInput::Org(OrgInput)");
    has(&api, "type OwnerInput::User(UserInput)");
    has(&api, "type OwnerInput from UserInput");
}

#[test]
fn a_request_that_contains_itself_is_two() {
    let node = object(
        &["id", "secret"],
        json!({
            "id": read_only(), "secret": write_only(), "parent": to("Node"),
            "children": {"type": "array", "items": to("Node")},
        }),
    );
    let api = first(&api(&["Node"], &["Node"], json!({"Node": node})));
    has(&api, "type NodeInput.parent: NodeInput?");
    has(&api, "type NodeInput.children: [NodeInput]?");
    has(&api, "type Node.parent: Node?");
    let input = named(&api.sdk, "NodeInput");
    let Shape::Struct(shape) = &input.shape else {
        panic!("{input:?}");
    };
    let parent = shape.fields.iter().find(|it| it.wire == "parent").unwrap();
    assert!(
        matches!(parent.ty, tilt_codegen::model::TypeRef::Boxed(_)),
        "{parent:?}"
    );
}

#[test]
fn what_only_a_property_of_one_direction_holds_goes_that_way() {
    let meta = object(&["etag"], json!({"etag": read_only(), "key": write_only()}));
    let user = object(
        &[],
        json!({"meta": {"allOf": [to("Meta")], "readOnly": true}, "name": text()}),
    );
    let api = first(&api(
        &["User"],
        &["User"],
        json!({"User": user, "Meta": meta}),
    ));
    has(&api, "type User.meta: Meta?");
    lacks(&api, "type MetaInput");
    lacks(&api, "type Meta.key");
    lacks(&api, "type Meta set");
}

#[test]
fn a_mark_stands_at_the_property_or_at_what_it_refers_to() {
    let schemas = json!({
        "Id": read_only(),
        "Key": to("Id"),
        "User": object(&["a", "b", "c", "d"], json!({
            "a": to("Id"), "b": to("Key"), "c": {"allOf": [to("Key")]},
            "d": {"allOf": [text()], "readOnly": true}, "e": text(),
        })),
    });
    let api = first(&api(&["User"], &[], schemas));
    has(&api, "type User.e: String?");
    for gone in ["a", "b", "c", "d"] {
        lacks(&api, &format!("type User.{gone}:"));
    }
}

#[test]
fn a_property_with_both_marks_is_of_no_direction_and_not_demanded() {
    let both = json!({"type": "string", "readOnly": true, "writeOnly": true});
    let user = object(&["odd"], json!({"odd": both}));
    let api = first(&api(&["User"], &["User"], json!({"User": user})));
    has(&api, "type User.odd: String?");
    lacks(&api, "type UserInput");
}

#[test]
fn inline_types_are_not_equal_where_their_directions_differ() {
    let schemas = json!({
        "A": object(&[], json!({"part": object(&["x"], json!({"x": read_only(), "y": text()}))})),
        "B": object(&[], json!({"part": object(&["x"], json!({"x": text(), "y": text()}))})),
    });
    let api = first(&api(&["A", "B"], &[], schemas));
    let surface = surface(&api.sdk);
    let structs = surface.lines().filter(|line| line.ends_with(".y: String?"));
    assert_eq!(structs.count(), 2, "{surface}");
    let xs = surface.lines().filter(|line| line.ends_with(".x: String"));
    assert_eq!(xs.count(), 1, "{surface}");
}

#[test]
fn where_all_other_properties_have_one_type_none_is_lost() {
    let mut counted = object(
        &["id", "key"],
        json!({"id": read_only(), "key": write_only()}),
    );
    counted["additionalProperties"] = json!({"type": "integer"});
    let api = first(&api(
        &["Counted"],
        &["Counted"],
        json!({"Counted": counted}),
    ));
    // A text has no place among integers.
    has(&api, "type Counted.id: String");
    has(&api, "type Counted.key: String? or null");
    has(&api, "type CountedInput.key: String");
    has(&api, "type CountedInput.id: String? or null");
}

#[test]
fn an_event_is_an_answer() {
    let mut document = api(&["User"], &[], json!({"User": user()}));
    document["webhooks"] = json!({"user.created": {"post": {
        "requestBody": {"content": content(to("User"))}, "responses": {"204": {"description": "ok"}},
    }}});
    let api = first(&document);
    has(&api, "type User.id: String");
    lacks(&api, "type User.password");
    has(&api, "type UserInput.password: String");
}

#[test]
fn forms_and_parameters_are_requests() {
    let mut document = api(&[], &["User"], json!({"User": user()}));
    let body = json!({
        "multipart/form-data": {"schema": to("User"), "encoding": {"id": {"contentType": "text/plain"}}},
        "application/x-www-form-urlencoded": {"schema": to("User")},
    });
    let filter = json!({"name": "filter", "in": "query", "style": "deepObject", "explode": true, "schema": to("User")});
    document["paths"]["/User"]["put"] = json!({
        "parameters": [filter],
        "requestBody": {"required": true, "content": body},
        "responses": {"204": {"description": "done"}},
    });
    let api = first(&document);
    let surface = surface(&api.sdk);
    let put = surface.lines().find(|line| line.contains("PUT /User"));
    assert_eq!(put.unwrap().matches("UserInput").count(), 2, "{surface}");
    has(&api, "type UserInput.password: String");
    lacks(&api, "type User.password");
}

#[test]
fn fields_have_one_name_in_both_directions() {
    let user = object(
        &[],
        json!({"userId": read_only(), "UserId": text(), "key": write_only()}),
    );
    let api = first(&api(&["User"], &["User"], json!({"User": user})));
    let name = |ty: &str| {
        let Shape::Struct(shape) = &named(&api.sdk, ty).shape else {
            panic!("{ty}");
        };
        let field = shape.fields.iter().find(|it| it.wire == "UserId");
        field.unwrap().name.clone()
    };
    assert_eq!(name("User"), name("UserInput"));
    let Shape::Struct(shape) = &named(&api.sdk, "UserInput").shape else {
        panic!("no struct");
    };
    assert_eq!(shape.fields.len(), 2);
}

#[test]
fn settings_know_a_type_of_requests_by_the_schema() {
    let document = api(
        &["User"],
        &["User"],
        json!({"User": object(&["key", "id"], json!({"key": text(), "id": read_only()}))}),
    );
    let api = model(&document, None, "[ids]\n\"User.key\" = \"Reference\"\n");
    has(&api, "type User.key: Reference");
    has(&api, "type UserInput.key: Reference");
    let api = model(&document, None, "[types.rename]\nUser = \"Account\"\n");
    has(&api, "type AccountInput.key: String");
    let api = model(&document, None, "[types.rename]\nUserInput = \"NewUser\"\n");
    has(&api, "type NewUser.key: String");
    locks(&api, "type UserInput openapi#/components/schemas/User >");
}

#[test]
fn the_schema_of_a_request_is_that_of_the_document() {
    let api = first(&api(&["User"], &["User"], json!({"User": user()})));
    let definitions = &api.sdk.definitions;
    let schema = |name: &str| {
        let found = definitions.iter().find(|it| it.name == name);
        &found.unwrap().schema
    };
    assert_eq!(schema("User")["properties"]["id"]["readOnly"], true);
    assert_eq!(schema("User")["properties"]["password"]["writeOnly"], true);
    assert_eq!(schema("UserInput")["$ref"], "#/$defs/User");
}

fn named<'s>(sdk: &'s Sdk, name: &str) -> &'s Type {
    let found = sdk.types.iter().find(|ty| ty.name == name);
    found.unwrap_or_else(|| panic!("{name}"))
}
