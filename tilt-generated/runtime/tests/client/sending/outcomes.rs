//! The outcome of all attempts together.

use super::script::{DELETE, GET, KEYED, NO_CONNECTION, ONCE, Script, Step, TIMEOUT, call, status};
use crate::server::{Tested, error_of};
use serde_json::json;
use std::error::Error as _;
use tilt_runtime as rt;

/// The error of a call whose attempts end so.
async fn error(
    operation: &'static rt::Operation,
    steps: &[Step],
) -> Result<rt::Error, Box<dyn std::error::Error>> {
    let script = Script::new(steps.to_vec());
    let attempts = u32::try_from(steps.len())?;
    let error = error_of(call(&script.client()?, operation).attempts(attempts).await)?;
    assert_eq!(script.sent().len(), steps.len(), "{steps:?}");
    Ok(error)
}

#[tokio::test]
async fn no_later_error_hides_a_request_that_may_have_arrived() -> Tested {
    for operation in [&KEYED, &DELETE] {
        for last in [
            status(429),
            status(401),
            status(404),
            status(409),
            status(500),
            NO_CONNECTION,
            TIMEOUT,
        ] {
            let error = error(operation, &[TIMEOUT, last.clone()]).await?;
            assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{last:?}");
            assert!(error.may_have_been_sent() && !error.is_retryable());
        }
        // An answer that leaves it open, and then one that says nothing of it.
        for last in [status(429), status(404), NO_CONNECTION] {
            let error = error(operation, &[status(502), last.clone()]).await?;
            assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{last:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn of_what_did_not_arrive_or_only_reads_the_last_error_is_told() -> Tested {
    use rt::ErrorKind::{Api, RateLimited, Transport};
    for (operation, steps, kind, sent) in [
        (&ONCE, [NO_CONNECTION, NO_CONNECTION], Transport, false),
        (&ONCE, [NO_CONNECTION, status(404)], Api, false),
        (&ONCE, [status(429), status(429)], RateLimited, false),
        (&KEYED, [status(429), status(409)], Api, false),
        (&GET, [TIMEOUT, status(429)], RateLimited, false),
        (&GET, [TIMEOUT, NO_CONNECTION], Transport, false),
        (&DELETE, [status(503), status(503)], Api, true),
    ] {
        let error = error(operation, &steps).await?;
        assert_eq!(error.kind(), kind, "{steps:?}");
        assert_eq!(error.may_have_been_sent(), sent, "{steps:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_payment_is_unknown_and_says_what_there_is_to_know() -> Tested {
    let error = error(
        &ONCE,
        &[NO_CONNECTION, Step::Lost(rt::TransportKind::Request)],
    )
    .await?;
    let unknown = error.outcome_unknown().ok_or("an unknown outcome")?;
    assert_eq!(unknown.operation(), "pay");
    assert_eq!(unknown.path_parameter("order_id"), Some("o-1"));
    assert_eq!(unknown.idempotency_key(), None);
    assert_eq!(unknown.read_by(), Some("orders().get"));
    let ends: Vec<_> = unknown.attempts().iter().map(rt::Attempted::end).collect();
    let lost = rt::AttemptEnd::Lost(rt::TransportKind::Request);
    assert_eq!(ends, [rt::AttemptEnd::NotConnected, lost]);
    assert_eq!(
        error.to_string(),
        "it is not known whether POST /orders/{order_id}/payments was carried out (attempt 1: no connection; \
         attempt 2: the connection broke before an answer came): do not repeat it blindly; `orders().get` reads \
         what became of it"
    );
    let source = error.source().ok_or("a source")?;
    assert!(
        matches!(source.downcast_ref(), Some(rt::Error::Transport(_))),
        "{source}"
    );
    // Ids may be secrets.
    assert!(!format!("{error} {error:?}").contains("o-1"));
    Ok(())
}

#[tokio::test]
async fn the_last_answer_is_had_of_an_unknown_outcome() -> Tested {
    let answer = Step::Answer(409, None, r#"{"code":"in_progress","request_id":"r-1"}"#);
    let error = error(&KEYED, &[TIMEOUT, answer]).await?;
    assert_eq!(error.status().map(|it| it.as_u16()), Some(409));
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.api().and_then(|it| it.code()), Some("in_progress"));
    assert!(error.idempotency_key().is_some());
    Ok(())
}

#[tokio::test]
async fn statuses_say_whether_a_request_was_carried_out() -> Tested {
    for (code, sent) in [
        (303, true),
        (307, true),
        (400, false),
        (403, false),
        (404, false),
        (408, true),
        (409, false),
        (422, false),
        (500, true),
        (501, true),
        (503, true),
    ] {
        let error = error(&ONCE, &[status(code)]).await?;
        assert_eq!(error.kind(), rt::ErrorKind::Api, "{code}");
        assert_eq!(error.may_have_been_sent(), sent, "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn a_gateway_without_an_answer_leaves_the_outcome_open() -> Tested {
    for code in [502, 504] {
        for operation in [&ONCE, &KEYED, &DELETE] {
            let error = error(operation, &[status(code)]).await?;
            assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{code}");
        }
        let error = error(&GET, &[status(code)]).await?;
        assert_eq!(error.kind(), rt::ErrorKind::Api, "{code}");
    }
    Ok(())
}

#[tokio::test]
async fn an_error_says_whether_the_same_call_may_go_well_later() -> Tested {
    for (operation, step, retryable) in [
        (&ONCE, NO_CONNECTION, true),
        (&ONCE, status(429), true),
        (&ONCE, status(503), false),
        (&ONCE, status(404), false),
        (&GET, status(503), true),
        (&GET, TIMEOUT, true),
        (&GET, status(404), false),
        (&DELETE, status(503), true),
        (&DELETE, status(502), false),
        (&KEYED, status(503), false),
    ] {
        let error = error(operation, std::slice::from_ref(&step)).await?;
        assert_eq!(error.is_retryable(), retryable, "{operation:?} {step:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_to_another_request_leaves_the_outcome_open() -> Tested {
    static ECHOED: rt::Operation = rt::Operation {
        id: "pay",
        method: rt::Method::Post,
        path: "/orders/{order_id}/payments",
        parameters: &[rt::Parameter::path("order_id")],
        echoes: &[(0, "order_id")],
        ..rt::Operation::NEW
    };
    static READ: rt::Operation = rt::Operation {
        method: rt::Method::Get,
        ..ECHOED
    };
    let other = Step::Answer(201, None, r#"{"order_id":"o-2"}"#);
    let unknown = error(&ECHOED, std::slice::from_ref(&other)).await?;
    assert_eq!(unknown.kind(), rt::ErrorKind::OutcomeUnknown);
    assert!(
        unknown
            .source()
            .is_some_and(|it| it.to_string().contains("`order_id`"))
    );
    let read = error(&READ, &[other]).await?;
    assert_eq!(read.kind(), rt::ErrorKind::Undecodable);
    for body in [
        r#"{"order_id":"o-1"}"#,
        r#"{"order_id":null}"#,
        "{}",
        "",
        "[]",
    ] {
        let script = Script::new([Step::Answer(201, None, body)]);
        call(&script.client()?, &ECHOED).await?;
    }
    Ok(())
}

/// Puts an amount of 5000 into a body.
type Fill = fn(&mut rt::Call<rt::Empty>);

const FILLS: [(&str, Fill); 6] = [
    ("JSON", |it| {
        it.json("application/json", &json!({"amount": 5000}))
    }),
    ("form", |it| {
        let body = json!({"note": "a&amount=1", "amount": 5000});
        it.form("application/x-www-form-urlencoded", &body, &[]);
    }),
    ("JSON in a form", |it| {
        let body = json!({"amount": 5000});
        it.form(
            "application/x-www-form-urlencoded",
            &body,
            &[("amount", rt::Encoding::Json)],
        );
    }),
    ("multipart", |it| {
        it.multipart(
            "multipart/form-data",
            &json!({"amount": 5000, "note": "x"}),
            &[],
        )
    }),
    ("JSON in multipart", |it| {
        it.multipart(
            "multipart/form-data",
            &json!({"amount": 5000}),
            &[("amount", rt::PartEncoding::Types("application/json"))],
        );
    }),
    ("multipart with a stream", |it| {
        #[derive(serde::Serialize)]
        struct Body {
            file: rt::Part,
            amount: i64,
        }
        let file = rt::Upload::reader(&b"amount"[..]).with_length(6);
        let body = Body {
            file: file.into(),
            amount: 5000,
        };
        it.multipart("multipart/form-data", &body, &[]);
    }),
];

#[tokio::test]
async fn an_answer_with_another_amount_leaves_the_outcome_open_whatever_the_form_of_the_body()
-> Tested {
    static PAY: rt::Operation = rt::Operation {
        body_echoes: &["amount"],
        ..ONCE
    };
    for (name, fill) in FILLS {
        for (body, is_same) in [
            (r#"{"amount":5000}"#, true),
            (r#"{"amount":"5000"}"#, true),
            ("{}", true),
            (r#"{"amount":5001}"#, false),
            (r#"{"amount":"5001"}"#, false),
        ] {
            let script = Script::new([Step::Answer(201, None, body)]);
            let mut call = call(&script.client()?, &PAY);
            fill(&mut call);
            match call.await {
                Ok(_) => assert!(is_same, "{name}: {body}"),
                Err(error) => {
                    assert!(!is_same, "{name}: {body}: {error}");
                    assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{error}");
                }
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_page_in_place_of_json_is_no_answer_of_the_api() -> Tested {
    const HTML: Option<(&str, &str)> = Some(("content-type", "text/html; charset=utf-8"));
    static PAY: rt::Operation = rt::Operation {
        accept: "application/json",
        ..ONCE
    };
    static READ: rt::Operation = rt::Operation {
        accept: "application/json",
        ..GET
    };
    let page = || Step::Answer(200, HTML, "\n<!DOCTYPE html><title>Sign in</title>");
    let paid = error(&PAY, &[page()]).await?;
    assert_eq!(paid.kind(), rt::ErrorKind::OutcomeUnknown, "{paid}");
    let script = Script::new([page(), status(200)]);
    call(&script.client()?, &READ).await?;
    assert_eq!(script.sent().len(), 2);
    // JSON under another name, and a page where one is documented or nothing is read.
    for (operation, answer) in [(&PAY, Step::Answer(200, HTML, "{}")), (&ONCE, page())] {
        let script = Script::new([answer]);
        call(&script.client()?, operation).await?;
    }
    Ok(())
}
