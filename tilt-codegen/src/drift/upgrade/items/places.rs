//! The places of schemas, as those of items.

use super::super::node::ItemPlace;
use crate::model::SchemaPlace;

pub(super) fn place(place: &SchemaPlace) -> ItemPlace {
    let SchemaPlace { document, pointer } = place;
    ItemPlace {
        document: Some(document.clone()),
        pointer: pointer.clone(),
    }
}
