//! OpenAPI 3.0 to 3.2: operations, parameters, bodies, responses.

mod api;
mod content;
mod reader;

pub(crate) use api::{
    Api, Edition, Encoding, Media, Operation, Parameter, RequestBody, Response, Server,
};

use crate::diagnostic::Problems;
use crate::source::{DocumentId, Documents};
use reader::ApiReader;

/// Reads a whole document.
pub(crate) fn read<'d>(
    documents: &'d Documents,
    root: DocumentId,
    problems: &mut Problems,
) -> Api<'d> {
    ApiReader::new(documents, root, problems).api()
}
