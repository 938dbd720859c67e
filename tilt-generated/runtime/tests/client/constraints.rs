//! Requests are held against the constraints of the API's document before they are sent.

use crate::server::{OPEN, Tested};
use bytes::Bytes;
use serde_json::{Value, json};
use tilt_runtime as rt;

/// Answers everything: what gets here was not refused.
#[derive(Debug)]
struct Answering;

impl rt::Transport for Answering {
    fn send(&self, _: http::Request<Bytes>) -> rt::Transported {
        Box::pin(async { Ok(http::Response::new(Bytes::new())) })
    }
}

fn builder() -> rt::Builder {
    let environment = rt::Environment::custom("https://x.test", None);
    rt::Client::builder(&OPEN, environment).transport(Answering)
}

/// An operation with a body of these constraints.
fn operation(schema: &Value) -> &'static rt::Operation {
    let stated = json!({"properties": {"body application/json": schema}});
    let constraints = rt::Constraints::new(stated.to_string().leak(), &[]);
    Box::leak(Box::new(rt::Operation {
        method: rt::Method::Post,
        constraints: Some(Box::leak(Box::new(constraints))),
        ..rt::Operation::NEW
    }))
}

fn told(result: Result<(), rt::Error>) -> Vec<String> {
    match result {
        Err(rt::Error::InvalidRequest(error)) => {
            error.violations().iter().map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    }
}

/// The faults of a body of JSON.
async fn violations(
    operation: &'static rt::Operation,
    body: &str,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut call = builder().build()?.call::<rt::Empty>(operation);
    call.json(
        "application/json",
        serde_json::from_str::<&serde_json::value::RawValue>(body)?,
    );
    Ok(told(call.await))
}

/// A schema, bodies that it takes, one that it does not, and what is said of that one.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: [Case; 22] = [
    (
        r#"{"maxLength": 2}"#,
        r#""é😀" 7 null"#,
        r#""abc""#,
        "has 3 characters, expected at most 2",
    ),
    (
        r#"{"minLength": 2, "maxLength": 2}"#,
        r#""é😀""#,
        r#""😀""#,
        "has 1 character, expected 2",
    ),
    (
        r#"{"pattern": "^a", "expression": "^[aA]"}"#,
        r#""Ab" 1"#,
        r#""b""#,
        "is a text of another form, expected a match of `^a`",
    ),
    (
        r#"{"format": "email"}"#,
        r#""a@b.example" 1"#,
        r#""a.example""#,
        "is a text of another format, expected an email address",
    ),
    (
        r#"{"minimum": 0.3}"#,
        r#"0.3 0.30 3e-1 "0""#,
        "0.29999999999999999999",
        "is less, expected at least 0.3",
    ),
    (
        r#"{"exclusiveMinimum": 0}"#,
        "1 1e-400",
        "0.0",
        "is not, expected greater than 0",
    ),
    (
        r#"{"maximum": 9007199254740992}"#,
        "9007199254740992",
        "9007199254740993",
        "is greater, expected at most 9007199254740992",
    ),
    (
        r#"{"exclusiveMaximum": 5}"#,
        "4.999 -1e9",
        "5",
        "is not, expected less than 5",
    ),
    (
        r#"{"multipleOf": 0.01}"#,
        "0.07 19.99 1e2",
        "0.075",
        "is none, expected a multiple of 0.01",
    ),
    (
        r#"{"minItems": 1}"#,
        "[1] {}",
        "[]",
        "has 0 items, expected at least 1",
    ),
    (
        r#"{"uniqueItems": true}"#,
        r#"[1,"1",[1],{}] [{"a":1},{"a":2}]"#,
        r#"[{"a":1,"b":2},{"b":2.0,"a":1e0}]"#,
        "has item 1 twice, expected no two items equal",
    ),
    (
        r#"{"minProperties": 1, "maxProperties": 1}"#,
        r#"{"a":1} []"#,
        "{}",
        "has 0 properties, expected 1",
    ),
    (
        r#"{"properties": {"a/b": {"items": {"minimum": 1}}}}"#,
        r#"{"a/b":[1],"c":0}"#,
        r#"{"a/b":[1,0]}"#,
        "/a~1b/1 is less, expected at least 1",
    ),
    (
        r#"{"additionalProperties": {"minimum": 1}, "properties": {"a": {}}}"#,
        r#"{"a":0,"b":1}"#,
        r#"{"b":0}"#,
        "/b is less, expected at least 1",
    ),
    (
        r#"{"prefixItems": [{}, {"maxLength": 1}], "items": {"minimum": 1}}"#,
        r#"[0,"a",1]"#,
        r#"[0,"ab"]"#,
        "/1 has 2 characters, expected at most 1",
    ),
    (
        r#"{"dependentRequired": {"a": ["b"]}}"#,
        r#"{} {"b":1} {"a":1,"b":1}"#,
        r#"{"a":1}"#,
        "has `a`, expected `b` beside it",
    ),
    (
        r#"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#,
        "2",
        "4",
        "is greater, expected at most 3",
    ),
    // Combinations that have to be there.
    (
        r#"{"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}"#,
        r#"{"a":1} {"b":1,"c":1} 5"#,
        r#"{"b":1}"#,
        "is incomplete, expected `a`, or `b` and `c` in it",
    ),
    // One of the alternatives that a value is taken for has to hold.
    (
        r#"{"anyOf": [{"is": {"type": ["string"]}, "maxLength": 1}, {"is": {"type": ["integer"]}, "minimum": 5}]}"#,
        r#""a" 5.0 true 4.5"#,
        "4",
        "is less, expected at least 5",
    ),
    (
        r#"{"anyOf": [{"maxLength": 3}, {"maxLength": 1}, {"minLength": 9}]}"#,
        r#""abc" "123456789""#,
        r#""abcd""#,
        "has 4 characters, expected at most 3",
    ),
    // An alternative, and a value, that the document does not know.
    (
        r#"{"anyOf": [{"properties": {"kind": {"is": {"enum": ["card"]}}, "number": {"maxLength": 2}}}, {"is": {"required": ["iban"]}}]}"#,
        r#"{"kind":"new","number":"123"} {"kind":"card","iban":"1","number":"123"}"#,
        r#"{"kind":"card","number":"123"}"#,
        "/number has 3 characters, expected at most 2",
    ),
    (
        r#"{"is": {"type": ["string"], "enum": ["a"]}, "maxLength": 2}"#,
        r#""b" 5"#,
        r#""abc""#,
        "has 3 characters, expected at most 2",
    ),
];

#[tokio::test]
async fn a_body_that_breaks_a_constraint_is_refused_and_no_other() -> Tested {
    for (schema, taken, refused, said) in CASES {
        let operation = operation(&serde_json::from_str(schema)?);
        for body in taken.split(' ') {
            let found = violations(operation, body).await?;
            assert_eq!(found, [""; 0], "{schema} {body}");
        }
        let said = match said.split_once(' ') {
            Some((pointer, said)) if pointer.starts_with('/') => format!("`{pointer}` {said}"),
            _ => format!("`body` {said}"),
        };
        assert_eq!(violations(operation, refused).await?, [said], "{schema}");
    }
    Ok(())
}

static LIST: rt::Operation = rt::Operation {
    path: "/{id}",
    parameters: &[rt::Parameter::path("id"), rt::Parameter::query("limit")],
    constraints: Some(&LIST_CONSTRAINTS),
    ..rt::Operation::NEW
};

static LIST_CONSTRAINTS: rt::Constraints = rt::Constraints::new(
    r#"{"properties": {"path id": {"maxLength": 3}, "query limit": {"maximum": 9}, "body application/json": {"$ref": 0},
        "body application/x-www-form-urlencoded": {"$ref": 0}, "body application/jsonl": {"$ref": 0}}}"#,
    &[&TREE],
);

/// It contains itself.
static TREE: rt::Constraints = rt::Constraints::new(
    r#"{"properties": {"name": {"maxLength": 3}, "inner": {"$ref": 0}}}"#,
    &[&TREE],
);

fn list(client: &rt::Client) -> rt::Call<rt::Empty> {
    let mut call = client.call(&LIST);
    call.set(0, "mark");
    call.set(1, &10);
    call
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_no_value() -> Tested {
    let mut call = list(&builder().build()?);
    let body = json!({"name": "mark", "inner": {"inner": {"name": "mark"}}});
    call.json("application/json", &body);
    let Err(error) = call.await else {
        return Err("sent".into());
    };
    let places: Vec<(&str, &str)> = match &error {
        rt::Error::InvalidRequest(error) => {
            let violations = error.violations().iter();
            violations
                .map(|it| (it.parameter(), it.pointer()))
                .collect()
        }
        _ => Vec::new(),
    };
    let expected = [
        ("id", ""),
        ("limit", ""),
        ("body", "/name"),
        ("body", "/inner/inner/name"),
    ];
    assert_eq!(places, expected);
    assert_eq!(
        error.to_string(),
        "GET /{id} was not sent: `id` has 4 characters, expected at most 3; `limit` is greater, expected at most 9; \
         `/name` has 4 characters, expected at most 3; `/inner/inner/name` has 4 characters, expected at most 3"
    );
    assert!(!format!("{error:?}").contains("mark"));
    assert!(!error.may_have_been_sent() && !error.is_retryable());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_written_is_told_beside_what_is_forbidden() -> Tested {
    let call = list(&builder().build()?).header("X", "\n");
    let parameters = match call.await {
        Err(rt::Error::InvalidRequest(error)) => error
            .violations()
            .iter()
            .map(|it| it.parameter().to_owned())
            .collect(),
        _ => Vec::new(),
    };
    assert_eq!(parameters, ["X", "id", "limit"]);
    Ok(())
}

#[tokio::test]
async fn forms_and_lines_are_checked_as_json_is() -> Tested {
    let client = builder().build()?;
    let mut form = client.call::<rt::Empty>(&LIST);
    form.form(
        "application/x-www-form-urlencoded",
        &json!({"name": "long"}),
        &[],
    );
    form.set(0, "a");
    assert_eq!(
        told(form.await),
        ["`/name` has 4 characters, expected at most 3"]
    );
    let mut lines = client.call::<rt::Empty>(&LIST);
    lines.json_lines(
        "application/jsonl",
        &[json!({"name": "a"}), json!({"name": "long"})],
    );
    lines.set(0, "a");
    assert_eq!(
        told(lines.await),
        ["`/1/name` has 4 characters, expected at most 3"]
    );
    Ok(())
}

#[tokio::test]
async fn nothing_is_checked_where_that_is_not_wanted() -> Tested {
    let checking = builder().build()?;
    list(&checking).without_validation().await?;
    let trusting = builder().without_validation().build()?;
    let mut call = list(&trusting);
    call.json("application/json", &json!({"name": "long"}));
    call.await?;
    // Whether it can be written at all is another question.
    let unwritable = list(&trusting).header("X", "\n").await;
    assert_eq!(told(unwritable).len(), 1);
    Ok(())
}

#[tokio::test]
async fn alternatives_that_contain_themselves_take_a_limited_time() -> Tested {
    static FORK: rt::Constraints = rt::Constraints::new(
        r#"{"maxProperties": 1, "properties": {"a": {"anyOf": [{"$ref": 0}, {"$ref": 0}, {"$ref": 0}]}}}"#,
        &[&FORK],
    );
    static OPERATION: rt::Operation = rt::Operation {
        constraints: Some(&BODY),
        ..rt::Operation::NEW
    };
    static BODY: rt::Constraints = rt::Constraints::new(
        r#"{"properties": {"body application/json": {"$ref": 0}}}"#,
        &[&FORK],
    );
    let deep = format!(
        "{}{{\"a\": 1, \"b\": 2}}{}",
        "{\"a\": ".repeat(60),
        "}".repeat(60)
    );
    // Three to the power of sixty: what is left when the steps are used up is not checked.
    assert_eq!(violations(&OPERATION, &deep).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn all_that_cannot_be_written_is_told_at_once_by_its_place() -> Tested {
    let schema = json!({"properties": {"note": {"maxLength": 2}}});
    let operation = operation(&schema);
    let client = builder().build()?;
    let mut order = rt::Map::new();
    order.insert("id".to_owned(), vec![rt::Uuid::from("secret")]);
    order.insert("note".to_owned(), vec![]);
    order.insert("b".to_owned(), vec!["".into(), "x".into()]);
    let mut call = client.call::<rt::Empty>(operation);
    call.json("application/json", &order);
    let expected = "cannot be written: not a UUID such as 0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11";
    let all = ["/b/0", "/b/1", "/id/0"].map(|place| format!("`{place}` {expected}"));
    let mut told = told(call.await);
    told.sort();
    assert_eq!(told, all);
    let mut lines = client.call::<rt::Empty>(operation);
    lines.json_lines("application/jsonl", &[rt::Uuid::from("x")]);
    assert_eq!(self::told(lines.await), [format!("`/0` {expected}")]);
    let mut call = client.call::<rt::Empty>(operation).without_validation();
    call.json("application/json", &rt::Date::from("x"));
    let error = call.await.err().ok_or("it cannot be sent")?;
    assert!(!error.to_string().contains("secret"), "{error}");
    Ok(())
}
