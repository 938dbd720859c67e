//! Collects all that is logged, by `log` and by `tracing`, at their finest.

use std::fmt::{Debug, Write};
use std::sync::{Mutex, OnceLock};
use tracing::field::{Field, Visit};
use tracing::span;

pub(crate) struct Logs(Mutex<String>);

static LOGS: OnceLock<Logs> = OnceLock::new();

/// Begins to collect, in the whole process.
pub(crate) fn install() -> &'static Logs {
    LOGS.get_or_init(|| {
        // Fails if the tests had another logger, and then there would be nothing to find.
        let _ = log::set_logger(&Collector);
        log::set_max_level(log::LevelFilter::Trace);
        let _ = tracing::subscriber::set_global_default(Collector);
        Logs(Mutex::default())
    })
}

impl Logs {
    fn add(&self, text: &str) {
        if let Ok(mut logs) = self.0.lock() {
            logs.push_str(text);
            logs.push('\n');
        }
    }

    /// All since the last time.
    pub(crate) fn taken(&self) -> String {
        self.0
            .lock()
            .map(|mut logs| std::mem::take(&mut *logs))
            .unwrap_or_default()
    }
}

fn add(text: &str) {
    if let Some(logs) = LOGS.get() {
        logs.add(text);
    }
}

struct Collector;

impl log::Log for Collector {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        add(&format!("log {}: {}", record.target(), record.args()));
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

impl tracing::Subscriber for Collector {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let metadata = attributes.metadata();
        add(&format!(
            "span {} {}{}",
            metadata.target(),
            metadata.name(),
            fields.0
        ));
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        add(&format!("record{}", fields.0));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        add(&format!("event {}{}", event.metadata().target(), fields.0));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
