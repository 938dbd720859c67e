//! Schemas under names that say where programs keep them.

use serde_json::json;

use super::{document, has, lines, object};

#[test]
fn where_a_type_is_kept_is_no_part_of_its_name() {
    let any = object(json!({"id": {"type": "string"}}));
    let api = document(
        json!({}),
        json!({
            "API_Entities_Branch": any,
            "API_Entities_Ci_Job": object(json!({"name": {"type": "string"}})),
            "Book-book.read": object(json!({"title": {"type": "string"}})),
        }),
    );
    has(
        &lines(&api, None),
        &[
            "type Branch struct",
            "type CiJob struct",
            "type BookRead struct",
        ],
    );
}
