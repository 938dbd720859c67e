//! Documentation that stands in lists: its first paragraph, in one line.

use super::headlines::headline;
use crate::lower::docs::{first_paragraph, for_page, short};
use crate::model::{Construction, Sdk, Shape};

pub(super) fn complete(sdk: &mut Sdk) {
    (sdk.info.beginning, sdk.info.more) = for_page(&sdk.info.docs);
    let resources = sdk.resources.iter_mut().chain(&mut sdk.received);
    let operations = resources.flat_map(|it| {
        let name = &it.name;
        it.operations
            .iter_mut()
            .map(move |operation| (name, operation))
    });
    for (resource, operation) in operations {
        operation.summary = short(&operation.docs);
        if operation.summary.is_empty() {
            operation.summary = headline(resource, &operation.name, &operation.segments);
        }
        let arguments = operation
            .parameters
            .iter_mut()
            .filter(|it| it.is_argument());
        for argument in arguments {
            argument.summary = first_paragraph(&argument.docs);
        }
        if let Some(body) = operation.body.as_mut().filter(|it| it.is_argument) {
            body.summary = first_paragraph(&body.docs);
        }
        if let Some(answered) = &mut operation.answered {
            answered.summary = first_paragraph(&answered.docs);
        }
        for error in &mut operation.errors {
            error.summary = first_paragraph(&error.docs);
        }
        for header in &mut operation.response_headers {
            header.summary = first_paragraph(&header.docs);
        }
    }
    let kinds = sdk.events.iter_mut().flat_map(|events| &mut events.kinds);
    for header in kinds.flat_map(|kind| &mut kind.headers) {
        header.summary = first_paragraph(&header.docs);
    }
    for ty in &mut sdk.types {
        if let Shape::Struct(shape) = &mut ty.shape
            && shape.construction != Construction::Read
        {
            for field in &mut shape.fields {
                field.summary = first_paragraph(&field.docs);
            }
        }
    }
}
