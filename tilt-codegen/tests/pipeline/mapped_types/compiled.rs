//! A user's program against a generated crate with types of the user's.

use std::path::Path;

use tilt_codegen::config::Config;
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

use super::{SETTINGS, model};
use crate::cargo;

/// The user's module of the crate.
const OWN: &str = r#"
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl TryFrom<String> for Currency {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.as_bytes().try_into().map(Self).map_err(|_| "three letters")
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        String::from_utf8_lossy(&currency.0).into_owned()
    }
}

impl From<&str> for Currency {
    fn from(text: &str) -> Self {
        Self::try_from(text.to_owned()).expect("three letters")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub amount: i64,
    pub currency: String,
}
"#;

/// Sends and reads values of the user's types, in a path, a query, a body, an answer and an event.
const PROGRAM: &str = r##"
use mapped::own::{Currency, Money};
use mapped::rt::rust_decimal::Decimal;
use mapped::types::{Level, Rate, Receipt};
use mapped::{Client, Environment, Event, required};
use std::io::{Read, Write};

fn money() -> Money {
    Money { amount: 500, currency: "EUR".to_owned() }
}

fn rate() -> Rate {
    Rate::from(required::Rate {
        limit: money(),
        factor: Decimal::new(110, 2).into(),
        share: Decimal::new(-5, 1).into(),
    })
    .fee(Decimal::new(1000, 2))
    .limits([money()])
}

fn receipt() -> serde_json::Value {
    serde_json::json!({
        "currency": "EUR", "address": "192.0.2.1", "total": {"amount": 1, "currency": "USD"}, "by": "CHF",
    })
}

#[test]
fn values_come_back_as_they_were() {
    let text = serde_json::to_string(&rate()).unwrap();
    assert_eq!(
        text,
        r#"{"factor":"1.10","limit":{"amount":500,"currency":"EUR"},"share":-0.5,"fee":"10.00","limits":[{"amount":500,"currency":"EUR"}]}"#
    );
    let again: Rate = serde_json::from_str(&text).unwrap();
    assert_eq!(again, rate());
    assert_eq!(*again.factor + *again.share, Decimal::new(60, 2));
    let read: Receipt = serde_json::from_value(receipt()).unwrap();
    assert_eq!(read.currency, Currency::from("EUR"));
    assert!(read.address.is_documentation());
    assert_eq!(read.total.amount, 1);
    assert_eq!(serde_json::to_value(&read).unwrap(), receipt());
    let wrong = serde_json::json!({"currency": "EURO"});
    assert!(serde_json::from_value::<Receipt>(wrong).is_err());
}

#[test]
fn a_union_takes_what_each_type_reads() {
    let mut json = receipt();
    for (by, known) in [("CHF".into(), true), (5.into(), true), ("EURO".into(), false)] {
        json["by"] = by;
        let read: Receipt = serde_json::from_value(json.clone()).unwrap();
        let shown = format!("{:?}", read.by);
        assert_eq!(!shown.contains("Unknown"), known, "{shown}");
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
}

#[test]
fn an_event_and_a_sample_are_of_the_users_types() {
    let sample = <Receipt as mapped::Sample>::sample();
    assert_eq!((sample.currency, sample.total), (Currency::from("EUR"), money()));
    let event = Event::parse(br#"{"amount": 500, "currency": "EUR"}"#);
    assert!(matches!(&event, Event::RateChanged(it) if *it == money()), "{event:?}");
}

fn is_eq<T: Eq>() {}
fn is_ord<T: Ord>() {}

#[test]
fn derives_are_there() {
    is_eq::<Rate>();
    is_ord::<Level>();
}

#[tokio::test]
async fn a_call_writes_them_in_path_and_query() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&request).contains("\"limits\":[{") {
            let count = stream.read(&mut buffer).unwrap();
            assert!(count > 0);
            request.extend_from_slice(&buffer[..count]);
        }
        let body = receipt().to_string();
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).unwrap();
        String::from_utf8_lossy(&request).into_owned()
    });
    let client = Client::builder(Environment::custom(&url)).build().unwrap();
    let receipt = client
        .rates()
        .update("EUR", rate())
        .from(std::net::Ipv4Addr::LOCALHOST)
        .of([Currency::from("USD"), Currency::from("CHF")])
        .await
        .unwrap();
    assert_eq!(receipt.total.amount, 1);
    let request = server.join().unwrap();
    let first = request.lines().next().unwrap();
    assert_eq!(first, "POST /rates/EUR?from=127.0.0.1&of=USD&of=CHF HTTP/1.1");
}
"##;

fn package(dir: &Path, own: &str) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().expect("the runtime is there");
    let mut options = RenderOptions::new("mapped");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    let settings = "[package.dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    options.package = Config::from_toml(settings).unwrap().package;
    for file in render::package(&model(SETTINGS).unwrap().sdk, &options) {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut contents = file.contents;
        if file.path == "Cargo.toml" {
            contents += "\n[dev-dependencies]\nserde_json = \"1\"\n\
                         tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n\n[workspace]\n";
        }
        if file.path == "src/lib.rs" {
            contents += "\npub mod own;\n";
        }
        std::fs::write(path, contents).expect("a file");
    }
    std::fs::write(dir.join("src/own.rs"), own).expect("a file");
    cargo::lock(dir);
    std::fs::create_dir(dir.join("tests")).expect("a folder");
}

#[test]
fn a_program_sends_and_reads_its_own_types() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    package(dir.path(), OWN);
    std::fs::write(dir.path().join("tests/program.rs"), PROGRAM).expect("a file");
    let features = ["--features", "samples,schemars"];
    let output = cargo::run(
        dir.path(),
        &[["test", "--quiet", "--offline"].as_slice(), &features].concat(),
    );
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_compiler_says_what_a_type_has_to_implement() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let own = OWN.replacen(
        "#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]",
        "#[derive(Debug, Clone, PartialEq, Eq)]",
        1,
    );
    package(
        dir.path(),
        &own.replace("#[serde(try_from = \"String\", into = \"String\")]\n", ""),
    );
    let output = cargo::run(dir.path(), &["check", "--quiet", "--offline"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    for expected in [
        "Currency: serde::Serialize` is not satisfied",
        "--> src/generated/types/mod.rs",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}
