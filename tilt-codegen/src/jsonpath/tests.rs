use super::{Halt, Step, select};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(text: &str) -> Result<super::Query, String> {
    super::parse(text, 50)
}

/// The pointers of what a query selects.
fn selected(path: &str, value: &Value, mut steps: usize) -> Result<Vec<String>, Halt> {
    let query = parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut pointers = Vec::new();
    select(&query, value, &mut steps, &mut |way| {
        let steps = way.iter().map(|(step, _)| match step {
            Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => format!("/{index}"),
        });
        pointers.push(steps.collect::<String>());
        0
    })?;
    Ok(pointers)
}

/// The same by a library that has no limits.
fn selected_by_library(path: &str, value: &Value) -> Option<Vec<String>> {
    let query = serde_json_path::JsonPath::parse(path).ok()?;
    let located = query.query_located(value);
    Some(located.locations().map(|it| it.to_json_pointer()).collect())
}

const PATHS: &[&str] = &[
    "$",
    "$.a",
    "$ .a [0]",
    "$['a']",
    "$[\"a\"]",
    "$['a','b','a']",
    "$[0]",
    "$[-1]",
    "$[*]",
    "$.*",
    "$..a",
    "$..*",
    "$..[0]",
    "$..['a','b']",
    "$..*..a",
    "$[1:3]",
    "$[:2]",
    "$[::2]",
    "$[::-1]",
    "$[3:0:-2]",
    "$[-3:]",
    "$[0:5:0]",
    "$..[1:]",
    "$[?@.a]",
    "$[?!@.a]",
    "$[?@.a == 1]",
    "$..[?@.a==1 || @.b=='x' && !@.c]",
    "$[?(@.a)]",
    "$..[?@ > 1]",
    "$..[?@ >= 'b']",
    "$..[?@<=2]",
    "$..[?@ != null]",
    "$..[?length(@) == 2]",
    "$..[?count(@.*) > 1]",
    "$..[?count(@..*) > 2]",
    "$..[?value(@.a) == 1]",
    "$..[?match(@, 'a.*')]",
    "$..[?search(@, '[xy]')]",
    "$..[?search(@, '\\\\bx|x\\\\b')]",
    "$..[?search(@, '^[^x]*\\\\pL.$')]",
    "$..[?match(@, '(a|é){1,3}|x.*')]",
    "$..[?match(@.b, @.c)]",
    "$..[?@[?@ == 1]]",
    "$..[?@.a == $.a]",
    "$..[?@ == @]",
    "$..[?1 == 1.0]",
    "$..[?@.a == @.zz]",
    "$['\\u0061']",
    "$['\\n', '\\'']",
    "$..[?match(@, '(')]",
    "$..[?@.a < @.b]",
    "$..[?(@.a || @.b) && @.c]",
    "$..[?@ == -1.5e0]",
    "$[?@.* ]",
    "$..[? @ .a == true ]",
];

const NOT_PATHS: &[&str] = &[
    "",
    "a",
    "$.",
    "$..",
    "$[",
    "$[]",
    "$['a'",
    "$[01]",
    "$[-0]",
    "$[9007199254740992]",
    "$[?]",
    "$[?@.a ==]",
    "$[?@.* == 1]",
    "$[?1]",
    "$[?length(@)]",
    "$[?match(@.a, 'b') == true]",
    "$[?nope(@)]",
    "$[?@.a == @.*]",
    "$ ",
    "$.a b",
    "$[?!@.a == 1]",
    "$['\\x']",
    "$['\\ud800']",
    "$[?count(1) == 1]",
    "$[1 2]",
    "$[?true]",
    "$[?length(@.*) == 1]",
];

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..4_i64).prop_map(Value::from),
        Just(json!(1.0)),
        Just(json!(-1.5)),
        "[abxyé\\r]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[abc/~]", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn queries_select_what_a_library_says(value in json_value(), path in prop::sample::select(PATHS)) {
        let expected = selected_by_library(path, &value);
        prop_assert_eq!(selected(path, &value, usize::MAX).ok(), expected, "{}", path);
    }

    #[test]
    fn no_text_makes_the_parser_panic(path in "[$@.\\[\\]?()!&|=<>,:*'\"a0-9 \\\\u-]{0,40}") {
        let _ = parse(&path);
    }
}

#[test]
fn what_is_no_path_is_refused() {
    for path in NOT_PATHS {
        assert!(parse(path).is_err(), "{path}");
        assert!(
            serde_json_path::JsonPath::parse(path).is_err(),
            "the library: {path}"
        );
    }
}

#[test]
fn brackets_inside_each_other_end() {
    for (open, close) in [("(", ")"), ("!(", ")"), ("@[?", "]"), ("length(", ")")] {
        let path = format!("$[?{}@.a{}]", open.repeat(10_000), close.repeat(10_000));
        assert!(parse(&path).is_err());
    }
}

#[test]
fn steps_bound_every_query() {
    let nest = (0..100).fold(json!(0), |inner, _| json!([inner]));
    let wide: Value = (0..300)
        .map(|index| json!({"p": format!("{index}")}))
        .collect();
    let twins = format!("${}", "[0,0]".repeat(60));
    for (path, value) in [
        ("$..*..*..*..*..*..*..*", &nest),
        (twins.as_str(), &nest),
        (
            "$[?count($..*[?count($..*[?count($..*) > 0]) > 0]) > 0]",
            &wide,
        ),
        ("$[?$ == $ && $ == $ && count($[?$ == $]) > 0]", &wide),
        (
            "$[?match(@.p, '(a|b|ab)*c{1,99}') || count($[?search(@.p, '[0-9]{1,200}')]) < 0]",
            &wide,
        ),
    ] {
        let halted = selected(path, value, 1_000_000);
        let ended = matches!(halted, Err(Halt::Steps | Halt::Expression(_)));
        assert!(ended, "{halted:?}: {path}");
    }
}

#[test]
fn an_expression_is_made_once_for_all_values() {
    let wide: Value = (0..1000).map(|index| json!(format!("{index}"))).collect();
    // Making it costs 1,000 steps for each byte; a thousand would not fit.
    let found = selected("$[?match(@, '[0-9]+7')]", &wide, 100_000);
    assert_eq!(found.map(|found| found.len()), Ok(99));
}

#[test]
fn an_expression_costs_its_size_only_where_text_leads_it_anew() {
    let steps_of = |path: &str, value: &Value| {
        let query = parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut left = 50_000_000;
        let result = select(&query, value, &mut left, &mut |_| 0);
        (result, 50_000_000 - left)
    };
    let alike = |count: usize| Value::from(vec!["a".repeat(201); count]);
    for path in [
        "$[?search(@, '[a-z]{1,1000}z')]",
        "$[?search(@, '(((a{1,10}){1,10}){1,10})b')]",
    ] {
        let (few, of_few) = steps_of(path, &alike(10));
        let (many, of_many) = steps_of(path, &alike(300));
        assert_eq!((few, many), (Ok(()), Ok(())));
        assert!(of_many - of_few < 290 * 20, "{of_few}, {of_many}: {path}");
    }
    // Knowledge of a text without any order does not help with the rest.
    let mut state = 1_u32;
    let letter = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    };
    let unordered: String = (0..20_000).map(letter).collect();
    for (path, text) in [
        ("$[?search(@, '[a-m][a-z]{300}[0-9]')]", &unordered),
        ("$[?search(@, '\\\\b[a-m]{300}[0-9]')]", &"é".repeat(10_000)),
    ] {
        let (result, steps) = steps_of(path, &json!([text]));
        assert_eq!(result, Ok(()));
        assert!(steps > 300 * 19_000, "{steps}: {path}");
    }
}

#[test]
fn an_expression_larger_than_any_machine_is_an_error() {
    let found = selected(
        "$[?match(@, 'a{1,1000}{1,1000}')]",
        &json!(["a"]),
        1_000_000,
    );
    assert!(matches!(found, Err(Halt::Expression(_))), "{found:?}");
}
