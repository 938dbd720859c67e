//! Decoding and encoding against twins by `serde_derive`.
//!
//! `cargo bench -p tilt-runtime --bench data` measures time. `--list` says what there is: a line for
//! each case, with the ways to do it. `CASE WAY TIMES` does one of them that often, to be counted.

mod derived;
mod keeping;
mod ours;

use criterion::Criterion;
use serde::Deserialize;
use serde_json::{Value, from_slice, from_str, from_value, to_vec};
use std::fmt::Write;
use std::hint::black_box;
use std::io;

const ORDER: &str = include_str!("order.json");

type Run = Box<dyn Fn() -> io::Result<()>>;

struct Case {
    name: String,
    way: &'static str,
    run: Run,
}

macro_rules! cases {
    ($cases:ident, $name:literal, $type:ident, $json:expr, $($way:ident)+) => { $(
        let text: &'static str = $json;
        let mut case = |what: &str, run: Run| $cases.push(Case {
            name: format!("{what}-{}", $name),
            way: stringify!($way),
            run,
        });
        case("text", Box::new(|| {
            black_box(from_str::<$way::$type>(black_box(text))?);
            Ok(())
        }));
        let value: Value = from_str(text)?;
        case("value", Box::new(move || {
            black_box(<$way::$type>::deserialize(black_box(&value))?);
            Ok(())
        }));
        let value: Value = from_str(text)?;
        case("owned-value", Box::new(move || {
            black_box(from_value::<$way::$type>(black_box(value.clone()))?);
            Ok(())
        }));
        let data: $way::$type = from_str(text)?;
        case("write", Box::new(move || {
            black_box(to_vec(black_box(&data))?);
            Ok(())
        }));
        let whole = stringify!($way) == "ours";
        case("body", Box::new(move || {
            let bytes = black_box(text.as_bytes());
            // As bodies are read: by the client, and by hand.
            black_box::<$way::$type>(if whole {
                from_str(std::str::from_utf8(bytes).map_err(io::Error::other)?)?
            } else {
                from_slice(bytes)?
            });
            Ok(())
        }));
    )+ };
}

fn cases() -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    cases!(cases, "order", Order, ORDER, ours derived keeping);
    cases!(cases, "page", Page, page().leak(), ours derived keeping);
    cases!(cases, "shuffled", Payment, SHUFFLED, ours derived keeping);
    cases!(cases, "unknown", Payment, UNKNOWN, ours derived keeping);
    cases!(cases, "union", Sources, UNION, ours derived keeping);
    Ok(cases)
}

/// In another order than that of the fields.
const SHUFFLED: &str = r#"{"note":"second card","created_at":"2025-01-01T10:05:00Z","payment_id":"0193e2a4-4444-7abc-8def-0123456789ab","method":"card","amount_cents":2500}"#;

/// Some properties are newer than the types.
const UNKNOWN: &str = r#"{"payment_id":"0193e2a4-4444-7abc-8def-0123456789ab","batch":"b-17","amount_cents":2500,"method":"card","device":{"id":7,"name":"till"},"created_at":"2025-01-01T10:05:00Z","region":"us"}"#;

const UNION: &str = r#"[{"kind":"card","last4":"1111","method":"card"},{"kind":"account","iban":"DE89370400440532013000","bank":"Example"},{"kind":"card","last4":"0002","method":"ach"}]"#;

/// A hundred payments.
fn page() -> String {
    let mut text = String::from(r#"{"items":["#);
    for number in 0..100 {
        let comma = if number > 0 { "," } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            r#"{comma}{{"payment_id":"0193e2a4-{number:04}-7abc-8def-0123456789ab","amount_cents":25{number:02},"method":"card","created_at":"2025-01-01T10:00:00Z"}}"#
        );
    }
    text.push_str(r#"],"total":100}"#);
    text
}

fn main() -> io::Result<()> {
    let cases = cases()?;
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--list", ..] => {
            let mut listed: Vec<&str> = Vec::new();
            for case in &cases {
                if !listed.contains(&case.name.as_str()) {
                    listed.push(&case.name);
                    let same = cases.iter().filter(|other| other.name == case.name);
                    let ways: Vec<_> = same.map(|case| case.way).collect();
                    println!("{} {}", case.name, ways.join(" "));
                }
            }
        }
        [name, way, times] if !name.starts_with('-') => {
            let times = times.parse().unwrap_or(0);
            let case = cases.iter().find(|it| it.name == *name && it.way == *way);
            for _ in 0..times {
                case.map_or(Ok(()), |case| (case.run)())?;
            }
        }
        _ => {
            let mut criterion = Criterion::default().configure_from_args();
            for case in &cases {
                let name = format!("{}/{}", case.name, case.way);
                criterion.bench_function(&name, |bencher| bencher.iter(|| (case.run)()));
            }
            criterion.final_summary();
        }
    }
    Ok(())
}
