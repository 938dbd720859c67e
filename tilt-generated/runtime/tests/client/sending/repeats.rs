//! Requests that are sent again: after how long, and how often in all.

use super::script::{
    DELETE, GET, KEYED, NO_CONNECTION, ONCE, Script, Step, Stepping, TIMEOUT, call, status,
};
use crate::server::{Tested, error_of};
use std::time::Duration;
use tilt_runtime as rt;

/// The number of times that a call is sent whose first attempt ends so, and whose second goes well.
async fn times(operation: &'static rt::Operation, first: Step) -> Result<usize, rt::Error> {
    let script = Script::new([first, status(200)]);
    let _ = call(&script.client()?, operation).await;
    Ok(script.sent().len())
}

#[tokio::test]
async fn what_may_do_something_twice_is_sent_again_only_if_it_did_nothing() -> Tested {
    for end in [
        NO_CONNECTION,
        Step::Lost(rt::TransportKind::Refused),
        status(429),
        status(425),
    ] {
        assert_eq!(times(&ONCE, end.clone()).await?, 2, "{end:?}");
    }
    for end in [
        TIMEOUT,
        Step::Lost(rt::TransportKind::Request),
        status(408),
        status(500),
        status(502),
        status(503),
        status(504),
        status(400),
        status(409),
    ] {
        assert_eq!(times(&ONCE, end.clone()).await?, 1, "{end:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_does_the_same_twice_is_sent_again_after_what_may_pass() -> Tested {
    for operation in [&GET, &DELETE, &KEYED] {
        for end in [
            NO_CONNECTION,
            TIMEOUT,
            status(408),
            status(429),
            status(500),
            status(503),
        ] {
            assert_eq!(
                times(operation, end.clone()).await?,
                2,
                "{operation:?} {end:?}"
            );
        }
        for end in [
            status(303),
            status(400),
            status(401),
            status(404),
            status(409),
            status(501),
        ] {
            assert_eq!(
                times(operation, end.clone()).await?,
                1,
                "{operation:?} {end:?}"
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn attempts_are_counted() -> Tested {
    let script = Script::new(vec![status(503); 3 + 5 + 1 + 1]);
    let client = script.client()?;
    for (attempts, expected) in [(None, 3), (Some(5), 5), (Some(1), 1), (Some(0), 1)] {
        let call = call(&client, &GET);
        let call = match attempts {
            Some(attempts) => call.attempts(attempts),
            None => call,
        };
        let error = error_of(call.await)?;
        assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
        assert_eq!(script.sent().len(), expected, "{attempts:?}");
    }
    Ok(())
}

#[tokio::test]
async fn waits_double_and_are_never_shorter_than_the_server_asks_for() -> Tested {
    let seconds = Step::Answer(503, Some(("retry-after", "7")), "");
    let date = Some(("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT"));
    let date = Step::Answer(429, date, "");
    let script = Script::new([
        status(500),
        status(500),
        status(500),
        seconds,
        date,
        status(200),
    ]);
    let clock = Stepping::default();
    let client = script.builder(&clock).build()?;
    call(&client, &GET).attempts(6).await?;
    let milliseconds: Vec<_> = clock.slept().iter().map(Duration::as_millis).collect();
    // 0.5 s more than was asked for; the date is 30 s after the beginning, of which 11 have passed.
    assert_eq!(milliseconds, [500, 1000, 2000, 7500, 19_000 + 500]);
    Ok(())
}

#[tokio::test]
async fn a_wait_that_would_be_too_long_is_not_begun() -> Tested {
    let later = || Step::Answer(429, Some(("retry-after", "60")), r#"{"code":"slow_down"}"#);
    let script = Script::new([later()]);
    let clock = Stepping::default();
    let error = error_of(call(&script.builder(&clock).build()?, &ONCE).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::RateLimited);
    let api = error.api().ok_or("an answer")?;
    assert_eq!(api.retry_after(), Some(Duration::from_secs(60)));
    assert_eq!(api.code(), Some("slow_down"));
    assert!(clock.slept().is_empty());
    // With more time, it is.
    let script = Script::new([later(), status(200)]);
    let call = call(&script.client()?, &ONCE);
    call.within(Duration::from_secs(61)).await?;
    Ok(())
}

#[tokio::test]
async fn an_outage_is_not_amplified() -> Tested {
    let script = Script::new(vec![status(503); 1010]);
    let clock = Stepping::default();
    let budget = rt::RetryBudget::reserve(10);
    let client = script.builder(&clock).retry_budget(budget).build()?;
    for _ in 0..1000 {
        // Also a clone's calls count.
        let _ = call(&client.clone(), &GET)
            .within(Duration::from_millis(600))
            .await;
    }
    let sent = script.sent().len();
    assert!(sent <= 1010, "{sent} requests for 1000 calls");
    Ok(())
}

#[tokio::test]
async fn without_a_budget_everything_is_sent_once() -> Tested {
    let script = Script::new([status(503), TIMEOUT]);
    let budget = rt::RetryBudget::reserve(0);
    let client = script
        .builder(&Stepping::default())
        .retry_budget(budget)
        .build()?;
    error_of(call(&client, &GET).await)?;
    error_of(call(&client, &KEYED).await)?;
    assert_eq!(script.sent().len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_success_that_cannot_be_read_in_full_is_not_asked_for_again_where_that_does_something()
-> Tested {
    use crate::server::{OPEN, Server};
    let server = Server::always("HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nabc").await?;
    let client = server
        .builder(&OPEN)
        .random(super::script::Longest)
        .build()?;
    let error = error_of(call(&client, &ONCE).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::Transport);
    assert_eq!(error.status().map(|it| it.as_u16()), Some(201));
    assert!(error.may_have_been_sent() && !error.is_retryable());
    assert!(
        error.to_string().contains("was carried out (201 Created)"),
        "{error}"
    );
    server.asked_once();
    Ok(())
}
