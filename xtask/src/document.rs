//! The two documents that describe the API, and how to tell one from the other.

use serde_json::Value;
use std::fmt;
use tilt_codegen::recognize;

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// The REST API.
    OpenApi,
    /// The webhook events.
    AsyncApi,
}

impl DocumentKind {
    /// Both, in the order in which they are reported.
    pub const ALL: [DocumentKind; 2] = [DocumentKind::OpenApi, DocumentKind::AsyncApi];

    /// The file's name, in `specs/` as on the server.
    pub fn file_name(self) -> &'static str {
        match self {
            DocumentKind::OpenApi => "openapi.json",
            DocumentKind::AsyncApi => "asyncapi.json",
        }
    }

    /// How the generator calls it.
    fn of_generator(self) -> recognize::Specification {
        match self {
            DocumentKind::OpenApi => recognize::Specification::OpenApi,
            DocumentKind::AsyncApi => recognize::Specification::AsyncApi,
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DocumentKind::OpenApi => "OpenAPI",
            DocumentKind::AsyncApi => "AsyncAPI",
        })
    }
}

/// Why some bytes are not the document that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTheDocument {
    /// Not even JSON.
    #[error("it is not JSON ({reason}); it begins with \"{start}\"")]
    NotJson {
        /// The parser's message.
        reason: String,
        /// The first characters, escaped.
        start: String,
    },
    /// The other document, something else, or a version that is not supported, as the generator says it.
    #[error("{} ({})", .0.message, .0.help)]
    Other(recognize::Fault),
    /// The right kind, but not of its form.
    #[error("it is no {kind} document: {}", list(.faults))]
    Malformed {
        /// The value that is expected.
        kind: DocumentKind,
        /// The faults; at least one.
        faults: Vec<recognize::Fault>,
    },
    /// A document of an API with which nothing can be done.
    #[error(
        "it has no {}: an API that says nothing does not replace one that does", nothing(*.0)
    )]
    Idle(DocumentKind),
}

fn nothing(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::OpenApi => "operation in `paths`",
        DocumentKind::AsyncApi => "message in `channels`",
    }
}

/// The first of the faults, with their places.
fn list(faults: &[recognize::Fault]) -> String {
    const MOST: usize = 3;
    let texts = faults.iter().take(MOST).map(ToString::to_string);
    let mut texts: Vec<String> = texts.collect();
    if faults.len() > MOST {
        texts.push(format!("and {} more", faults.len() - MOST));
    }
    texts.join("; ")
}

/// Checks that `bytes` are a JSON document of this kind, in a version that is supported and of the form
/// that the generator expects, and that there is something in it. Whether the rest of it makes sense is
/// for the generator to say.
pub fn identify(bytes: &[u8], expected: DocumentKind) -> Result<(), NotTheDocument> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let root: Value = serde_json::from_slice(text).map_err(|error| NotTheDocument::NotJson {
        reason: error.to_string(),
        start: start_of(text),
    })?;
    let mut faults = recognize::faults(&root, expected.of_generator());
    let is_other = |fault: &recognize::Fault| fault.code == "unsupported-version";
    if let Some(at) = faults.iter().position(is_other) {
        return Err(NotTheDocument::Other(faults.swap_remove(at)));
    }
    if !faults.is_empty() {
        return Err(NotTheDocument::Malformed {
            kind: expected,
            faults,
        });
    }
    match recognize::is_idle(&root, expected.of_generator()) {
        true => Err(NotTheDocument::Idle(expected)),
        false => Ok(()),
    }
}

/// Enough of some text to recognize it by, safe to print on a terminal.
fn start_of(bytes: &[u8]) -> String {
    const LENGTH: usize = 40;
    let head = &bytes[..bytes.len().min(4 * LENGTH)];
    let text = String::from_utf8_lossy(head);
    let mut start: String = text
        .trim_start()
        .chars()
        .take(LENGTH)
        .flat_map(char::escape_debug)
        .collect();
    if bytes.len() > LENGTH {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_recognized_in_its_versions() {
        for version in ["3.0.3", "3.1.0", "3.1.1"] {
            let text =
                format!(r#"{{"info":{{}},"openapi":"{version}","paths":{{"/a":{{"get":{{}}}}}}}}"#);
            assert_eq!(identify(text.as_bytes(), DocumentKind::OpenApi), Ok(()));
        }
        let text = br#"{"asyncapi":"2.6.0","channels":{"a":{"publish":{}}}}"#;
        assert_eq!(identify(text, DocumentKind::AsyncApi), Ok(()));
    }

    #[test]
    fn what_is_of_no_form_or_says_nothing_is_no_document() {
        let told = |text: &str, kind| match identify(text.as_bytes(), kind) {
            Ok(()) => "a document".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(
            told(r#"{"openapi":"3.1.0","paths":{}}"#, DocumentKind::OpenApi),
            "it has no operation in `paths`: an API that says nothing does not replace one that does"
        );
        assert_eq!(
            told(
                r#"{"asyncapi":"2.6.0","channels":{}}"#,
                DocumentKind::AsyncApi
            ),
            "it has no message in `channels`: an API that says nothing does not replace one that does"
        );
        assert_eq!(
            told(
                r#"{"asyncapi":"2.6.0","channels":5,"info":[]}"#,
                DocumentKind::AsyncApi
            ),
            "it is no AsyncAPI document: `channels` is a number, expected an object; `info` is an array, expected an object"
        );
        assert_eq!(
            told(
                r#"{"openapi":"3.1.0\"; fn x(){}","paths":{"/a":{"get":{}}}}"#,
                DocumentKind::OpenApi
            ),
            "this is OpenAPI 3.1.0\\\"; fn x(){}, expected an OpenAPI document of version 3.0 to 3.2 (write three numbers, such as `3.1.0`)"
        );
    }

    #[test]
    fn the_other_document_is_named() {
        let error = identify(br#"{"asyncapi":"2.6.0"}"#, DocumentKind::OpenApi).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this is AsyncAPI 2.6.0, expected an OpenAPI document of version 3.0 to 3.2 (give it as the AsyncAPI document)"
        );
    }

    #[test]
    fn an_unsupported_version_is_named() {
        let error = identify(br#"{"asyncapi":"3.0.0"}"#, DocumentKind::AsyncApi).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this is AsyncAPI 3.0.0, expected an AsyncAPI document of version 2.0 to 2.6 (convert the document to AsyncAPI 2.6 first)"
        );
    }

    #[test]
    fn html_is_shown_escaped() {
        let error = identify(b"<html>\x1b[31m", DocumentKind::OpenApi).unwrap_err();
        let NotTheDocument::NotJson { start, .. } = error else {
            unreachable!("{error}");
        };
        assert_eq!(start, "<html>\\u{1b}[31m");
    }

    #[test]
    fn json_of_another_sort_is_called_what_the_generator_calls_it() {
        for (text, told) in [
            (
                r#"{"swagger":"2.0"}"#,
                "this is Swagger 2.0, expected an OpenAPI document of version 3.0 to 3.2 (convert the document to OpenAPI 3 first)",
            ),
            (
                "17",
                "this is no object, expected an OpenAPI document of version 3.0 to 3.2 (check that this is the file you meant)",
            ),
        ] {
            let error = identify(text.as_bytes(), DocumentKind::OpenApi).unwrap_err();
            assert_eq!(error.to_string(), told);
        }
    }

    #[test]
    fn what_the_generator_takes_is_taken() {
        for text in [
            r#"{"openapi":3.1,"paths":{"/a":{"get":{}}}}"#,
            r#"{"openapi":"3.2.0","paths":{"/a":{"query":{}}}}"#,
            r#"{"openapi":"3.2.0","paths":{"/a":{"additionalOperations":{"COPY":{}}}}}"#,
        ] {
            assert_eq!(
                identify(text.as_bytes(), DocumentKind::OpenApi),
                Ok(()),
                "{text}"
            );
        }
    }
}
