//! Panics of what users bring, and of those who unwrap: what they can show has no secret in it, and the client lives on.

#![expect(clippy::panic, reason = "panics are what is tested")]

use crate::peer::{Peer, Protocol};
use crate::{OPERATIONS, Person, Tested, assert_hidden, builder, call};
use http::HeaderMap;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tilt_runtime as rt;
use tilt_runtime::inbox::{Lease, Memory, handle};
use tilt_runtime::webhook::{Delivery, Events, Signature, Signer, Verifier};

/// All that panics said.
static MESSAGES: Mutex<String> = Mutex::new(String::new());

fn collect() {
    let shown = take_hook();
    set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        if let Ok(mut messages) = MESSAGES.lock() {
            messages.push_str(&format!("{panic}\n"));
        }
        shown(panic);
    }));
}

fn fail(message: &str) {
    panic!("{message}")
}

/// Panics at the first attempt, with all that it is given.
#[derive(Debug)]
struct Panicking {
    /// Else after.
    before: bool,
    has: AtomicBool,
}

impl rt::Observe for Panicking {
    fn before(&self, attempt: &rt::AttemptStart<'_>, headers: &mut HeaderMap) {
        if self.before && !self.has.swap(true, Ordering::SeqCst) {
            panic!("before: {attempt:?} {headers:?}");
        }
    }

    fn after(&self, attempt: &rt::AttemptStart<'_>, outcome: &rt::AttemptOutcome<'_>) {
        if !self.before && !self.has.swap(true, Ordering::SeqCst) {
            panic!("after: {attempt:?} {outcome:?}");
        }
    }
}

#[derive(Debug)]
struct Told(#[expect(dead_code, reason = "shown")] Option<Person>);

impl Events for Told {
    const SIGNATURE: Signature = Signature::new("x-signature");
    const KIND: &'static [&'static str] = &[];
    const ID: &'static [&'static str] = &["id"];

    fn parse(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).ok())
    }
}

/// A handler that panics with what it was given, and one who unwraps what was refused.
async fn receive() -> Tested {
    let body = r#"{"id": "e1", "name": "mark-name", "launch_url": "mark-launch-url"}"#;
    let secret = "mark-signing-secret";
    let headers = Signer::<Told>::new(secret).sign(body)?;
    let verifier = Verifier::<Told>::new(secret);
    let delivery = verifier.receive(&headers, body)?;
    let inbox = Memory::new(Lease::default());
    let handling = tokio::spawn(async move {
        let panicking = async |work: &mut _| -> Result<(), ()> {
            panic!("handler: {delivery:?} {work:?} {verifier:?}")
        };
        handle(&inbox, delivery.id(), panicking).await
    });
    assert!(handling.await.is_err_and(|it| it.is_panic()));
    let refusing = tokio::spawn(async move {
        let verifier = Verifier::<Told>::new("mark-other-secret");
        let refused: Result<Delivery<Told>, _> = verifier.receive(&headers, body);
        fail(&format!("refused: {refused:?}"));
    });
    assert!(refusing.await.is_err_and(|it| it.is_panic()));
    Ok(())
}

#[tokio::test]
async fn no_secret_is_in_the_message_of_a_panic() -> Tested {
    collect();
    let peer = Peer::start(Protocol::Http1).await?;
    for before in [true, false] {
        for operation in &OPERATIONS {
            for end in ["well", "echo"] {
                let has = AtomicBool::default();
                let client = builder(&peer, "well").observe(Panicking { before, has });
                let client = client.build()?;
                let sent = |client: &rt::Client| {
                    let mut call = call(client, operation);
                    call.set(1, end);
                    tokio::spawn(async move { call.await.map(drop) })
                };
                assert!(sent(&client).await.is_err_and(|it| it.is_panic()));
                // Nothing is locked or broken by it.
                assert_eq!(sent(&client).await?.is_ok(), end == "well");
            }
        }
    }
    for token in ["well", "echo", "garbage", "drop", "status"] {
        for end in ["well", "echo", "garbage", "drop", "status", "unauthorized"] {
            let client = builder(&peer, token).build()?;
            for operation in &OPERATIONS {
                let mut call = call(&client, operation);
                call.set(1, end);
                let unwrapped = tokio::spawn(async move {
                    let ended = call.send().await;
                    fail(&format!("unwrapped: {ended:?}"));
                });
                assert!(unwrapped.await.is_err_and(|it| it.is_panic()));
            }
        }
    }
    receive().await?;
    let messages = MESSAGES.lock().map(|it| it.clone()).unwrap_or_default();
    for part in [
        "before: ",
        "after: ",
        "handler: ",
        "refused: ",
        "unwrapped: ",
    ] {
        assert!(messages.contains(part), "no panic said `{part}`");
    }
    assert_hidden("a panic's message", &messages);
    Ok(())
}
