//! Decoding and encoding against a twin by `serde_derive`.
//!
//! `cargo bench -p tilt-runtime --bench data` prints nanoseconds for each. For one of them alone,
//! to be counted by callgrind: `-- ours read 1000`.

use serde::Deserialize;
use serde_json::Value;
use std::hint::black_box;
use std::time::Instant;

mod ours {
    #![allow(unreachable_pub, reason = "public, as generated types are")]

    use tilt_runtime as rt;

    #[derive(Debug, Clone, PartialEq)]
    pub struct Address {
        pub line1: String,
        pub city: String,
        pub state: String,
        pub zip: Option<String>,
        pub extra: rt::Extra,
    }

    rt::record! {
        Address {
            required line1 = "line1",
            required city = "city",
            required state = "state",
            optional zip = "zip",
            rest extra,
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    pub struct Payment {
        pub payment_id: String,
        pub amount_cents: i64,
        pub method: String,
        pub created_at: String,
        pub note: Option<String>,
        pub extra: rt::Extra,
    }

    rt::record! {
        Payment {
            required payment_id = "payment_id",
            required amount_cents = "amount_cents",
            required method = "method",
            required created_at = "created_at",
            optional note = "note",
            rest extra,
        }
    }

    #[derive(Debug, Clone, PartialEq)]
    pub struct Order {
        pub order_id: String,
        pub location_id: String,
        pub status: String,
        pub total_cents: i64,
        pub description: Option<String>,
        pub external_reference: Option<String>,
        pub customer_name: Option<String>,
        pub payments: Vec<Payment>,
        pub address: Option<Address>,
        pub active: bool,
        pub count: Option<i64>,
        pub created_at: String,
        pub extra: rt::Extra,
    }

    rt::record! {
        Order {
            required order_id = "order_id",
            required location_id = "location_id",
            required status = "status",
            required total_cents = "total_cents",
            optional description = "description",
            optional external_reference = "external_reference",
            optional customer_name = "customer_name",
            required payments = "payments",
            optional address = "address",
            required active = "active",
            optional count = "count",
            required created_at = "created_at",
            rest extra,
        }
    }
}

mod derived {
    #![allow(unreachable_pub, reason = "public, as generated types are")]

    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Address {
        pub line1: String,
        pub city: String,
        pub state: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub zip: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Payment {
        pub payment_id: String,
        pub amount_cents: i64,
        pub method: String,
        pub created_at: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Order {
        pub order_id: String,
        pub location_id: String,
        pub status: String,
        pub total_cents: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub external_reference: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub customer_name: Option<String>,
        pub payments: Vec<Payment>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub address: Option<Address>,
        pub active: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub count: Option<i64>,
        pub created_at: String,
    }
}

const ORDER: &str = r#"{"order_id":"0193e2a4-1111-7abc-8def-0123456789ab","location_id":"0193e2a4-2222-7abc-8def-0123456789ab","status":"open","total_cents":5000,"description":"Two front tyres, fitted","customer_name":"Alice Example","payments":[{"payment_id":"0193e2a4-3333-7abc-8def-0123456789ab","amount_cents":2500,"method":"card","created_at":"2025-01-01T10:00:00Z"},{"payment_id":"0193e2a4-4444-7abc-8def-0123456789ab","amount_cents":2500,"method":"card","created_at":"2025-01-01T10:05:00Z","note":"second card"}],"address":{"line1":"1 Main Street","city":"Springfield","state":"IL","zip":"62701"},"active":true,"count":3,"created_at":"2025-01-01T09:59:00Z"}"#;

type Work = fn(usize) -> serde_json::Result<()>;

macro_rules! work {
    ($($who:ident)+) => { &[$(
        (stringify!($who), "read", |times| {
            for _ in 0..times {
                black_box(serde_json::from_str::<$who::Order>(black_box(ORDER))?);
            }
            Ok(())
        }),
        (stringify!($who), "read-bytes", |times| {
            for _ in 0..times {
                black_box(serde_json::from_slice::<$who::Order>(black_box(ORDER.as_bytes()))?);
            }
            Ok(())
        }),
        (stringify!($who), "read-value", |times| {
            let value: Value = serde_json::from_str(ORDER)?;
            for _ in 0..times {
                black_box($who::Order::deserialize(black_box(&value))?);
            }
            Ok(())
        }),
        (stringify!($who), "write", |times| {
            let order: $who::Order = serde_json::from_str(ORDER)?;
            for _ in 0..times {
                black_box(serde_json::to_vec(black_box(&order))?);
            }
            Ok(())
        }),
    )+] };
}

const ALL: &[(&str, &str, Work)] = work!(ours derived);

fn main() -> serde_json::Result<()> {
    let arguments: Vec<_> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    if let [who, what, times] = arguments.as_slice() {
        let times = times.parse().unwrap_or(1);
        return match ALL.iter().find(|(its, does, _)| its == who && does == what) {
            Some((_, _, work)) => work(times),
            None => Ok(()),
        };
    }
    for (who, what, work) in ALL {
        const TIMES: usize = 100_000;
        let start = Instant::now();
        work(TIMES)?;
        println!(
            "{who:8} {what:10} {:6} ns",
            start.elapsed().as_nanos() / TIMES as u128
        );
    }
    Ok(())
}
