//! Idempotency keys: one for each call, the same in all of its attempts, and none beyond its life.

use super::script::{KEYED, ONCE, Script, Step, Stepping, TIMEOUT, call, status};
use crate::server::{OPEN, Tested, error_of};
use std::collections::BTreeSet;
use std::pin::Pin;
use std::time::Duration;
use tilt_runtime as rt;

fn keys(script: &Script) -> Vec<String> {
    let sent = script.sent();
    let key = |it: &http::Request<_>| {
        let mut values = it.headers().get_all("idempotency-key").iter();
        let value = values.next().and_then(|it| it.to_str().ok());
        assert!(values.next().is_none(), "one key");
        value.unwrap_or_default().to_owned()
    };
    sent.iter().map(key).collect()
}

#[tokio::test]
async fn all_attempts_have_one_key_and_the_same_bytes() -> Tested {
    let script = Script::new([TIMEOUT, status(503), status(200)]);
    let call = call(&script.client()?, &KEYED);
    let key = call.retry_key().ok_or("a key")?.to_owned();
    call.await?;
    let sent = script.sent();
    assert_eq!(sent.len(), 3);
    for request in &sent {
        assert_eq!(request.headers()["idempotency-key"], key.as_str());
        assert_eq!(request.body(), &sent[0].body());
    }
    Ok(())
}

#[tokio::test]
async fn each_call_has_a_key_of_its_own() -> Tested {
    let script = Script::new(vec![status(200); 10]);
    let builder = script.builder(&Stepping::default());
    let client = builder.random(rt::SystemRandom).build()?;
    for _ in 0..10 {
        call(&client, &KEYED).await?;
    }
    let keys: BTreeSet<_> = keys(&script).into_iter().collect();
    assert_eq!(keys.len(), 10);
    assert!(keys.iter().all(|key| key.len() == 36), "{keys:?}");
    Ok(())
}

#[tokio::test]
async fn a_key_that_is_set_is_taken() -> Tested {
    let script = Script::new([status(200), status(200), status(400)]);
    let client = script.client()?;
    let mut parameter = call(&client, &KEYED);
    parameter.set(0, "mine-1");
    assert_eq!(parameter.retry_key(), Some("mine-1"));
    parameter.await?;
    let header = call(&client, &KEYED).header("idempotency-KEY", "mine-2");
    assert_eq!(header.retry_key(), Some("mine-2"));
    header.await?;
    let mut refused = call(&client, &KEYED);
    refused.set(0, "mine-3");
    assert_eq!(error_of(refused.await)?.idempotency_key(), Some("mine-3"));
    assert_eq!(keys(&script), ["mine-1", "mine-2", "mine-3"]);
    Ok(())
}

#[tokio::test]
async fn an_answer_about_a_key_that_is_set_says_nothing_of_the_request_that_had_it_first() -> Tested
{
    // It is under way, or had another body.
    for code in [409, 422] {
        let script = Script::new(vec![status(code); 4]);
        let client = script.client()?;
        let own = error_of(call(&client, &KEYED).await)?;
        assert!(
            !own.may_have_been_sent() && own.kind() == rt::ErrorKind::Api,
            "{own}"
        );
        let mut parameter = call(&client, &KEYED);
        parameter.set(0, "mine");
        for given in [
            parameter,
            call(&client, &KEYED).header("Idempotency-Key", "mine"),
        ] {
            let error = error_of(given.await)?;
            assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{error}");
            assert_eq!(error.status().map(|it| it.as_u16()), Some(code));
            assert!(error.may_have_been_sent() && !error.is_retryable());
            assert_eq!(error.idempotency_key(), Some("mine"));
            // The same again would be answered the same.
            assert_eq!(error.to_string().contains("another body"), code == 422);
        }
        // A call of another kind has no key, whatever header it is given.
        let once = call(&client, &ONCE).header("Idempotency-Key", "mine");
        assert!(!error_of(once.await)?.may_have_been_sent());
    }
    Ok(())
}

#[tokio::test]
async fn a_blank_key_and_one_for_all_calls_are_not_sent() -> Tested {
    let script = Script::new([]);
    for blank in ["", " ", "\t"] {
        let mut parameter = call(&script.client()?, &KEYED);
        parameter.set(0, blank);
        let header = call(&script.client()?, &KEYED).header("Idempotency-Key", blank);
        for call in [parameter, header] {
            let error = error_of(call.await)?;
            assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
        }
    }
    let builder = script.builder(&Stepping::default());
    let builder = builder.default_header("idempotency-key".into(), "all".into());
    let error = error_of(call(&builder.build()?, &KEYED).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    Ok(())
}

#[tokio::test]
async fn an_operation_without_keys_is_sent_without() -> Tested {
    let script = Script::new([status(200)]);
    let call = call(&script.client()?, &ONCE);
    assert_eq!(call.retry_key(), None);
    call.await?;
    assert_eq!(keys(&script), [""]);
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_with_a_key_whose_life_is_over() -> Tested {
    // Of 100 seconds, the last 10 are not used.
    for (wait, times) in [("80", 2), ("95", 1)] {
        let later = Step::Answer(503, Some(("retry-after", wait)), "");
        let script = Script::new([later, status(200)]);
        let call = call(&script.client()?, &KEYED);
        let _ = call.within(Duration::from_secs(1000)).await;
        assert_eq!(script.sent().len(), times, "{wait}");
    }
    Ok(())
}

#[tokio::test]
async fn without_randomness_nothing_is_sent() -> Tested {
    #[derive(Debug)]
    struct Broken;
    impl rt::Random for Broken {
        fn fill(&self, _: &mut [u8]) -> std::io::Result<()> {
            Err(std::io::ErrorKind::NotFound.into())
        }
    }
    let script = Script::new([]);
    let client = script
        .builder(&Stepping::default())
        .random(Broken)
        .build()?;
    let error = error_of(call(&client, &KEYED).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{error}");
    Ok(())
}

#[tokio::test]
async fn each_page_of_a_list_has_a_key_of_its_own() -> Tested {
    static PAGES: rt::Pagination = rt::Pagination::new(
        rt::PageStyle::Cursor {
            cursor: rt::Slot::Parameter(0),
            next: &["next"],
        },
        &["items"],
    );
    static SEARCH: rt::Operation = rt::Operation {
        method: rt::Method::Post,
        path: "/search",
        parameters: &[rt::Parameter::query("after")],
        retry: KEYED.retry,
        ..rt::Operation::NEW
    };
    let page = |body| Step::Answer(200, None, body);
    let script = Script::new([
        page(r#"{"items":[1],"next":"x"}"#),
        page(r#"{"items":[2]}"#),
    ]);
    let builder = script.builder(&Stepping::default());
    let client = builder.random(rt::SystemRandom).build()?;
    let call = client.call::<rt::Json<rt::Value>>(&SEARCH);
    assert_eq!(call.items::<i64>(&PAGES).collect().await?, [1, 2]);
    let keys: BTreeSet<_> = keys(&script).into_iter().collect();
    assert!(keys.len() == 2 && !keys.contains(""), "{keys:?}");
    Ok(())
}

/// A token that is a minute on its way.
#[derive(Debug)]
struct Slow(Stepping);

impl rt::TokenProvider for Slow {
    fn token(
        &self,
    ) -> Pin<Box<dyn Future<Output = Result<rt::SecretString, rt::BoxError>> + Send + '_>> {
        Box::pin(async {
            rt::Clock::sleep(&self.0, Duration::from_secs(60)).await;
            Ok("t".into())
        })
    }
}

#[tokio::test]
async fn a_key_that_ends_while_a_token_is_waited_for_is_not_sent() -> Tested {
    static API: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "token",
            kind: rt::SchemeKind::Bearer,
        }],
        ..OPEN
    };
    static ORDER: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..KEYED
    };
    let (script, clock) = (Script::new([TIMEOUT]), Stepping::default());
    let environment = rt::Environment::custom("https://api.example.com", None);
    let client = rt::Client::builder(&API, environment)
        .transport(script.clone())
        .clock(clock.clone())
        .token(0, rt::Token::provided(Slow(clock.clone())))
        .timeout(Duration::from_secs(1000));
    let error = error_of(call(&client.build()?, &ORDER).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{error}");
    assert_eq!(script.sent().len(), 1);
    Ok(())
}
