//! Schemes that others publish, by their own examples.

use super::*;
use crate::Clock;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

#[derive(Debug, Clone, Copy)]
struct At(u64);

impl Clock for At {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_secs(self.0)
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}

macro_rules! scheme {
    ($name:ident: $signature:expr) => {
        #[derive(Debug)]
        struct $name;

        impl Events for $name {
            const SIGNATURE: Signature = $signature;
            const KIND: &'static [&'static str] = &["type"];
            const ID: &'static [&'static str] = &["id"];

            fn parse(_: &[u8]) -> Self {
                Self
            }
        }
    };
}

scheme!(StandardWebhooks: Signature::new("webhook-signature")
    .prefix("v1,")
    .encoding(SignatureEncoding::Base64)
    .id("webhook-id")
    .timestamp(Timestamp::Header("webhook-timestamp"))
    .signed(&[Signed::Id, Signed::Text("."), Signed::Timestamp, Signed::Text("."), Signed::Body])
    .secret(SecretEncoding::Base64, "whsec_"));

scheme!(Stripe: Signature::new("Stripe-Signature")
    .prefix("v1=")
    .timestamp(Timestamp::Prefix("t="))
    .signed(&[Signed::Timestamp, Signed::Text("."), Signed::Body]));

scheme!(GitHub: Signature::new("X-Hub-Signature-256").prefix("sha256="));

scheme!(Slack: Signature::new("X-Slack-Signature")
    .prefix("v0=")
    .timestamp(Timestamp::Header("X-Slack-Request-Timestamp"))
    .signed(&[Signed::Text("v0:"), Signed::Timestamp, Signed::Text(":"), Signed::Body]));

scheme!(Sha512: Signature::new("x-signature").hash(Hash::Sha512));

/// The example of the Standard Webhooks libraries.
mod standard {
    pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    pub(super) const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    pub(super) const TIME: u64 = 1_614_265_330;
    pub(super) const BODY: &str = r#"{"test": 2432232314}"#;
    pub(super) const VALUE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    pub(super) fn headers(value: &str) -> Vec<(&str, &str)> {
        vec![
            ("webhook-id", ID),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", value),
        ]
    }
}

fn standard_webhooks(value: &str, now: u64) -> Result<Delivery<StandardWebhooks>, WebhookError> {
    let verifier = Verifier::new(standard::SECRET).clock(At(now));
    verifier.receive(&standard::headers(value), standard::BODY)
}

#[test]
fn standard_webhooks_passes_its_published_example() {
    let delivery = standard_webhooks(standard::VALUE, standard::TIME).unwrap();
    assert_eq!(delivery.id(), Some(standard::ID), "that of the header");
    let signer = Signer::<StandardWebhooks>::new(standard::SECRET).id(standard::ID);
    let headers = signer
        .at(At(standard::TIME).now())
        .sign(standard::BODY)
        .unwrap();
    for (name, value) in standard::headers(standard::VALUE) {
        assert_eq!(headers[name], value);
    }
    // With and without the key's prefix.
    let bare = standard::SECRET.trim_start_matches("whsec_");
    let verifier = Verifier::<StandardWebhooks>::new(bare).clock(At(standard::TIME));
    let headers = standard::headers(standard::VALUE);
    assert!(verifier.receive(&headers, standard::BODY).is_ok());
}

#[test]
fn standard_webhooks_takes_one_of_several_signatures() {
    let several = format!(
        "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,abc {}",
        standard::VALUE
    );
    assert!(standard_webhooks(&several, standard::TIME).is_ok());
    let malformed = standard_webhooks("v2,g0hM9SsE", standard::TIME).unwrap_err();
    assert_eq!(
        malformed,
        WebhookError::MalformedSignature {
            header: "webhook-signature"
        }
    );
    let cut = standard_webhooks(&standard::VALUE[..40], standard::TIME).unwrap_err();
    assert!(matches!(
        cut,
        WebhookError::WrongSignature | WebhookError::MalformedSignature { .. }
    ));
}

#[test]
fn a_delivery_outside_the_tolerance_is_refused_in_both_directions() {
    let distance = Duration::from_secs(301);
    let tolerance = Duration::from_secs(300);
    let outside = WebhookError::OutsideTolerance {
        distance,
        tolerance,
    };
    for (now, expected) in [
        (standard::TIME + 300, None),
        (standard::TIME + 301, Some(outside)),
        (standard::TIME - 300, None),
        (standard::TIME - 301, Some(outside)),
    ] {
        assert_eq!(
            standard_webhooks(standard::VALUE, now).err(),
            expected,
            "{now}"
        );
    }
    let verifier = Verifier::<StandardWebhooks>::new(standard::SECRET)
        .clock(At(standard::TIME + 1000))
        .tolerance(Duration::from_secs(1000));
    let headers = standard::headers(standard::VALUE);
    assert!(verifier.receive(&headers, standard::BODY).is_ok());
}

#[test]
fn a_value_that_is_signed_has_to_be_there_and_unchanged() {
    let verifier = Verifier::<StandardWebhooks>::new(standard::SECRET).clock(At(standard::TIME));
    let without = |name: &str| {
        let mut headers = standard::headers(standard::VALUE);
        headers.retain(|(other, _)| *other != name);
        verifier.receive(&headers, standard::BODY).unwrap_err()
    };
    let header = "webhook-id";
    assert_eq!(without(header), WebhookError::MissingHeader { header });
    let header = "webhook-timestamp";
    assert_eq!(without(header), WebhookError::MissingTimestamp { header });
    let mut headers = standard::headers(standard::VALUE);
    headers[1].1 = "1614265331";
    let changed = verifier.receive(&headers, standard::BODY).unwrap_err();
    assert_eq!(changed, WebhookError::WrongSignature);
}

#[test]
fn a_key_that_is_no_base64_is_an_error_of_the_receiver() {
    let verifier = Verifier::<StandardWebhooks>::new("whsec_?").clock(At(standard::TIME));
    let headers = standard::headers(standard::VALUE);
    let error = verifier.receive(&headers, standard::BODY).unwrap_err();
    assert_eq!(error, WebhookError::MalformedSecret);
    assert_eq!(error.status(), 500);
    let secret = format!("{}\n", standard::SECRET);
    let verifier = Verifier::<StandardWebhooks>::new(secret).clock(At(standard::TIME));
    let error = verifier.receive(&headers, standard::BODY).unwrap_err();
    assert_eq!(error, WebhookError::BlanksAroundSecret);
}

#[test]
fn a_timestamp_stands_beside_the_signature() {
    // Computed with `openssl dgst -sha256 -hmac whsec_test` over `1492774577.{"object":"event"}`.
    const DIGEST: &str = "a956190bc6fe8ade6d5724309c6a9b09615d868ed8ed552ba751316f1384dd8c";
    let verifier = Verifier::<Stripe>::new("whsec_test").clock(At(1_492_774_600));
    let body = r#"{"object":"event"}"#;
    let value = format!(
        "t=1492774577,v1={DIGEST},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"
    );
    assert!(
        verifier
            .receive(&[("stripe-signature", &value)], body)
            .is_ok()
    );
    let replayed = value.replacen("1492774577", "1492774599", 1);
    let error = verifier
        .receive(&[("stripe-signature", &replayed)], body)
        .unwrap_err();
    assert_eq!(error, WebhookError::WrongSignature);
    let header = "Stripe-Signature";
    let untimed = format!("v1={DIGEST}");
    let error = verifier
        .receive(&[("stripe-signature", &untimed)], body)
        .unwrap_err();
    assert_eq!(error, WebhookError::MissingTimestamp { header });
    let signer = Signer::<Stripe>::new("whsec_test").at(At(1_492_774_577).now());
    let signed = signer.sign(body).unwrap();
    assert_eq!(signed[header], format!("t=1492774577,v1={DIGEST}"));
}

#[test]
fn github_passes_its_published_example() {
    let verifier = Verifier::<GitHub>::new("It's a Secret to Everybody");
    let value = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assert!(
        verifier
            .receive_signed([value.as_bytes()], "Hello, World!")
            .is_ok()
    );
}

#[test]
fn slack_passes_its_published_example() {
    let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&\
                channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&\
                response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&\
                trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let headers = [
        ("X-Slack-Request-Timestamp", "1531420618"),
        (
            "X-Slack-Signature",
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        ),
    ];
    let verifier =
        Verifier::<Slack>::new("8f742231b10e8888abcd99yyyzzz85a5").clock(At(1_531_420_618));
    assert!(verifier.receive(&headers, body).is_ok());
}

/// RFC 4231, test case 2.
#[test]
fn the_hash_may_be_sha_512() {
    let value = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
                 9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
    let verifier = Verifier::<Sha512>::new("Jefe");
    let body = "what do ya want for nothing?";
    assert!(verifier.receive_signed([value.as_bytes()], body).is_ok());
}
