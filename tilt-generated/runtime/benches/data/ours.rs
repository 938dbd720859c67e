//! Types as they are generated.
#![allow(unreachable_pub, reason = "public, as generated types are")]

use tilt_runtime as rt;

#[derive(Clone)]
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

#[derive(Clone)]
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

#[derive(Clone)]
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

#[derive(Clone)]
pub struct Page {
    pub items: Vec<Payment>,
    pub total: i64,
    pub extra: rt::Extra,
}

rt::record! {
    Page {
        required items = "items",
        required total = "total",
        rest extra,
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    Card,
    Ach,
    Unknown(String),
}

rt::open_enum! {
    Method {
        Card = "card",
        Ach = "ach",
    }
}

#[derive(Clone)]
pub struct Card {
    pub kind: String,
    pub last4: String,
    pub method: Method,
    pub extra: rt::Extra,
}

rt::record! {
    Card {
        required kind = "kind",
        required last4 = "last4",
        required method = "method",
        rest extra,
    }
}

#[derive(Clone)]
pub struct Account {
    pub kind: String,
    pub iban: String,
    pub bank: Option<String>,
    pub extra: rt::Extra,
}

rt::record! {
    Account {
        required kind = "kind",
        required iban = "iban",
        optional bank = "bank",
        rest extra,
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Card(Card),
    Account(Account),
    Unknown(rt::Value),
}

rt::union! {
    Source by "kind" {
        Card = rt::Branch::of(rt::OBJECT)
            .selected_by(&["card"])
            .required(&["kind", "last4", "method"])
            .properties(&["kind", "last4", "method"]),
        Account = rt::Branch::of(rt::OBJECT)
            .selected_by(&["account"])
            .required(&["kind", "iban"])
            .properties(&["kind", "iban", "bank"]),
    }
}

pub type Sources = Vec<Source>;
