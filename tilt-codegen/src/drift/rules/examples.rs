//! The documents around the objects that the rules have as examples.

use crate::drift::grammar::Kind;
use serde_json::{Value, json};

/// The smallest document around an object.
pub(in crate::drift) fn document(kind: Kind, object: Value) -> Value {
    let openapi = |paths: Value, components: Value| json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, "components": components});
    let answers = json!({"200": {"description": "x"}});
    let operation = |operation: Value| openapi(json!({"/a": {"post": operation}}), json!({}));
    let with = |key: &str, value: Value| {
        let mut object = json!({"responses": answers});
        object[key] = value;
        operation(object)
    };
    let answer = |answer: Value| {
        let mut document = operation(json!({"responses": {"200": answer}}));
        document["components"] = json!({"responses": answers_of_components()});
        document
    };
    let scheme = |scheme: Value| {
        let mut document = operation(json!({"responses": answers, "security": [{"k": []}]}));
        document["components"] = json!({"securitySchemes": {"k": scheme}});
        document
    };
    match kind {
        Kind::OpenApi | Kind::AsyncApi => object,
        Kind::Info => json!({"openapi": "3.1.0", "info": object, "paths": {}}),
        Kind::Tag => json!({"openapi": "3.1.0", "paths": {}, "tags": [object]}),
        Kind::Server => json!({"openapi": "3.1.0", "paths": {}, "servers": [object]}),
        Kind::ServerVariable => document(
            Kind::Server,
            json!({"url": "https://{e}.example", "variables": {"e": object}}),
        ),
        Kind::Components => openapi(json!({}), object),
        Kind::PathItem => openapi(json!({"/a": object}), json!({})),
        Kind::Operation => operation(object),
        Kind::Parameter => with("parameters", json!([object])),
        Kind::RequestBody => with("requestBody", object),
        Kind::MediaType => with(
            "requestBody",
            json!({"content": {"application/json": object}}),
        ),
        Kind::Encoding => document(
            Kind::MediaType,
            json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}, "encoding": {"a": object}}),
        ),
        Kind::Response => answer(object),
        Kind::Header => answer(json!({"description": "x", "headers": {"A": object}})),
        Kind::Link => answer(json!({"description": "x", "links": {"a": object}})),
        Kind::Callback => with("callbacks", json!({"c": object})),
        Kind::SecurityScheme => scheme(object),
        Kind::OAuthFlows => scheme(json!({"type": "oauth2", "flows": object})),
        Kind::OAuthFlow => document(Kind::OAuthFlows, json!({"authorizationCode": object})),
        Kind::Schema => {
            let content =
                json!({"application/json": {"schema": {"$ref": "#/components/schemas/Subject"}}});
            openapi(
                json!({"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": "x", "content": content}}}}}),
                json!({"schemas": schemas(object)}),
            )
        }
        _ => messages(kind, object),
    }
}

/// Answers that others may be.
fn answers_of_components() -> Value {
    let content = json!({"text/plain": {"schema": {"type": "string"}}});
    json!({
        "Done": {"description": "It is done."},
        "Made": {"description": "It is there.", "content": content},
    })
}

/// A schema among those that it may refer to.
pub(in crate::drift) fn schemas(subject: Value) -> Value {
    json!({
        "Subject": subject,
        "Other": {"type": "object"},
        "Sized": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}},
        "Named": {"type": "object", "description": "It has a name.", "required": ["name"], "properties": {"name": {"type": "string"}}},
    })
}

/// The same for the objects of AsyncAPI.
fn messages(kind: Kind, object: Value) -> Value {
    let channel =
        |channel: Value| json!({"asyncapi": "2.6.0", "info": {}, "channels": {"c/{p}": channel}});
    let message = |message: Value| channel(json!({"subscribe": {"message": message}}));
    match kind {
        Kind::AsyncComponents => json!({"asyncapi": "2.6.0", "channels": {}, "components": object}),
        Kind::AsyncServer => json!({"asyncapi": "2.6.0", "channels": {}, "servers": {"s": object}}),
        Kind::Channel => channel(object),
        Kind::ChannelParameter => channel(json!({"parameters": {"p": object}})),
        Kind::AsyncOperation => channel(json!({"subscribe": object})),
        Kind::OperationTrait => {
            channel(json!({"subscribe": {"traits": [object], "message": {"name": "m"}}}))
        }
        Kind::Message => message(object),
        Kind::MessageTrait => message(json!({"name": "m", "traits": [object]})),
        Kind::CorrelationId => message(json!({"name": "m", "correlationId": object})),
        _ => panic!("{kind:?} is of OpenAPI"),
    }
}
