//! Hooks see every attempt, and nothing that is secret.

use super::script::{GET, KEYED, ONCE, Script, Step, Stepping, TIMEOUT, call, status};
use crate::server::{OPEN, Tested, error_of};
use std::sync::{Arc, Mutex, PoisonError};
use tilt_runtime as rt;

#[derive(Debug, Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    fn push(&self, line: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line);
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl rt::Observe for Lines {
    fn before(&self, attempt: &rt::AttemptStart<'_>, headers: &mut rt::http::HeaderMap) {
        self.push(format!(
            "{} {} {} {} to {}:{}",
            attempt.number(),
            attempt.operation(),
            attempt.method(),
            attempt.path_template(),
            attempt.server_address(),
            attempt.server_port().unwrap_or_default()
        ));
        for (name, value) in [
            ("x-trace", "t-1"),
            ("content-length", "0"),
            ("content-type", "x"),
        ] {
            let value = rt::http::HeaderValue::from_static(value);
            headers.insert(rt::http::HeaderName::from_static(name), value);
        }
    }

    fn after(&self, attempt: &rt::AttemptStart<'_>, outcome: &rt::AttemptOutcome<'_>) {
        self.push(format!(
            "{} {:?} {:?} {:?}",
            attempt.number(),
            outcome.status().map(|it| it.as_u16()),
            outcome.request_id(),
            outcome.end()
        ));
    }
}

#[tokio::test]
async fn every_attempt_is_seen_before_and_after() -> Tested {
    let answer = Step::Answer(200, Some(("x-request-id", "r-2")), "{}");
    let failed = Step::Answer(429, None, r#"{"request_id":"r-1"}"#);
    let script = Script::new([failed, answer]);
    let lines = Lines::default();
    let builder = script.builder(&Stepping::default());
    let client = builder.observe(lines.clone()).build()?;
    call(&client, &ONCE).await?;
    let path = "pay POST /orders/{order_id}/payments to api.example.com:443";
    assert_eq!(
        lines.taken(),
        [
            &format!("1 {path}"),
            "1 Some(429) Some(\"r-1\") Some(Refused(Some(429)))",
            &format!("2 {path}"),
            "2 Some(200) Some(\"r-2\") None",
        ]
    );
    for request in script.sent() {
        assert_eq!(request.headers()["x-trace"], "t-1");
        assert_eq!(request.headers()["content-type"], "application/json");
        assert!(!request.headers().contains_key("content-length"));
    }
    Ok(())
}

#[tokio::test]
async fn an_attempt_without_an_answer_is_seen() -> Tested {
    let script = Script::new([TIMEOUT]);
    let lines = Lines::default();
    let builder = script.builder(&Stepping::default());
    let client = builder.observe(lines.clone()).build()?;
    error_of(call(&client, &GET).attempts(1).await)?;
    assert_eq!(lines.taken()[1], "1 None None Some(Lost(Timeout))");
    Ok(())
}

#[tokio::test]
async fn an_attempt_shows_no_values() -> Tested {
    static API: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "key",
            kind: rt::SchemeKind::ApiKey {
                location: rt::Location::Query,
                name: "key",
            },
        }],
        ..OPEN
    };
    static KEY_IN_QUERY: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..ONCE
    };
    #[derive(Debug)]
    struct Shown(Lines);
    impl rt::Observe for Shown {
        fn before(&self, attempt: &rt::AttemptStart<'_>, _: &mut rt::http::HeaderMap) {
            self.0.push(format!("{attempt:?}"));
        }
    }
    let lines = Lines::default();
    let environment = rt::Environment::custom("https://api.example.com", None);
    let client = rt::Client::builder(&API, environment)
        .transport(Script::new([Step::Answer(200, None, "{}")]))
        .secret(0, "hunter2".into())
        .observe(Shown(lines.clone()));
    call(&client.build()?, &KEY_IN_QUERY).await?;
    let shown = lines.taken().concat();
    assert!(shown.contains("pay"), "{shown}");
    // Ids may be secrets.
    assert!(
        !shown.contains("hunter2") && !shown.contains("o-1"),
        "{shown}"
    );
    Ok(())
}

#[cfg(feature = "tracing")]
mod traced {
    use super::*;
    use crate::sending::script::status;
    use tracing::field::{Field, Visit};
    use tracing::span;

    impl tracing::Subscriber for Lines {
        fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
            metadata.is_event()
        }

        fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }

        fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

        fn event(&self, event: &tracing::Event<'_>) {
            let mut line = Line(event.metadata().level().to_string());
            event.record(&mut line);
            self.push(line.0);
        }

        fn enter(&self, _: &span::Id) {}

        fn exit(&self, _: &span::Id) {}
    }

    struct Line(String);

    impl Visit for Line {
        fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
            self.0.push_str(&format!(" {}={value:?}", field.name()));
        }
    }

    #[tokio::test]
    async fn attempts_are_events_under_the_names_of_opentelemetry() -> Tested {
        let script = Script::new([TIMEOUT, status(503), status(200)]);
        let lines = Lines::default();
        let builder = script.builder(&Stepping::default());
        let client = builder.observe(rt::TraceAttempts).build()?;
        let traced = tracing::subscriber::set_default(lines.clone());
        call(&client, &GET).await?;
        drop(traced);
        let lines = lines.taken();
        assert_eq!(lines.len(), 3, "{lines:?}");
        for part in [
            "WARN",
            " http.request.method=\"GET\"",
            " http.request.resend_count=0",
            " url.template=\"/orders/1\"",
            " server.address=\"api.example.com\"",
            " server.port=443",
            " error.type=\"Transport\"",
        ] {
            assert!(lines[0].contains(part), "{part} in {lines:?}");
        }
        let second = &lines[1];
        assert!(second.contains(" error.type=\"503\""), "{lines:?}");
        assert!(second.contains(" http.request.resend_count=1"), "{lines:?}");
        let third = &lines[2];
        assert!(third.starts_with("DEBUG"), "{lines:?}");
        assert!(
            third.contains(" http.response.status_code=200"),
            "{lines:?}"
        );
        Ok(())
    }

    /// Spans with their fields, and the events in them.
    #[derive(Clone, Default)]
    struct Spans(Lines, Arc<Mutex<Vec<u64>>>);

    impl Spans {
        fn within(&self) -> Vec<u64> {
            let entered = self.1.lock().unwrap_or_else(PoisonError::into_inner);
            entered.clone()
        }

        fn change(&self, change: impl FnOnce(&mut Vec<u64>)) {
            change(&mut self.1.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    impl tracing::Subscriber for Spans {
        fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
            metadata.target().starts_with("tilt_runtime")
        }

        fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
            let mut line = Line(format!("span {}", span.metadata().name()));
            span.record(&mut line);
            self.0.push(line.0);
            span::Id::from_u64(7)
        }

        fn record(&self, _: &span::Id, values: &span::Record<'_>) {
            let mut line = Line("record".to_owned());
            values.record(&mut line);
            self.0.push(line.0);
        }

        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

        fn event(&self, _: &tracing::Event<'_>) {
            self.0.push(format!("event in {:?}", self.within()));
        }

        fn enter(&self, id: &span::Id) {
            self.change(|entered| entered.push(id.into_u64()));
        }

        fn exit(&self, _: &span::Id) {
            self.change(|entered| {
                entered.pop();
            });
        }
    }

    #[tokio::test]
    async fn a_call_is_a_span_in_which_its_attempts_are() -> Tested {
        let script = Script::new([status(429), status(200), status(404)]);
        let spans = Spans::default();
        let builder = script.builder(&Stepping::default());
        let client = builder.observe(rt::TraceAttempts).build()?;
        let traced = tracing::subscriber::set_default(spans.clone());
        call(&client, &ONCE).await?;
        error_of(call(&client, &GET).await)?;
        drop(traced);
        let span = "span call otel.name=POST /orders/{order_id}/payments otel.kind=\"client\" operation=\"pay\" \
                    http.request.method=\"POST\" url.template=\"/orders/{order_id}/payments\"";
        let address = [
            "record server.address=\"api.example.com\"",
            "record server.port=443",
        ];
        let lines = spans.0.taken();
        assert_eq!(
            lines[..6],
            [
                span,
                address[0],
                address[1],
                "event in [7]",
                "event in [7]",
                "record http.response.status_code=200",
            ]
        );
        let ended = [
            "event in [7]",
            "record http.response.status_code=404",
            "record otel.status_code=\"ERROR\"",
            "record error.type=\"404\"",
        ];
        assert_eq!(lines[lines.len() - 4..], ended);
        Ok(())
    }
}

#[tokio::test]
async fn headers_of_a_call_show_no_value() -> Tested {
    static TENANT: rt::Operation = rt::Operation {
        parameters: &[
            rt::Parameter::header("idempotency-key"),
            rt::Parameter::header("x-tenant"),
        ],
        ..KEYED
    };
    let script = Script::new([status(200)]);
    let mut call = call(&script.client()?, &TENANT).header("x-session", "hunter2");
    call.set(0, "hunter3");
    call.set(1, "hunter4");
    call.await?;
    let sent = script.sent();
    assert_eq!(sent[0].headers()["x-session"], "hunter2");
    assert_eq!(sent[0].headers()["idempotency-key"], "hunter3");
    assert_eq!(sent[0].headers()["x-tenant"], "hunter4");
    let shown = format!("{:?}", sent[0].headers());
    assert!(!shown.contains("hunter"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_no_attempt() -> Tested {
    let (script, lines) = (Script::new([]), Lines::default());
    let builder = script.builder(&Stepping::default());
    let client = builder.observe(lines.clone()).build()?;
    let mut call = client.call::<rt::Empty>(&ONCE);
    call.set(0, "o-1");
    call.body(
        "text/plain",
        rt::Upload::anew(|| async { Err::<&[u8], _>(std::io::Error::other("no such file")) }),
    );
    let error = error_of(call.await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    assert!(lines.taken().is_empty());
    Ok(())
}
