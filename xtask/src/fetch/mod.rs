//! Fetching the live documents into `specs/`.

mod download;
mod progress;

pub use download::{DownloadError, Limits, install_tls_provider};

use crate::document::{DocumentKind, NotTheDocument, identify};
use crate::origin::Origin;
use crate::specs::{FETCHED, Provenance, Source, Specs, SpecsError, sha256};
use download::{Answer, download};
use indicatif::ProgressBar;
use progress::Bars;
use std::fmt;
use std::time::SystemTime;
use url::Url;

/// Both documents as the server has them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// The REST API.
    pub openapi: Document,
    /// The events.
    pub asyncapi: Document,
}

/// One document as the server has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Byte for byte.
    pub bytes: Vec<u8>,
    /// Where it came from.
    pub source: Source,
}

/// The outcome of [`update`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server has what `specs/` has; no file was touched.
    Unchanged,
    /// `specs/` was replaced.
    Replaced {
        /// The bytes of the REST API's document are others than before.
        openapi: bool,
        /// The same for the events.
        asyncapi: bool,
    },
}

/// Why there are no new documents. `specs/` is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// At least one document could not be had.
    #[error("could not fetch the documents{0}")]
    Unreachable(Failures<DownloadError>),
    /// At least one answer is not the document.
    #[error("the server's answer is not what was asked for{0}")]
    NotTheDocuments(Failures<NotTheDocument>),
    /// The generator says that it cannot work with them.
    #[error("the documents are refused:\n{0}")]
    Refused(String),
    /// `specs/` itself.
    #[error(transparent)]
    Specs(#[from] SpecsError),
}

/// One failure, with the address it is about.
#[derive(Debug)]
pub struct Failure<E> {
    /// The URL that was asked for.
    pub url: String,
    /// The cause.
    pub error: E,
}

/// At least one failure.
#[derive(Debug)]
pub struct Failures<E>(pub Vec<Failure<E>>);

impl<E: fmt::Display> fmt::Display for Failures<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Failure { url, error } in &self.0 {
            write!(f, "\n  GET {url}\n    {error}")?;
        }
        Ok(())
    }
}

/// How a fetch is done.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The limits of the download.
    pub limits: Limits,
    /// The value of `fetched_at`.
    pub now: SystemTime,
    /// Whether to draw on the terminal, if there is one.
    pub progress: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            now: SystemTime::now(),
            progress: true,
        }
    }
}

/// Brings `specs/` up to date with the server, if `accept` takes what the server has. It gets the
/// OpenAPI and the AsyncAPI document, and says in words why not.
pub async fn update(
    specs: &Specs,
    origin: &Origin,
    settings: &Settings,
    accept: impl FnOnce(&[u8], &[u8]) -> Result<(), String>,
) -> Result<Outcome, FetchError> {
    let documents = fetch(specs, origin, settings).await?;
    let (openapi, asyncapi) = (documents.openapi, documents.asyncapi);
    let provenance = Provenance {
        origin: FETCHED.into(),
        date: None,
        openapi: openapi.source,
        asyncapi: asyncapi.source,
    };
    let differs = |kind, document: &[u8]| -> Result<bool, SpecsError> {
        Ok(specs.read_if_present(kind)?.as_deref() != Some(document))
    };
    let openapi_changed = differs(DocumentKind::OpenApi, &openapi.bytes)?;
    let asyncapi_changed = differs(DocumentKind::AsyncApi, &asyncapi.bytes)?;
    let recorded = specs.provenance()?;
    if !openapi_changed
        && !asyncapi_changed
        && recorded.is_some_and(|recorded| says_the_same(&recorded, &provenance))
    {
        return Ok(Outcome::Unchanged);
    }
    accept(&openapi.bytes, &asyncapi.bytes).map_err(FetchError::Refused)?;
    specs.replace(&openapi.bytes, &asyncapi.bytes, &provenance)?;
    Ok(Outcome::Replaced {
        openapi: openapi_changed,
        asyncapi: asyncapi_changed,
    })
}

/// Gets both documents, without touching `specs/`; what the server says is unchanged is read there.
pub async fn fetch(
    specs: &Specs,
    origin: &Origin,
    settings: &Settings,
) -> Result<Documents, FetchError> {
    let [openapi, asyncapi] =
        DocumentKind::ALL.map(|kind| Known::of(specs, kind, origin.document(kind)));
    let (openapi, asyncapi) = (openapi?, asyncapi?);
    let bars = Bars::new(settings.progress);
    // Both run to their end, so that every failure is reported.
    let answers = tokio::join!(
        openapi.ask(settings, bars.bar(DocumentKind::OpenApi)),
        asyncapi.ask(settings, bars.bar(DocumentKind::AsyncApi)),
    );
    bars.clear();

    let (openapi, asyncapi) = all_or_failures(answers).map_err(FetchError::Unreachable)?;
    let check = |kind, document: &Document| {
        identify(&document.bytes, kind).map_err(|error| Failure {
            url: origin.document(kind).into(),
            error,
        })
    };
    all_or_failures((
        check(DocumentKind::OpenApi, &openapi),
        check(DocumentKind::AsyncApi, &asyncapi),
    ))
    .map_err(FetchError::NotTheDocuments)?;
    Ok(Documents { openapi, asyncapi })
}

/// All that is known about a document before asking.
struct Known {
    url: Url,
    /// The document in `specs/`, if it is the one that the server gave this name to.
    current: Option<(String, Document)>,
}

impl Known {
    fn of(specs: &Specs, kind: DocumentKind, url: Url) -> Result<Self, SpecsError> {
        let source = specs
            .provenance()?
            .map(|accepted| accepted.source(kind).clone());
        let current = match source {
            Some(source) if source.url.as_deref() == Some(url.as_str()) => {
                let bytes = specs.read_if_present(kind)?;
                let bytes = bytes.filter(|bytes| sha256(bytes) == source.sha256);
                let etag = source.etag.clone();
                etag.zip(bytes.map(|bytes| Document { bytes, source }))
            }
            _ => None,
        };
        Ok(Self { url, current })
    }

    async fn ask(
        self,
        settings: &Settings,
        bar: ProgressBar,
    ) -> Result<Document, Failure<DownloadError>> {
        let etag = self.current.as_ref().map(|(etag, _)| etag.as_str());
        let answer = download(&self.url, etag, &settings.limits, &bar).await;
        bar.finish();
        let url = String::from(self.url);
        let result = match (answer, self.current) {
            (Ok(Answer::Document { bytes, etag }), _) => {
                let source = Source {
                    url: Some(url.clone()),
                    fetched_at: Some(humantime::format_rfc3339_seconds(settings.now).to_string()),
                    sha256: sha256(&bytes),
                    etag,
                };
                Ok(Document { bytes, source })
            }
            (Ok(Answer::NotModified), Some((_, document))) => Ok(document),
            (Ok(Answer::NotModified), None) => Err(DownloadError::UnaskedNotModified),
            (Err(error), _) => Err(error),
        };
        result.map_err(|error| Failure { url, error })
    }
}

/// The same but for the time: recording that alone would be noise in the history.
fn says_the_same(old: &Provenance, new: &Provenance) -> bool {
    let timeless = |source: &Source| Source {
        fetched_at: None,
        ..source.clone()
    };
    old.origin == new.origin
        && DocumentKind::ALL
            .iter()
            .all(|kind| timeless(old.source(*kind)) == timeless(new.source(*kind)))
}

/// Both values, or every failure.
fn all_or_failures<A, B, E>(
    results: (Result<A, Failure<E>>, Result<B, Failure<E>>),
) -> Result<(A, B), Failures<E>> {
    match results {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(Failures(a.err().into_iter().chain(b.err()).collect())),
    }
}
