//! Every way in which OpenAPI lets a parameter be written, with the template of RFC 6570 that means the same.

use serde_json::{Map, Value, json};

/// The place of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// A parameter called `v`, and a value of it.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Tells it from others, such as `path-label-explode-list`.
    pub(super) name: String,
    pub(super) place: Place,
    style: &'static str,
    explode: bool,
    allow_reserved: bool,
    schema: Value,
    pub(super) kind: Kind,
    /// `None` where RFC 6570 has no such operator.
    pub(super) template: Option<String>,
}

/// A kind of value, and the one that is sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Scalar(Value),
    List(Vec<&'static str>),
    Object([(&'static str, &'static str); 2]),
}

/// The kinds with their names.
fn kinds() -> Vec<(&'static str, Kind)> {
    vec![
        ("text", Kind::Scalar(json!("value"))),
        ("empty-text", Kind::Scalar(json!(""))),
        (
            "text-of-delimiters",
            Kind::Scalar(json!("a b/c?d&e=f;g,h.iü~'(1)*|")),
        ),
        ("text-of-percent", Kind::Scalar(json!("100%, or 0%2F"))),
        ("integer", Kind::Scalar(json!(42))),
        ("boolean", Kind::Scalar(json!(true))),
        (
            "list",
            Kind::List(vec!["red", "gr een", "b,l/ue", "y.ellow"]),
        ),
        ("list-of-one", Kind::List(vec!["red"])),
        ("empty-list", Kind::List(vec![])),
        ("object", Kind::Object([("r", "100"), ("g", "2 0,0/1")])),
    ]
}

/// All styles of the places that have them (OpenAPI 3.1.1, Parameter Object).
const STYLES: [(Place, &str); 8] = [
    (Place::Path, "simple"),
    (Place::Path, "label"),
    (Place::Path, "matrix"),
    (Place::Query, "form"),
    (Place::Query, "spaceDelimited"),
    (Place::Query, "pipeDelimited"),
    (Place::Query, "deepObject"),
    (Place::Header, "simple"),
];

/// All of them.
pub(super) fn all() -> Vec<Case> {
    let cookie = (Place::Cookie, "form");
    let mut cases = Vec::new();
    for (place, style) in STYLES.into_iter().chain([cookie]) {
        for explode in [false, true] {
            for (name, kind) in kinds() {
                for allow_reserved in [false, true] {
                    let is_allowed = match style {
                        "spaceDelimited" | "pipeDelimited" => {
                            !explode && !matches!(kind, Kind::Scalar(_))
                        }
                        "deepObject" => explode && matches!(kind, Kind::Object(_)),
                        _ => true,
                    };
                    if is_allowed && (!allow_reserved || place == Place::Query) {
                        cases.push(case(place, style, explode, allow_reserved, (name, &kind)));
                    }
                }
            }
        }
    }
    cases
}

fn case(
    place: Place,
    style: &'static str,
    explode: bool,
    allow_reserved: bool,
    (kind_name, kind): (&'static str, &Kind),
) -> Case {
    let mut words = vec![place.word(), style];
    words.extend(explode.then_some("explode"));
    words.extend(allow_reserved.then_some("reserved"));
    words.push(kind_name);
    let schema = match kind {
        Kind::Scalar(Value::Number(_)) => json!({"type": "integer"}),
        Kind::Scalar(Value::Bool(_)) => json!({"type": "boolean"}),
        Kind::Scalar(_) => json!({"type": "string"}),
        Kind::List(_) => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Object(_) => json!({"$ref": "#/components/schemas/Pair"}),
    };
    Case {
        name: words.join("-"),
        place,
        style,
        explode,
        allow_reserved,
        schema,
        kind: kind.clone(),
        template: template(place, style, explode, allow_reserved, kind),
    }
}

/// The template that means the same (OpenAPI 3.1.1, appendix C): the path or the query from its `?` on, the value of a
/// header before anything is encoded in it, a cookie as a query would be.
fn template(
    place: Place,
    style: &str,
    explode: bool,
    allow_reserved: bool,
    kind: &Kind,
) -> Option<String> {
    let star = if explode { "*" } else { "" };
    let is_list_of_pairs = explode && !matches!(kind, Kind::Scalar(_));
    Some(match (place, style) {
        (Place::Path | Place::Header, "simple") => format!("{{v{star}}}"),
        (Place::Path, "label") => format!("{{.v{star}}}"),
        (Place::Path, "matrix") => format!("{{;v{star}}}"),
        // Of a list, RFC 6570 can keep reserved characters and repeat the name only in different operators.
        (Place::Query, "form") if allow_reserved && is_list_of_pairs => return None,
        (Place::Query, "form") if allow_reserved => "?v={+v}".to_owned(),
        (Place::Query | Place::Cookie, "form") => format!("{{?v{star}}}"),
        _ => return None,
    })
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl Case {
    /// The value as JSON.
    pub(super) fn value(&self) -> Value {
        match &self.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => json!(items),
            Kind::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), json!(value)));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    /// The path of its operation.
    pub(super) fn path(&self) -> String {
        let name = &self.name;
        match self.place {
            Place::Path => format!("/{name}/{{v}}"),
            _ => format!("/{name}"),
        }
    }
}

/// A document with an operation for each case.
pub(super) fn document(cases: &[Case]) -> Value {
    let mut paths = Map::new();
    for case in cases {
        let mut parameter = json!({
            "name": "v", "in": case.place.word(), "required": true, "style": case.style,
            "explode": case.explode, "schema": case.schema,
        });
        if case.place == Place::Query {
            parameter["allowReserved"] = case.allow_reserved.into();
        }
        let operation = json!({
            "operationId": case.name, "parameters": [parameter],
            "responses": {"204": {"description": "Sent."}},
        });
        paths.insert(case.path(), json!({"get": operation}));
    }
    let text = json!({"type": "string"});
    json!({
        "openapi": "3.1.1",
        "info": {"title": "Parameters", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Pair": {
            "type": "object", "required": ["r", "g"], "properties": {"r": text, "g": text},
        }}},
    })
}
