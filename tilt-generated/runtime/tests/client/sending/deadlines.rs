//! One deadline for a call, with its token, its waits and its attempts.

use super::script::{GET, KEYED, ONCE, Script, Step, Stepping, call, status};
use crate::server::{Answer, OPEN, Server, Tested, error_of};
use std::time::Duration;
use tilt_runtime as rt;

#[tokio::test]
async fn an_attempt_is_cut_short_only_where_another_may_follow() -> Tested {
    for (operation, expected) in [
        (&GET, vec![20, 20, 20]),
        (&KEYED, vec![20, 20, 20]),
        (&ONCE, vec![60]),
    ] {
        let script = Script::new(vec![Step::Silence; 3]);
        let clock = Stepping::default();
        let client = script.builder(&clock).random(Shortest).build()?;
        let error = error_of(call(&client, operation).await)?;
        let seconds: Vec<_> = clock.slept().iter().map(Duration::as_secs).collect();
        let seconds: Vec<_> = seconds.into_iter().filter(|it| *it > 0).collect();
        assert_eq!(seconds, expected, "{operation:?}: {error}");
        assert_eq!(script.sent().len(), expected.len());
    }
    Ok(())
}

/// No wait between attempts.
#[derive(Debug)]
struct Shortest;

impl rt::Random for Shortest {
    fn fill(&self, bytes: &mut [u8]) -> std::io::Result<()> {
        bytes.fill(0);
        Ok(())
    }
}

#[tokio::test]
async fn when_time_runs_out_reads_are_late_and_what_does_something_is_unknown() -> Tested {
    for (operation, kind) in [
        (&GET, rt::ErrorKind::Deadline),
        (&ONCE, rt::ErrorKind::OutcomeUnknown),
        (&KEYED, rt::ErrorKind::OutcomeUnknown),
    ] {
        let script = Script::new([Step::Silence]);
        let call = call(&script.client()?, operation);
        let error = error_of(call.within(Duration::from_secs(5)).await)?;
        assert_eq!(error.kind(), kind);
        assert!(error.may_have_been_sent());
    }
    Ok(())
}

#[tokio::test]
async fn the_time_for_a_call_includes_that_for_its_token() -> Tested {
    static API: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "credentials",
            kind: rt::SchemeKind::ClientCredentials { token_url: None },
        }],
        ..OPEN
    };
    static PAY: rt::Operation = rt::Operation {
        method: rt::Method::Post,
        security: &[&[(0, &[])]],
        ..rt::Operation::NEW
    };
    let server = Server::start(|_| Answer::Silence).await?;
    let builder = server.builder(&API).client(0, "id".into(), "secret".into());
    let call = builder.build()?.call::<rt::Empty>(&PAY);
    let error = error_of(call.within(Duration::from_millis(1)).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::Deadline, "{error}");
    assert!(!error.may_have_been_sent() && error.is_retryable());
    Ok(())
}

#[tokio::test]
async fn a_known_status_is_told_although_its_body_never_comes() -> Tested {
    const STALLED: &str = "\r\nContent-Length: 9\r\n\r\nabc";
    for (head, kind, sent) in [
        ("HTTP/1.1 409 Conflict", rt::ErrorKind::Api, false),
        ("HTTP/1.1 201 Created", rt::ErrorKind::Transport, true),
    ] {
        let server =
            Server::start(move |_| Answer::Stalled(format!("{head}{STALLED}").into())).await?;
        let client = server
            .builder(&OPEN)
            .read_timeout(Duration::from_secs(600))
            .build()?;
        let error = error_of(
            call(&client, &ONCE)
                .within(Duration::from_millis(500))
                .await,
        )?;
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.may_have_been_sent(), sent);
        assert!(
            error.status().is_some_and(|it| head.contains(it.as_str())),
            "{error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn no_attempt_begins_after_the_time_is_over() -> Tested {
    let script = Script::new([status(503), status(503)]);
    let clock = Stepping::default();
    let client = script.builder(&clock).build()?;
    // Waits of 0.5 and 1 seconds.
    let error = error_of(
        call(&client, &GET)
            .within(Duration::from_millis(1400))
            .await,
    )?;
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    assert_eq!(script.sent().len(), 2);
    assert_eq!(clock.slept(), [Duration::from_millis(500)]);
    Ok(())
}

#[tokio::test]
async fn a_call_that_has_no_time_is_not_sent() -> Tested {
    for operation in [&GET, &KEYED, &ONCE] {
        let script = Script::new([]);
        let error = error_of(
            call(&script.client()?, operation)
                .within(Duration::ZERO)
                .await,
        )?;
        assert_eq!(error.kind(), rt::ErrorKind::Deadline, "{error}");
        assert!(!error.may_have_been_sent());
    }
    Ok(())
}
