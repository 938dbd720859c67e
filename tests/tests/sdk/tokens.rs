//! Tokens are minted when one is needed, and kept.

use std::pin::Pin;
use std::time::{Duration, SystemTime};

use tilt_generated::rt::Clock;
use tilt_generated::{Client, Environment, Error, Scope};
use tilt_sandbox::Timestamp;

use crate::tilt::Tilt;

#[tokio::test]
async fn one_token_does_for_many_calls() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    assert_eq!(tilt.token_requests(), 0);
    for _ in 0..3 {
        tilt.client.locations().list().await?;
    }
    assert_eq!(tilt.token_requests(), 1);
    Ok(())
}

#[tokio::test]
async fn calls_at_the_same_time_share_the_token() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let calls: Vec<_> = (0..8)
        .map(|_| tokio::spawn(tilt.client.locations().list().into_future()))
        .collect();
    for call in calls {
        call.await.expect("no panic")?;
    }
    assert_eq!(tilt.token_requests(), 1);
    Ok(())
}

#[tokio::test]
async fn scopes_are_asked_for_as_they_are_set() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let environment =
        Environment::custom(tilt.sandbox.api_url()).with_token_url(tilt.sandbox.token_url());
    let client = Client::builder(environment)
        .credentials(tilt.sandbox.client_id(), tilt.sandbox.client_secret())
        .scopes([Scope::LocationsRead, Scope::PaymentsRead])
        .build()?;
    client.locations().list().await?;
    let exchanges = tilt.sandbox.exchanges();
    let form = String::from_utf8_lossy(&exchanges[0].request_body);
    assert!(
        form.contains("scope=tilt%2Flocations%3Aread%20tilt%2Fpayments%3Aread")
            || form.contains("scope=tilt%2Flocations%3Aread+tilt%2Fpayments%3Aread"),
        "no scopes as they were set"
    );
    Ok(())
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    let clock = SandboxClock(std::sync::Arc::new(std::sync::Mutex::new(
        tilt.sandbox.now(),
    )));
    let environment =
        Environment::custom(tilt.sandbox.api_url()).with_token_url(tilt.sandbox.token_url());
    let client = Client::builder(environment)
        .credentials(tilt.sandbox.client_id(), tilt.sandbox.client_secret())
        .clock(clock.clone())
        .build()?;
    for (minutes, tokens) in [(0, 1), (58, 1), (2, 2), (30, 2)] {
        let duration = Duration::from_secs(minutes * 60);
        tilt.sandbox
            .advance(duration)
            .await
            .expect("a manual clock");
        *clock.0.lock().expect("the clock") = tilt.sandbox.now();
        client.locations().list().await?;
        assert_eq!(
            tilt.token_requests(),
            tokens,
            "after {minutes} more minutes"
        );
    }
    Ok(())
}

#[derive(Debug, Clone)]
struct SandboxClock(std::sync::Arc<std::sync::Mutex<Timestamp>>);

impl Clock for SandboxClock {
    fn now(&self) -> SystemTime {
        (*self.0.lock().expect("the clock")).into()
    }

    fn monotonic(&self) -> Duration {
        let since = self.now().duration_since(SystemTime::UNIX_EPOCH);
        since.expect("later than 1970")
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}
