//! The media types that bodies are sent as where callers name none, for the generation after this one.

use std::collections::BTreeMap;

use crate::lock::OperationNames;
use crate::lower::naming::paths;
use crate::lower::operation::media::meaning;
use crate::model::{Body, BodyMedia, Sdk};

/// Notes it beside the other names of operations. Values that only their encoding tells apart need none: what they mean
/// stays the same when they are sent otherwise.
pub(super) fn record(sdk: &Sdk, calls: &mut BTreeMap<String, OperationNames>) {
    for operation in sdk.resources.iter().flat_map(|it| &it.operations) {
        let Some(body) = &operation.body else {
            continue;
        };
        let Some(names) = calls.get_mut(&paths::key(operation.method, &operation.path)) else {
            continue;
        };
        let is_taken = |media: &&BodyMedia| match body.body {
            Body::Single(_) => true,
            Body::Choice { .. } => media.from,
        };
        for media in body.media().into_iter().filter(is_taken) {
            if !meaning(&media.content_type).is_empty() {
                names.defaults.insert(media.content_type.clone());
            }
        }
        let mut media = body.media().into_iter();
        names.text = media
            .find(|media| media.from_text)
            .map(|media| media.content_type.clone());
    }
}
