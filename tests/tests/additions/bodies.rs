//! Media types that are added to bodies: what the only one took still becomes the body.

use super::Case;

pub(super) const BODIES: &[Case] = &[
    Case {
        what: "a body of bytes gets a text beside it",
        before: r##"{"paths": {"/pictures/{id}": {"put": {"tags": ["a"], "operationId": "replacePicture", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
            "responses": {"204": {"description": ""}}}}}}"##,
        added: r##"{"paths": {"/pictures/{id}": {"put": {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        let pictures = client.pictures();
        pictures.replace("1", "abc").await?;
        pictures.replace("1", String::from("abc")).await?;
        pictures.replace("1", vec![1_u8]).await?;
        pictures.replace("1", b"abc").await?;
        pictures.replace("1", &b"abc"[..]).await
    }"#,
    },
    Case {
        what: "a body that is one of some texts, and one that is a date, get any text beside them",
        before: r##"{"paths": {"/moods/{id}": {"put": {"tags": ["a"], "operationId": "replaceMood", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Mood"}}}},
            "responses": {"204": {"description": ""}}}},
            "/birthdays/{id}": {"put": {"tags": ["a"], "operationId": "replaceBirthday", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "string", "format": "date"}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"Mood": {"type": "string", "enum": ["good", "bad"]}}}}"##,
        added: r##"{"paths": {"/moods/{id}": {"put": {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}}},
            "/birthdays/{id}": {"put": {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        client.moods().replace(1, Mood::Good).await?;
        client.moods().replace(1, "good").await?;
        client.moods().replace(1, String::from("good")).await?;
        client.birthdays().replace(1, "2000-01-01").await?;
        client.birthdays().replace(1, String::from("2000-01-01")).await
    }"#,
    },
    Case {
        what: "a body that is one of several things, one of them a text, gets any text beside it, and a list another form",
        before: r##"{"paths": {"/payers/{id}": {"put": {"tags": ["a"], "operationId": "replacePayer", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Payer"}}}},
            "responses": {"204": {"description": ""}}}},
            "/labels/{id}": {"put": {"tags": ["a"], "operationId": "replaceLabel", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {
            "Payer": {"oneOf": [{"$ref": "#/components/schemas/PayerCard"}, {"type": "string"}]},
            "PayerCard": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/payers/{id}": {"put": {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}}},
            "/labels/{id}": {"put": {"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        client.payers().replace("1", PayerCard::new("4242")).await?;
        client.payers().replace("1", Payer::from("me")).await?;
        client.payers().replace("1", "me").await?;
        client.labels().replace("1", [1, 2]).await?;
        client.labels().replace("1", vec![1, 2]).await
    }"#,
    },
    Case {
        what: "an operation gets a body with a required property that need not be there, and a setter with the name of a function",
        before: r##"{"paths": {"/trips/{id}/end": {"post": {"tags": ["a"], "operationId": "endTrip", "parameters": [
            {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}], "responses": {"204": {"description": ""}}}},
            "/trips": {"post": {"tags": ["a"], "operationId": "createTrip",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewTrip"}}}},
            "responses": {"204": {"description": ""}}}}},
            "components": {"schemas": {"NewTrip": {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}}}"##,
        added: r##"{"paths": {"/trips/{id}/end": {"post": {"requestBody": {"content": {"application/json": {"schema":
            {"type": "object", "required": ["why"], "properties": {"why": {"type": "string"}}}}}}}}},
            "components": {"schemas": {"NewTrip": {"properties": {"from": {"type": "string"}, "default": {"type": "boolean"}, "into": {"type": "string"}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<(), sdk::Error> {
        let trip = NewTrip::from(sdk::required::NewTrip { a: "a".into(), b: "b".into() });
        client.trips().create(trip).await?;
        client.trips().end("1").await
    }"#,
    },
    Case {
        what: "a list in pages gets another list beside its items",
        before: r##"{"paths": {"/rides": {"get": {"tags": ["a"], "operationId": "listRides", "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "properties": {"next_cursor": {"type": "string"},
            "routes": {"type": "array", "items": {"$ref": "#/components/schemas/Ride"}}}}}}}}}}},
            "components": {"schemas": {"Ride": {"type": "object", "required": ["km"], "properties": {"km": {"type": "integer"}}}}}}"##,
        added: r##"{"paths": {"/rides": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"required": ["items"], "properties": {
            "items": {"type": "array", "items": {"type": "string"}}, "data": {"type": "array", "items": {"type": "string"}}}}}}}}}}}}"##,
        program: r#"    pub async fn a(client: &sdk::Client) -> Result<i64, sdk::Error> {
        let mut all = client.rides().list().items();
        let mut km = 0;
        while let Some(ride) = all.try_next().await? { km += ride.km; }
        Ok(km)
    }"#,
    },
];
