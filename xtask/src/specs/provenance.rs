//! `source.toml`: where the documents came from.

use crate::document::DocumentKind;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The `origin` of documents that came from a server.
pub const FETCHED: &str = "fetched";

/// The contents of `source.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// [`FETCHED`], or in words how else the documents came about.
    pub origin: String,
    /// Of documents that were not fetched: when they were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The REST API.
    pub openapi: Source,
    /// The events.
    pub asyncapi: Source,
}

/// Where one document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The address it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched_at: Option<String>,
    /// Of the file's bytes, in lower-case hex.
    pub sha256: String,
    /// The server's name for this state of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
}

impl Provenance {
    /// The part about one document.
    pub fn source(&self, kind: DocumentKind) -> &Source {
        match kind {
            DocumentKind::OpenApi => &self.openapi,
            DocumentKind::AsyncApi => &self.asyncapi,
        }
    }

    /// The file's text.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let fields = toml::to_string(self)?;
        Ok(format!("# Written by `cargo xtask fetch`.\n{fields}"))
    }
}

/// A digest as `source.toml` spells it.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetched_documents_are_recorded_with_their_address() {
        let source = |name: &str| Source {
            url: Some(format!("https://example.com/{name}")),
            fetched_at: Some("2026-01-02T03:04:05Z".into()),
            sha256: sha256(b""),
            etag: Some("\"a\"".into()),
        };
        let provenance = Provenance {
            origin: FETCHED.into(),
            date: None,
            openapi: source("o"),
            asyncapi: source("a"),
        };
        let text = provenance.to_toml().unwrap();
        assert_eq!(
            text,
            r#"# Written by `cargo xtask fetch`.
origin = "fetched"

[openapi]
url = "https://example.com/o"
fetched_at = "2026-01-02T03:04:05Z"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
etag = '"a"'

[asyncapi]
url = "https://example.com/a"
fetched_at = "2026-01-02T03:04:05Z"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
etag = '"a"'
"#
        );
        assert_eq!(toml::from_str::<Provenance>(&text).unwrap(), provenance);
    }

    #[test]
    fn reconstructed_documents_have_a_date_and_digests_only() {
        let text = r#"
            origin = "reconstructed from the partner documentation, not fetched"
            date = "2026-01-02"
            [openapi]
            sha256 = "aa"
            [asyncapi]
            sha256 = "bb"
        "#;
        let provenance: Provenance = toml::from_str(text).unwrap();
        assert_eq!(provenance.date.as_deref(), Some("2026-01-02"));
        assert_eq!(provenance.source(DocumentKind::AsyncApi).sha256, "bb");
        assert_eq!(provenance.source(DocumentKind::OpenApi).url, None);
    }
}
