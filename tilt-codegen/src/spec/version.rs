//! Which specification a document follows.

use crate::diagnostic::{Diagnostics, Problem, Problems};
use crate::source::Documents;

/// What a document is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OpenApi,
    AsyncApi,
}

/// Refuses a document that is of another kind, or of a version that means something else.
pub(crate) fn recognize(documents: &Documents, kind: Kind) -> Result<(), Diagnostics> {
    let root = documents.root_node();
    let version = |key: &str| root.get(key).and_then(|version| version.as_str());
    let (openapi, asyncapi, swagger) =
        (version("openapi"), version("asyncapi"), version("swagger"));
    let known = match kind {
        Kind::OpenApi => openapi.is_some_and(|version| is_minor(version, 3, 0..=2)),
        Kind::AsyncApi => asyncapi.is_some_and(|version| is_minor(version, 2, 0..=6)),
    };
    if known {
        return Ok(());
    }
    let expected = match kind {
        Kind::OpenApi => "an OpenAPI document of version 3.0 to 3.2",
        Kind::AsyncApi => "an AsyncAPI document of version 2.0 to 2.6",
    };
    let found = match (openapi, asyncapi, swagger) {
        (Some(version), ..) => format!("OpenAPI {version}"),
        (_, Some(version), _) => format!("AsyncAPI {version}"),
        (.., Some(version)) => format!("Swagger {version}"),
        _ if root.value.is_object() => "neither `openapi` nor `asyncapi` with a version".to_owned(),
        _ => "no object".to_owned(),
    };
    let help = match kind {
        Kind::OpenApi if swagger.is_some() => "convert the document to OpenAPI 3 first",
        Kind::OpenApi if asyncapi.is_some() => "give it as the AsyncAPI document",
        Kind::AsyncApi if openapi.is_some() => "give it as the OpenAPI document",
        Kind::AsyncApi if asyncapi.is_some() => "convert the document to AsyncAPI 2.6 first",
        _ => "check that this is the file you meant",
    };
    let mut problems = Problems::new();
    let message = format!("this is {found}, expected {expected}");
    problems.push(Problem::error("unsupported-version", root, message).help(help));
    Err(problems.locate(documents))
}

fn is_minor(version: &str, major: u32, minors: std::ops::RangeInclusive<u32>) -> bool {
    let mut parts = version.trim().split(['.', '-']);
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    next() == Some(major) && next().is_some_and(|minor| minors.contains(&minor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Input, Limits};

    fn recognized(kind: Kind, version: &str) -> Result<(), String> {
        let key = match kind {
            Kind::OpenApi => "openapi",
            Kind::AsyncApi => "asyncapi",
        };
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: format!("{{\"{key}\": \"{version}\"}}").into_bytes(),
        };
        let documents = Documents::load(input, &Limits::default()).unwrap();
        recognize(&documents, kind).map_err(|problems| problems.to_string())
    }

    #[test]
    fn versions_are_accepted_as_the_refusal_of_others_says() {
        for version in ["3.0.0", "3.0.4", "3.1.1", "3.2.0", "3.1.0-rc1"] {
            assert_eq!(recognized(Kind::OpenApi, version), Ok(()));
        }
        for version in ["2.0", "3", "3.3.0", "4.0.0"] {
            let refusal = recognized(Kind::OpenApi, version).unwrap_err();
            assert!(refusal.contains("of version 3.0 to 3.2"), "{refusal}");
        }
        for version in ["2.0.0", "2.6.0"] {
            assert_eq!(recognized(Kind::AsyncApi, version), Ok(()));
        }
        for version in ["1.2.0", "2.7.0", "3.0.0"] {
            let refusal = recognized(Kind::AsyncApi, version).unwrap_err();
            assert!(refusal.contains("of version 2.0 to 2.6"), "{refusal}");
        }
    }
}
