//! The rate at which a client sends.

use super::script::{GET, ONCE, Script, Step, Stepping, call, status};
use crate::server::{Tested, error_of};
use crate::turns::{ByHand, stands_still};
use std::num::NonZeroU32;
use std::time::Duration;
use tilt_runtime as rt;

const fn number(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

const LIMIT: rt::RateLimit = rt::RateLimit::per_second(number(5)).burst(number(3));

#[tokio::test]
async fn what_goes_beyond_the_limit_waits_for_its_turn() -> Tested {
    let script = Script::new(vec![status(200); 6]);
    let clock = Stepping::default();
    let client = script.builder(&clock).rate_limit(LIMIT).build()?;
    // Clones share it, and a payment waits like all others.
    for operation in [&GET, &ONCE, &GET, &ONCE, &GET] {
        call(&client.clone(), operation).await?;
    }
    assert_eq!(clock.slept(), [Duration::from_millis(200); 2]);
    rt::Clock::sleep(&clock, Duration::from_secs(600)).await;
    call(&client, &GET).await?;
    assert_eq!(clock.slept(), [Duration::from_secs(600)]);
    Ok(())
}

#[tokio::test]
async fn attempts_wait_for_their_turn_too() -> Tested {
    let refused = Step::Answer(429, Some(("retry-after", "0")), "{}");
    let script = Script::new([refused, status(200)]);
    let clock = Stepping::default();
    let limit = rt::RateLimit::per_second(NonZeroU32::MIN);
    let client = script.builder(&clock).rate_limit(limit).build()?;
    call(&client, &GET).await?;
    // After half a second of back-off.
    assert_eq!(clock.slept(), [Duration::from_millis(500); 2]);
    Ok(())
}

#[tokio::test]
async fn what_would_wait_for_longer_than_the_call_has_is_not_sent() -> Tested {
    let script = Script::new(vec![status(200); 4]);
    let clock = Stepping::default();
    let client = script.builder(&clock).rate_limit(LIMIT).build()?;
    for _ in 0..3 {
        call(&client, &ONCE).await?;
    }
    let late = call(&client, &ONCE)
        .within(Duration::from_millis(200))
        .await;
    let error = error_of(late)?;
    assert_eq!(error.kind(), rt::ErrorKind::RateLimited);
    assert_eq!(
        error.to_string(),
        "POST /orders/{order_id}/payments: was not sent: by the client's rate limit, its turn would come after the \
         time that the call has"
    );
    assert!(!error.may_have_been_sent() && error.is_retryable());
    assert_eq!(script.sent().len(), 3);
    // It took nobody's turn.
    call(&client, &ONCE).await?;
    assert_eq!(clock.slept(), [Duration::from_millis(200)]);
    Ok(())
}

#[tokio::test]
async fn turns_are_taken_in_order_and_a_caller_that_gives_up_takes_none() -> Tested {
    let script = Script::new(vec![status(200); 5]);
    let clock = ByHand::new();
    let limit = rt::RateLimit::per_second(NonZeroU32::MIN);
    let builder = script.builder(&Stepping::default()).clock(clock.clone());
    let client = builder.rate_limit(limit).build()?;
    call(&client, &GET).await?;
    let waiting: Vec<_> = (0..3)
        .map(|_| tokio::spawn(call(&client, &GET).into_future()))
        .collect();
    let ended = || waiting.iter().filter(|it| it.is_finished()).count() as u64;
    stands_still(ended).await;
    waiting[0].abort();
    clock.advance(1);
    assert_eq!(stands_still(ended).await, 2);
    assert!(waiting[1].is_finished());
    clock.advance(1);
    assert_eq!(stands_still(ended).await, 3);
    assert_eq!(script.sent().len(), 3);
    Ok(())
}

#[tokio::test]
async fn too_many_requests_of_one_call_make_all_wait() -> Tested {
    let refused = Step::Answer(429, Some(("retry-after", "30")), "{}");
    let script = Script::new([refused, status(200), status(200)]);
    let clock = Stepping::default();
    let client = script.builder(&clock).rate_limit(LIMIT).build()?;
    let error = error_of(call(&client, &GET).attempts(1).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::RateLimited);
    // A clone's call has not the time for that, and is not sent.
    let short = call(&client.clone(), &ONCE).within(Duration::from_secs(30));
    let error = error_of(short.await)?;
    assert!(error.to_string().contains("rate limit"), "{error}");
    assert!(!error.may_have_been_sent());
    assert_eq!((script.sent().len(), clock.slept().len()), (1, 0));
    call(&client.clone(), &ONCE).await?;
    assert_eq!(clock.slept(), [Duration::from_secs(30)]);
    // It is over then.
    call(&client, &GET).await?;
    assert!(clock.slept().len() < 2);
    Ok(())
}

#[tokio::test]
async fn no_answer_keeps_a_client_from_sending_for_ever() -> Tested {
    let refused = Step::Answer(429, Some(("retry-after", "99999999")), "{}");
    let script = Script::new([refused, status(200)]);
    let clock = Stepping::default();
    let client = script.builder(&clock).rate_limit(LIMIT).build()?;
    error_of(call(&client, &GET).attempts(1).await)?;
    call(&client, &GET)
        .within(Duration::from_secs(7200))
        .await?;
    assert_eq!(clock.slept(), [Duration::from_secs(3600)]);
    Ok(())
}
