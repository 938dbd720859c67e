//! Values and places as sentences have them.

use super::side::name_of;
use crate::code_span::code_span;
use crate::place::{Pointer, unescape};
use serde_json::Value;

/// A value in code quotes, cut where it is long.
pub(super) fn value(value: &Value) -> String {
    let named = |value: &Value| {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let reference = text("$ref").map(|reference| name_of(reference).to_owned());
        reference.or_else(|| text("title").map(str::to_owned))
    };
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => named(value).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
    };
    code(&text)
}

/// Several values.
pub(super) fn values<'v>(all: impl IntoIterator<Item = &'v Value>) -> String {
    let all: Vec<String> = all.into_iter().map(value).collect();
    const MOST: usize = 12;
    match all.len() {
        0..=MOST => all.join(", "),
        more => format!("{} and {} more", all[..MOST].join(", "), more - MOST),
    }
}

/// A text that is cut may be that of two values.
pub(super) fn is_cut(text: &str) -> bool {
    text.contains('…') || text.ends_with(" more")
}

/// A member with the names of what is in it.
pub(super) fn member(key: &str, value: &Value) -> String {
    const MOST: usize = 6;
    let names: Vec<String> = match value {
        Value::Object(members) => members.keys().map(|name| code(name)).collect(),
        Value::Array(elements) => elements
            .iter()
            .filter_map(|it| {
                it.as_str()
                    .map(code)
                    .or_else(|| Some(code(it["name"].as_str()?)))
            })
            .collect(),
        Value::String(reference) => vec![code(name_of(reference))],
        _ => Vec::new(),
    };
    let key = code(key);
    match names.len() {
        0 => key,
        1..=MOST => format!("{key} ({})", names.join(", ")),
        more => format!(
            "{key} ({} and {} more)",
            names[..MOST].join(", "),
            more - MOST
        ),
    }
}

/// In code quotes, as one line.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 100;
    let mut line: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    code_span(&line)
}

/// The place that an address leads to, in words.
pub(super) fn place(address: &Pointer) -> String {
    let text = address.to_string();
    let tokens: Vec<String> = text
        .split('/')
        .skip(1)
        .map(|token| unescape(token).into_owned())
        .collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.as_slice() {
        [] => "the document".to_owned(),
        ["components", "schemas", name, rest @ ..] => match path(name, rest) {
            pieces if pieces.is_empty() => code(name),
            pieces => pieces.join(" of "),
        },
        ["components", map, name, rest @ ..] => inside(&component(map, name), rest),
        ["paths", template] => format!("the path {}", code(template)),
        ["paths", template, "parameters" | "servers", ..] => {
            inside(&format!("the path {}", code(template)), &tokens[2..])
        }
        ["paths", template, "additionalOperations", method, rest @ ..]
        | ["paths", template, method, rest @ ..] => {
            let operation = code(&format!("{} {template}", method.to_uppercase()));
            inside(&operation, rest)
        }
        ["webhooks", name] => format!("the webhook {}", code(name)),
        ["webhooks", name, method] => {
            let method = code(&method.to_uppercase());
            format!("{method} of the webhook {}", code(name))
        }
        ["webhooks", name, _, rest @ ..] => inside(&format!("the webhook {}", code(name)), rest),
        ["channels", name] => format!("the channel {}", code(name)),
        ["channels", name, rest @ ..] => inside(&format!("the channel {}", code(name)), rest),
        ["tags", name] => format!("the tag {}", code(name)),
        ["servers", url, rest @ ..] => inside(&format!("the server {}", code(url)), rest),
        [file, rest @ ..] if file.contains('.') => of_file(file, rest),
        [one] => code(one),
        rest => code(&rest.join(".")),
    }
}

/// A place in another file than the outermost one.
fn of_file(file: &str, rest: &[&str]) -> String {
    let (name, rest) = match rest {
        ["components", "schemas", name, rest @ ..] => (*name, rest),
        ["components", map, name, rest @ ..] => {
            let whole = format!("{} of {}", component(map, name), code(file));
            return inside(&whole, rest);
        }
        [name, rest @ ..] if !is_keyword(name) => (*name, rest),
        rest => ("", rest),
    };
    let mut pieces = path(name, rest);
    if pieces.is_empty() && !name.is_empty() {
        pieces.push(code(name));
    }
    pieces.push(code(file));
    pieces.join(" of ")
}

/// Whether a piece is of a schema, or of what has one.
fn is_keyword(piece: &str) -> bool {
    matches!(
        piece,
        "properties"
            | "patternProperties"
            | "additionalProperties"
            | "items"
            | "prefixItems"
            | "oneOf"
            | "anyOf"
            | "allOf"
            | "$defs"
            | "definitions"
            | "schema"
            | "content"
            | "headers"
    )
}

fn component(map: &str, name: &str) -> String {
    let kind = match map {
        "responses" => "the response",
        "parameters" => "the parameter",
        "requestBodies" => "the request body",
        "headers" => "the header",
        "securitySchemes" => "the security scheme",
        "messages" => "the message",
        "messageTraits" => "the message trait",
        "operationTraits" => "the operation trait",
        "links" => "the link",
        "callbacks" => "the callback",
        "pathItems" => "the path item",
        _ => return code(&format!("{map}.{name}")),
    };
    format!("{kind} {}", code(name))
}

/// A part of an operation, a component or a message.
fn inside(whole: &str, rest: &[&str]) -> String {
    match rest {
        [] => whole.to_owned(),
        ["schema", rest @ ..] => path_of(whole, rest),
        ["payload", rest @ ..] if !rest.is_empty() => path_of(whole, rest),
        ["content", _media_type, rest @ ..] => inside(whole, rest),
        ["parameters", parameter, rest @ ..] => {
            let (kind, name) = parameter.split_once(' ').unwrap_or(("", parameter));
            let space = if kind.is_empty() { "" } else { " " };
            inside(
                &format!("the {kind}{space}parameter {} of {whole}", code(name)),
                rest,
            )
        }
        ["servers", url, rest @ ..] => {
            inside(&format!("the server {} of {whole}", code(url)), rest)
        }
        ["variables", name, rest @ ..] => {
            inside(&format!("the variable {} of {whole}", code(name)), rest)
        }
        ["requestBody", rest @ ..] => inside(&format!("the body of {whole}"), rest),
        ["responses", status, rest @ ..] => {
            inside(&format!("the answer {} of {whole}", code(status)), rest)
        }
        // Those of a message are a schema.
        ["headers", "properties", name, rest @ ..] if *name != "schema" => {
            inside(&format!("the header {} of {whole}", code(name)), rest)
        }
        ["headers", name, rest @ ..] => {
            inside(&format!("the header {} of {whole}", code(name)), rest)
        }
        ["callbacks", name, url] if url.contains(['{', '/', '$']) => {
            format!("{} of the callback {} of {whole}", code(url), code(name))
        }
        ["callbacks", name] => format!("the callback {} of {whole}", code(name)),
        ["callbacks", name, _url, _method, rest @ ..] => {
            inside(&format!("the callback {} of {whole}", code(name)), rest)
        }
        // One without a name.
        ["message", "", rest @ ..] => inside(&format!("a message of {whole}"), rest),
        ["message", name, rest @ ..] => {
            inside(&format!("the message {} of {whole}", code(name)), rest)
        }
        ["traits", name, rest @ ..] => {
            let name = match *name {
                "" => "a trait".to_owned(),
                name => format!("the trait {}", code(name_of(name))),
            };
            inside(&format!("{name} of {whole}"), rest)
        }
        ["subscribe" | "publish", rest @ ..] if !rest.is_empty() => inside(whole, rest),
        ["properties", ..] => path_of(whole, rest),
        [one] => format!("`{one}` of {whole}"),
        [one, rest @ ..] => inside(&format!("`{one}` of {whole}"), rest),
    }
}

/// A place in the schema of something.
fn path_of(whole: &str, rest: &[&str]) -> String {
    let mut pieces = path("", rest);
    pieces.push(whole.to_owned());
    pieces.join(" of ")
}

/// A place in a schema: `Order.lines[].price`, or `price` of an alternative of something. None of a schema without a name.
fn path(name: &str, rest: &[&str]) -> Vec<String> {
    let mut around: Vec<String> = Vec::new();
    let mut path = name.to_owned();
    let mut tokens = rest.iter();
    while let Some(token) = tokens.next() {
        match *token {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                if let Some(property) = tokens.next() {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(property);
                }
            }
            "items" | "unevaluatedItems" => path.push_str("[]"),
            "additionalProperties" | "unevaluatedProperties" => path.push_str("{}"),
            "oneOf" | "anyOf" => {
                let alternative = tokens.next().copied().unwrap_or_default();
                if !path.is_empty() {
                    around.push(code(&std::mem::take(&mut path)));
                }
                around.push(match alternative {
                    "" => "an alternative".to_owned(),
                    name => format!("the alternative {}", code(name)),
                });
            }
            "allOf" => tokens.next().map_or((), drop),
            "prefixItems" => {
                let element = tokens.next().copied().unwrap_or_default();
                path.push_str(&format!("[{element}]"));
            }
            // It says which value of the property is meant, as sentences do.
            "discriminator" => tokens.next().map_or((), drop),
            other => path.push_str(&format!("({other})")),
        }
    }
    // Of a thing that is named elsewhere, the elements or the values.
    for (mark, said) in [("[]", "each element"), ("{}", "each value")] {
        let rest = path.strip_prefix(mark);
        if let Some(rest) = rest.filter(|it| it.is_empty() || it.starts_with('.')) {
            around.push(said.to_owned());
            path = rest.trim_start_matches('.').to_owned();
        }
    }
    if !path.is_empty() {
        around.push(code(&path));
    }
    around.reverse();
    around
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_said_as_people_say_them() {
        for (address, said) in [
            ("/components/schemas/Order", "`Order`"),
            (
                "/components/schemas/Order/properties/lines/items/properties/price",
                "`Order.lines[].price`",
            ),
            (
                "/paths/~1orders/post/parameters/header Idempotency-Key",
                "the header parameter `Idempotency-Key` of `POST /orders`",
            ),
            (
                "/paths/~1orders/get/responses/200/content/application~1json/schema/properties/a",
                "`a` of the answer `200` of `GET /orders`",
            ),
            (
                "/channels/orders/subscribe/message/paid/payload/properties/id",
                "`id` of the message `paid` of the channel `orders`",
            ),
            (
                "/channels/orders/subscribe/message//payload/properties/id",
                "`id` of a message of the channel `orders`",
            ),
            (
                "/paths/~1orders/parameters/query v",
                "the query parameter `v` of the path `/orders`",
            ),
            (
                "/components/schemas/Order/properties/owner/discriminator/cat",
                "`Order.owner`",
            ),
            (
                "/components/schemas/Payment/oneOf/Cash/properties/amount",
                "`amount` of the alternative `Cash` of `Payment`",
            ),
            (
                "/paths/~1orders/get/parameters/query kind/schema/items",
                "each element of the query parameter `kind` of `GET /orders`",
            ),
            (
                "/components/schemas/Payment/oneOf/Many/items/properties/amount",
                "`amount` of each element of the alternative `Many` of `Payment`",
            ),
            (
                "/components/schemas/Payment/properties/by/anyOf/",
                "an alternative of `Payment.by`",
            ),
            (
                "/paths/~1orders/post/callbacks/paid/{$request.body#~1url}",
                "`{$request.body#/url}` of the callback `paid` of `POST /orders`",
            ),
            ("/components/parameters/Page/schema", "the parameter `Page`"),
            (
                "/components/messages/Paid/headers/properties/X-Sign",
                "the header `X-Sign` of the message `Paid`",
            ),
        ] {
            assert_eq!(place(&Pointer::from(address)), said, "{address}");
        }
    }

    #[test]
    fn a_value_of_a_discriminator_is_said_by_its_sentence() {
        let answer = "/paths/~1pets/get/responses/200";
        let address = format!("{answer}/content/application~1json/schema/discriminator/cat");
        let said = place(&Pointer::from(&*address));
        assert_eq!(said, "the answer `200` of `GET /pets`");
    }
}
