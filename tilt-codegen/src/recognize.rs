//! Whether a document is one of those that an SDK is made of: the specification that it names, a version
//! that means the same, and the form that the specification gives its outermost members.
//!
//! ```
//! use tilt_codegen::recognize::{Specification, faults};
//!
//! let document = serde_json::json!({"openapi": "3.1.0", "info": {}, "paths": 5});
//! assert_eq!(faults(&document, Specification::OpenApi)[0].pointer, "/paths");
//! ```

use crate::diagnostic::{Code, Diagnostics, Place, Problem, Problems};
use crate::source::{DocumentId, Documents};
use serde_json::Value;
use std::borrow::Cow;

/// The specification that a document is expected to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Specification {
    /// An HTTP API.
    OpenApi,
    /// Messages.
    AsyncApi,
}

impl Specification {
    /// The member that names the version.
    fn key(self) -> &'static str {
        match self {
            Specification::OpenApi => "openapi",
            Specification::AsyncApi => "asyncapi",
        }
    }
}

/// Why a document is none of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// `unsupported-version` or `malformed-document`.
    pub code: Code,
    /// The JSON pointer of what is wrong; empty for the whole.
    pub pointer: String,
    /// The sentence that says what was found and what was expected.
    pub message: String,
    /// Advice on what to do about it.
    pub help: &'static str,
}

/// Members whose form is known, and whether they are lists.
const OPENAPI_MEMBERS: [(&str, bool); 6] = [
    ("components", false),
    ("info", false),
    ("paths", false),
    ("servers", true),
    ("tags", true),
    ("webhooks", false),
];
const ASYNCAPI_MEMBERS: [(&str, bool); 5] = [
    ("channels", false),
    ("components", false),
    ("info", false),
    ("servers", false),
    ("tags", true),
];

/// Refuses a document that is of another kind, of a version that means something else, or of no form. Gives
/// the findings of one that is not refused.
pub(crate) fn recognize(
    documents: &Documents,
    root: DocumentId,
    kind: Specification,
) -> Result<Diagnostics, Diagnostics> {
    let root = documents.get(root);
    let mut problems = Problems::new();
    let key = kind.key();
    if let Some(number @ Value::Number(_)) = root.value.get(key) {
        let place = Place::Pointer(root.id, format!("/{key}").into());
        let message = format!("`{key}` is the number {number}, expected a text");
        problems.push(Problem::new(Code::NUMBER_AS_VERSION, place, message));
    }
    for fault in faults(&root.value, kind) {
        let place = Place::Pointer(root.id, fault.pointer.into());
        problems.push(Problem::new(fault.code, place, fault.message).help(fault.help));
    }
    let has_errors = problems.has_errors();
    let diagnostics = documents.locate(problems);
    match has_errors {
        true => Err(diagnostics),
        false => Ok(diagnostics),
    }
}

/// The version of a specification that a document names, also where it is a number.
pub(crate) fn version(root: &Value, kind: Specification) -> Option<Cow<'_, str>> {
    written(root, kind.key())
}

fn written<'v>(root: &'v Value, key: &str) -> Option<Cow<'v, str>> {
    match root.get(key)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// All that tells that a value is no document of this kind; empty for one that is. Faults further
/// inside are for the generator to find.
pub fn faults(root: &Value, kind: Specification) -> Vec<Fault> {
    if let Some(fault) = version_fault(root, kind) {
        return vec![fault];
    }
    let (members, some) = match kind {
        Specification::OpenApi => (
            OPENAPI_MEMBERS.as_slice(),
            ["paths", "webhooks", "components"].as_slice(),
        ),
        Specification::AsyncApi => (
            ASYNCAPI_MEMBERS.as_slice(),
            ["channels", "components"].as_slice(),
        ),
    };
    let mut faults: Vec<Fault> = members
        .iter()
        .filter_map(|(name, list)| form_fault(root, "", name, *list))
        .collect();
    if let Some(Value::Object(components)) = root.get("components") {
        let maps = components
            .keys()
            .filter(|name| !name.starts_with("x-") && *name != "$ref");
        let maps =
            maps.filter_map(|name| form_fault(&root["components"], "/components", name, false));
        faults.extend(maps);
    }
    if some.iter().all(|name| root.get(name).is_none()) {
        faults.push(Fault {
            code: Code::MALFORMED_DOCUMENT,
            pointer: String::new(),
            message: format!("this has none of `{}`", some.join("`, `")),
            help: "check that this is the whole document",
        });
    }
    faults
}

/// Whether nothing can be done with the API: no operation, or no message on any channel.
pub fn is_idle(root: &Value, kind: Specification) -> bool {
    let (map, parts) = match kind {
        Specification::OpenApi => (
            root.get("paths"),
            [
                "delete",
                "get",
                "head",
                "options",
                "patch",
                "post",
                "put",
                "query",
                "trace",
                "additionalOperations",
                "$ref",
            ]
            .as_slice(),
        ),
        Specification::AsyncApi => (
            root.get("channels"),
            ["publish", "subscribe", "$ref"].as_slice(),
        ),
    };
    if map.is_some_and(|map| map.get("$ref").is_some_and(Value::is_string)) {
        return false;
    }
    let entries = map.and_then(Value::as_object).into_iter().flatten();
    let mut entries = entries.filter(|(name, _)| !name.starts_with("x-"));
    !entries.any(|(_, entry)| {
        let has = |part: &&str| entry.get(part).is_some_and(|it| !it.is_null());
        parts.iter().any(has)
    })
}

fn version_fault(root: &Value, kind: Specification) -> Option<Fault> {
    let openapi = version(root, Specification::OpenApi);
    let asyncapi = version(root, Specification::AsyncApi);
    let swagger = written(root, "swagger");
    let numbers = version(root, kind).and_then(|it| numbers(&it));
    let supported = match kind {
        Specification::OpenApi => (3, 0..=2),
        Specification::AsyncApi => (2, 0..=6),
    };
    if numbers.is_some_and(|(major, minor)| major == supported.0 && supported.1.contains(&minor)) {
        return None;
    }
    let expected = match kind {
        Specification::OpenApi => "an OpenAPI document of version 3.0 to 3.2",
        Specification::AsyncApi => "an AsyncAPI document of version 2.0 to 2.6",
    };
    let found = match (&openapi, &asyncapi, &swagger) {
        (Some(version), ..) => format!("OpenAPI {}", shown(version)),
        (_, Some(version), _) => format!("AsyncAPI {}", shown(version)),
        (.., Some(version)) => format!("Swagger {}", shown(version)),
        _ if root.is_object() => "neither `openapi` nor `asyncapi` with a version".to_owned(),
        _ => "no object".to_owned(),
    };
    let help = match kind {
        Specification::OpenApi if swagger.is_some() => "convert the document to OpenAPI 3 first",
        Specification::OpenApi if numbers.is_some() => {
            "convert the document to a version that is supported"
        }
        Specification::OpenApi if openapi.is_some() => "write three numbers, such as `3.1.0`",
        Specification::OpenApi if version_fault(root, Specification::AsyncApi).is_none() => {
            "give it as the AsyncAPI document"
        }
        Specification::OpenApi if asyncapi.is_some() => {
            "convert it to AsyncAPI 2.6, and give it as the AsyncAPI document"
        }
        Specification::AsyncApi if asyncapi.is_some() => {
            "convert the document to AsyncAPI 2.6 first"
        }
        Specification::AsyncApi if openapi.is_some() || swagger.is_some() => {
            "give it as the OpenAPI document"
        }
        _ => "check that this is the file you meant",
    };
    let pointer = match root.get(kind.key()) {
        Some(_) => format!("/{}", kind.key()),
        None => String::new(),
    };
    Some(Fault {
        code: Code::UNSUPPORTED_VERSION,
        pointer,
        message: format!("this is {found}, expected {expected}"),
        help,
    })
}

/// The first two numbers of `MAJOR.MINOR.PATCH`, perhaps without the last or with `-SUFFIX`, and nothing else: numbers as
/// Semantic Versioning 2.0.0 (item 2) writes them, and its pre-releases (item 9).
fn numbers(version: &str) -> Option<(u32, u32)> {
    let (numbers, suffix) = match version.split_once('-') {
        Some((numbers, suffix)) => (numbers, Some(suffix)),
        None => (version, None),
    };
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let number = |text: &str| -> Option<u32> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        text.parse().ok().filter(|_| plain)
    };
    if !suffix.is_none_or(|suffix| suffix.split('.').all(word)) {
        return None;
    }
    let numbers: Option<Vec<u32>> = numbers.split('.').map(number).collect();
    match numbers.as_deref() {
        Some([first, second] | [first, second, _]) => Some((*first, *second)),
        _ => None,
    }
}

/// A member that has another form than it should. One that is null counts as absent.
fn form_fault(owner: &Value, place: &str, name: &str, list: bool) -> Option<Fault> {
    let value = owner.get(name).filter(|value| !value.is_null())?;
    let leads_on = value.get("$ref").is_some_and(Value::is_string);
    let fits = match list {
        true => value.is_array() || leads_on,
        false => value.is_object(),
    };
    let found = crate::source::kind(value);
    let (expected, help) = match list {
        true => ("an array", "write an array, or leave the member out"),
        false => ("an object", "write an object, or leave the member out"),
    };
    (!fits).then(|| Fault {
        code: Code::MALFORMED_DOCUMENT,
        pointer: format!("{place}/{}", crate::source::escape(name)),
        message: format!("`{}` is {found}, expected {expected}", shown(name)),
        help,
    })
}

/// Text of a document, short and without characters that a terminal would obey.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn codes(document: &Value, kind: Specification) -> Vec<String> {
        let faults = faults(document, kind).into_iter();
        faults
            .map(|fault| format!("{} {}", fault.code, fault.pointer))
            .collect()
    }

    #[test]
    fn a_version_of_the_future_is_no_wrong_spelling() {
        let help = |key: &str, version: &str| {
            let document = json!({key: version, "paths": {}, "channels": {}});
            faults(&document, Specification::OpenApi)[0].help
        };
        let converted = "convert the document to a version that is supported";
        assert_eq!(help("openapi", "4.0.0"), converted);
        assert_eq!(help("openapi", "3"), "write three numbers, such as `3.1.0`");
        let as_other = "give it as the AsyncAPI document";
        assert_eq!(help("asyncapi", "2.6.0"), as_other);
        let converted = "convert it to AsyncAPI 2.6, and give it as the AsyncAPI document";
        assert_eq!(help("asyncapi", "3.0.0"), converted);
    }

    #[test]
    fn versions_are_versions_and_nothing_else() {
        let faults = |version: &str| {
            let document = json!({"openapi": version, "paths": {}});
            faults(&document, Specification::OpenApi).len()
        };
        for version in [
            "3.0.0",
            "3.0.4",
            "3.1.0",
            "3.1.1",
            "3.1",
            "3.1.0-rc0",
            "3.0.0-rc.1",
        ] {
            assert_eq!(faults(version), 0, "{version}");
        }
        for version in [
            "3.1.0\"; fn x(){}",
            "3.1.0 ",
            " 3.1.0",
            "3.1.x",
            "3.1.0.0",
            "3.1.0-",
            "3.1.0-a b",
            "3.01.0",
            "+3.1.0",
            "3.1.0\n",
            "3",
            "3.1.",
            "2.0.0",
            "4.0.0",
            "3.9.0",
            "",
            "3.1.0-a\u{202e}",
            "3.1.99999999999",
        ] {
            assert_eq!(faults(version), 1, "{version:?}");
        }
        let version = format!("3.1.0-{} ", "a".repeat(1_000));
        let document = json!({"openapi": version, "paths": {}});
        let fault = super::faults(&document, Specification::OpenApi).remove(0);
        assert!(fault.message.len() < 200, "{fault}");
    }

    #[test]
    fn what_is_not_read_yet_says_what_to_do() {
        for (document, kind, help) in [
            (
                json!({"swagger": "2.0", "paths": {}}),
                Specification::OpenApi,
                "convert the document to OpenAPI 3 first",
            ),
            (
                json!({"asyncapi": "3.0.0", "channels": {}}),
                Specification::AsyncApi,
                "convert the document to AsyncAPI 2.6 first",
            ),
        ] {
            let faults = faults(&document, kind);
            let [fault] = &faults[..] else {
                unreachable!("{document}")
            };
            assert_eq!((fault.code, fault.help), (Code::UNSUPPORTED_VERSION, help));
        }
    }

    #[test]
    fn a_version_may_be_a_number() {
        for (version, faults) in [
            (json!(3.1), 0),
            (json!(3.0), 0),
            (json!(3), 1),
            (json!(2.0), 1),
        ] {
            let document = json!({"openapi": version, "paths": {}});
            assert_eq!(
                codes(&document, Specification::OpenApi).len(),
                faults,
                "{document}"
            );
        }
        let fault = faults(&json!({"swagger": 2.0}), Specification::OpenApi).remove(0);
        assert!(fault.message.starts_with("this is Swagger 2.0"), "{fault}");
    }

    #[test]
    fn outermost_members_have_the_form_of_the_specification() {
        for name in ["paths", "webhooks", "components", "info", "servers", "tags"] {
            for wrong in [json!(5), json!("text"), json!(true)] {
                let mut document = json!({"openapi": "3.1.0", "paths": {}});
                document[name] = wrong;
                let expected = format!("malformed-document /{name}");
                assert_eq!(codes(&document, Specification::OpenApi), [expected]);
            }
        }
        for name in ["channels", "components", "info", "servers", "tags"] {
            let mut document = json!({"asyncapi": "2.6.0", "channels": {}});
            document[name] = json!(5);
            let expected = format!("malformed-document /{name}");
            assert_eq!(codes(&document, Specification::AsyncApi), [expected]);
        }
        let document =
            json!({"openapi": "3.0.0", "paths": [], "components": {"schemas": [], "x-y": 1}});
        assert_eq!(
            codes(&document, Specification::OpenApi),
            [
                "malformed-document /paths",
                "malformed-document /components/schemas"
            ]
        );
        let document =
            json!({"openapi": "3.1.0", "paths": {}, "servers": null, "components": null});
        assert_eq!(codes(&document, Specification::OpenApi), [""; 0]);
    }

    #[test]
    fn a_document_of_3_1_may_have_webhooks_or_components_only() {
        for name in ["webhooks", "components", "paths"] {
            let mut document = json!({"openapi": "3.1.0"});
            assert_eq!(
                codes(&document, Specification::OpenApi),
                ["malformed-document "]
            );
            document[name] = json!({});
            assert_eq!(codes(&document, Specification::OpenApi), [""; 0]);
        }
        assert_eq!(
            codes(&json!({"asyncapi": "2.6.0"}), Specification::AsyncApi),
            ["malformed-document "]
        );
    }

    #[test]
    fn a_document_without_operations_or_messages_is_idle() {
        for paths in [
            json!({}),
            json!({"/a": {}}),
            json!({"/a": {"summary": "s", "get": null}}),
            json!({"x-a": {"get": {}}}),
        ] {
            assert!(
                is_idle(
                    &json!({"openapi": "3.1.0", "paths": paths}),
                    Specification::OpenApi
                ),
                "{paths}"
            );
        }
        for item in [
            json!({"get": {}}),
            json!({"$ref": "#/components/pathItems/a"}),
        ] {
            assert!(!is_idle(
                &json!({"openapi": "3.1.0", "paths": {"/a": item}}),
                Specification::OpenApi
            ));
        }
        assert!(!is_idle(
            &json!({"openapi": "3.1.0", "paths": {"$ref": "paths.yaml"}}),
            Specification::OpenApi
        ));
        assert!(is_idle(
            &json!({"channels": {"a": {}}}),
            Specification::AsyncApi
        ));
        assert!(!is_idle(
            &json!({"channels": {"a": {"publish": {}}}}),
            Specification::AsyncApi
        ));
    }
}
