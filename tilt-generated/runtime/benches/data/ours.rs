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
        required line1: String = "line1",
        required city: String = "city",
        required state: String = "state",
        optional zip: String = "zip",
        rest extra: rt::Extra,
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
        required payment_id: String = "payment_id",
        required amount_cents: i64 = "amount_cents",
        required method: String = "method",
        required created_at: String = "created_at",
        optional note: String = "note",
        rest extra: rt::Extra,
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
        required order_id: String = "order_id",
        required location_id: String = "location_id",
        required status: String = "status",
        required total_cents: i64 = "total_cents",
        optional description: String = "description",
        optional external_reference: String = "external_reference",
        optional customer_name: String = "customer_name",
        required payments: Vec<Payment> = "payments",
        optional address: Address = "address",
        required active: bool = "active",
        optional count: i64 = "count",
        required created_at: String = "created_at",
        rest extra: rt::Extra,
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
        required items: Vec<Payment> = "items",
        required total: i64 = "total",
        rest extra: rt::Extra,
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
        required kind: String = "kind",
        required last4: String = "last4",
        required method: Method = "method",
        rest extra: rt::Extra,
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
        required kind: String = "kind",
        required iban: String = "iban",
        optional bank: String = "bank",
        rest extra: rt::Extra,
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
