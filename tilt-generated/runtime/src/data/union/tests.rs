//! Unions made by the macro, and how their variants are told apart.
#![allow(unreachable_pub, reason = "the macros make public methods")]

use super::*;
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Both variants look alike; only what comes last in an object tells `Flag` from `Count`.
#[derive(Debug, Clone, PartialEq)]
enum Look {
    Flag(BTreeMap<String, Member<bool>>),
    Count(BTreeMap<String, Member<i64>>),
    Unknown(Value),
}

/// A union of `Look`s, or the value that tells.
#[derive(Debug, Clone, PartialEq)]
enum Member<T> {
    Look(Box<Look>),
    Last(T),
}

impl<'de, T: Wire> Deserialize<'de> for Member<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Content::deserialize(deserializer)?;
        let read = match value {
            Content::Object(_) => Look::from_value(value).map(|it| Self::Look(Box::new(it))),
            value => T::from_value(value).map(Self::Last),
        };
        read.map_err(|_| D::Error::custom("of another type"))
    }
}

impl<T: Serialize> Serialize for Member<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Look(look) => look.serialize(serializer),
            Self::Last(last) => last.serialize(serializer),
        }
    }
}

impl<T: Wire> Wire for Member<T> {}
impl<T: Wire> Wire for BTreeMap<String, Member<T>> {}

thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

impl Union for Look {
    const DISCRIMINATOR: Option<&'static str> = None;
    const BRANCHES: &'static [Branch] = &[Branch::of(OBJECT), Branch::of(OBJECT)];
    const IS_OPEN: bool = true;

    fn read_variant(index: usize, value: &mut Content<'_>, attempt: Attempt) -> Option<Self> {
        STEPS.set(STEPS.get() + value.size());
        match index {
            0 => read_variant(value, attempt, Self::Flag),
            1 => read_variant(value, attempt, Self::Count),
            _ => read_variant(value, attempt, Self::Unknown),
        }
    }
}

impl Wire for Look {
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        choose(value)
    }
}

impl Serialize for Look {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(members) => members.serialize(serializer),
            Self::Count(members) => members.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Look {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_union(deserializer)
    }
}

/// Unions in unions, none of which any variant takes, and only their ends tell.
fn hostile(levels: usize) -> String {
    (0..levels).fold("{\"z\":\"\"}".to_owned(), |inner, _| {
        format!("{{\"a\":{inner},\"z\":\"\"}}")
    })
}

fn steps<T: serde::de::DeserializeOwned + Serialize>(text: &str) -> usize {
    STEPS.set(0);
    let value: T = serde_json::from_str(text).expect("JSON");
    let again = serde_json::to_string(&value).expect("JSON");
    assert!(again == text, "what was not understood is not lost");
    STEPS.get()
}

#[test]
fn the_work_of_reading_grows_with_the_text_and_not_with_its_nesting() {
    for levels in [1, 10, 60] {
        let element = hostile(levels);
        let alone = steps::<Look>(&element);
        let values = element.matches(['{', '"']).count();
        assert!(alone <= values * 100, "{alone} steps for {levels} levels");
        for elements in [10, 40] {
            let array = format!("[{}]", vec![element.as_str(); elements].join(","));
            assert_eq!(steps::<Vec<Look>>(&array), elements * alone);
            let body: Vec<Look> = crate::data::json::read(array.as_bytes()).expect("JSON");
            assert_eq!(body.len(), elements);
        }
    }
}

#[test]
fn all_unions_of_a_body_share_what_they_may_look_at_again() {
    let read = |elements: usize, retries: usize| {
        let text = format!("[{}]", vec![hostile(30); elements].join(","));
        Body::enter(retries).read(|| steps::<Vec<Look>>(&text))
    };
    let alone = read(1, usize::MAX);
    let without = read(1, 0);
    assert!(without * 2 < alone, "{without} steps of {alone}");
    // Enough for two elements, and for none of the others.
    let retries = 2 * 32 * (2 * 30 + 2);
    let many = read(40, retries);
    assert!(
        many <= 3 * alone + 40 * without,
        "{many} steps, alone {alone}"
    );
    assert_eq!(read(1, usize::MAX), alone);
}

#[test]
fn a_body_has_retries_of_its_own() {
    let before = RETRIES_OF_BODY.get();
    let (inside, nested) = within_a_body(|| {
        let inside = RETRIES_OF_BODY.get();
        RETRIES_OF_BODY.set(5);
        (inside, within_a_body(|| RETRIES_OF_BODY.get()))
    });
    assert_eq!((inside, nested), (RETRIES_PER_BODY, 5));
    assert_eq!(RETRIES_OF_BODY.get(), before);
}

#[test]
fn one_value_of_many_unions_takes_no_more_than_they_do_alone() {
    let alone = steps::<Look>(&hostile(30));
    let members: Vec<String> = (0..50)
        .map(|at| format!("\"a{at:02}\":{}", hostile(30)))
        .collect();
    let together = steps::<Look>(&format!("{{{}}}", members.join(",")));
    assert!(together <= 60 * alone, "{together} steps, alone {alone}");
}

#[test]
fn a_hundred_thousand_ordinary_unions_are_all_understood() {
    let array = format!("[{}]", vec!["{\"a\":{\"z\":7},\"z\":7}"; 100_000].join(","));
    let looks: Vec<Look> = crate::data::json::read(array.as_bytes()).expect("JSON");
    assert!(looks.iter().all(|look| matches!(look, Look::Count(_))));
    // The same in one union, whose retries they share.
    let members: Vec<String> = (0..10_000)
        .map(|at| format!("\"{at}\":{{\"a\":{{\"z\":7}},\"z\":7}}"))
        .collect();
    let text = format!("{{{},\"z\":7}}", members.join(","));
    let Ok(Look::Count(members)) = serde_json::from_str::<Look>(&text) else {
        unreachable!("its last member is a number")
    };
    assert_eq!(members.len(), 10_001);
    let understood = |member: &Member<i64>| match member {
        Member::Look(look) => matches!(**look, Look::Count(_)),
        Member::Last(_) => true,
    };
    assert!(members.values().all(understood));
}

#[test]
fn a_failure_inside_leaves_the_next_value_all_its_retries() {
    let alone = steps::<Look>(&hostile(20));
    assert!(serde_json::from_str::<Vec<Look>>("[{\"a\":{\"z\":").is_err());
    assert_eq!(DEPTH.get(), 0);
    assert_eq!(steps::<Look>(&hostile(20)), alone);
}

crate::open_enum! {
    OnlyA {
        A = "a",
    }
}

enum OnlyA {
    A,
    Unknown(String),
}

crate::open_enum! {
    OnlyB {
        B = "b",
    }
}

enum OnlyB {
    B,
    Unknown(String),
}

/// Maps that look alike: their values tell, at any depth.
#[derive(Clone, PartialEq)]
enum Deep {
    A(crate::Map<Vec<OnlyA>>),
    B(crate::Map<Vec<OnlyB>>),
    Unknown(Value),
}

crate::union! {
    Deep {
        A = Branch::of(OBJECT),
        B = Branch::of(OBJECT),
    }
}

/// Unions of unions.
#[derive(Clone, PartialEq)]
enum Outer {
    Limit(Limit),
    Deep(Deep),
    Unknown(Value),
}

crate::union! {
    Outer {
        Limit = Branch::of(OBJECT | INTEGER),
        Deep = Branch::of(OBJECT),
    }
}

#[derive(Clone, PartialEq)]
enum Limit {
    Count(i64),
    Counts(crate::Map<i64>),
    Unknown(Value),
}

crate::union! {
    Limit {
        Count = Branch::of(INTEGER),
        Counts = Branch::of(OBJECT),
    }
}

#[test]
fn what_fits_only_through_an_unknown_value_is_tried_last_at_any_depth() {
    let read = |text: &str| serde_json::from_str::<Outer>(text).expect("JSON");
    assert!(matches!(read(r#"{"x": ["b"]}"#), Outer::Deep(Deep::B(_))));
    assert!(matches!(read(r#"{"x": ["a"]}"#), Outer::Deep(Deep::A(_))));
    assert!(matches!(
        read(r#"{"x": 1}"#),
        Outer::Limit(Limit::Counts(_))
    ));
    // None of them: the first that keeps it, as it is.
    let other: Outer = read(r#"{"x": ["c"]}"#);
    assert_eq!(
        serde_json::to_string(&other).expect("JSON"),
        r#"{"x":["c"]}"#
    );
    assert!(matches!(
        serde_json::from_str::<Deep>(r#"{"x": ["c"]}"#),
        Ok(Deep::A(_))
    ));
}
