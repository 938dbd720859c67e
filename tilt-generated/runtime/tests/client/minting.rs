//! When tokens are minted, and how often.

use crate::sending::script::{Script, Step, status};
use crate::server::{Answer, Asked, Server, Tested, error_of, json};
use crate::tokens::{API, NOTHING, READ, Stopped, WRITE, client, issuer, tokens};
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tilt_runtime as rt;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A token endpoint that tells when it is asked, and answers the first requests only when it is told to.
struct Gated {
    server: Server,
    arrived: UnboundedReceiver<()>,
    release: std::sync::mpsc::Sender<()>,
}

/// Answers to mints as `answer` says, by their number from 0; those from `first` on wait.
async fn gated(
    first: usize,
    answer: impl Fn(usize) -> Vec<u8> + Send + Sync + 'static,
) -> std::io::Result<Gated> {
    let (tell, arrived) = unbounded_channel();
    let (release, released) = std::sync::mpsc::channel();
    let (mints, released) = (AtomicUsize::new(0), Mutex::new(released));
    let server = Server::start(move |asked| {
        if asked.target != "/token" {
            return Answer::Pieces(vec![NOTHING.to_vec()]);
        }
        let number = mints.fetch_add(1, Ordering::Relaxed);
        let _ = tell.send(());
        if number >= first {
            // A worker that simply waits keeps what it was to do next.
            tokio::task::block_in_place(|| {
                let _ = released.lock().map(|it| it.recv());
            });
        }
        Answer::Pieces(vec![answer(number)])
    })
    .await?;
    Ok(Gated {
        server,
        arrived,
        release,
    })
}

fn token(number: usize) -> Vec<u8> {
    let body = format!("{{\"access_token\":\"t-{number}\",\"expires_in\":1000}}");
    json("200 OK", &body)
}

fn mints(asked: &[Asked]) -> usize {
    asked.iter().filter(|it| it.target == "/token").count()
}

async fn failure(client: &rt::Client) -> Result<rt::Error, &'static str> {
    error_of(client.call::<rt::Empty>(&READ).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_mint_outlives_the_callers_that_gave_up() -> Tested {
    let mut gated = gated(0, token).await?;
    let client = client(&gated.server).build()?;
    let callers: Vec<_> = (0..10)
        .map(|_| tokio::spawn(client.call::<rt::Empty>(&READ).into_future()))
        .collect();
    gated.arrived.recv().await;
    for caller in callers {
        caller.abort();
        assert!(caller.await.is_err_and(|it| it.is_cancelled()));
    }
    gated.release.send(())?;
    client.call::<rt::Empty>(&READ).await?;
    let asked = gated.server.asked();
    assert_eq!(mints(&asked), 1);
    assert_eq!(asked[1].header("authorization"), Some("Bearer t-0"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_token_is_renewed_while_it_serves_and_nobody_waits() -> Tested {
    let mut gated = gated(1, token).await?;
    let clock = Stopped::default();
    let client = client(&gated.server).clock(clock.clone()).build()?;
    client.call::<rt::Empty>(&READ).await?;
    clock.advance(999);
    // The endpoint does not answer, and the calls are served.
    for _ in 0..10 {
        client.call::<rt::Empty>(&READ).await?;
    }
    gated.arrived.recv().await;
    gated.arrived.recv().await;
    let asked = gated.server.asked();
    assert_eq!(mints(&asked), 2);
    let calls = asked.iter().filter(|it| it.target != "/token");
    assert!(
        calls
            .clone()
            .all(|it| it.header("authorization") == Some("Bearer t-0"))
    );
    assert_eq!(calls.count(), 11);
    gated.release.send(())?;
    clock.advance(1);
    client.call::<rt::Empty>(&READ).await?;
    assert_eq!(tokens(&gated.server), ["Bearer t-1"]);
    Ok(())
}

#[tokio::test]
async fn after_a_failure_nobody_asks_until_a_pause_is_over_that_doubles() -> Tested {
    let refusal = json("400 Bad Request", r#"{"error":"invalid_client"}"#);
    let server = Server::always(refusal).await?;
    let clock = Stopped::default();
    let client = client(&server).clock(clock.clone()).build()?;
    for (seconds, expected) in [(0, 1), (1, 1), (1, 0), (1, 1), (3, 0), (1, 1)] {
        clock.advance(seconds);
        for _ in 0..30 {
            let error = failure(&client).await?;
            let rt::Error::Token(error) = error else {
                return Err(error.into());
            };
            assert_eq!(error.code(), Some("invalid_client"));
        }
        assert_eq!(server.asked().len(), expected, "after {seconds} seconds");
    }
    Ok(())
}

#[tokio::test]
async fn an_endpoint_is_left_alone_for_as_long_as_it_says_for_all_scopes() -> Tested {
    let mints = AtomicUsize::new(0);
    let server = Server::start(move |asked| {
        let busy = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\
                    Connection: close\r\n\r\n";
        let answer = match asked.target.as_str() {
            "/token" if mints.fetch_add(1, Ordering::Relaxed) == 0 => busy.into(),
            "/token" => token(1),
            _ => NOTHING.to_vec(),
        };
        Answer::Pieces(vec![answer])
    })
    .await?;
    let clock = Stopped::default();
    let client = client(&server).clock(clock.clone()).build()?;
    failure(&client).await?;
    clock.advance(6);
    error_of(client.call::<rt::Empty>(&WRITE).await)?;
    failure(&client).await?;
    server.asked_once();
    clock.advance(1);
    client.call::<rt::Empty>(&READ).await?;
    assert_eq!(tokens(&server), ["Bearer t-1"]);
    Ok(())
}

/// Answers 401 to every call.
async fn refusing() -> std::io::Result<Server> {
    let mints = AtomicUsize::new(0);
    Server::start(move |asked| {
        let answer = match asked.target.as_str() {
            "/token" => token(mints.fetch_add(1, Ordering::Relaxed)),
            _ => json("401 Unauthorized", "{}"),
        };
        Answer::Pieces(vec![answer])
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_that_are_refused_are_not_renewed_for_each_call() -> Tested {
    let server = refusing().await?;
    let clock = Stopped::default();
    let client = client(&server).clock(clock.clone()).build()?;
    let calls: Vec<_> = (0..30)
        .map(|_| tokio::spawn(client.call::<rt::Empty>(&READ).into_future()))
        .collect();
    for call in calls {
        error_of(call.await?)?;
    }
    for _ in 0..30 {
        failure(&client).await?;
    }
    assert_eq!(mints(&server.asked()), 2);
    // A minute later it is worth another try, and the next one two minutes after that.
    for (seconds, expected) in [(60, 1), (60, 0), (60, 1)] {
        clock.advance(seconds);
        for _ in 0..5 {
            failure(&client).await?;
        }
        assert_eq!(mints(&server.asked()), expected);
    }
    Ok(())
}

#[tokio::test]
async fn a_refused_token_serves_on_where_no_other_can_be_had() -> Tested {
    let mints = AtomicUsize::new(0);
    let server = Server::start(move |asked| {
        let answer = match (asked.target.as_str(), asked.header("authorization")) {
            ("/token", _) if mints.fetch_add(1, Ordering::Relaxed) == 0 => token(0),
            ("/token", _) => json("503 Busy", "{}"),
            ("/read", _) => json("401 Unauthorized", "{}"),
            _ => NOTHING.to_vec(),
        };
        Answer::Pieces(vec![answer])
    })
    .await?;
    static OTHER: rt::Operation = rt::Operation {
        path: "/other",
        ..READ
    };
    let client = client(&server).clock(Stopped::default()).build()?;
    failure(&client).await?;
    for _ in 0..5 {
        client.call::<rt::Empty>(&OTHER).await?;
    }
    // The call that was refused was sent once more.
    assert_eq!(tokens(&server).split_off(2), ["Bearer t-0"; 5]);
    Ok(())
}

/// A clock by which every limit of a mint is over at once.
#[derive(Debug)]
struct Hasty;

impl rt::Clock for Hasty {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        match time == Duration::from_secs(30) {
            true => Box::pin(std::future::ready(())),
            false => Box::pin(std::future::pending()),
        }
    }
}

#[tokio::test]
async fn a_mint_has_a_limit_of_its_own() -> Tested {
    let server = Server::start(|_| Answer::Silence).await?;
    let client = client(&server).clock(Hasty).build()?;
    let error = failure(&client).await?;
    assert!(error.to_string().contains("took too long"), "{error}");
    Ok(())
}

#[derive(Debug, Clone, Default)]
struct TwoClocks {
    wall: Stopped,
    monotonic: Stopped,
}

impl rt::Clock for TwoClocks {
    fn now(&self) -> SystemTime {
        self.wall.now()
    }

    fn monotonic(&self) -> Duration {
        self.monotonic.monotonic()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.wall.sleep(time)
    }
}

#[tokio::test]
async fn a_token_ends_by_the_clock_that_comes_to_its_end_first() -> Tested {
    let server = issuer().await?;
    let clock = TwoClocks::default();
    let client = client(&server).clock(clock.clone()).build()?;
    client.call::<rt::Empty>(&READ).await?;
    clock.monotonic.advance(1000);
    client.call::<rt::Empty>(&READ).await?;
    clock.wall.advance(1000);
    client.call::<rt::Empty>(&READ).await?;
    let served = tokens(&server);
    assert_eq!(served, ["Bearer t-1", "Bearer t-2", "Bearer t-3"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_mint_whose_runtime_is_gone_is_begun_again() -> Tested {
    let mut gated = gated(0, token).await?;
    let client = client(&gated.server).build()?;
    let call = client.call::<rt::Empty>(&READ).into_future();
    let short = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        runtime.spawn(call);
        Ok::<_, std::io::Error>(runtime)
    });
    let runtime = short.join().map_err(|_| "the thread has ended")??;
    gated.arrived.recv().await;
    runtime.shutdown_background();
    gated.release.send(())?;
    gated.release.send(())?;
    // The mint may end with the runtime while the call waits for it.
    if let Err(error) = client.call::<rt::Empty>(&READ).await {
        assert!(matches!(error, rt::Error::Token(_)), "{error}");
        client.call::<rt::Empty>(&READ).await?;
    }
    Ok(())
}

static TWO: rt::Operation = rt::Operation {
    path: "/two",
    security: &[&[(1, &[]), (3, &[])]],
    ..rt::Operation::NEW
};

#[tokio::test]
async fn secrets_are_replaced_for_all_clones_from_the_next_request_on() -> Tested {
    let server = issuer().await?;
    let [secret, key, password] = ["secret-1", "key-1", "password-1"].map(rt::Secret::from);
    let client = server
        .builder(&API)
        .client(0, "id".into(), secret.clone())
        .secret(1, key.clone())
        .basic(3, "user".into(), password.clone())
        .build()?;
    let clone = client.clone();
    for suffix in ["1", "2"] {
        secret.replace(format!("secret-{suffix}"));
        key.replace(format!("key-{suffix}"));
        password.replace(format!("password-{suffix}"));
        clone.call::<rt::Empty>(&READ).await?;
        clone.call::<rt::Empty>(&READ).await?;
        clone.call::<rt::Empty>(&TWO).await?;
        let asked = server.asked();
        assert_eq!(asked.len(), 4);
        let form = format!(
            "grant_type=client_credentials&client_id=id&client_secret=secret-{suffix}\
             &scope=read%20list"
        );
        assert_eq!(asked[0].text(), form);
        assert_eq!(asked[3].target, format!("/two?key=key-{suffix}"));
        let basic = ["Basic dXNlcjpwYXNzd29yZC0x", "Basic dXNlcjpwYXNzd29yZC0y"];
        let basic = basic[usize::from(suffix == "2")];
        assert_eq!(asked[3].header("authorization"), Some(basic));
    }
    Ok(())
}

#[tokio::test]
async fn a_replaced_secret_is_tried_at_once_after_failures() -> Tested {
    let server = Server::start(|asked| {
        let answer = match asked.target.as_str() {
            "/token" if asked.text().contains("=old") => json("401 Unauthorized", "{}"),
            "/token" => token(1),
            _ => NOTHING.to_vec(),
        };
        Answer::Pieces(vec![answer])
    })
    .await?;
    let secret = rt::Secret::from("old");
    let builder = server.builder(&API).client(0, "id".into(), secret.clone());
    let client = builder.clock(Stopped::default()).build()?;
    failure(&client).await?;
    secret.replace("new");
    client.call::<rt::Empty>(&READ).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_token_that_a_replaced_secret_minted_is_not_kept() -> Tested {
    let mut gated = gated(0, token).await?;
    let secret = rt::Secret::from("old");
    let builder = gated.server.builder(&API);
    let client = builder.client(0, "id".into(), secret.clone()).build()?;
    let call = tokio::spawn(client.call::<rt::Empty>(&READ).into_future());
    gated.arrived.recv().await;
    secret.replace("new");
    gated.release.send(())?;
    gated.release.send(())?;
    call.await??;
    assert_eq!(tokens(&gated.server), ["Bearer t-1"]);
    Ok(())
}

#[tokio::test]
async fn a_client_may_prove_itself_to_the_token_endpoint_by_http_basic() -> Tested {
    let server = issuer().await?;
    let client = server
        .builder(&API)
        .client(0, "i:d".into(), "s cr+t".into())
        .token_endpoint_auth(rt::TokenEndpointAuth::Basic)
        .build()?;
    client.call::<rt::Empty>(&READ).await?;
    let asked = &server.asked()[0];
    assert_eq!(
        asked.text(),
        "grant_type=client_credentials&scope=read%20list"
    );
    // `i%3Ad:s%20cr%2Bt`
    let basic = Some("Basic aSUzQWQ6cyUyMGNyJTJCdA==");
    assert_eq!(asked.header("authorization"), basic);
    Ok(())
}

#[tokio::test]
async fn an_operation_whose_scopes_were_not_asked_for_is_not_sent() -> Tested {
    let server = issuer().await?;
    let client = client(&server).scopes(["read", "write"]).build()?;
    let error = failure(&client).await?;
    assert_eq!(
        error.to_string(),
        "GET /read needs a token with `list`: add that to the `scopes` of the client's builder"
    );
    assert!(!error.may_have_been_sent());
    let rt::Error::MissingCredentials(missing) = &error else {
        return Err(error.into());
    };
    assert_eq!(missing.scopes(), ["list"]);
    assert_eq!(server.asked(), []);
    client.call::<rt::Empty>(&WRITE).await?;
    Ok(())
}

#[tokio::test]
async fn a_way_whose_scopes_were_asked_for_comes_before_one_that_lacks_some() -> Tested {
    static EITHER: rt::Operation = rt::Operation {
        security: &[&[(0, &["read"])], &[(0, &["write"])]],
        ..rt::Operation::NEW
    };
    let server = issuer().await?;
    let client = client(&server).scopes(["write"]).build()?;
    client.call::<rt::Empty>(&EITHER).await?;
    assert_eq!(tokens(&server), ["Bearer t-1"]);
    Ok(())
}

#[tokio::test]
async fn a_token_that_the_api_no_longer_takes_is_replaced_once_another_can_be_had() -> Tested {
    let begun = AtomicUsize::new(0);
    let server = Server::start(move |asked| {
        let answer = match (asked.target.as_str(), asked.header("authorization")) {
            ("/token", _) => match begun.fetch_add(1, Ordering::Relaxed) {
                1 => json("503 Busy", "{}"),
                number => token(number),
            },
            (_, Some("Bearer t-0")) => json("401 Unauthorized", "{}"),
            _ => NOTHING.to_vec(),
        };
        Answer::Pieces(vec![answer])
    })
    .await?;
    let clock = Stopped::default();
    let client = client(&server).clock(clock.clone()).build()?;
    for _ in 0..5 {
        failure(&client).await?;
    }
    assert_eq!(mints(&server.asked()), 2);
    // The pause after the mint that failed.
    clock.advance(1);
    client.call::<rt::Empty>(&READ).await?;
    assert_eq!(mints(&server.asked()), 1);
    Ok(())
}

#[tokio::test]
async fn tokens_come_by_the_transport_that_the_user_brings() -> Tested {
    let token = Step::Answer(200, None, r#"{"access_token":"t-1","token_type":"Bearer"}"#);
    let script = Script::new([token, status(200), status(200)]);
    let environment = rt::Environment::custom(
        "https://api.example.com",
        Some("https://auth.example.com/token".into()),
    );
    let client = rt::Client::builder(&API, environment)
        .client(0, "id".into(), "hunter2".into())
        .transport(script.clone())
        .build()?;
    client.call::<rt::Empty>(&READ).await?;
    client.call::<rt::Empty>(&READ).await?;
    let sent = script.sent();
    let uris: Vec<_> = sent.iter().map(|it| it.uri().to_string()).collect();
    let read = format!("https://api.example.com{}", READ.path);
    assert_eq!(uris, ["https://auth.example.com/token", &read, &read]);
    let form = String::from_utf8_lossy(sent[0].body());
    assert!(form.starts_with("grant_type=client_credentials&client_id=id&client_secret=hunter2"));
    assert_eq!(sent[2].headers()["authorization"], "Bearer t-1");
    Ok(())
}
