//! Work that grows with a document, and not faster. Allocations and their bytes are counted, which are the
//! same on every machine; what compares and copies nothing is not seen. One test, so that nothing else
//! is counted.

mod compared;

use serde_json::{Map, Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs};

#[global_allocator]
static ALLOCATED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// A power of two, as is what it is compared with: tables double.
const FEW: usize = 64;
const TIMES: usize = 4;
/// Comparing each with all others would grow to sixteen times as much.
const MOST: f64 = 4.4;
/// A schema is read, as lists of its members, each time that something extends or carries it.
const MOST_BYTES: f64 = 6.0;

/// A document with so many of something.
type Family = fn(usize) -> Value;

const FAMILIES: &[(&str, Family)] = &[
    ("scopes of an operation", scopes),
    ("schemes that all are needed", |n| schemes(n, true)),
    ("schemes one of which is needed", |n| schemes(n, false)),
    ("tags of an operation", |n| {
        with_operation(|operation| {
            operation["tags"] = (0..n).map(|at| json!(format!("t{at}"))).collect();
        })
    }),
    ("operations", |n| {
        operations(n, |at| (format!("/r{at}s"), json!({})))
    }),
    ("operations under one tag", |n| {
        operations(n, |at| (format!("/r{at}s"), json!({"tags": ["one"]})))
    }),
    ("operations with tags of their own", |n| {
        operations(n, |at| {
            (format!("/r{at}s"), json!({"tags": [format!("t{at}")]}))
        })
    }),
    ("operations of one path prefix", |n| {
        operations(n, |at| (format!("/api/v1/r{at}s/{{id}}"), json!({})))
    }),
    ("operations of one resource", |n| {
        operations(n, |at| (format!("/x{at}/things"), json!({})))
    }),
    ("operations on a chain of schemas", operations_on_chain),
    ("parameters", |n| {
        with_operation(|operation| {
            let parameter = |at| json!({"name": format!("p{at}"), "in": "query", "schema": {"enum": [format!("a{at}"), "b"]}});
            operation["parameters"] = (0..n).map(parameter).collect();
        })
    }),
    ("media types of an answer", |n| {
        with_operation(|operation| operation["responses"]["200"]["content"] = content(n))
    }),
    ("media types of a body", |n| {
        with_operation(|operation| operation["requestBody"] = json!({"content": content(n)}))
    }),
    ("headers of an answer", |n| {
        with_operation(|operation| {
            let header = |at| (format!("x-{at}"), json!({"schema": {"type": "string"}}));
            operation["responses"]["200"]["headers"] = object(n, header);
        })
    }),
    ("variables of a server", |n| {
        let variables = object(n, |at| (format!("v{at}"), json!({"default": "x"})));
        let mut document = openapi(json!({}), json!({}));
        document["servers"] = json!([{"url": "https://{v0}.example.com", "variables": variables}]);
        document
    }),
    ("servers", |n| {
        let mut document = openapi(json!({}), json!({}));
        let server = |at| json!({"url": format!("https://h{at}.example.com")});
        document["servers"] = (0..n).map(server).collect();
        document
    }),
    ("webhooks", |n| {
        let mut document = openapi(json!({}), json!({}));
        document["webhooks"] = object(n, |at| {
            let body = json!({"content": {"application/json": {"schema": own(at)}}});
            (
                format!("w{at}"),
                json!({"post": {"requestBody": body, "responses": {}}}),
            )
        });
        document
    }),
    ("schemas", |n| {
        schemas(object(n, |at| (format!("S{at}"), own(at))))
    }),
    ("properties", |n| {
        let property = |at| {
            (
                format!("p{at}"),
                json!({"type": "string", "readOnly": true}),
            )
        };
        schemas(json!({"S": {"type": "object", "properties": object(n, property)}}))
    }),
    ("types of two directions", |n| {
        let mut all = object(n, |at| {
            let own = json!({"type": "string", "writeOnly": true});
            let next = reference(&format!("S{}", at + 1));
            let part = json!({"type": "object", "properties": {"key": own, "next": next}});
            let union = json!({"oneOf": [part, {"type": "string"}]});
            (format!("S{at}"), union)
        });
        all[format!("S{n}")] = own(n);
        let content = json!({"application/json": {"schema": reference("S0")}});
        let mut document = with_operation(|operation| {
            operation["requestBody"] = json!({"content": content});
            operation["responses"] = json!({"200": {"description": "", "content": content}});
        });
        document["components"]["schemas"] = all;
        document
    }),
    ("marks at the end of a chain of references", |n| {
        let mut all = object(n, |at| {
            (format!("C{at}"), reference(&format!("C{}", at + 1)))
        });
        all[format!("C{n}")] = json!({"type": "string", "readOnly": true});
        let property = |at| (format!("p{at}"), reference(&format!("C{at}")));
        all["S"] = json!({"type": "object", "properties": object(n, property)});
        schemas(all)
    }),
    ("inline types of properties", |n| {
        let property = |at| (format!("p{at}"), own(at));
        schemas(json!({"S": {"type": "object", "properties": object(n, property)}}))
    }),
    ("equal inline types of properties", |n| {
        let property = |at| (format!("p{at}"), own(0));
        schemas(json!({"S": {"type": "object", "properties": object(n, property)}}))
    }),
    ("values of an enum", |n| {
        let values: Vec<String> = (0..n).map(|at| format!("v{at}")).collect();
        schemas(json!({"S": {"type": "string", "enum": values}}))
    }),
    ("members of an allOf", |n| {
        let members: Vec<Value> = (0..n).map(own).collect();
        schemas(json!({"S": {"allOf": members}}))
    }),
    ("members of an allOf with one property", |n| {
        let text = |at| json!({"properties": {"a": {"type": "string", "description": format!("Text {at}.")}}});
        let members: Vec<Value> = (0..n).map(text).collect();
        schemas(json!({"S": {"allOf": members}}))
    }),
    ("schemas that extend one with a discriminator", |n| {
        let mapping = object(n, |at| {
            (
                format!("m{at}"),
                reference(&format!("S{at}"))["$ref"].clone(),
            )
        });
        let mut all = object(n, |at| {
            (
                format!("S{at}"),
                json!({"allOf": [reference("Base"), own(at)]}),
            )
        });
        all["Base"] = json!({
            "type": "object",
            "properties": {"k": {"type": "string"}},
            "discriminator": {"propertyName": "k", "mapping": mapping},
        });
        schemas(all)
    }),
    ("alternatives that extend what lists them", |n| {
        let mut all = object(n, |at| {
            (
                format!("S{at}"),
                json!({"allOf": [reference("Base"), own(at)]}),
            )
        });
        let references: Value = (0..n).map(|at| reference(&format!("S{at}"))).collect();
        all["Base"] = json!({"type": "object", "oneOf": references});
        schemas(all)
    }),
    ("references to a schema of many properties", |n| {
        let property = |at| (format!("p{at}"), json!({"type": "string"}));
        let many = json!({"type": "object", "properties": object(n, property)});
        let references = object(n, |at| (format!("r{at}"), reference("Many")));
        schemas(json!({"Many": many, "S": {"type": "object", "properties": references}}))
    }),
    ("operations on a schema of many properties", |n| {
        let property = |at| (format!("p{at}"), json!({"type": "string"}));
        let many = json!({"type": "object", "properties": object(n, property)});
        let content = json!({"application/json": {"schema": reference("Many")}});
        let mut document = operations(n, |at| {
            (
                format!("/r{at}s"),
                json!({"requestBody": {"content": content}}),
            )
        });
        document["components"]["schemas"] = json!({"Many": many});
        document
    }),
    ("alternatives", |n| alternatives(n, "oneOf", own)),
    ("alternatives of anyOf", |n| alternatives(n, "anyOf", own)),
    ("alternatives of a discriminator", |n| {
        alternatives(
            n,
            "oneOf",
            |at| json!({"type": "object", "required": ["k"], "properties": {"k": {"const": format!("c{at}")}}}),
        )
    }),
    ("references that lead to each other", |n| {
        // As many as the limit on chains lets through, again and again.
        let next = |at| match at % 50 {
            49 => (format!("S{at:06}"), own(at)),
            _ => (format!("S{at:06}"), reference(&format!("S{:06}", at + 1))),
        };
        schemas(object(n, next))
    }),
    ("a chain of properties", |n| schemas(chain(n))),
    ("names that are one but for their spelling", |n| {
        let spelled = |at: usize| {
            let separators = ["_", "-", ".", " "];
            let behind = (0..6).map(|digit| separators[at / 4_usize.pow(digit) % 4]);
            format!("order{}item", behind.collect::<String>())
        };
        schemas(object(n, |at| (spelled(at), own(at))))
    }),
    ("inline types of one name", |n| {
        let schema = |at| {
            let things = json!({"type": "array", "items": own(at)});
            (
                format!("S{at}"),
                json!({"type": "object", "properties": {"things": things}}),
            )
        };
        schemas(object(n, schema))
    }),
    ("lines of a description", |n| {
        schemas(json!({"S": {"description": "*a* `b` [c](d) <e>\n\n- f\n".repeat(n)}}))
    }),
    ("messages", |n| {
        let message = |at| json!({"name": format!("m{at}"), "payload": own(at)});
        asyncapi(
            json!({"c": {"subscribe": {"message": {"oneOf": (0..n).map(message).collect::<Value>()}}}}),
        )
    }),
    ("messages with kinds", |n| {
        let kind = |at| json!({"type": "object", "required": ["type"], "properties": {"type": {"const": format!("k{at}")}}});
        let message = |at| json!({"name": format!("m{at}"), "payload": kind(at)});
        asyncapi(
            json!({"c": {"subscribe": {"message": {"oneOf": (0..n).map(message).collect::<Value>()}}}}),
        )
    }),
    ("alternatives of a payload", |n| {
        let payload = json!({"oneOf": (0..n).map(own).collect::<Value>()});
        asyncapi(json!({"c": {"subscribe": {"message": {"name": "m", "payload": payload}}}}))
    }),
    ("channels", |n| {
        let channel = |at| {
            let message = json!({"name": format!("m{at}"), "payload": own(at)});
            (format!("c{at}"), json!({"subscribe": {"message": message}}))
        };
        asyncapi(object(n, channel))
    }),
    ("channels of one message", |n| {
        let payload = json!({"type": "object", "properties": {"type": {"const": "k"}}});
        let channel = |at| {
            (
                format!("c{at}"),
                json!({"subscribe": {"message": {"payload": payload}}}),
            )
        };
        asyncapi(object(n, channel))
    }),
];

fn object(n: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..n).map(member).collect::<Map<_, _>>())
}

fn openapi(paths: Value, components: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Growth", "version": "1"},
        "paths": paths,
        "components": components,
    })
}

fn asyncapi(channels: Value) -> Value {
    json!({
        "asyncapi": "2.6.0",
        "info": {"title": "Growth", "version": "1"},
        "channels": channels,
    })
}

fn schemas(schemas: Value) -> Value {
    openapi(json!({}), json!({ "schemas": schemas }))
}

/// A schema that equals no other.
fn own(at: usize) -> Value {
    let name = format!("a{at}");
    json!({"type": "object", "required": [name], "properties": {name.clone(): {"type": "string"}}})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn chain(n: usize) -> Value {
    object(n, |at| {
        let next = reference(&format!("S{}", (at + 1) % n));
        (
            format!("S{at}"),
            json!({"type": "object", "properties": {"next": next}}),
        )
    })
}

fn content(n: usize) -> Value {
    object(n, |at| {
        (
            format!("application/x{at}+json"),
            json!({"schema": own(at)}),
        )
    })
}

fn with_operation(change: impl FnOnce(&mut Value)) -> Value {
    let mut operation = json!({"responses": {"200": {"description": ""}}});
    change(&mut operation);
    openapi(json!({"/a": {"post": operation}}), json!({}))
}

fn operations(n: usize, operation: impl Fn(usize) -> (String, Value)) -> Value {
    let path = |at| {
        let (path, mut operation) = operation(at);
        operation["responses"] = json!({"200": {"description": ""}});
        (path, json!({ "get": operation }))
    };
    openapi(object(n, path), json!({}))
}

/// Each with a tag of its own, and all types behind every one of them.
fn operations_on_chain(n: usize) -> Value {
    let path = |at| {
        let schema = reference(&format!("S{at}"));
        let answer =
            json!({"description": "", "content": {"application/json": {"schema": schema}}});
        let operation = json!({"tags": [format!("t{at}")], "responses": {"200": answer}});
        (format!("/r{at}s"), json!({ "get": operation }))
    };
    openapi(object(n, path), json!({"schemas": chain(n)}))
}

fn alternatives(n: usize, keyword: &str, schema: fn(usize) -> Value) -> Value {
    let mut all = object(n, |at| (format!("S{at}"), schema(at)));
    let references: Value = (0..n).map(|at| reference(&format!("S{at}"))).collect();
    all["U"] = json!({ keyword: references });
    schemas(all)
}

fn scopes(n: usize) -> Value {
    let scopes: Vec<String> = (0..n).map(|at| format!("s{at}")).collect();
    let mut document = with_operation(|operation| operation["security"] = json!([{ "s": scopes }]));
    let flow = json!({"tokenUrl": "https://a.example/t", "scopes": {}});
    document["components"]["securitySchemes"]["s"] =
        json!({"type": "oauth2", "flows": {"clientCredentials": flow}});
    document
}

fn schemes(n: usize, together: bool) -> Value {
    let name = |at| format!("k{at}");
    let mut document = with_operation(|operation| {
        operation["security"] = match together {
            true => json!([object(n, |at| (name(at), json!([])))]),
            false => (0..n).map(|at| json!({ name(at): [] })).collect(),
        };
    });
    document["components"]["securitySchemes"] = object(n, |at| {
        let scheme = json!({"type": "apiKey", "in": "header", "name": format!("x{at}")});
        (name(at), scheme)
    });
    document
}

fn inputs(document: &Value, names: Option<String>) -> Inputs {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.into(),
        bytes: text.into_bytes(),
    };
    let api = Some(input("api.json", document.to_string()));
    let names = names.map(|names| input("names.lock", names));
    match document.get("openapi") {
        Some(_) => Inputs {
            openapi: api,
            names,
            ..Inputs::default()
        },
        None => Inputs {
            asyncapi: api,
            names,
            ..Inputs::default()
        },
    }
}

/// Allocations and their bytes, and what is generated.
fn counted(inputs: &Inputs) -> ([usize; 2], Generated) {
    let region = Region::new(ALLOCATED);
    let generated = Generator::new(Config::default()).generate(inputs);
    let change = region.change();
    let generated = generated.expect("a document that is only large");
    let allocations = change.allocations + change.reallocations;
    ([allocations, change.bytes_allocated], generated)
}

/// How many times as much is allocated for a document that is a few times as large, at first and with the
/// names of that to keep; and how many times it may be.
fn factors(family: Family) -> [(&'static str, f64, f64); 4] {
    let [few, many] = [FEW, TIMES * FEW].map(|number| {
        let document = family(number);
        let (first, generated) = counted(&inputs(&document, None));
        let (again, _) = counted(&inputs(&document, Some(generated.names.to_string())));
        [first, again]
    });
    let factor = |run: usize, unit: usize| many[run][unit] as f64 / few[run][unit] as f64;
    [
        ("allocations", factor(0, 0), MOST),
        ("bytes", factor(0, 1), MOST_BYTES),
        ("allocations with names to keep", factor(1, 0), MOST),
        ("bytes with names to keep", factor(1, 1), MOST_BYTES),
    ]
}

#[test]
fn work_grows_no_faster_than_the_document() {
    let mut faster = String::new();
    let generated = FAMILIES
        .iter()
        .map(|(name, family)| ((*name).to_owned(), factors(*family).to_vec()));
    let compared = compared::FAMILIES.iter().map(|(name, family)| {
        (
            format!("{name}, compared"),
            compared::factors(*family).to_vec(),
        )
    });
    for (name, factors) in generated.chain(compared) {
        println!("{name}: {factors:.2?}");
        for (unit, factor, most) in factors {
            if factor > most {
                faster += &format!("\n{name}: {factor:.1} times as many {unit}");
            }
        }
    }
    assert!(
        faster.is_empty(),
        "for {TIMES} times as much there are{faster}"
    );
}
