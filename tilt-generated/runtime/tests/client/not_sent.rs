//! Calls that end before anything is sent, and say so.

use crate::sending::script::{ONCE, Script, Stepping};
use crate::server::{OPEN, Server, Tested, error_of, json};
use std::task::{Context, Poll, Waker};
use tilt_runtime as rt;

static BY_ID: rt::Operation = rt::Operation {
    path: "/things/{id}",
    parameters: &[rt::Parameter::path("id")],
    ..rt::Operation::NEW
};

#[tokio::test]
async fn a_path_without_a_slash_stays_at_its_server() -> Tested {
    static BARE: rt::Operation = rt::Operation {
        path: "4/noslash",
        ..BY_ID
    };
    let server = Server::always(json("200 OK", "{}")).await?;
    server.call::<rt::Empty>(&BARE)?.await?;
    assert_eq!(server.asked_once().target, "/4/noslash");
    Ok(())
}

#[tokio::test]
async fn a_path_that_is_too_long_is_an_invalid_request() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let mut call = server.call::<rt::Empty>(&BY_ID)?;
    call.set(0, &"a".repeat(1 << 20));
    let error = error_of(call.await)?;
    assert!(matches!(error, rt::Error::InvalidRequest(_)), "{error:?}");
    assert!(error.to_string().contains("`URL`"), "{error}");
    assert!(!error.to_string().contains("aaaa"), "{error}");
    assert!(!error.may_have_been_sent());
    assert_eq!(server.asked(), []);
    Ok(())
}

#[test]
fn outside_of_a_runtime_a_call_is_an_error() -> Tested {
    let environment = rt::Environment::custom("http://127.0.0.1:1", None);
    let client = rt::Client::builder(&OPEN, environment).build()?;
    let mut call = client.call::<rt::Empty>(&rt::Operation::NEW).into_future();
    let ended = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(error)) = ended else {
        return Err("this had to fail at once".into());
    };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
    assert!(!error.may_have_been_sent());
    Ok(())
}

#[tokio::test]
async fn a_url_that_is_too_long_is_not_sent_by_another_transport_either() -> Tested {
    let (script, clock) = (Script::new([]), Stepping::default());
    let client = script.builder(&clock).build()?;
    let mut call = client.call::<rt::Empty>(&ONCE);
    call.set(0, &"a".repeat(1 << 20));
    let error = error_of(call.await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    assert!(!error.is_retryable() && clock.slept().is_empty());
    Ok(())
}
