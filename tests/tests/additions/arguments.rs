//! Additions beside what is sent: bodies that are named, nulls of merge patches, and properties of types at several places.

use super::Case;

pub(super) const ARGUMENTS: &[Case] = &[
    Case {
        what: "a text that is named beside a text of the path gets another media type",
        before: r##"{"paths": {"/memos/{id}": {"put": {"tags": ["a"], "operationId": "replaceMemo", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}}, "responses": {"204": {"description": ""}}}}}}"##,
        added: r##"{"paths": {"/memos/{id}": {"put": {"parameters": [{"name": "loud", "in": "query", "schema": {"type": "boolean"}}], "requestBody": {"content": {
            "application/json": {"schema": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        use sdk::resources::memos::ReplaceMemoRequired;
        client.memos().replace("1", ReplaceMemoRequired { body: "text" }).await?;
        client.memos().replace("1", ReplaceMemoRequired { body: "text".to_owned() }).await
    }"#,
    },
    Case {
        what: "a merge patch gets a property called as a method, its parts another use, and its body another media type",
        before: r##"{"paths": {"/tasks/{id}": {"patch": {"tags": ["a"], "operationId": "updateTask", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/TaskPatch"}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"TaskPatch": {"type": "object", "properties": {"note": {"type": ["string", "null"]}, "due": {"type": "string"},
            "place": {"$ref": "#/components/schemas/TaskPlace"}}}, "TaskPlace": {"type": "object", "properties": {"room": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/tasks/{id}": {"patch": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/TaskPatch"}}}}}},
            "/task-places": {"post": {"tags": ["a"], "operationId": "createTaskPlace", "requestBody": {"required": true, "content": {"application/json": {"schema":
            {"$ref": "#/components/schemas/TaskPlace"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"TaskPatch": {"properties": {"null_note": {"type": "string"}, "null_due": {"type": "boolean"}}}, "TaskPlace": {"properties": {"null_room": {"type": "string"}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        let patch = TaskPatch::new().null_note().null_due().place(TaskPlace::new().null_room());
        client.tasks().update("1", patch).await
    }"#,
    },
    Case {
        what: "each of two places of one type gets an enum with other values, and a part of an allOf comes",
        before: r##"{"paths": {"/carts": {"post": {"tags": ["a"], "operationId": "createCart", "requestBody": {"required": true, "content": {"application/json": {"schema":
            {"$ref": "#/components/schemas/NewCart"}}}}, "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}}}}}},
            "/cart-states": {"get": {"tags": ["a"], "operationId": "listCartStates", "parameters": [{"name": "state", "in": "query", "schema": {"type": "string", "enum": ["on", "off"]}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cart"}}}}}}}},
            "components": {"schemas": {
            "NewCart": {"type": "object", "properties": {"cart_line": {"type": "object", "properties": {"sku": {"type": "string"}}}}},
            "Cart": {"allOf": [{"type": "object", "properties": {"cart_line": {"type": "object", "properties": {"sku": {"type": "string"}}}, "state": {"type": "string", "enum": ["on", "off"]}}},
                {"type": "object", "properties": {"state": {"type": "string", "enum": ["on", "off"]}}}]}}}}"##,
        added: r##"{"components": {"schemas": {"NewCart": {"properties": {"cart_line": {"properties": {"kind": {"type": "string", "enum": ["a", "b"]}}}}},
            "Cart": {"allOf": [{"type": "object", "properties": {"cart_line": {"properties": {"kind": {"type": "string", "enum": ["a", "c"]}}}, "state": {"type": "string", "enum": ["on", "off"]}}}]}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<Option<CartState>, sdk::Error> {
        let new = NewCart::new();
        let cart: Cart = client.carts().create(new).await?;
        let again = match cart.cart_line { Some(line) => NewCart::new().cart_line(line), None => NewCart::new() };
        client.carts().create(again).await?;
        let state: Option<CartState> = cart.state;
        Ok(state)
    }"#,
    },
];
