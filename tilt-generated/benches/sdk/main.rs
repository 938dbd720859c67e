//! Calls and webhooks against the same written by hand.
//!
//! `cargo bench -p tilt-generated --bench sdk` measures time. `--list` says what there is: a line for
//! each case, with the ways to do it. `CASE WAY TIMES` does one of them that often, to be counted.

mod by_hand;
mod server;

use criterion::Criterion;
use server::Server;
use std::error::Error;
use std::hint::black_box;
use tilt_generated::rt::{http::HeaderMap, reqwest};
use tilt_generated::types::{CreateOrder, CreatedOrder, Order};
use tilt_generated::webhooks::Verifier;
use tilt_generated::{Client, Environment, Event, Uuid};
use tokio::runtime::Runtime;

type Done = Result<(), Box<dyn Error>>;

const CASES: [&str; 3] = ["call-get", "call-create", "webhook"];
const WAYS: [&str; 2] = ["ours", "by-hand"];

const ORDER_ID: &str = "0193e2a4-1111-7abc-8def-0123456789ab";
const LOCATION_ID: &str = "0193e2a4-2222-7abc-8def-0123456789ab";

const EVENT: &str = r#"{"v":1,"event_id":"evt_01j2a3b4c5d6e7f8","event_kind":"payment.approved","occurred_at":"2025-01-01T10:00:00Z","partner_id":"0193e2a4-5555-7abc-8def-0123456789ab","resource":{"payment_id":"0193e2a4-3333-7abc-8def-0123456789ab","order_id":"0193e2a4-1111-7abc-8def-0123456789ab","status":"approved","amount_cents":5000,"method":"card","external_reference":"INV-2041"}}"#;
const SECRET: &str = "whsec_0123456789abcdef0123456789abcdef";

/// Both sides of everything, ready to go.
struct Bench {
    runtime: Runtime,
    ours: Client,
    by_hand: by_hand::Client,
    verifier: Verifier,
    headers: HeaderMap,
    _server: Server,
}

impl Bench {
    fn start() -> Result<Self, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let server = Server::start()?;
        let token_url = format!("{}/oauth2/token", server.url);
        let ours = Client::builder(Environment::custom(&server.url).with_token_url(&token_url))
            .credentials("client", "secret")
            .build()?;
        let by_hand = by_hand::Client::new(http_client()?, &server.url, "client", "secret");
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "application/json".parse()?);
        headers.insert(
            "x-tilt-signature",
            by_hand::signature(SECRET, EVENT.as_bytes())?.parse()?,
        );
        Ok(Self {
            runtime,
            ours,
            by_hand,
            verifier: Verifier::new(SECRET),
            headers,
            _server: server,
        })
    }

    fn run(&self, case: &str, way: &str) -> Done {
        match (case, way) {
            ("call-get", "ours") => self.runtime.block_on(async {
                let order: Order = self
                    .ours
                    .orders()
                    .get(Uuid::verbatim(black_box(ORDER_ID)))
                    .await?;
                black_box(order);
                Ok(())
            }),
            ("call-get", "by-hand") => self.runtime.block_on(async {
                let order: by_hand::Order = self.by_hand.order(black_box(ORDER_ID)).await?;
                black_box(order);
                Ok(())
            }),
            ("call-create", "ours") => self.runtime.block_on(async {
                let order = CreateOrder::new(Uuid::verbatim(black_box(LOCATION_ID)), 5000)
                    .customer_name("Alice Example")
                    .external_reference("INV-2041");
                let order: CreatedOrder = self.ours.orders().create(order).await?;
                black_box(order);
                Ok(())
            }),
            ("call-create", "by-hand") => self.runtime.block_on(async {
                let order = by_hand::CreateOrder {
                    location_id: black_box(LOCATION_ID).to_owned(),
                    total_cents: 5000,
                    customer_name: Some("Alice Example".to_owned()),
                    external_reference: Some("INV-2041".to_owned()),
                    ..by_hand::CreateOrder::default()
                };
                let order: by_hand::CreatedOrder = self.by_hand.create_order(order).await?;
                black_box(order);
                Ok(())
            }),
            ("webhook", "ours") => {
                let delivery = self.verifier.receive(&self.headers, black_box(EVENT))?;
                if let Event::PaymentApproved(approved) = delivery.event() {
                    black_box(approved);
                }
                Ok(())
            }
            ("webhook", "by-hand") => {
                let event = by_hand::receive(SECRET, &self.headers, black_box(EVENT.as_bytes()))?;
                black_box(event);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// As the SDK makes it for plain HTTP.
fn http_client() -> Result<reqwest::Client, Box<dyn Error>> {
    Ok(reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .tls_certs_only([])
        .no_proxy()
        .build()?)
}

fn main() -> Done {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--serve"] => server::serve()?,
        ["--list", ..] => {
            for case in CASES {
                println!("{case} {}", WAYS.join(" "));
            }
        }
        [case, way, times] if !case.starts_with('-') => {
            let bench = Bench::start()?;
            for _ in 0..times.parse()? {
                bench.run(case, way)?;
            }
        }
        _ => {
            let bench = Bench::start()?;
            let mut criterion = Criterion::default().configure_from_args();
            for (case, way) in CASES.iter().flat_map(|case| WAYS.map(|way| (case, way))) {
                criterion.bench_function(&format!("{case}/{way}"), |bencher| {
                    bencher.iter(|| bench.run(case, way))
                });
            }
            criterion.final_summary();
        }
    }
    Ok(())
}
