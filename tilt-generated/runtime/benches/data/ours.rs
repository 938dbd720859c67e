//! Types as they are generated.
#![allow(unreachable_pub, reason = "public, as generated types are")]

use tilt_runtime as rt;

pub struct Address {
    pub line1: String,
    pub city: String,
    pub state: String,
    pub zip: Option<String>,
    pub extra: rt::Extra,
}

rt::record! {
    Address {
        Required line1: String = "line1",
        Required city: String = "city",
        Required state: String = "state",
        Optional zip: Option<String> = "zip";
        ..extra: rt::Extra,
    }
}

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
        Required payment_id: String = "payment_id",
        Required amount_cents: i64 = "amount_cents",
        Required method: String = "method",
        Required created_at: String = "created_at",
        Optional note: Option<String> = "note";
        ..extra: rt::Extra,
    }
}

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
        Required order_id: String = "order_id",
        Required location_id: String = "location_id",
        Required status: String = "status",
        Required total_cents: i64 = "total_cents",
        Optional description: Option<String> = "description",
        Optional external_reference: Option<String> = "external_reference",
        Optional customer_name: Option<String> = "customer_name",
        Required payments: Vec<Payment> = "payments",
        Optional address: Option<Address> = "address",
        Required active: bool = "active",
        Optional count: Option<i64> = "count",
        Required created_at: String = "created_at";
        ..extra: rt::Extra,
    }
}

pub struct Page {
    pub items: Vec<Payment>,
    pub total: i64,
    pub extra: rt::Extra,
}

rt::record! {
    Page {
        Required items: Vec<Payment> = "items",
        Required total: i64 = "total";
        ..extra: rt::Extra,
    }
}

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

pub struct Card {
    pub kind: String,
    pub last4: String,
    pub method: Method,
    pub extra: rt::Extra,
}

rt::record! {
    Card {
        Required kind: String = "kind",
        Required last4: String = "last4",
        Required method: Method = "method";
        ..extra: rt::Extra,
    }
}

pub struct Account {
    pub kind: String,
    pub iban: String,
    pub bank: Option<String>,
    pub extra: rt::Extra,
}

rt::record! {
    Account {
        Required kind: String = "kind",
        Required iban: String = "iban",
        Optional bank: Option<String> = "bank";
        ..extra: rt::Extra,
    }
}

#[derive(Clone, PartialEq)]
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
