//! Values of which parts cannot be written.

use super::*;
use crate::{Date, Map, Uuid};
use serde::Serialize;

#[derive(Serialize)]
struct Order {
    id: Uuid,
    days: Vec<Date>,
    by: Map<Kind>,
}

#[derive(Serialize)]
enum Kind {
    Of { a: Uuid },
}

#[test]
fn each_part_that_cannot_be_written_is_told_by_its_place() {
    let order = Order {
        id: "x".into(),
        days: vec!["2025-01-31".into(), "today".into()],
        by: [("a/b".to_owned(), Kind::Of { a: "y".into() })]
            .into_iter()
            .collect(),
    };
    let (tree, faults) = Tree::of_all(&order);
    let pointers: Vec<_> = faults.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(pointers, ["/id", "/days/1", "/by/a~1b/Of/a"]);
    assert!(faults[1].problem.starts_with("not a"), "{faults:?}");
    let Tree::Object(members) = tree else {
        unreachable!("an object")
    };
    let days = vec![Tree::Text("2025-01-31".into()), Tree::Null];
    assert_eq!(members[1], ("days".into(), Tree::List(days)));
    let (_, faults) = Tree::of_all(&Uuid::from("z"));
    assert_eq!(faults[0].pointer, "");
    assert_eq!(Tree::of_all(&5).1, []);
}
