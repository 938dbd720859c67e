//! Names that users would guess, and that a names file keeps as they were.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

mod bodies;
mod methods;
mod namespaces;
mod stutters;
mod wrappers;

const HEADER: &str = "names 1\n";

fn lines(document: &Value, names: Option<&str>) -> Vec<String> {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", format!("{HEADER}{names}"))),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    surface(&modelled.sdk).lines().map(str::to_owned).collect()
}

#[track_caller]
fn has(lines: &[String], expected: &[&str]) {
    for line in expected {
        assert!(lines.iter().any(|it| it == line), "{line}\n{lines:#?}");
    }
}

fn document(paths: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn answering(id: &str, schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    json!({"operationId": id, "responses": {"200": {"description": "", "content": content}}})
}

fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

/// Method and path, operationId, tag, and the resource and method that come of them.
fn operation(method: &str, path: &str, id: &str, tag: Option<&str>) -> String {
    let tags: Vec<&str> = tag.into_iter().collect();
    let operation = json!({"operationId": id, "tags": tags, "responses": {}});
    let lines = lines(
        &document(json!({path: {method: operation}}), json!({})),
        None,
    );
    let line = lines.iter().find(|line| line.starts_with("operation "));
    let name = line.unwrap().trim_start_matches("operation ");
    name.split('(').next().unwrap().to_owned()
}

fn deleted() -> Value {
    let properties = json!({"id": {"type": "string"}, "deleted": {"type": "boolean"}});
    document(
        json!({
            "/tags/{t}": {"delete": answering("deleteTag", &object(properties.clone()))},
            "/orders/{o}": {"delete": answering("deleteOrder", &object(properties))},
        }),
        json!({}),
    )
}

#[test]
fn equal_answers_of_different_things_are_called_after_each() {
    let lines = lines(&deleted(), None);
    has(
        &lines,
        &["type DeletedTag struct", "type DeletedOrder struct"],
    );
}

#[test]
fn equal_types_that_were_one_stay_one_by_the_names_file() {
    let place = |path: &str| {
        format!("openapi#/paths/~1{path}/delete/responses/200/content/application~1json/schema")
    };
    let names = format!(
        "type DeletedTag {}\n + {}\n",
        place("tags~1{t}"),
        place("orders~1{o}")
    );
    let lines = lines(&deleted(), Some(&names));
    assert!(
        !lines.iter().any(|line| line.contains("DeletedOrder")),
        "{lines:#?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("orders.delete") && line.contains("DeletedTag"))
    );
}

#[test]
fn equal_types_of_one_property_are_one() {
    let address = object(json!({"city": {"type": "string"}}));
    let status = json!({"enum": ["open", "paid"], "type": "string"});
    let schemas = json!({
        "Order": object(json!({"address": address, "state": status, "currency": status})),
        "Refund": object(json!({"address": address, "state": status, "currency": status})),
    });
    let lines = lines(&document(json!({}), schemas), None);
    has(
        &lines,
        &[
            "type Order.address: Address?",
            "type Refund.address: Address?",
            "type Order.currency: Currency?",
            "type Refund.currency: Currency?",
            // This says nothing without what has it.
            "type Order.state: OrderState?",
            "type Refund.state: RefundState?",
        ],
    );
}

#[test]
fn an_answer_under_a_name_is_known_by_it() {
    let reference = json!({"$ref": "#/components/responses/all_members"});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/pools/{p}/members": {"get": {"responses": {"200": reference}}}},
        "components": {"responses": {"all_members": {"description": "", "content": {
            "application/json": {"schema": object(json!({"total": {"type": "integer"}}))},
        }}}},
    });
    has(&lines(&document, None), &["type AllMembers struct"]);
}

#[test]
fn a_verb_of_the_author_is_heard() {
    for (method, path, id, expected) in [
        (
            "post",
            "/batch-payments",
            "deleteBatchPayment",
            "batch_payments.delete",
        ),
        ("put", "/invoices", "createInvoices", "invoices.create"),
        (
            "post",
            "/invoices",
            "updateOrCreateInvoices",
            "invoices.update_or_create",
        ),
        (
            "delete",
            "/payments/{id}",
            "cancel-payment",
            "payments.cancel",
        ),
        ("get", "/maintenance", "listMaintenance", "maintenance.list"),
        ("post", "/points", "get_points", "points.get"),
        ("get", "/things", "things/search", "things.search"),
    ] {
        assert_eq!(operation(method, path, id, None), expected, "{id}");
    }
}

#[test]
fn what_says_the_same_in_other_words_is_not_heard() {
    for (method, path, id, expected) in [
        (
            "post",
            "/orders/{o}/payments",
            "InitiatePayment",
            "payments.create",
        ),
        (
            "post",
            "/launch-tokens",
            "MintLaunchToken",
            "launch_tokens.create",
        ),
        ("get", "/orders/{o}", "RetrieveOrder", "orders.get"),
        ("get", "/orders", "OrdersController_findAll", "orders.list"),
        (
            "post",
            "/orders",
            "create_order_orders_post",
            "orders.create",
        ),
        (
            "get",
            "/orders/{order_id}",
            "get-orders-by-order-id",
            "orders.get",
        ),
        (
            "post",
            "/payments/{id}/refunds",
            "refundPayment",
            "refunds.create",
        ),
    ] {
        assert_eq!(operation(method, path, id, None), expected, "{id}");
    }
}

#[test]
fn an_echo_is_no_name_where_two_collide() {
    let echo = |path: &str, id: &str| {
        (
            path.to_owned(),
            json!({"get": {"operationId": id, "responses": {}}}),
        )
    };
    let paths: serde_json::Map<String, Value> = [
        echo("/vod/{year}/{day}", "vod_vod__year___day__get"),
        echo(
            "/vod/{year}/{day}/{hour}",
            "vod_vod__year___day___hour__get",
        ),
    ]
    .into_iter()
    .collect();
    let lines = lines(&document(Value::Object(paths), json!({})), None);
    let names: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("operation"))
        .collect();
    assert_eq!(names.len(), 2);
    assert!(
        names
            .iter()
            .all(|name| !name.contains("_get(") && !name.contains("year_day")),
        "{names:?}"
    );
}

#[test]
fn a_verb_in_a_path_is_a_method_of_the_noun_before_it() {
    for (method, path, id, tag, expected) in [
        (
            "post",
            "/groups/{g}/remove_members",
            "x",
            None,
            "groups.remove_members",
        ),
        (
            "get",
            "/payments/verify/{reference}",
            "x",
            None,
            "payments.verify",
        ),
        (
            "post",
            "/users/{u}/create_session/bulk",
            "x",
            None,
            "users.create_session_bulk",
        ),
        (
            "post",
            "/sendMessage",
            "sendMessage",
            Some("Messages"),
            "messages.send",
        ),
        (
            "post",
            "/sendMessage",
            "sendMessage",
            None,
            "api.send_message",
        ),
        (
            "get",
            "/search/artifacts",
            "searchArtifacts",
            None,
            "artifacts.search",
        ),
        (
            "post",
            "/export/{camera}/start/{s}/end/{e}",
            "record",
            Some("Export"),
            "export.record",
        ),
    ] {
        assert_eq!(operation(method, path, id, tag), expected, "{path}");
    }
}

#[test]
fn a_thing_that_is_called_like_a_verb_is_no_method() {
    for (method, path, id, tag, expected) in [
        ("post", "/add_ons", "create_add_on", None, "add_ons.create"),
        (
            "post",
            "/runners/remove-token",
            "create-remove-token",
            None,
            "runners.create_remove_token",
        ),
    ] {
        assert_eq!(operation(method, path, id, tag), expected, "{path}");
    }
}

#[test]
fn a_singular_collection_is_one_resource() {
    let empty = |id: &str| json!({"operationId": id, "responses": {}});
    let paths = json!({
        "/app/{a}/endpoint": {"get": empty("list"), "post": empty("create")},
        "/app/{a}/endpoint/{e}": {"get": empty("get"), "delete": empty("delete")},
    });
    let lines = lines(&document(paths, json!({})), None);
    let resources = lines
        .iter()
        .filter(|line| line.starts_with("operation endpoint."));
    assert_eq!(resources.count(), 4, "{lines:#?}");
}

#[test]
fn operations_keep_the_names_of_the_names_file() {
    let paths = json!({
        "/batch-payments": {"post": {"operationId": "deleteBatchPayment", "responses": {}}},
        "/sendMessage": {"post": {"operationId": "sendMessage", "responses": {}}},
    });
    let names = "operation POST /batch-payments batch_payments.create\n\
                 operation POST /sendMessage send_message.create\n";
    let lines = lines(&document(paths, json!({})), Some(names));
    has(
        &lines,
        &[
            "operation batch_payments.create() -> () = POST /batch-payments",
            "operation send_message.create() -> () = POST /sendMessage",
        ],
    );
}

fn hits() -> Value {
    let number = json!({"type": "integer"});
    let alternatives = json!([
        object(json!({"hits": number, "limit": number})),
        object(json!({"hits": number, "page": number})),
    ]);
    document(json!({}), json!({"Hits": {"oneOf": alternatives}}))
}

#[test]
fn alternatives_are_told_by_what_only_they_have() {
    let lines = lines(&hits(), None);
    has(
        &lines,
        &[
            "type Hits::WithLimit(HitsWithLimit)",
            "type Hits::WithPage(HitsWithPage)",
        ],
    );
}

#[test]
fn alternatives_that_only_ask_for_properties_are_told_by_them() {
    let text = json!({"type": "string"});
    let gist = json!({
        "type": "object",
        "properties": {"content": text, "filename": text},
        "anyOf": [{"required": ["content"]}, {"required": ["filename"]}, {"type": "object"}],
    });
    let lines = lines(&document(json!({}), json!({"Gist": gist})), None);
    has(
        &lines,
        &[
            "type Gist::WithContent(GistWithContent)",
            "type Gist::WithFilename(GistWithFilename)",
        ],
    );
}

#[test]
fn alternatives_keep_the_names_of_the_names_file() {
    let names = "type Hits openapi#/components/schemas/Hits\n HitsVariant HitsVariant\n HitsVariant2 HitsVariant2\n\
                 type HitsVariant Hits/oneOf/0\ntype HitsVariant2 Hits/oneOf/1\n";
    let lines = lines(&hits(), Some(names));
    has(
        &lines,
        &[
            "type Hits::HitsVariant(HitsVariant)",
            "type Hits::HitsVariant2(HitsVariant2)",
        ],
    );
}

fn webhook(kind: bool) -> Value {
    let payload = |text: &str| match kind {
        true => object(json!({"type": {"const": text}, "id": {"type": "string"}})),
        false => object(json!({text: {"type": "string"}})),
    };
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let schema = json!({"oneOf": [reference("ByBank"), reference("ByCard")]});
    let content = json!({"application/json": {"schema": schema}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "webhooks": {"orderCreated": {"post": {"requestBody": {"content": content}, "responses": {}}}},
        "components": {"schemas": {"ByBank": payload("bank"), "ByCard": payload("card")}},
    })
}

#[test]
fn a_webhook_of_alternatives_that_nothing_tells_apart_keeps_its_name() {
    let told_by_form = lines(&webhook(false), None);
    has(
        &told_by_form,
        &["event OrderCreated \"orderCreated\" OrderCreated"],
    );
    let told_by_a_value = lines(&webhook(true), None);
    has(
        &told_by_a_value,
        &["event Bank \"bank\" ByBank", "event Card \"card\" ByCard"],
    );
}

#[test]
fn events_keep_the_names_of_the_names_file() {
    let names = "event ByBank ByBank ByBank\nevent ByCard ByCard ByCard\n";
    let lines = lines(&webhook(false), Some(names));
    has(
        &lines,
        &[
            "event ByBank \"ByBank\" ByBank",
            "event ByCard \"ByCard\" ByCard",
        ],
    );
}

#[test]
fn a_sentence_is_called_after_how_it_begins() {
    let sentence =
        "The currency of the capture must be the same as the currency of the authorization.";
    let message = json!({"type": "string", "enum": [sentence, "Short"]});
    let schemas = json!({"Fault": object(json!({"message": message}))});
    let lines = lines(&document(json!({}), schemas), None);
    let expected =
        format!("type FaultMessage::TheCurrencyOfTheCaptureMustBeTheSameAs = {sentence:?}");
    has(&lines, &[&expected]);
}

#[test]
fn an_enum_in_a_parameter_of_a_path_is_called_after_that_and_not_after_one_operation() {
    let rule = json!({
        "name": "rule",
        "in": "path",
        "required": true,
        "schema": {"type": "string", "enum": ["validity", "integrity"]},
    });
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    let paths = json!({"/artifacts/{artifact}/rules/{rule}": {
        "parameters": [
            {"name": "artifact", "in": "path", "required": true, "schema": {"type": "string"}},
            rule,
        ],
        "get": operation("getArtifactRule"),
        "delete": operation("deleteArtifactRule"),
    }});
    let lines = lines(&document(paths, json!({})), None);
    has(&lines, &["type ArtifactRule enum of String"]);
}
