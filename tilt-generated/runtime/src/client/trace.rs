//! Every call as a span of `tracing`, and every attempt as an event in it.

use super::answer::Answer;
use super::error::Error;
use super::observe::{AttemptOutcome, AttemptStart, Observe};
use super::operation::Operation;
use crate::journal::JournalError;
use tracing::Span;
use tracing::field::Empty;
use url::Url;

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
                let kind = error_type(error);
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

/// The status, or the kind of failure, as OpenTelemetry wants it.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) => status.as_str().to_owned(),
        None => format!("{:?}", error.kind()),
    }
}

/// A span for a call, in which all of its attempts are, under the names that OpenTelemetry has for HTTP clients. It
/// has no value of a parameter and nothing of bodies and headers.
pub(crate) fn span(operation: &'static Operation, url: impl FnOnce() -> Option<Url>) -> Span {
    let method = operation.method.as_str();
    let span = tracing::info_span!(
        "call",
        otel.name = format_args!("{method} {}", operation.path),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = operation.id,
        http.request.method = method,
        http.response.status_code = Empty,
        url.template = operation.path,
        server.address = Empty,
        server.port = Empty,
        error.type = Empty,
    );
    if !span.is_disabled()
        && let Some(url) = url()
    {
        span.record("server.address", url.host_str());
        span.record("server.port", url.port_or_known_default());
    }
    span
}

/// Writes the end of a call into its span.
pub(crate) fn ended(span: &Span, result: &Result<Answer, Error>) {
    if span.is_disabled() {
        return;
    }
    let status = match result {
        Ok(answer) => Some(answer.status),
        Err(error) => error.status(),
    };
    span.record("http.response.status_code", status.map(|it| it.as_u16()));
    if let Err(error) = result {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type(error));
    }
}
