//! Discriminators that unions write, and what they leave as it was.

use crate as rt;
use serde_json::{Value, json};

/// Declares no discriminator.
pub(super) struct Plain {
    pub(super) n: Option<i64>,
    pub(super) extra: rt::Extra,
}

rt::record! {
    Plain: Default {
        Optional n: Option<i64> = "n";
        ..extra: rt::Extra,
    }
}

/// Declares one that may be absent.
pub(super) struct Declared {
    pub(super) kind: Option<String>,
    pub(super) extra: rt::Extra,
}

rt::record! {
    Declared: Default {
        Optional kind: Option<String> = "kind";
        ..extra: rt::Extra,
    }
}

/// Declares one that is no text.
pub(super) struct Flagged {
    pub(super) kind: Option<bool>,
    pub(super) extra: rt::Extra,
}

rt::record! {
    Flagged: Default {
        Optional kind: Option<bool> = "kind";
        ..extra: rt::Extra,
    }
}

#[derive(Clone, PartialEq)]
enum Outer {
    Plain(Box<Plain>),
    Declared(Box<Declared>),
    Flagged(Box<Flagged>),
    Inner(Box<Inner>),
    Same(Box<Same>),
    Base(Box<Plain>),
    Number(Box<Plain>),
    Digits(Box<Plain>),
    Unknown(rt::Value),
}

rt::tagged_union! {
    Outer by "kind" {
        Plain = rt::Branch::of(rt::OBJECT).selected_by(&["plain"]) => record,
        Declared = rt::Branch::of(rt::OBJECT).selected_by(&["declared", "other"]) => record,
        Flagged = rt::Branch::of(rt::OBJECT).selected_by(&["false"]).tags(&[("kind", &["false"])]) => record,
        Inner = rt::Branch::of(rt::OBJECT).selected_by(&["inner"]) => union,
        Same = rt::Branch::of(rt::OBJECT).selected_by(&["same", "x"]) => union,
        Base = rt::Branch::of(rt::OBJECT).selected_by(&["base"]).and_any_other() => record,
        Number = rt::Branch::of(rt::OBJECT).selected_by(&["1"]).written_as("1") => record,
        Digits = rt::Branch::of(rt::OBJECT).selected_by(&["2"]) => record,
    }
}

#[derive(Clone, PartialEq)]
enum Inner {
    Plain(Box<Plain>),
    Unknown(rt::Value),
}

rt::tagged_union! {
    Inner by "type" {
        Plain = rt::Branch::of(rt::OBJECT).selected_by(&["a"]) => record,
    }
}

/// By the discriminator of the union around it.
#[derive(Clone, PartialEq)]
enum Same {
    Plain(Box<Plain>),
    Unknown(rt::Value),
}

rt::tagged_union! {
    Same by "kind" {
        Plain = rt::Branch::of(rt::OBJECT).selected_by(&["x"]) => record,
    }
}

fn written(union: &Outer) -> Value {
    serde_json::to_value(union).expect("JSON")
}

#[test]
fn a_union_writes_the_discriminator_of_the_variant_that_it_holds() {
    assert_eq!(
        written(&Outer::Plain(Box::default())),
        json!({"kind": "plain"})
    );
    assert_eq!(
        written(&Outer::Declared(Box::default())),
        json!({"kind": "declared"})
    );
    assert_eq!(
        written(&Outer::Flagged(Box::default())),
        json!({"kind": false})
    );
    assert_eq!(written(&Outer::Number(Box::default())), json!({"kind": 1}));
    assert_eq!(
        written(&Outer::Digits(Box::default())),
        json!({"kind": "2"})
    );
    let inner = Outer::Inner(Box::new(Inner::Plain(Box::default())));
    assert_eq!(written(&inner), json!({"type": "a", "kind": "inner"}));
    assert_eq!(
        written(&Outer::Base(Box::default())),
        json!({"kind": "base"})
    );
}

#[test]
fn a_text_that_selects_another_variant_gives_way() {
    let declared = |kind: &str| {
        let kind = Some(kind.to_owned());
        let extra = rt::Extra::new();
        written(&Outer::Declared(Box::new(Declared { kind, extra })))
    };
    assert_eq!(declared("plain"), json!({"kind": "declared"}));
    assert_eq!(declared("other"), json!({"kind": "other"}));
    let plain = |kind: &str| {
        let mut plain = Plain::default();
        plain.extra.insert("kind", kind);
        Box::new(plain)
    };
    assert_eq!(written(&Outer::Plain(plain("x"))), json!({"kind": "plain"}));
    // The variant of all other kinds has any.
    assert_eq!(written(&Outer::Base(plain("x"))), json!({"kind": "x"}));
}

#[test]
fn what_was_read_is_written_as_it_was() {
    for value in [
        json!({}),
        json!({"kind": null}),
        json!({"kind": 5}),
        json!({"kind": ["plain"]}),
        json!({"kind": "plain"}),
        json!({"kind": "other"}),
        json!({"kind": false}),
        json!({"kind": "inner", "n": 1}),
        json!({"kind": "inner", "type": "a"}),
        json!({"kind": "inner", "type": "b"}),
        json!({"kind": "new", "n": 1}),
        json!({"kind": "x", "n": 1}),
        json!({"kind": "same", "n": 1}),
    ] {
        let read: Outer = serde_json::from_value(value.clone()).expect("JSON");
        assert_eq!(written(&read), value, "{read:?}");
        assert_eq!(written(&read.clone()), value, "{read:?}");
    }
}

#[test]
fn a_discriminator_of_any_json_type_selects() {
    let read = |value: Value| serde_json::from_value::<Outer>(value).expect("JSON");
    assert!(matches!(read(json!({"kind": false})), Outer::Flagged(_)));
    assert!(matches!(read(json!({"kind": "new"})), Outer::Base(_)));
    assert!(matches!(read(json!({"kind": "inner"})), Outer::Inner(_)));
}

#[test]
fn a_struct_that_was_read_without_is_equal_to_one_that_was_made() {
    let read: Outer = serde_json::from_value(json!({})).expect("JSON");
    assert_eq!(read, Outer::Plain(Box::default()));
}
