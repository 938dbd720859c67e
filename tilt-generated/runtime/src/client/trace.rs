//! Every attempt as an event of `tracing`.

use super::observe::{AttemptOutcome, AttemptStart, Observe};
use crate::journal::JournalError;

/// Tells every attempt as an event, under the names that [OpenTelemetry] has for HTTP clients: at `DEBUG` one that went
/// well, at `WARN` one that failed. Give it to a client's builder by `observe`.
///
/// [OpenTelemetry]: https://opentelemetry.io/docs/specs/semconv/http/http-spans/
#[derive(Debug, Clone, Copy, Default)]
pub struct TraceAttempts;

impl Observe for TraceAttempts {
    fn after(&self, attempt: &AttemptStart<'_>, outcome: &AttemptOutcome<'_>) {
        macro_rules! tell {
            ($level:ident, $($more:tt)*) => {
                tracing::event!(
                    tracing::Level::$level,
                    operation = attempt.operation(),
                    attempt = attempt.number(),
                    http.request.method = attempt.method(),
                    http.request.resend_count = attempt.number() - 1,
                    http.response.status_code = outcome.status().map(|it| it.as_u16()),
                    http.client.request.duration = outcome.duration().as_secs_f64(),
                    url.template = attempt.path_template(),
                    server.address = attempt.server_address(),
                    server.port = attempt.server_port(),
                    request_id = outcome.request_id(),
                    $($more)*
                )
            };
        }
        match (outcome.error(), outcome.end()) {
            (Some(error), Some(end)) => {
                // The status, or the kind of failure, as OpenTelemetry wants it.
                let kind = match outcome.status() {
                    Some(status) => status.as_str().to_owned(),
                    None => format!("{:?}", error.kind()),
                };
                tell!(WARN, "error.type" = kind, "the attempt failed: {end}");
            }
            _ => tell!(DEBUG, "the attempt went well"),
        }
    }

    fn not_marked(&self, operation: &str, error: &JournalError) {
        tracing::warn!(
            operation,
            "the outcome of a call is not in the journal: {error}"
        );
    }
}
