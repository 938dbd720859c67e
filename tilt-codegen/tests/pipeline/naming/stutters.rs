//! Types that would be called after one thing twice.

use serde_json::{Value, json};

use super::{document, has, lines, object};

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn what_a_parameter_is_called_after_is_that_parameter() {
    let values = json!({"type": "string", "enum": ["up", "down"]});
    let parameter = |schema: Value| json!({"name": "origin", "in": "query", "schema": schema});
    let mut api = document(
        json!({
            "/a": {"get": {"parameters": [{"$ref": "#/components/parameters/OriginQuery"}], "responses": {}}},
            "/b": {"get": {"parameters": [{"$ref": "#/components/parameters/OriginList"}], "responses": {}}},
        }),
        json!({}),
    );
    api["components"]["parameters"] = json!({
        "OriginQuery": parameter(values),
        "OriginList": parameter(json!({"type": "array", "items": {"type": "string", "enum": ["left", "right"]}})),
    });
    has(
        &lines(&api, None),
        &[
            "type OriginQuery enum of String",
            "type OriginList enum of String",
        ],
    );
}

#[test]
fn what_a_wrapper_is_called_after_is_what_it_holds() {
    let api = document(
        json!({}),
        json!({
            "Plan": object(json!({"id": {"type": "string"}})),
            "PlanCreateInput": object(json!({"plan": object(json!({"name": {"type": "string"}}))})),
            "UpdatePlanRequest": object(json!({"plan": object(json!({"text": {"type": "string"}}))})),
            "Reason": object(json!({"plan": to("Plan"), "reason": object(json!({"code": {"type": "string"}}))})),
        }),
    );
    has(
        &lines(&api, None),
        &[
            "type PlanCreateInput.plan: PlanCreate?",
            "type UpdatePlanRequest.plan: UpdatePlanRequestPlan?",
            "type Reason.reason: ReasonObject?",
        ],
    );
}
