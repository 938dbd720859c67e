//! The two well-known documents, byte for byte.

use std::path::Path;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

use crate::error::SandboxError;
use crate::mac::hex;

/// One of the documents that an API serves about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The REST API.
    OpenApi,
    /// The webhook events.
    AsyncApi,
}

impl Document {
    /// Where it is served.
    pub fn path(self) -> &'static str {
        match self {
            Self::OpenApi => "/pos/v1/.well-known/openapi.json",
            Self::AsyncApi => "/pos/v1/.well-known/asyncapi.json",
        }
    }

    fn file_name(self) -> &'static str {
        match self {
            Self::OpenApi => "openapi.json",
            Self::AsyncApi => "asyncapi.json",
        }
    }
}

/// The documents that are served at the well-known paths.
pub(crate) struct Documents {
    openapi: Bytes,
    asyncapi: Bytes,
}

impl Documents {
    /// The documents that this crate was built with.
    pub(crate) fn embedded() -> Self {
        Self {
            openapi: Bytes::from_static(include_bytes!("../documents/openapi.json")),
            asyncapi: Bytes::from_static(include_bytes!("../documents/asyncapi.json")),
        }
    }

    pub(crate) fn read(folder: &Path) -> Result<Self, SandboxError> {
        let read = |document: Document| {
            let path = folder.join(document.file_name());
            std::fs::read(&path)
                .map(Bytes::from)
                .map_err(|source| SandboxError::Document { path, source })
        };
        Ok(Self {
            openapi: read(Document::OpenApi)?,
            asyncapi: read(Document::AsyncApi)?,
        })
    }

    pub(crate) fn get(&self, document: Document) -> Bytes {
        match document {
            Document::OpenApi => self.openapi.clone(),
            Document::AsyncApi => self.asyncapi.clone(),
        }
    }

    pub(crate) fn set(&mut self, document: Document, bytes: Bytes) {
        match document {
            Document::OpenApi => self.openapi = bytes,
            Document::AsyncApi => self.asyncapi = bytes,
        }
    }
}

/// Answers with a document, or with 304 to a client who has it.
pub(crate) fn answer(document: Bytes, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex(&Sha256::digest(&document)));
    let cached = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|cached| cached.trim().trim_start_matches("W/"))
        .any(|cached| cached == "*" || cached == tag);
    let mut response = if cached {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let json = HeaderValue::from_static("application/json");
        ([(CONTENT_TYPE, json)], document).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
