//! OpenAPI 3.0 to 3.2: operations, parameters, bodies, responses.

mod api;
mod content;
mod event_data;
mod join;
mod object;
mod parameters;
mod paths;
mod reader;
mod servers;

pub(crate) use api::{
    Api, Callbacks, Edition, Editions, Encoding, Events, Media, Operation, Parameter, PartHeader,
    RequestBody, Response, ResponseHeader, Server,
};

use crate::diagnostic::Problems;
use crate::source::{DocumentId, Documents};
use reader::ApiReader;

/// Reads whole documents, as if one had what all of them have. `None` where there is none.
pub(crate) fn read<'d>(
    documents: &'d Documents,
    roots: &[DocumentId],
    callbacks: Callbacks,
    problems: &mut Problems,
) -> Option<Api<'d>> {
    let (first, further) = roots.split_first()?;
    let mut api = ApiReader::new(documents, *first, callbacks, problems).api();
    for root in further {
        let further = ApiReader::new(documents, *root, callbacks, problems).api();
        join::join(documents, &mut api, further, problems);
    }
    Some(api)
}
