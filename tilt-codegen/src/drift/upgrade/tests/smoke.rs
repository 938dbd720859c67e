use super::pair::{api, told};
use serde_json::json;
#[test]
fn smoke() {
    let paths = json!({"/orders": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewOrder"}}}},
        "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}},
        "get": {"parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}], "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}}}}}}}}});
    let schemas = json!({"NewOrder": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "maxLength": 10}, "b": {"type": "integer"}}},
        "Order": {"type": "object", "required": ["id", "status"], "properties": {"id": {"type": "string"}, "status": {"$ref": "#/components/schemas/Status"}}},
        "Status": {"type": "string", "enum": ["open", "closed"]}});
    let base = api(paths.clone(), schemas.clone());
    let try_ = |pointer: &str, value: serde_json::Value| {
        let mut new = base.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = new.pointer_mut(parent).unwrap();
        match parent {
            serde_json::Value::Array(a) => a.push(value.clone()),
            p => {
                p[key.replace("~1", "/")] = value.clone();
            }
        }
        println!("== {pointer} = {value}");
        for line in told(&base, &new) {
            println!("   {line}");
        }
    };
    assert!(told(&base, &base).is_empty());
    try_(
        "/components/schemas/NewOrder/properties/a/maxLength",
        json!(5),
    );
    try_("/components/schemas/NewOrder/required", json!(["a", "b"]));
    try_("/components/schemas/NewOrder/required", json!([]));
    try_(
        "/components/schemas/NewOrder/properties/c",
        json!({"type": "string"}),
    );
    try_(
        "/components/schemas/NewOrder/properties/b",
        json!({"type": "string"}),
    );
    try_("/components/schemas/Order/required", json!(["id"]));
    try_(
        "/components/schemas/Order/properties/status",
        json!({"type": "string"}),
    );
    try_(
        "/components/schemas/Status/enum",
        json!(["open", "closed", "gone"]),
    );
    try_("/components/schemas/Status/enum", json!(["open"]));
    try_(
        "/components/schemas/Order/properties/id",
        json!({"type": "string", "description": "x"}),
    );
    try_(
        "/components/schemas/Order/properties/id",
        json!({"type": "string", "deprecated": true}),
    );
    try_("/paths/~1orders/post/deprecated", json!(true));
    try_(
        "/paths/~1orders/get/parameters/x",
        json!({"name": "page_token", "in": "query", "required": true, "schema": {"type": "string"}}),
    );
    try_(
        "/paths/~1orders/get/parameters",
        json!([{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 7}}]),
    );
    try_(
        "/paths/~1orders/get/parameters",
        json!([{"name": "limit", "in": "header", "schema": {"type": "integer"}}]),
    );
    let text = base.to_string();
    for (a, b) in [
        ("/orders", "/v2/orders"),
        ("Status", "State"),
        ("\"Order\"", "\"Purchase\""),
        ("application/json", "application/vnd.x+json"),
        ("\"get\"", "\"head\""),
    ] {
        let mut t = text.replace(a, b);
        if a == "\"Order\"" {
            t = t.replace("schemas/Order", "schemas/Purchase");
        }
        let new: serde_json::Value = serde_json::from_str(&t).unwrap();
        println!("== {a} -> {b}");
        for line in told(&base, &new) {
            println!("   {line}");
        }
    }
}
