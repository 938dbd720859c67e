//! The additions. Each has schemas and paths of its own; the programs name types wherever users may.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        what: "an answer gets a required property",
        before: r##"{"paths": {"/answers": {"get": {"tags": ["a"], "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}}}}},
            "components": {"schemas": {"Answer": {"type": "object", "required": ["id"],
            "properties": {"id": {"type": "string"}}}}}}"##,
        added: r##"{"components": {"schemas": {"Answer": {"required": ["at"],
            "properties": {"at": {"type": "string"}, "note": {"type": "string"}}}}}}"##,
        program: "    pub fn id(answer: Answer) -> String { answer.id }",
    },
    Case {
        what: "a request gets an optional property, and another is required no more",
        before: r##"{"paths": {"/requests": {"post": {"tags": ["a"], "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/NewThing"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"NewThing": {"type": "object", "required": ["name", "size", "color", "shape"], "properties": {
            "name": {"type": "string"}, "size": {"type": "integer"}, "color": {"type": "string"}, "shape": {"type": "string"}}}}}}"##,
        added: r##"{"components": {"schemas": {"NewThing": {"properties": {"note": {"type": "string"}}}}}}"##,
        program: r#"    pub fn make() -> NewThing {
        sdk::required::NewThing { name: "a".into(), size: 1, color: "b".into(), shape: "c".into() }.into()
    }"#,
    },
    Case {
        what: "a value is added to an enum, and other values to a constant",
        before: r##"{"paths": {"/enums": {"post": {"tags": ["a"], "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Painted"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {
            "Color": {"type": "string", "enum": ["red", "green"]},
            "Painted": {"type": "object", "required": ["color", "kind"], "properties": {
            "color": {"$ref": "#/components/schemas/Color"}, "kind": {"type": "string", "enum": ["wall"]}}}}}}"##,
        added: r##"{"components": {"schemas": {"Color": {"enum": ["blue"]},
            "Painted": {"properties": {"kind": {"enum": ["door"]}}}}}}"##,
        program: r#"    pub fn make() -> Painted { Painted::new(Color::Red) }
    pub fn kind(painted: &Painted) -> String { format!("{} {}", painted.kind, painted.kind.as_str()) }
    pub fn is_red(color: Color) -> bool { match color { Color::Red => true, Color::Green => false, _ => false } }"#,
    },
    Case {
        what: "a variant is added to a union",
        before: r##"{"paths": {"/unions": {"post": {"tags": ["a"], "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {
            "Pet": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
            "Cat": {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}},
            "Dog": {"type": "object", "required": ["tricks"], "properties": {"tricks": {"type": "integer"}}},
            "Emu": {"type": "object", "required": ["height"], "properties": {"height": {"type": "integer"}}}}}}"##,
        added: r##"{"components": {"schemas": {"Pet": {"oneOf": [{"$ref": "#/components/schemas/Emu"}]}}}}"##,
        program: r#"    pub fn make() -> Pet { Cat::new(9).into() }
    pub fn is_cat(pet: Pet) -> bool { match pet { Pet::Cat(_) => true, Pet::Dog(_) => false, _ => false } }"#,
    },
    Case {
        what: "an operation gets its first optional parameter, a body, and answers of more statuses that are errors",
        before: r##"{"paths": {"/calls/{id}": {"post": {"tags": ["a"], "operationId": "runCall", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}}}}}"##,
        added: r##"{"paths": {"/calls/{id}": {"post": {"deprecated": false, "description": "Runs.", "parameters": [
            {"name": "dry", "in": "query", "schema": {"type": "boolean"}}],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}},
            "responses": {"404": {"description": "none"}, "409": {"description": "two"}}}}}}"##,
        program: r#"    use sdk::resources::calls::RunCallCall;
    pub struct Later(RunCallCall);
    pub async fn run(client: &sdk::Client) -> Result<String, sdk::Error> {
        let call: RunCallCall = client.calls().run("1").header("a", "b");
        Later(call).0.await
    }
    pub async fn whole(client: &sdk::Client) -> Result<u16, sdk::Error> {
        Ok(client.calls().run("1").send().await?.status().as_u16())
    }"#,
    },
    Case {
        what: "a list gets pages",
        before: r##"{"paths": {"/rows": {"get": {"tags": ["a"], "operationId": "listRows", "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"type": "object", "required": ["data"], "properties": {
            "data": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}}}}}}}}}}}"##,
        added: r##"{"paths": {"/rows": {"get": {"parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"content": {"application/json": {"schema": {"properties": {
            "next_cursor": {"type": ["string", "null"]}, "has_more": {"type": "boolean"}}}}}}}}}}}"##,
        program: r#"    use sdk::resources::rows::ListRowsCall;
    pub async fn first(client: &sdk::Client) -> Result<usize, sdk::Error> {
        let call: ListRowsCall = client.rows().list();
        Ok(call.await?.data.len())
    }"#,
    },
    Case {
        what: "a body gets another media type",
        before: r##"{"paths": {"/forms": {"post": {"tags": ["a"], "operationId": "createForm", "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Form"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"Form": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/forms": {"post": {"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}}}}}}"##,
        program: r#"    pub async fn send(client: &sdk::Client) -> Result<(), sdk::Error> {
        client.forms().create(Form::new("a")).await
    }"#,
    },
    Case {
        what: "one of two equal enums grows, and one of two equal objects",
        before: r##"{"paths": {"/equals": {"get": {"tags": ["a"], "operationId": "getEqual", "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Equal"}}}}}}}},
            "components": {"schemas": {"Equal": {"type": "object", "required": ["one", "other"], "properties": {
            "one": {"$ref": "#/components/schemas/One"}, "other": {"$ref": "#/components/schemas/Other"}}},
            "One": {"type": "object", "required": ["health", "place"], "properties": {
                "health": {"type": "string", "enum": ["up", "down"]},
                "place": {"type": "object", "title": "Place", "required": ["x"], "properties": {"x": {"type": "integer"}}}}},
            "Other": {"type": "object", "required": ["health", "place"], "properties": {
                "health": {"type": "string", "enum": ["up", "down"]},
                "place": {"type": "object", "title": "Place", "required": ["x"], "properties": {"x": {"type": "integer"}}}}}}}}"##,
        added: r##"{"components": {"schemas": {"Other": {"properties": {"health": {"enum": ["gone"]},
            "place": {"properties": {"y": {"type": "integer"}}}}}}}}"##,
        program: r#"    pub fn same(equal: &Equal) -> bool { equal.one.health == equal.other.health && equal.one.place == equal.other.place }
    pub fn place(equal: Equal) -> Place { if true { equal.one.place } else { equal.other.place } }"#,
    },
    Case {
        what: "parameters and a body are required no more",
        before: r##"{"paths": {"/exports": {"post": {"tags": ["a"], "operationId": "createExport", "parameters": [
            {"name": "from", "in": "query", "required": true, "schema": {"type": "string"}},
            {"$ref": "#/components/parameters/To"}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Export"}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"parameters": {"To": {"name": "to", "in": "query", "required": true, "schema": {"type": "string"}}},
            "schemas": {"Export": {"type": "object", "properties": {"a": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/exports": {"post": {"requestBody": {"required": false},
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}]}}},
            "components": {"parameters": {"To": {"required": false}}}}"##,
        program: r#"    use sdk::resources::exports::CreateExportRequired;
    pub async fn run(client: &sdk::Client) -> Result<(), sdk::Error> {
        let required = CreateExportRequired { from: "a".into(), to: "b".into() };
        client.exports().create(required, Export::new()).await
    }"#,
    },
    Case {
        what: "an answer is sent, too, and gets its first read-only property",
        before: r##"{"paths": {"/notes": {"get": {"tags": ["b"], "operationId": "getNote", "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}}}}},
            "components": {"schemas": {"Note": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/notes": {"post": {"tags": ["b"], "operationId": "createNote", "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"Note": {"required": ["id"], "properties": {"id": {"type": "string", "readOnly": true}}}}}}"##,
        program: "    pub async fn text(client: &sdk::Client) -> Result<String, sdk::Error> { let note: Note = client.notes().get().await?; Ok(note.text) }",
    },
    Case {
        what: "a type of both directions gets its first read-only property",
        before: r##"{"paths": {"/users": {"post": {"tags": ["b"], "operationId": "createUser", "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}}, "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}}}}}},
            "components": {"schemas": {"User": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}}}"##,
        added: r##"{"components": {"schemas": {"User": {"properties": {"id": {"type": "string", "readOnly": true},
            "password": {"type": "string", "writeOnly": true}}}}}}"##,
        program: r#"    pub async fn twice(client: &sdk::Client) -> Result<User, sdk::Error> {
        let user: User = client.users().create(User::new("a")).await?;
        client.users().create(user).await
    }"#,
    },
    Case {
        what: "scopes, ways to authenticate and servers are added",
        before: r##"{"servers": [{"url": "https://a.example", "description": "Live"}],
            "paths": {"/scoped": {"get": {"tags": ["b"], "operationId": "getScoped", "security": [{"login": ["read"]}],
            "responses": {"204": {"description": ""}}}}},
            "components": {"securitySchemes": {"login": {"type": "oauth2", "flows": {"clientCredentials": {
            "tokenUrl": "https://a.example/token", "scopes": {"read": "", "write": ""}}}}}}}"##,
        added: r##"{"servers": [{"url": "https://b.example", "description": "Test"}],
            "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "login": {"flows": {"clientCredentials": {"scopes": {"admin": ""}}}}}}}"##,
        program: r#"    pub fn all() -> [sdk::Scope; 2] { [sdk::Scope::Read, sdk::Scope::Write] }
    pub fn may_write(scope: sdk::Scope) -> bool { match scope { sdk::Scope::Read => false, sdk::Scope::Write => true, _ => false } }
    pub fn live() -> sdk::Environment { sdk::Environment::Live }"#,
    },
    Case {
        what: "operations and schemas are added beside others, with tags that there were not",
        before: r##"{"paths": {"/orders": {"get": {"tags": ["b"], "operationId": "getOrder", "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}}}}},
            "components": {"schemas": {"Order": {"type": "object", "required": ["lines"], "properties": {"lines": {"type": "array",
            "items": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}}}}}}}"##,
        added: r##"{"paths": {"/orders": {"post": {"tags": ["b"], "operationId": "createOrder", "responses": {"204": {"description": ""}}}},
            "/lines/{id}": {"get": {"tags": ["c"], "operationId": "getOrderLine", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lines"}}}}}}}},
            "components": {"schemas": {"Lines": {"type": "object", "properties": {"sku": {"type": "string"}}}}}}"##,
        program: r#"    pub async fn sku(client: &sdk::Client) -> Result<Option<String>, sdk::Error> {
        let order: Order = client.orders().list().await?;
        let line: Option<&Line> = order.lines.first();
        Ok(line.map(|line| line.sku.clone()))
    }"#,
    },
    Case {
        what: "a property may be of any text now, and formats of texts come",
        before: r##"{"paths": {"/texts": {"post": {"tags": ["b"], "operationId": "createText", "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Text"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"Text": {"type": "object", "required": ["at"], "properties": {"at": {"type": "string"}}}}}}"##,
        added: r##"{"components": {"schemas": {"Text": {"properties": {"at": {"format": "date-time", "maxLength": 40}}}}}}"##,
        program: r#"    pub fn make(at: &str) -> Text { Text::new(at) }"#,
    },
    Case {
        what: "an operation gets a tag, and so does its type",
        before: r##"{"paths": {"/loners": {"get": {"operationId": "listLoners", "responses": {"200": {"description": "", "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Loner"}}}}}}}},
            "components": {"schemas": {"Loner": {"type": "object", "properties": {"x": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/loners": {"get": {"tags": ["c"]}}}}"##,
        program: "    pub async fn all(client: &sdk::Client) -> Result<Loner, sdk::Error> { client.loners().list().await }",
    },
];
