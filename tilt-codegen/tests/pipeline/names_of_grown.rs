//! Types that were one, and stay one when a place of them grows.

use serde_json::{Value, json};
use tilt_codegen::{Modelled, surface};

use crate::names::{first, has, next, object, schemas};

fn status(values: &[&str]) -> Value {
    json!({"type": "string", "enum": values})
}

#[test]
fn enums_that_were_one_stay_one_when_one_of_them_grows() {
    let document = |of_payment: &[&str]| {
        schemas(json!({
            "BillOfSale": object(json!({"status": status(&["open", "paid"])})),
            "BillOfLading": object(json!({"status": status(of_payment)})),
        }))
    };
    let before = first(&document(&["open", "paid"]));
    let grown = next(&document(&["open", "paid", "disputed"]), &before);
    let name = |modelled: &Modelled, owner: &str| {
        let surface = surface(&modelled.sdk);
        let start = format!("type {owner}.status: ");
        let line = surface.lines().find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("{surface}")).to_owned()
    };
    assert_eq!(name(&before, "BillOfSale"), name(&before, "BillOfLading"));
    for owner in ["BillOfSale", "BillOfLading"] {
        assert_eq!(name(&grown, owner), name(&before, owner));
    }
    let ty = name(&grown, "BillOfSale");
    has(
        &grown,
        &format!("type {}::Disputed = \"disputed\"", ty.trim_end_matches('?')),
    );
    // And so it stays.
    let later = next(&document(&["open", "paid", "disputed"]), &grown);
    assert_eq!(surface(&later.sdk), surface(&grown.sdk));
}

#[test]
fn structs_that_were_one_stay_one_when_one_of_them_grows() {
    let document = |of_bill: Value| {
        let part = |properties: Value| json!({"type": "object", "properties": properties});
        schemas(json!({
            "Order": object(json!({"total": part(json!({"cents": {"type": "integer"}}))})),
            "Bill": object(json!({"total": part(of_bill)})),
        }))
    };
    let before = first(&document(json!({"cents": {"type": "integer"}})));
    let grown = json!({"cents": {"type": "integer"}, "currency": {"type": "string"}});
    let after = next(&document(grown), &before);
    has(&after, "type Bill.total: Total?");
    has(&after, "type Order.total: Total?");
    has(&after, "type Total.currency: String?");
    let other = next(&document(json!({"cents": {"type": "string"}})), &before);
    let surface = surface(&other.sdk);
    let totals = surface.lines().filter(|line| line.ends_with(": Total?"));
    assert_eq!(totals.count(), 1, "{surface}");
}

#[test]
fn structs_that_were_one_stay_one_when_each_gets_a_property_of_other_values() {
    let line = |added: Value| {
        let mut line = object(json!({"sku": {"type": "string"}}));
        for (name, schema) in added.as_object().unwrap() {
            line["properties"][name] = schema.clone();
        }
        line
    };
    let document = |of_order: Value, of_bill: Value| {
        schemas(json!({
            "Order": object(json!({"line": line(of_order)})),
            "Bill": object(json!({"line": line(of_bill)})),
        }))
    };
    let kind = |values: &[&str]| json!({"kind": status(values)});
    let with = |values: &[&str]| json!({"box": object(kind(values))});
    let before = first(&document(json!({}), json!({})));
    has(&before, "type Bill.line: Line?");
    for (of_order, of_bill) in [
        (kind(&["a", "c"]), kind(&["a", "b"])),
        (kind(&["a"]), kind(&["b", "c"])),
        (with(&["a", "c"]), with(&["a", "b"])),
    ] {
        let after = next(&document(of_order.clone(), of_bill.clone()), &before);
        has(&after, "type Bill.line: Line?");
        has(&after, "type Order.line: Line?");
        let surface_after = surface(&after.sdk);
        for value in ["a", "b", "c"] {
            let has_value = surface_after
                .lines()
                .any(|line| line.ends_with(&format!(" = {value:?}")));
            assert!(has_value, "{surface_after}");
        }
        let later = next(&document(of_order, of_bill), &after);
        assert_eq!(surface(&later.sdk), surface_after);
    }
    // A difference that makes them two leaves each its own values.
    let number = json!({"kind": {"type": "integer"}, "other": status(&["a", "c"])});
    let text = json!({"kind": {"type": "string"}, "other": status(&["a", "b"])});
    let two = surface(&next(&document(number, text), &before).sdk);
    assert_eq!(
        two.lines().filter(|line| line.ends_with(": Line?")).count(),
        1,
        "{two}"
    );
    assert_eq!(
        two.lines()
            .filter(|line| line.ends_with("::A = \"a\""))
            .count(),
        2,
        "{two}"
    );
}

#[test]
fn unions_that_were_one_stay_one_when_one_of_them_gets_an_alternative() {
    let lists = json!({"type": "array", "items": object(json!({"reason": {"type": "string"}}))});
    let few = json!([{"type": "string"}, lists, {"type": "object", "additionalProperties": {"type": "string"}}]);
    let document = |of_refund: Value| {
        schemas(json!({
            "Payment": object(json!({"trouble": {"oneOf": few.clone()}})),
            "Refund": object(json!({"trouble": {"oneOf": of_refund}})),
        }))
    };
    let before = first(&document(few.clone()));
    has(&before, "type Refund.trouble: Trouble?");
    let mut more = few.clone();
    more.as_array_mut()
        .unwrap()
        .insert(0, json!({"type": "integer"}));
    let after = next(&document(more), &before);
    has(&after, "type Payment.trouble: Trouble?");
    has(&after, "type Refund.trouble: Trouble?");
    has(&after, "type Trouble::Integer(i64)");
    // Of others, none says how its alternatives and theirs are told apart.
    let other = next(
        &document(json!([{"type": "string"}, {"type": "boolean"}])),
        &before,
    );
    let surface = surface(&other.sdk);
    let same = surface.lines().filter(|it| it.ends_with(": Trouble?"));
    assert_eq!(same.count(), 1, "{surface}");
}

#[test]
fn unions_that_were_one_stay_one_when_one_of_them_gets_a_value_of_its_discriminator() {
    let document = |more: &[&str]| {
        let shape = |more: &[&str]| {
            let mut mapping = json!({"disc": "#/components/schemas/Disc", "square": "#/components/schemas/Square"});
            for value in more {
                mapping[value] = json!("#/components/schemas/Disc");
            }
            let alternatives = json!([{"$ref": "#/components/schemas/Disc"}, {"$ref": "#/components/schemas/Square"}]);
            json!({"oneOf": alternatives, "discriminator": {"propertyName": "kind", "mapping": mapping}})
        };
        let of =
            |part: &str| object(json!({"kind": {"type": "string"}, part: {"type": "integer"}}));
        schemas(json!({
            "Disc": of("radius"),
            "Square": of("side"),
            "Tile": object(json!({"shape": shape(&[])})),
            "Plate": object(json!({"shape": shape(more)})),
        }))
    };
    let before = first(&document(&[]));
    has(&before, "type Tile.shape: DiscOrSquare?");
    let after = next(&document(&["round"]), &before);
    has(&after, "type Tile.shape: DiscOrSquare?");
    has(&after, "type Plate.shape: DiscOrSquare?");
    has(
        &after,
        "type DiscOrSquare::Disc(Disc) for [\"disc\", \"round\"]",
    );
}
