//! Places and statuses of requests and answers, in words.

use crate::model::{Location, StatusRange};

pub(super) fn sent_in(location: Location, wire: &str) -> String {
    match location {
        Location::Path => "path".to_owned(),
        // RFC 9110, 5.1: names of fields are case-insensitive.
        Location::Header => format!("header {}", wire.to_ascii_lowercase()),
        Location::Query | Location::Cookie => format!("{} {wire}", location.word()),
    }
}

pub(super) fn status(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "default".to_owned(),
    }
}
