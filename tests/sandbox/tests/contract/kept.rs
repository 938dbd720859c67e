//! A sandbox over restarts.

use std::net::Ipv4Addr;
use std::path::Path;

use http::Method;
use serde_json::json;
use tilt_sandbox::{DeliveryStatus, Sandbox, SandboxError};

use crate::api::{Api, LAUNCH_TOKENS};
use crate::idempotency::{KEY, create};

async fn start(file: &Path) -> Api {
    Api::with(Sandbox::builder().manual_clock().state_file(file)).await
}

#[tokio::test]
async fn a_sandbox_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let api = start(&file).await;
    let first = &api.sandbox;
    // Nobody listens there, so that the delivery waits for another attempt.
    first
        .register_webhook("http://127.0.0.1:9/hook")
        .expect("an endpoint");
    api.paid(5000).await;
    let (orders, deliveries, now) = (first.orders(), first.deliveries(), first.now());
    let client = (first.client_id().to_owned(), first.client_secret());
    let signing = first.signing_secret().to_owned();
    assert_eq!(deliveries.len(), 1);
    drop(api);

    let api = start(&file).await;
    let second = &api.sandbox;

    assert_eq!(second.orders(), orders);
    assert_eq!(second.deliveries(), deliveries);
    assert_eq!(second.now(), now);
    let same = (second.client_id().to_owned(), second.client_secret());
    assert_eq!(same, client);
    assert_eq!(second.signing_secret(), signing);
    api.advance(60).await;
    let delivery = &second.deliveries()[0];
    assert_eq!(delivery.attempts.len(), 2, "what was planned is done");
    assert_eq!(delivery.status, DeliveryStatus::Pending);
    api.order(1).await;
    assert_eq!(second.orders().len(), 2);
}

#[tokio::test]
async fn a_repeated_request_is_known_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let api = start(&file).await;
    let body = api.order_body(5000);
    let order = create(&api, KEY, &body).await;
    drop(api);

    let api = start(&file).await;

    assert_eq!(create(&api, KEY, &body).await.body, order.body);
    assert_eq!(api.sandbox.orders().len(), 1);
}

#[tokio::test]
async fn a_file_of_something_else_is_refused_and_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notes.txt");
    for text in ["milk, eggs", r#"{"version": 9}"#] {
        std::fs::write(&file, text).expect("a file");
        let refused = Sandbox::builder().state_file(&file).start().await;
        assert!(
            matches!(refused, Err(SandboxError::State { .. })),
            "{refused:?}"
        );
        assert_eq!(std::fs::read_to_string(&file).expect("the file"), text);
    }
}

#[tokio::test]
async fn two_sandboxes_do_not_keep_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let first = start(&file).await;
    let order = first.order(5000).await;
    let refused = Sandbox::builder().state_file(&file).start().await;
    let Err(SandboxError::State { source, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert!(source.to_string().contains("another sandbox"), "{source}");
    drop(first);
    let second = start(&file).await;
    assert!(second.sandbox.order(order).is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let _sandbox = start(&file).await;
    let mode = std::fs::metadata(&file)
        .expect("the file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn an_address_that_others_reach_is_refused_until_it_is_meant() {
    let open = || Sandbox::builder().address(Ipv4Addr::UNSPECIFIED.into());
    let refused = open().start().await;
    assert!(
        matches!(refused, Err(SandboxError::OpenAddress { .. })),
        "{refused:?}"
    );
    assert!(open().open_to_others().start().await.is_ok());
}

#[tokio::test]
async fn links_have_the_address_by_which_a_sandbox_at_all_addresses_was_reached() {
    let builder = Sandbox::builder().address(Ipv4Addr::UNSPECIFIED.into());
    let api = Api::with(builder.open_to_others()).await;
    assert!(api.sandbox.api_url().starts_with("http://127.0.0.1:"));
    let body = json!({"external_user_id": "u-7", "location_id": api.location().to_string()});
    for (host, base) in [
        ("192.0.2.7:4010", "http://192.0.2.7:4010/launch?token="),
        ("tilt.example", "http://tilt.example/launch?token="),
    ] {
        let request = api.request(&Method::POST, LAUNCH_TOKENS, &[]);
        let request = request.header("host", host).json(&body);
        let answer = api.send(Method::POST, LAUNCH_TOKENS, request).await;
        assert!(answer.text("launch_url").starts_with(base), "{host}");
    }
    let own = Api::start().await;
    let body = json!({"external_user_id": "u-7", "location_id": own.location().to_string()});
    let request = own.request(&Method::POST, LAUNCH_TOKENS, &[]);
    let request = request.header("host", "192.0.2.7").json(&body);
    let answer = own.send(Method::POST, LAUNCH_TOKENS, request).await;
    assert!(
        answer
            .text("launch_url")
            .starts_with(&own.sandbox.api_url())
    );
}
