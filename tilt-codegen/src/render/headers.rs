//! The headers of answers and events: a constant for each.

use super::File;
use super::source::{Source, code, literal};
use super::type_ref::TypeRefs;
use crate::model::{Header, Sdk};

/// `headers.rs`
pub(crate) fn file(sdk: &Sdk) -> File {
    let mut source = Source::generated();
    if !sdk.is_called() {
        source.line("//! Headers that answers have, each with the type of its value.");
    } else if sdk.has_event_headers() {
        source.line("//! Headers that answers and deliveries of events have, each with the type of its value: for `header_as` of a");
        source.line("//! response, of an error of the API and of a verified delivery.");
    } else {
        source.line("//! Headers that answers have, each with the type of its value: for `header_as` of a response and of an");
        source.line("//! error of the API.");
    }
    if sdk.is_served() {
        source.line("//!");
        source.line(
            "//! A server gives an answer its headers by [`Reply::with`](rt::server::Reply::with).",
        );
    }
    source.apart();
    source.line("use tilt_runtime as rt;");
    for header in &sdk.headers {
        constant(&mut source, sdk, header);
    }
    File {
        path: "headers.rs".to_owned(),
        contents: source.finish(),
    }
}

fn constant(source: &mut Source, sdk: &Sdk, header: &Header) {
    let place = format!("Header {}.", code(&header.wire));
    let docs = match header.docs.0.trim_end() {
        "" => place,
        docs => format!("{docs}\n\n{place}"),
    };
    let ty = TypeRefs::elsewhere(sdk).text(&header.ty);
    let (name, wire) = (&header.name, literal(&header.wire));
    let new = if header.explode { "exploded" } else { "new" };
    source.apart();
    source.docs(&docs);
    source.line(&format!(
        "pub const {name}: rt::Header<{ty}> = rt::Header::{new}({wire});"
    ));
}
