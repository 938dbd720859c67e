//! Deliveries that are refused, and deliveries that arrive.

use super::*;
use crate::data::{Header, HeaderError};
use http::HeaderMap;

#[derive(Debug, PartialEq)]
struct Raw<const BASE64: bool>(Vec<u8>);

impl<const BASE64: bool> Events for Raw<BASE64> {
    const SIGNATURE: Signature = {
        let signature = Signature::new("x-signature").prefix("hmac-sha256=");
        if BASE64 {
            signature.encoding(SignatureEncoding::Base64)
        } else {
            signature
        }
    };
    const KIND: &'static [&'static str] = &[];
    const ID: &'static [&'static str] = &["meta", "id"];
    const HEADERS: &'static [&'static str] = &["X-Attempt", "X-Tenant"];

    fn parse(body: &[u8]) -> Self {
        Self(body.to_vec())
    }
}

/// RFC 4231, test case 2.
const SECRET: &str = "Jefe";
const BODY: &[u8] = b"what do ya want for nothing?";
const HEX: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
const BASE64: &str = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";

fn received(verifier: &Verifier<Raw<false>>, value: &str) -> Result<Vec<u8>, WebhookError> {
    let delivery = verifier.receive_signed([value.as_bytes()], BODY)?;
    assert_eq!(delivery.raw(), BODY);
    Ok(delivery.into_event().0)
}

#[test]
fn a_genuine_delivery_arrives_whole_whatever_it_is() {
    let verifier = Verifier::new(SECRET);
    assert_eq!(
        received(&verifier, &format!("hmac-sha256={HEX}")),
        Ok(BODY.to_vec())
    );
}

#[test]
fn any_change_is_refused() {
    let verifier = Verifier::new(SECRET);
    let wrong = HEX.replacen('5', "6", 1);
    assert_eq!(
        received(&verifier, &format!("hmac-sha256={wrong}")),
        Err(WebhookError::WrongSignature)
    );
    assert_eq!(
        received(&verifier, &format!("hmac-sha256={}", &HEX[..62])),
        Err(WebhookError::WrongSignature)
    );
    assert_eq!(
        received(&Verifier::new("Jeff"), &format!("hmac-sha256={HEX}")),
        Err(WebhookError::WrongSignature)
    );
}

#[test]
fn what_is_no_signature_is_told_apart_from_a_wrong_one() {
    let verifier = Verifier::new(SECRET);
    let header = "x-signature";
    let malformed = Err(WebhookError::MalformedSignature { header });
    for value in [
        "",
        HEX,
        "hmac-sha256=",
        "hmac-sha256=5b5",
        "hmac-sha256=zz",
        "sha1=00",
    ] {
        assert_eq!(received(&verifier, value), malformed, "{value}");
    }
    let missing = verifier
        .receive(&HeaderMap::new(), BODY)
        .map(Delivery::into_event);
    assert_eq!(missing, Err(WebhookError::MissingSignature { header }));
}

#[test]
fn one_of_several_signatures_and_secrets_is_enough() {
    let verifier = Verifier::new("new").also_accept(SECRET);
    let value = format!("v0=abc, hmac-sha256=00,hmac-sha256={HEX}");
    assert!(received(&verifier, &value).is_ok());
    let mut headers = HeaderMap::new();
    for value in ["hmac-sha256=00", &format!("hmac-sha256={HEX}")] {
        let Ok(value) = http::HeaderValue::from_str(value) else {
            unreachable!("plain text")
        };
        headers.append("X-Signature", value);
    }
    assert!(verifier.receive(&headers, BODY).is_ok());
}

#[test]
fn base64_needs_no_padding() {
    let verifier = Verifier::<Raw<true>>::new(SECRET);
    for value in [BASE64, BASE64.trim_end_matches('=')] {
        let value = format!("hmac-sha256={value}");
        assert!(verifier.receive_signed([value.as_bytes()], BODY).is_ok());
    }
}

#[test]
fn nothing_shows_the_secret() {
    let verifier = Verifier::<Raw<false>>::new(SECRET);
    assert_eq!(format!("{verifier:?}"), "Verifier { secrets: 1, .. }");
}

#[test]
fn a_body_beyond_the_limit_is_refused_before_it_is_looked_at() {
    struct Unread;
    impl Events for Unread {
        const SIGNATURE: Signature = Signature::new("x-signature");
        const KIND: &'static [&'static str] = &[];
        const ID: &'static [&'static str] = &[];

        fn parse(_: &[u8]) -> Self {
            panic!("nothing is parsed beyond the limit")
        }
    }
    let body = vec![b'['; 1024 * 1024 + 1];
    let headers = Signer::<Unread>::new(SECRET).sign(&body).unwrap();
    let refused = |verifier: &Verifier<Unread>, body: &Vec<u8>| {
        let received = verifier.receive(&headers, body);
        received.map(|_| ()).unwrap_err()
    };
    let limit = 1024 * 1024;
    let verifier = Verifier::new(SECRET);
    assert_eq!(refused(&verifier, &body), WebhookError::TooLarge { limit });
    let small = verifier.limit(3);
    assert_eq!(
        refused(&small, &vec![b'['; 4]),
        WebhookError::TooLarge { limit: 3 }
    );
    assert!(
        WebhookError::TooLarge { limit: 3 }
            .to_string()
            .contains("limit of 3 bytes")
    );
    assert_eq!(
        refused(&small, &vec![b'['; 3]),
        WebhookError::WrongSignature
    );
}

#[test]
fn a_secret_with_a_line_break_is_hinted_at() {
    for secret in ["Jefe\n", " Jefe", "Jefe\r\n"] {
        let verifier = Verifier::new("other").also_accept(secret);
        assert_eq!(
            received(&verifier, &format!("hmac-sha256={HEX}")),
            Err(WebhookError::BlanksAroundSecret),
            "{secret:?}"
        );
    }
    for empty in ["", "\n"] {
        assert_eq!(
            received(&Verifier::new(empty), &format!("hmac-sha256={HEX}")),
            Err(WebhookError::EmptySecret)
        );
    }
}

#[test]
fn headers_come_as_pairs_as_well() {
    let verifier = Verifier::<Raw<false>>::new(SECRET);
    let value = format!("hmac-sha256={HEX}");
    let pairs = [("Host", "localhost"), ("X-Signature", value.as_str())];
    assert!(verifier.receive(&pairs, BODY).is_ok());
    let owned: Vec<(String, Vec<u8>)> = vec![("X-SIGNATURE".into(), value.into())];
    assert!(verifier.receive(&owned, BODY).is_ok());
}

#[test]
fn a_blank_id_tells_no_deliveries_apart() {
    let verifier = Verifier::<Raw<false>>::new(SECRET);
    for (body, id) in [
        (r#"{"meta": {"id": "e1"}}"#, Some("e1")),
        (r#"{"meta": {"id": " "}}"#, None),
    ] {
        let headers = Signer::<Raw<false>>::new(SECRET).sign(body).unwrap();
        let delivery = verifier.receive(&headers, body).unwrap();
        assert_eq!(delivery.id(), id);
    }
}

#[test]
fn a_byte_order_mark_is_signed_and_no_part_of_the_event() {
    let body = "\u{feff}{\"meta\": {\"id\": \"e1\"}}";
    let headers = Signer::<Raw<false>>::new(SECRET).sign(body).unwrap();
    let verifier = Verifier::<Raw<false>>::new(SECRET);
    let delivery = verifier.receive(&headers, body).unwrap();
    assert_eq!(
        (delivery.id(), &delivery.raw()[..]),
        (Some("e1"), body.as_bytes())
    );
    let unmarked = verifier.receive(&headers, body.trim_start_matches('\u{feff}'));
    assert_eq!(unmarked.map(|_| ()), Err(WebhookError::WrongSignature));
}

#[test]
fn a_delivery_has_the_headers_that_are_documented() {
    const ATTEMPT: Header<i64> = Header::new("x-attempt");
    const TENANT: Header<String> = Header::new("X-Tenant");
    let verifier = Verifier::<Raw<false>>::new(SECRET);
    let value = format!("hmac-sha256={HEX}");
    let mut headers = vec![("X-Signature", value.as_str()), ("X-ATTEMPT", "2")];
    let delivery = verifier.receive(&headers, BODY).unwrap();
    assert_eq!(delivery.header_as(ATTEMPT), Ok(Some(2)));
    assert_eq!(delivery.required_header(ATTEMPT), Ok(2));
    assert_eq!(delivery.header_as(TENANT), Ok(None));
    let missing = HeaderError::Missing { name: "X-Tenant" };
    assert_eq!(delivery.required_header(TENANT), Err(missing));
    let other = Header::<String>::new("X-Other");
    let undocumented = HeaderError::Undocumented { name: "X-Other" };
    assert_eq!(delivery.header_as(other), Err(undocumented));
    headers[1].1 = "two";
    let delivery = verifier.receive(&headers, BODY).unwrap();
    let malformed = HeaderError::Malformed {
        name: "x-attempt",
        expected: "an integer in its range",
    };
    assert_eq!(delivery.header_as(ATTEMPT), Err(malformed));
}
