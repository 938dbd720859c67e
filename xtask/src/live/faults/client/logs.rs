//! All that is logged, by `log` and by `tracing` at their finest, looked through for secrets and then forgotten.

use super::super::markers;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::field::{Field, Visit};
use tracing::span;

static LINES: AtomicU64 = AtomicU64::new(0);

struct Searcher;

/// Begins to look, in the whole process.
pub(super) fn search() {
    // Fails where there is another one already, which no part of this program sets.
    let _ = log::set_logger(&Searcher);
    log::set_max_level(log::LevelFilter::Trace);
    let _ = tracing::subscriber::set_global_default(Searcher);
}

/// Lines are told of by so many, for this process may be killed.
const TOLD: u64 = 100;

/// Tells how many lines were looked through since the last time.
pub(super) fn tell_rest() {
    let rest = LINES.load(Ordering::Relaxed) % TOLD;
    super::tell(format_args!("lines {rest}"));
}

/// Looks for secrets in a text, and tells the harness of the first.
pub(super) fn look(place: &str, text: &str) {
    if LINES.fetch_add(1, Ordering::Relaxed) % TOLD == TOLD - 1 {
        super::tell(format_args!("lines {TOLD}"));
    }
    if let Some(secret) = markers::found(text) {
        super::tell(format_args!("secret {secret} in {place}"));
    }
}

/// Looks through all that an error shows.
pub(super) fn look_through(error: &tilt_generated::Error) {
    look("an error", &format!("{error} {error:?} {error:#?}"));
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        look("an error's source", &format!("{error} {error:?}"));
        cause = error.source();
    }
}

impl log::Log for Searcher {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        look(record.target(), &record.args().to_string());
    }

    fn flush(&self) {}
}

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl tracing::Subscriber for Searcher {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        look(attributes.metadata().target(), &fields.0);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        look("a span", &fields.0);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        look(event.metadata().target(), &fields.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
