//! No secret is in anything that is shown: neither in errors and what caused them, nor in `Debug`, nor in what the HTTP
//! stack logs at its finest.

mod collector;
mod panics;
mod peer;

use peer::{Peer, Protocol};
use std::error::Error;
use std::fmt::Debug;
use tilt_runtime as rt;

type Tested = Result<(), Box<dyn Error>>;

/// Every secret that a client has or gets. Each is told apart from the others, and needs escapes where there are any.
const PLANTED: [&str; 11] = [
    "mark-client-secret+/",
    "mark-access-token",
    "mark-password\"/",
    "mark-key-in-header",
    "mark-key-in-query&",
    "mark-key-in-cookie=",
    "mark-bearer",
    "mark-default-header",
    "mark-request-body",
    "mark-path-value",
    "mark-own-header",
];
/// A secret that the API gives: a one-time URL, as for a hosted page.
const GIVEN: &str = "https://mark-hosted-url.example/?token=1";

static API: rt::Api = rt::Api {
    user_agent: "test/1",
    schemes: &[
        rt::Scheme {
            name: "credentials",
            kind: rt::SchemeKind::ClientCredentials { token_url: None },
        },
        rt::Scheme {
            name: "login",
            kind: rt::SchemeKind::Basic,
        },
        rt::Scheme {
            name: "header_key",
            kind: key(rt::Location::Header, "x-key"),
        },
        rt::Scheme {
            name: "query_key",
            kind: key(rt::Location::Query, "key"),
        },
        rt::Scheme {
            name: "cookie_key",
            kind: key(rt::Location::Cookie, "sid"),
        },
        rt::Scheme {
            name: "bearer",
            kind: rt::SchemeKind::Bearer,
        },
    ],
    errors: rt::ErrorShape {
        code: Some("code"),
        message: Some("message"),
        request_id: Some("request_id"),
    },
    refused: &[],
};

const fn key(location: rt::Location, name: &'static str) -> rt::SchemeKind {
    rt::SchemeKind::ApiKey { location, name }
}

const POST: rt::Operation = rt::Operation {
    method: rt::Method::Post,
    parameters: &[rt::Parameter::path("id"), rt::Parameter::query("at")],
    path: "/{id}",
    ..rt::Operation::NEW
};

/// One for each way to carry secrets.
static OPERATIONS: [rt::Operation; 4] = [
    rt::Operation {
        security: &[&[(0, &[])]],
        ..POST
    },
    rt::Operation {
        security: &[&[(1, &[])]],
        ..POST
    },
    rt::Operation {
        security: &[&[(2, &[]), (3, &[]), (4, &[])]],
        ..POST
    },
    rt::Operation {
        security: &[&[(5, &[])]],
        ..POST
    },
];

static LIST: rt::Pagination =
    rt::Pagination::new(rt::PageStyle::Url { next: &["next"] }, &["items"]);

/// All that was shown.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn add(&mut self, value: &impl Debug) {
        self.0.push_str(&format!("{value:?}\n{value:#?}\n"));
    }

    fn error(&mut self, error: &rt::Error) {
        self.add(error);
        self.0.push_str(&format!("{error}\n{error:#}\n"));
        let mut source = error.source();
        while let Some(cause) = source {
            self.0
                .push_str(&format!("{cause}\n{cause:?}\n{cause:#?}\n"));
            source = cause.source();
        }
    }
}

fn builder(peer: &Peer, token: &str) -> rt::Builder {
    let builder = builder_without_traces(peer, token);
    #[cfg(feature = "tracing")]
    let builder = builder.observe(rt::TraceAttempts);
    builder
}

fn builder_without_traces(peer: &Peer, token: &str) -> rt::Builder {
    let token = format!("{}/token/{token}", peer.url);
    let environment = rt::Environment::custom(&peer.url, Some(token));
    let certificate = peer.certificate.clone();
    rt::Client::builder(&API, environment)
        .client(0, "id".into(), PLANTED[0].into())
        .basic(1, "user".into(), PLANTED[2].into())
        .secret(2, PLANTED[3].into())
        .secret(3, PLANTED[4].into())
        .secret(4, PLANTED[5].into())
        .token(5, PLANTED[6].into())
        .default_header("X-Default".into(), PLANTED[7].into())
        .http_client(move |http| {
            // A user who looks for a fault might want that.
            let http = http.connection_verbose(true);
            match &certificate {
                Some(der) => match rt::reqwest::Certificate::from_der(der) {
                    Ok(certificate) => http.tls_certs_only([certificate]),
                    Err(_) => http,
                },
                None => http,
            }
        })
}

fn call(client: &rt::Client, operation: &'static rt::Operation) -> rt::Call<rt::Json<Hosted>> {
    let mut call = client.call(operation);
    call.set(0, PLANTED[9]);
    call.json("application/json", &rt::SecretText::from(PLANTED[8]));
    call.header("X-Own", PLANTED[10])
}

type Hosted = rt::SecretText;

/// Every end that a call can come to.
async fn drive(peer: &Peer, shown: &mut Shown) -> Result<(), rt::Error> {
    for token in ["well", "echo", "garbage", "drop", "status"] {
        for end in [
            "well",
            "echo",
            "garbage",
            "drop",
            "status",
            "unauthorized",
            "list",
        ] {
            let builder = builder(peer, token);
            shown.add(&builder);
            let client = builder.build()?;
            for operation in &OPERATIONS {
                let mut call = call(&client, operation);
                call.set(1, end);
                shown.add(&call);
                match call.send().await {
                    Ok(response) => shown.add(&response),
                    Err(error) => shown.error(&error),
                }
            }
            shown.add(&client);
        }
    }
    let client = builder(peer, "well").build()?;
    let mut list = client.call::<rt::Empty>(&OPERATIONS[2]);
    list.set(0, PLANTED[9]);
    list.set(1, "list");
    let mut items = list.items::<rt::SecretText>(&LIST);
    let error = items.try_next().await.map(drop);
    assert!(error.is_err(), "the next page is another server's");
    error.err().iter().for_each(|error| shown.error(error));
    shown.add(&items);
    unsendable(peer, shown).await
}

/// A struct of an API, with personal data.
struct Person {
    name: String,
    contact: Option<Vec<Contact>>,
    notes: Option<rt::Value>,
    extra: rt::Extra,
}

rt::record! {
    Person {
        Required name: String = "name",
        Optional contact: Option<Vec<Contact>> = "contact",
        Optional notes: Option<rt::Value> = "notes";
        ..extra: rt::Extra,
    } hides ["name"]
}

#[derive(Clone, PartialEq)]
enum Contact {
    Count(i64),
    Unknown(rt::Value),
}

rt::union! {
    Contact {
        Count = rt::Branch::of(rt::INTEGER),
    }
}

/// An answer, with more in it than its type describes.
fn data(shown: &mut Shown) -> Tested {
    let text = r#"{"name": "mark-name", "contact": [1, {"email": "mark-email"}], "notes": {"a": ["mark-note", 5]},
        "launch_url": "mark-launch-url", "deeper": [{"launch_url": "mark-launch-url"}]}"#;
    let person: Person = serde_json::from_str(text)?;
    assert_eq!(person.name, "mark-name");
    assert_eq!(
        format!("{person:?}"),
        "Person { name: [REDACTED], contact: Some([Count(1), Unknown(Object {\"email\": String(…)})]), \
         notes: Some(Object {\"a\": Array [String(…), Number(…)]}), \"launch_url\": String(…), \
         \"deeper\": Array [Object {\"launch_url\": String(…)}] }"
    );
    shown.add(&person);
    shown.add(&person.extra);
    shown.add(&person.contact);
    Ok(())
}

static PICKY: rt::Operation = rt::Operation {
    security: &[&[(0, &[])]],
    constraints: Some(&PICKY_CONSTRAINTS),
    ..POST
};

static PICKY_CONSTRAINTS: rt::Constraints = rt::Constraints::new(
    r#"{"properties": {"path id": {"maxLength": 3, "pattern": "^[0-9]$"}, "body application/json": {"minLength": 99}}}"#,
    &[],
);

/// Calls that cannot be sent, and clients that cannot be built.
async fn unsendable(peer: &Peer, shown: &mut Shown) -> Result<(), rt::Error> {
    let long = format!("{}{}", PLANTED[9], "a".repeat(1 << 20));
    let client = builder(peer, "well").build()?;
    let mut call = client.call::<rt::Empty>(&OPERATIONS[2]);
    call.set(0, &long);
    shown.add(&call);
    shown
        .0
        .extend(call.await.err().map(|error| format!("{error} {error:?}")));
    let picky = self::call(&client, &PICKY).await;
    picky.err().iter().for_each(|error| shown.error(error));
    let broken = |text: &str| format!("{text}\n").into();
    for builder in [
        builder(peer, "well").secret(2, broken(PLANTED[3])),
        builder(peer, "well").token(5, format!("{}\n", PLANTED[6]).into()),
        builder(peer, "well").default_header("X".into(), format!("{}\n", PLANTED[7])),
        builder(peer, "well").server_variable("region".into(), PLANTED[0].into()),
        builder(peer, "well").base_url(format!("https://u:{}@x.test", "mark-password")),
        builder(peer, "well").base_url(format!("{}/{}", peer.url, PLANTED[9])),
        builder(peer, "well").base_url(PLANTED[9].into()),
    ] {
        shown.add(&builder);
        match builder.build() {
            Ok(client) => {
                shown.add(&client);
                for operation in &OPERATIONS[2..] {
                    let ended = self::call(&client, operation).await;
                    ended.err().iter().for_each(|error| shown.error(error));
                }
            }
            Err(error) => shown.error(&error),
        }
    }
    let call = self::call(&client, &OPERATIONS[0]);
    let call = call.header("X-Own", &format!("{}\n", PLANTED[7]));
    call.await.err().iter().for_each(|error| shown.error(error));
    Ok(())
}

/// Nothing of a text that begins like a secret may be there, in whatever form the rest of it is written.
fn assert_hidden(what: &str, text: &str) {
    let mut lines = text.lines();
    let found = lines.find(|line| line.contains("mark-"));
    assert_eq!(found, None, "in {what}");
    // `mark-` and what HTTP basic has before it, at each place that it may have in base64.
    for form in ["bWFyay", "1hcmst", "tYXJrL"] {
        assert!(!text.contains(form), "{what} has {form}");
    }
}

async fn nothing_is_shown(protocol: Protocol) -> Tested {
    let logs = collector::install();
    let peer = Peer::start(protocol).await?;
    let mut shown = Shown::default();
    drive(&peer, &mut shown).await?;
    data(&mut shown)?;
    let seen = peer.seen();
    for secret in PLANTED {
        let start = secret.trim_end_matches(|it: char| !it.is_alphanumeric());
        assert!(seen.contains(start), "{secret} was not sent");
    }
    assert!(peer.sent().contains(GIVEN) && peer.sent().contains(PLANTED[1]));
    assert_hidden("what was shown", &shown.0);
    let logs = logs.taken();
    for part in protocol.logged() {
        assert!(logs.contains(part), "{part} has logged nothing");
    }
    #[cfg(feature = "tracing")]
    for part in [
        "span tilt_runtime::client::trace call",
        "event tilt_runtime::client::trace ",
    ] {
        assert!(logs.contains(part), "{part} is not there");
    }
    assert_hidden("the log", &logs);
    Ok(())
}

#[tokio::test]
async fn no_secret_is_shown_over_http_1_and_over_http_2_with_tls() -> Tested {
    // One after the other: they log to the same place.
    nothing_is_shown(Protocol::Http1).await?;
    nothing_is_shown(Protocol::Http2WithTls).await
}
