//! The token endpoint.

use tilt_sandbox::{Client, Location, RateLimit, Sandbox, scope};
use uuid::Uuid;

use crate::api::{Api, LOCATION, LOCATIONS, ORDER};

#[tokio::test]
async fn a_token_answer_is_a_bearer_for_one_hour() {
    let api = Api::start().await;
    let (id, secret) = (api.sandbox.client_id(), api.sandbox.client_secret());
    let (status, answer) = api.ask_for_token(id, &secret, scope::PAYMENTS_READ).await;
    assert_eq!(status, 200);
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 3600);
    let token = answer["access_token"].as_str().expect("a token");
    assert_eq!(token.split('.').count(), 3, "a JWT");
}

#[tokio::test]
async fn one_scope_that_was_not_granted_fails_the_whole_request() {
    let api = Api::start().await;
    let (id, secret) = (api.sandbox.client_id(), api.sandbox.client_secret());
    for scope in [
        "tilt/payments:read tilt/locations:write",
        "payments:read",
        "tilt/nothing",
    ] {
        let (status, answer) = api.ask_for_token(id, &secret, scope).await;
        assert_eq!(
            (status, answer["error"].as_str()),
            (400, Some("invalid_scope"))
        );
        assert!(answer.get("access_token").is_none());
    }
}

#[tokio::test]
async fn wrong_credentials_give_no_token() {
    let api = Api::start().await;
    let (id, secret) = (api.sandbox.client_id(), api.sandbox.client_secret());
    for (id, secret) in [(id, "wrong"), ("nobody", secret.as_str()), (id, "")] {
        let (status, answer) = api.ask_for_token(id, secret, "").await;
        assert_eq!(
            (status, answer["error"].as_str()),
            (400, Some("invalid_client"))
        );
    }
}

#[tokio::test]
async fn a_request_for_a_token_must_be_a_complete_form() {
    let api = Api::start().await;
    let id = api.sandbox.client_id();
    let secret = api.sandbox.client_secret();
    let complete = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let form = "application/x-www-form-urlencoded";
    for (media_type, body, expected) in [
        (
            form,
            complete.replace("client_credentials", "password"),
            Some("unsupported_grant_type"),
        ),
        (
            form,
            complete.replace("grant_type", "type"),
            Some("invalid_request"),
        ),
        (
            form,
            complete.replace("client_id", "id"),
            Some("invalid_request"),
        ),
        (
            form,
            format!("{complete}&scope=a&scope=b"),
            Some("invalid_request"),
        ),
        (
            "application/json",
            complete.clone(),
            Some("invalid_request"),
        ),
        (form, complete.clone(), None),
    ] {
        let request = api.http.post(api.sandbox.token_url());
        let request = request.header("content-type", media_type).body(body);
        let answer = request.send().await.expect("an answer");
        let answer: serde_json::Value = answer.json().await.expect("JSON");
        assert_eq!(answer["error"].as_str(), expected);
    }
}

#[tokio::test]
async fn a_token_expires_after_an_hour() {
    let api = Api::start().await;
    api.advance(3599).await;
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    api.advance(1).await;
    assert_eq!(
        api.get(LOCATIONS, &[]).await.error(),
        (401, "token_expired")
    );
}

#[tokio::test]
async fn revoked_tokens_are_refused_and_new_ones_are_not() {
    let mut api = Api::start().await;
    api.sandbox.revoke_tokens();
    assert_eq!(
        api.get(LOCATIONS, &[]).await.error(),
        (401, "invalid_token")
    );
    let token = api.mint(&[]).await;
    api.use_token(token);
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
}

#[tokio::test]
async fn a_rotated_secret_replaces_the_old_one() {
    let api = Api::start().await;
    let id = api.sandbox.client_id();
    let old = api.sandbox.client_secret();
    let new = api.sandbox.rotate_secret(id).expect("a client");
    assert_eq!(api.ask_for_token(id, &old, "").await.0, 400);
    assert_eq!(api.ask_for_token(id, &new, "").await.0, 200);
    assert_eq!(
        api.get(LOCATIONS, &[]).await.status,
        200,
        "tokens stay valid"
    );
}

#[tokio::test]
async fn the_token_endpoint_has_a_limit_of_its_own() {
    let builder = Sandbox::builder().manual_clock();
    let api = Api::with(builder.rate_limit(RateLimit::new(2, 1))).await;
    let (id, secret) = (api.sandbox.client_id(), api.sandbox.client_secret());
    assert_eq!(api.ask_for_token(id, &secret, "").await.0, 200);
    assert_eq!(api.ask_for_token(id, &secret, "").await.0, 429);
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    api.advance(1).await;
    assert_eq!(api.ask_for_token(id, &secret, "").await.0, 200);
}

#[tokio::test]
async fn partners_see_nothing_of_each_other() {
    let partner = Uuid::from_u128(7);
    let other = Location::new("Elsewhere").partner(partner);
    let hidden = other.location_id.to_string();
    let builder = Sandbox::builder()
        .manual_clock()
        .client(Client::new("ours", "secret").rate_limit(None))
        .client(Client::new("theirs", "secret").partner(partner))
        .location(Location::new("Here"))
        .location(other);
    let mut api = Api::with(builder).await;
    let order = api.order(100).await;
    assert_eq!(api.get(LOCATION, &[&hidden]).await.status, 404);
    assert_eq!(api.get(LOCATIONS, &[]).await.body["total"], 1);

    let (_, answer) = api.ask_for_token("theirs", "secret", "").await;
    let token = answer["access_token"].as_str().expect("a token");
    api.use_token(token.to_owned());
    assert_eq!(api.get(ORDER, &[&order]).await.status, 404);
    assert_eq!(api.get(LOCATION, &[&hidden]).await.status, 200);
}
