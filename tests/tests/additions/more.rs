//! More additions: to answers, to what schemas say of themselves, and to what stands beside them.

use super::Case;

pub(super) const MORE: &[Case] = &[
    Case {
        what: "an answer gets headers, a required one among them, another media type and errors with bodies",
        before: r##"{"paths": {"/headed": {"get": {"tags": ["a"], "operationId": "getHeaded", "responses": {"200": {"description": "",
            "headers": {"X-Rate": {"schema": {"type": "integer"}}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Headed"}}}}}}},
            "/headless": {"get": {"tags": ["a"], "operationId": "getHeadless", "responses": {"200": {"description": "",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Headed"}}}}}}}},
            "components": {"schemas": {"Headed": {"type": "object", "properties": {"a": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/headed": {"get": {"responses": {"200": {"headers": {"X-Rate": {"required": true}, "X-Next": {"required": true, "schema": {"type": "string"}}}},
            "418": {"description": "teapot", "content": {"application/json": {"schema": {"type": "object", "properties": {"code": {"type": "string"}}}}}}, "default": {"description": "else"}}}},
            "/headless": {"get": {"responses": {"200": {"headers": {"X-First": {"required": true, "schema": {"type": "string"}}}, "content": {"text/csv": {"schema": {"type": "string"}}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<Option<String>, sdk::Error> {
        let a: Headed = client.headed().get().await?;
        let b: Headed = client.headless().get().await?;
        let whole = client.headed().get().send().await?;
        let _rate: Result<Option<i64>, _> = whole.header_as(sdk::headers::X_RATE);
        Ok(a.a.or(b.a))
    }"#,
    },
    Case {
        what: "a path gets a parameter of all its operations, an operation an alternative of security and a callback",
        before: r##"{"paths": {"/levels/{id}": {"get": {"tags": ["a"], "operationId": "getLevel", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}}}}}}"##,
        added: r##"{"paths": {"/levels/{id}": {"parameters": [{"name": "trace", "in": "header", "schema": {"type": "string"}}, {"name": "session", "in": "cookie", "schema": {"type": "string"}}],
            "get": {"security": [{"morekey": []}, {}], "callbacks": {"done": {"{$request.query.url}": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object",
            "required": ["level"], "properties": {"level": {"type": "integer"}}}}}}, "responses": {"200": {"description": ""}}}}}}}}},
            "components": {"securitySchemes": {"morekey": {"type": "http", "scheme": "basic"}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<i64, sdk::Error> {
        let call: sdk::resources::levels::GetLevelCall = client.levels().get("a");
        call.await
    }"#,
    },
    Case {
        what: "an inline schema gets a title, a description, an example, a default and a member of its allOf",
        before: r##"{"paths": {"/titled": {"post": {"tags": ["a"], "operationId": "createTitled", "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object",
            "required": ["box"], "properties": {"box": {"type": "object", "required": ["w"], "properties": {"w": {"type": "integer"}, "h": {"type": "integer"}}}, "mode": {"type": "string", "enum": ["x", "y"]}}}}}},
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/TitledAnswer"}}}}}}}},
            "components": {"schemas": {"TitledAnswer": {"allOf": [{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}]}}}}"##,
        added: r##"{"paths": {"/titled": {"post": {"requestBody": {"content": {"application/json": {"schema": {"title": "Whole", "description": "All.", "examples": [{"box": {"w": 1}}],
            "properties": {"box": {"title": "Measured", "description": "It is a box.", "default": {"w": 1}, "minProperties": 1, "properties": {"w": {"default": 3, "minimum": 0, "maximum": 300}}}, "mode": {"title": "Moody", "default": "x", "deprecated": true}}}}}}}}},
            "components": {"schemas": {"TitledAnswer": {"title": "Other", "allOf": [{"$ref": "#/components/schemas/Extended"}]}, "Extended": {"type": "object", "required": ["at"], "properties": {"at": {"type": "string"}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<String, sdk::Error> {
        let one = CreateTitled::new(BoxType::new(1).h(2)).mode(TitledMode::X);
        let w: i64 = one.r#box.w;
        let answer: TitledAnswer = client.titled().create(one).await?;
        Ok(answer.id)
    }"#,
    },
    Case {
        what: "a discriminator gets a mapping, a union a discriminator, and components come that have the names of generated types",
        before: r##"{"paths": {"/mapped": {"get": {"tags": ["a"], "operationId": "getMapped", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["shape", "plain", "state"], "properties": {
            "shape": {"$ref": "#/components/schemas/Shape"}, "plain": {"oneOf": [{"$ref": "#/components/schemas/Disc"}, {"$ref": "#/components/schemas/Square"}]}, "state": {"type": "string", "enum": ["on", "off"]}}}}}}}}}},
            "components": {"schemas": {"Shape": {"oneOf": [{"$ref": "#/components/schemas/Disc"}, {"$ref": "#/components/schemas/Square"}], "discriminator": {"propertyName": "kind"}},
            "Disc": {"type": "object", "required": ["kind", "r"], "properties": {"kind": {"type": "string"}, "r": {"type": "integer"}}},
            "Square": {"type": "object", "required": ["kind", "a"], "properties": {"kind": {"type": "string"}, "a": {"type": "integer"}}}}}}"##,
        added: r##"{"paths": {"/mapped": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"properties": {
            "plain": {"discriminator": {"propertyName": "kind"}}}}}}}}}}},
            "components": {"schemas": {"Shape": {"discriminator": {"mapping": {"disc": "#/components/schemas/Disc", "sq": "#/components/schemas/Square", "square": "#/components/schemas/Square"}}},
            "MappedState": {"type": "object", "properties": {"a": {"type": "string"}}}, "GetMappedResponse": {"type": "object", "properties": {"a": {"type": "string"}}}, "Plain2": {"type": "string"},
            "GetMappedCall": {"type": "object", "properties": {"a": {"type": "string"}}}, "Mapped": {"type": "object", "properties": {"a": {"type": "string"}}}, "Client": {"type": "object", "properties": {"a": {"type": "string"}}},
            "Error": {"type": "object", "properties": {"a": {"type": "string"}}}, "Environment": {"type": "object", "properties": {"a": {"type": "string"}}}, "GetMappedResponsePlain": {"type": "string"}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<bool, sdk::Error> {
        let mapped: Mapped = client.mapped().get().await?;
        Ok(match mapped.shape { Shape::Disc(disc) => disc.r > 1, Shape::Square(it) => it.a > 1, _ => false })
    }
    pub fn state(state: MappedState) -> bool { state == MappedState::On }
    pub fn plain(plain: Plain) -> bool { matches!(plain, Plain::Disc(_)) }"#,
    },
    Case {
        what: "a property of a request may be null, one of an answer gets values beside null, and an object takes more",
        before: r##"{"paths": {"/nullable": {"post": {"tags": ["a"], "operationId": "createNullable", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewNullable"}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"NewNullable": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": ["string"]}, "list": {"type": "array", "items": {"type": "string"}}}}}}}"##,
        added: r##"{"components": {"schemas": {"NewNullable": {"additionalProperties": {"type": "string"}, "properties": {"b": {"type": ["null"]}, "list": {"minItems": 1, "uniqueItems": false}}}}}}"##,
        program: r#"    pub fn a() -> NewNullable { NewNullable::new("a").b("b").list(["x".to_owned()]) }"#,
    },
    Case {
        what: "an operation that was there gets a tag before its own, and one of its schemas a place in another operation",
        before: r##"{"paths": {"/retagged": {"get": {"tags": ["b"], "operationId": "listRetagged", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"one": {"type": "object", "properties": {"x": {"type": "integer"}}}}}}}}}}}}}"##,
        added: r##"{"tags": [{"name": "zeta", "description": "Z."}], "paths": {"/retagged": {"get": {"tags": ["zeta"]}}, "/aardvarks": {"get": {"tags": ["zeta"], "operationId": "listAardvarks", "responses": {"200": {"description": "", "content": {"application/json": {"schema":
            {"type": "object", "properties": {"one": {"type": "object", "properties": {"x": {"type": "integer"}}}}}}}}}},
            "post": {"tags": ["zeta"], "operationId": "createAardvark", "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"one": {"type": "object", "properties": {"x": {"type": "integer"}}}}}}}}, "responses": {"204": {"description": ""}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<Option<i64>, sdk::Error> {
        let all: RetaggedList = client.retagged().list().await?;
        let one: Option<RetaggedListOne> = all.one;
        Ok(one.and_then(|it| it.x))
    }"#,
    },
    Case {
        what: "resources and methods come that would have had the names of those that are there",
        before: r##"{"paths": {"/v2/crates/{id}": {"get": {"tags": ["a"], "operationId": "getCrateV2", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "integer"}}}}}}}}}"##,
        added: r##"{"paths": {"/crates/{id}": {"get": {"tags": ["a"], "operationId": "getCrate", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}}},
            "/v1/crates/{id}": {"get": {"tags": ["b"], "operationId": "getCrateV1", "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<i64, sdk::Error> { client.crates().get("a").await }"#,
    },
    Case {
        what: "an answer of no content gets one beside it, and an enum of answers names for its values",
        before: r##"{"paths": {"/empty": {"post": {"tags": ["a"], "operationId": "runEmpty", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["grade"], "properties": {"grade": {"type": "integer", "enum": [1, 2]}}}}}}}}}}}"##,
        added: r##"{"paths": {"/empty": {"post": {"responses": {"200": {"content": {"application/json": {"schema": {"properties": {"grade": {"enum": [3], "x-enum-varnames": ["First", "Second", "Third"]}}}}}},
            "4XX": {"description": "bad"}, "503": {"description": "later", "headers": {"Retry-After": {"schema": {"type": "integer"}}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<bool, sdk::Error> {
        let answer = client.empty().run().await?;
        Ok(matches!(answer.grade, RunEmptyGrade::N1))
    }"#,
    },
    Case {
        what: "an API gets client credentials",
        before: r##"{"paths": {}}"##,
        added: r##"{"components": {"securitySchemes": {"machines": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://auth.example.com/token", "scopes": {}}}}}}}"##,
        program: r#"    pub fn a(url: &str) -> sdk::Environment { sdk::Environment::custom(url) }"#,
    },
    Case {
        what: "a schema builds on a variant of a union by inheritance",
        before: r##"{"paths": {"/beasts": {"post": {"tags": ["a"], "requestBody": {"required": true, "content":
            {"application/json": {"schema": {"$ref": "#/components/schemas/Beast"}}}}, "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {
            "Beast": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind"}},
            "Lion": {"allOf": [{"$ref": "#/components/schemas/Beast"}, {"properties": {"mane": {"type": "boolean"}}}]}}}}"##,
        added: r##"{"components": {"schemas": {"Cub":
            {"allOf": [{"$ref": "#/components/schemas/Lion"}, {"properties": {"age": {"type": "integer"}}}]}}}}"##,
        program: r#"    pub fn make() -> Beast { Lion::new().mane(true).into() }
    pub fn is_lion(beast: Beast) -> bool { match beast { Beast::Lion(_) => true, Beast::BeastBase(_) => false, _ => false } }"#,
    },
];
