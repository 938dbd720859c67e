//! Data types exactly as they are rendered: what generated code may rely on.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::json;
use tilt_runtime as rt;

/// A payment method.
#[non_exhaustive]
pub enum Method {
    /// `card`
    Card,
    /// A value that is not in this list. It is kept as it is.
    Unknown(String),
}

rt::open_enum! {
    Method {
        Card = "card",
    }
}

/// A payment.
#[non_exhaustive]
pub struct Payment {
    /// In cents.
    pub amount_cents: i64,
    /// How it is paid.
    pub method: Method,
    /// A note.
    pub note: Option<String>,
    /// Null until the processor knows it.
    pub reference: Option<String>,
    /// Null removes it.
    pub label: rt::Maybe<String>,
    /// All other properties.
    pub extra: rt::Extra,
}

impl Payment {
    /// With what is required.
    pub fn new(amount_cents: i64, method: impl Into<Method>) -> Self {
        Self {
            amount_cents,
            method: method.into(),
            note: None,
            reference: None,
            label: rt::Maybe::Absent,
            extra: rt::Extra::new(),
        }
    }

    /// Sets `note`.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Sets `label`.
    pub fn label(mut self, label: impl Into<rt::Maybe<String>>) -> Self {
        self.label = label.into();
        self
    }
}

rt::record! {
    Payment {
        Required amount_cents: i64 = "amount_cents",
        Required method: Method = "method",
        Optional note: Option<String> = "note",
        Nullable reference: Option<String> = "reference",
        Optional label: rt::Maybe<String> = "label";
        ..extra: rt::Extra,
    }
}

/// Limits by name.
#[non_exhaustive]
pub struct Limits {
    /// For all that have none of their own.
    pub default: rt::Maybe<i64>,
    /// All other properties.
    pub extra: rt::Map<i64>,
}

rt::record! {
    Limits: Default {
        Optional default: rt::Maybe<i64> = "default";
        ..extra: rt::Map<i64>,
    }
}

/// A payment, many, or a name.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Source {
    /// `Payment`
    Payment(Box<Payment>),
    /// `Limits`
    Limits(Box<Limits>),
    /// `Vec<Source>`
    Many(Vec<Source>),
    /// `i64`
    Count(i64),
    /// `rt::Number`
    Number(rt::Number),
    /// `Method`
    Method(Method),
    /// `String`
    Name(String),
    /// A value that is none of these. It is kept as it is.
    Unknown(rt::Value),
}

rt::union! {
    Source {
        Payment = rt::Branch::of(rt::OBJECT)
            .required(&["amount_cents", "method"])
            .properties(&["amount_cents", "method", "note", "reference", "label"]),
        Limits = rt::Branch::of(rt::OBJECT).properties(&["default"]),
        Many = rt::Branch::of(rt::ARRAY),
        Count = rt::Branch::of(rt::INTEGER),
        Number = rt::Branch::of(rt::NUMBER),
        Method = rt::Branch::of(rt::STRING).values(&["\"card\""]),
        Name = rt::Branch::of(rt::STRING),
    }
}

/// One of two, told apart by a property.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Tagged {
    /// `Limits`
    A(Box<Limits>),
    /// `Payment`
    B(Box<Payment>),
    /// A value that is none of these. It is kept as it is.
    Unknown(rt::Value),
}

rt::union! {
    Tagged by "kind" {
        A = rt::Branch::of(rt::OBJECT).selected_by(&["a", "1"]),
        B = rt::Branch::of(rt::OBJECT).selected_by(&["b"]).required(&["amount_cents"]),
    }
}

fn read<T: rt::Wire>(value: serde_json::Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap()
}

fn through<T: rt::Wire>(value: &serde_json::Value) -> serde_json::Value {
    serde_json::to_value(read::<T>(value.clone())).unwrap()
}

#[test]
fn absent_null_and_values_are_told_apart() {
    for payment in [
        json!({"amount_cents": 1, "method": "card", "reference": null}),
        json!({"amount_cents": 1, "method": "card", "reference": "r", "label": null}),
        json!({"amount_cents": 1, "method": "new", "reference": null, "label": "l", "note": "n"}),
    ] {
        assert_eq!(through::<Payment>(&payment), payment);
    }
}

#[test]
fn a_null_that_should_not_be_goes_back_out_until_there_is_a_value() {
    let sent = json!({"amount_cents": 1, "method": "card", "note": null, "reference": null});
    let payment: Payment = read(sent.clone());
    assert_eq!(payment.note, None);
    assert_eq!(serde_json::to_value(&payment).unwrap(), sent);
    let written = serde_json::to_string(&payment.note("n")).unwrap();
    assert_eq!(written.matches("note").count(), 1, "{written}");
}

#[test]
fn what_should_be_there_and_is_not_stays_away_until_there_is_a_value() {
    let sent = json!({"amount_cents": 1, "method": "card"});
    let mut payment: Payment = read(sent.clone());
    assert_eq!(payment.reference, None);
    assert_eq!(through::<Payment>(&sent), sent);
    assert_eq!(through::<Source>(&sent), sent);
    payment.extra.insert("a", 1);
    payment.extra.remove("a");
    assert_eq!(serde_json::to_value(&payment).unwrap(), sent);
    payment.reference = Some("r".to_owned());
    let written = serde_json::to_value(&payment).unwrap();
    assert_eq!(written["reference"], "r");
    let made = serde_json::to_value(Payment::new(1, "card")).unwrap();
    assert_eq!(made["reference"], json!(null));
}

#[test]
fn fields_of_later_groups_stay_away_as_well() {
    struct Wide {
        first: Option<i64>,
        second: Option<i64>,
        extra: rt::Extra,
    }
    rt::record! {
        Wide {
            Nullable first: Option<i64> = "1";
            Nullable second: Option<i64> = "2";
            ..extra: rt::Extra,
        }
    }
    for text in [
        "{}",
        r#"{"1":null}"#,
        r#"{"2":null}"#,
        r#"{"1":null,"2":null}"#,
    ] {
        let wide: Wide = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&wide).unwrap(), text);
    }
}

#[test]
fn unknown_properties_come_back_in_order() {
    let text = r#"{"z":1,"amount_cents":1,"a":[null],"method":"card","m":{"b":1,"a":2}}"#;
    let payment: Payment = serde_json::from_str(text).unwrap();
    let names: Vec<_> = payment.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["z", "a", "m"]);
    let written = serde_json::to_string(&payment).unwrap();
    assert!(
        written.ends_with(r#""z":1,"a":[null],"m":{"b":1,"a":2}}"#),
        "{written}"
    );
}

#[test]
fn a_field_goes_before_an_extra_of_its_name() {
    let mut payment = Payment::new(5, "card");
    payment.extra.insert("amount_cents", 7);
    assert_eq!(serde_json::to_value(&payment).unwrap()["amount_cents"], 5);
}

#[test]
fn errors_name_the_property() {
    let missing = serde_json::from_str::<Payment>(r#"{"method": "card"}"#).unwrap_err();
    assert!(
        missing.to_string().contains("missing field `amount_cents`"),
        "{missing}"
    );
    let null = serde_json::from_str::<Payment>(r#"{"amount_cents": null}"#).unwrap_err();
    assert!(null.to_string().contains("null"), "{null}");
    let list = serde_json::from_str::<Payment>("[1]").unwrap_err();
    assert!(list.to_string().contains("an object (Payment)"), "{list}");
    assert!(serde_json::from_str::<Payment>(r#"{"amount_cents": 1,"#).is_err());
}

#[test]
fn fields_of_all_groups_are_read_and_written_in_order() {
    struct Wide {
        first: i64,
        twelfth: rt::Maybe<i64>,
        thirteenth: String,
        last: Option<i64>,
        extra: rt::Extra,
    }
    rt::record! {
        Wide {
            Required first: i64 = "1", Optional twelfth: rt::Maybe<i64> = "12";
            Required thirteenth: String = "13";
            Optional last: Option<i64> = "25";
            ..extra: rt::Extra,
        }
    }
    let text = r#"{"1":1,"12":null,"13":"x","25":25,"more":[]}"#;
    let wide: Wide = serde_json::from_str(text).expect("all that is required");
    assert_eq!(wide, wide.clone());
    assert_eq!(serde_json::to_string(&wide).expect("JSON"), text);
    let debugged = r#"Wide { 1: 1, 12: Null, 13: "x", 25: Some(25), "more": Array [] }"#;
    assert_eq!(format!("{wide:?}"), debugged);
    let missing = serde_json::from_str::<Wide>(r#"{"1": 1, "25": 2}"#).expect_err("no 13");
    assert!(missing.to_string().starts_with("missing field `13`"));
    let other = Wide {
        last: None,
        ..wide.clone()
    };
    assert_ne!(wide, other);
}

#[test]
fn many_fields_are_found_in_any_order() {
    macro_rules! letters {
        ($($first:ident $name:literal)+; $($second:ident $other:literal)+; $($third:ident $last:literal)+;) => {
            struct Letters { $($first: i64,)+ $($second: i64,)+ $($third: i64,)+ extra: rt::Extra }
            rt::record! { Letters {
                $(Required $first: i64 = $name),+; $(Required $second: i64 = $other),+;
                $(Required $third: i64 = $last),+; ..extra: rt::Extra
            } }
        };
    }
    letters! {
        a "a" b "b" c "c" d "d" e "e" f "f" g "g" h "h" i "i";
        j "j" k "k" l "l" m "m" n "n" o "o" p "p" q "q" r "r";
        s "s" t "t" u "u" v "v" w "w" x "x" y "y" z "z";
    }
    let backwards: rt::Map<u8> = (b'a'..=b'z')
        .rev()
        .map(|letter| (char::from(letter).to_string(), letter))
        .chain([("ä".to_owned(), 0)])
        .collect();
    let letters: Letters = read(json!(backwards));
    assert_eq!((letters.a, letters.n, letters.z), (97, 110, 122));
    assert_eq!(letters.extra.len(), 1);
    assert_eq!(json!(letters), json!(backwards));
}

#[test]
fn whole_numbers_are_integers_however_written() {
    for text in ["1", "1.0", "1e0"] {
        let limits: Limits = serde_json::from_str(&format!(r#"{{"default": {text}}}"#)).unwrap();
        assert_eq!(limits.default, rt::Maybe::Value(1));
    }
    for text in ["1.5", "1e30", "18446744073709551615", "\"1\""] {
        assert!(serde_json::from_str::<Limits>(&format!(r#"{{"default": {text}}}"#)).is_err());
    }
}

#[test]
fn typed_extras_are_typed() {
    let limits: Limits = read(json!({"default": 1, "low": 2}));
    assert_eq!(limits.extra["low"], 2);
    assert!(serde_json::from_value::<Limits>(json!({"low": "x"})).is_err());
}

#[test]
fn unions_read_the_best_variant() {
    let source = |value| read::<Source>(value);
    assert_eq!(source(json!(5)), Source::Count(5));
    assert_eq!(source(json!(5.5)), Source::Number(5.5.into()));
    // As an integer it would be written as 5.
    assert_eq!(source(json!(5.0)), Source::Number(5.0.into()));
    assert_eq!(source(json!("card")), Source::Method(Method::Card));
    assert_eq!(source(json!("cash")), Source::Name("cash".into()));
    assert_eq!(source(json!(true)), Source::Unknown(true.into()));
    assert!(matches!(source(json!({"low": 1})), Source::Limits(_)));
    assert!(matches!(
        source(json!({"amount_cents": 1, "method": "card"})),
        Source::Payment(_)
    ));
    assert!(matches!(source(json!([1, "a"])), Source::Many(_)));
}

#[test]
fn a_variant_that_cannot_be_read_gives_way() {
    // The payment's amount is no integer, and limits are.
    let source: Source = read(json!({"amount_cents": 1, "method": 2}));
    assert!(matches!(source, Source::Limits(_)), "{source:?}");
    let source: Source = read(json!({"amount_cents": "1", "method": 2}));
    assert!(matches!(source, Source::Unknown(_)), "{source:?}");
}

#[test]
fn a_discriminator_decides_alone() {
    let b = json!({"kind": "b", "amount_cents": 1, "method": "card", "reference": null});
    assert!(matches!(read::<Tagged>(b), Tagged::B(_)));
    assert!(matches!(
        read::<Tagged>(json!({"kind": "b"})),
        Tagged::Unknown(_)
    ));
    assert!(matches!(
        read::<Tagged>(json!({"kind": "c", "default": 1})),
        Tagged::Unknown(_)
    ));
    assert!(matches!(
        read::<Tagged>(json!({"default": 1})),
        Tagged::A(_)
    ));
}

/// Each level can be read in two ways, and both fail at its end: without a limit on second tries
/// the work would double 60 times.
#[test]
fn nesting_does_not_multiply_the_work() {
    struct One {
        next: Option<Box<Chain>>,
        end: i64,
        extra: rt::Extra,
    }
    rt::record! { One { Optional next: Option<Box<Chain>> = "next", Required end: i64 = "end"; ..extra: rt::Extra } }
    struct Two {
        next: Option<Box<Chain>>,
        end: bool,
        extra: rt::Extra,
    }
    rt::record! { Two { Optional next: Option<Box<Chain>> = "next", Required end: bool = "end"; ..extra: rt::Extra } }
    #[derive(Clone, PartialEq)]
    enum Chain {
        One(Box<One>),
        Two(Box<Two>),
        Unknown(rt::Value),
    }
    rt::union! {
        Chain {
            One = rt::Branch::of(rt::OBJECT).required(&["end"]),
            Two = rt::Branch::of(rt::OBJECT).required(&["end"]),
        }
    }
    let mut value = json!({"end": "neither"});
    for _ in 0..60 {
        value = json!({"next": value, "end": "neither"});
    }
    assert_eq!(read::<Chain>(value.clone()), Chain::Unknown(value.into()));
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|it| json!(it)),
        any::<i64>().prop_map(|it| json!(it)),
        any::<u64>().prop_map(|it| json!(it)),
        proptest::num::f64::NORMAL.prop_map(|it| json!(it)),
        "card|[a-z\"\\\\é]{0,6}".prop_map(|it| json!(it)),
    ];
    let name = "amount_cents|method|note|label|reference|default|kind|[a-c]";
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|it| json!(it)),
            prop::collection::vec((name, inner), 0..8)
                .prop_map(|it| json!(it.into_iter().collect::<serde_json::Map<_, _>>())),
        ]
    })
}

/// Equal, where a whole number may be written as an integer, and nothing else may differ.
fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, other) {
        (Number(one), Number(other)) => one.as_f64() == other.as_f64(),
        (Array(one), Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Object(one), Object(other)) => {
            one.iter()
                .all(|(name, value)| other.get(name).is_some_and(|it| same(value, it)))
                && one.len() == other.len()
        }
        _ => one == other,
    }
}

proptest! {
    #[test]
    fn unions_never_fail_and_never_lose(value in any_json()) {
        let written = through::<Source>(&value);
        prop_assert!(same(&value, &written), "{value}\n{written}");
    }

    #[test]
    fn what_a_record_reads_it_writes(value in any_json()) {
        if let Ok(payment) = serde_json::from_value::<Payment>(value.clone()) {
            let written = serde_json::to_value(payment).unwrap();
            prop_assert!(same(&value, &written), "{value}\n{written}");
        }
    }
}

#[test]
fn a_listed_text_is_its_variant_however_it_was_made() {
    let made = Method::Unknown("card".to_owned());
    assert_eq!(made, Method::Card);
    assert!(matches!(made.clone(), Method::Card));
    let both = std::collections::HashSet::from([made, Method::Card]);
    assert_eq!(both.len(), 1);
}

#[test]
fn an_unknown_text_is_kept_and_shown_as_such() {
    let lost = Method::from("lost").clone();
    assert_ne!(lost, Method::Card);
    let shown = format!("{lost:?} {:?}", Method::Card);
    assert_eq!(shown, r#"Unknown("lost") "card""#);
}
