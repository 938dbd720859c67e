//! Methods and resources of documents as frameworks and people write them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{document, lines};

/// An operation: method, path, operationId, and what it has besides.
type Operation = (&'static str, &'static str, &'static str, Value);

fn named(operations: &[Operation]) -> BTreeMap<String, String> {
    let mut paths: serde_json::Map<String, Value> = serde_json::Map::new();
    for (method, path, id, more) in operations {
        let operations = paths.entry(*path).or_insert_with(|| json!({}));
        let mut operation = json!({"operationId": id, "responses": {"204": {"description": ""}}});
        for (key, value) in more.as_object().unwrap() {
            operation[key] = value.clone();
        }
        operations[*method] = operation;
    }
    let api = document(Value::Object(paths), json!({}));
    let operations = lines(&api, None).into_iter().filter_map(|line| {
        let line = line.strip_prefix("operation ")?.to_owned();
        let (name, _) = line.split_once('(')?;
        let (_, operation) = line.rsplit_once(" = ")?;
        Some((operation.to_owned(), name.to_owned()))
    });
    operations.collect()
}

/// Each operation has the name that stands behind it.
#[track_caller]
fn are_named(operations: &[(&'static str, &'static str, &'static str, Value, &str)]) {
    let all: Vec<Operation> = operations
        .iter()
        .map(|(method, path, id, more, _)| (*method, *path, *id, more.clone()))
        .collect();
    let named = named(&all);
    for (method, path, id, _, expected) in operations {
        let key = format!("{} {path}", method.to_uppercase());
        let found = named.get(&key).map(String::as_str);
        assert_eq!(found, Some(*expected), "{id} of {path}");
    }
}

fn none() -> Value {
    json!({})
}

fn tagged(tag: &str) -> Value {
    json!({"tags": [tag]})
}

fn summed_up(summary: &str) -> Value {
    json!({"summary": summary})
}

fn sending() -> Value {
    let schema = super::object(json!({"note": {"type": "string"}}));
    let content = json!({"application/json": {"schema": schema}});
    json!({"requestBody": {"required": true, "content": content}})
}

fn listing() -> Value {
    let content =
        json!({"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}});
    json!({"responses": {"200": {"description": "", "content": content}}})
}

#[test]
fn a_verb_is_said_once() {
    are_named(&[
        (
            "post",
            "/users/create_or_update",
            "CreateOrUpdateUser",
            sending(),
            "users.create_or_update",
        ),
        (
            "delete",
            "/tickets/destroy_many",
            "BulkDeleteTickets",
            none(),
            "tickets.destroy_many",
        ),
        (
            "post",
            "/transfer/bulk",
            "transfer_bulk",
            tagged("transfer"),
            "transfer.bulk",
        ),
        (
            "post",
            "/catalog/search-catalog-items",
            "SearchCatalogItems",
            sending(),
            "catalog.search_items",
        ),
        (
            "post",
            "/accounts/signup",
            "register_user",
            sending(),
            "accounts.signup",
        ),
        (
            "post",
            "/people/new",
            "CreatePerson",
            sending(),
            "people.create",
        ),
    ]);
}

#[test]
fn a_sign_before_a_word_is_no_word() {
    are_named(&[
        ("get", "/users/@me", "get_my_user", none(), "users.get_me"),
        ("get", "/users/{user_id}", "get_user", none(), "users.get"),
    ]);
}

#[test]
fn a_question_is_no_resource() {
    are_named(&[
        (
            "get",
            "/me/albums/contains",
            "check-users-saved-albums",
            listing(),
            "albums.contains",
        ),
        (
            "get",
            "/orders/exists/{number}",
            "existsByNumber",
            none(),
            "orders.exists",
        ),
        (
            "get",
            "/pulls/{index}/merge",
            "repoPullRequestIsMerged",
            none(),
            "pulls.is_merged",
        ),
        (
            "post",
            "/pulls/{index}/merge",
            "repoMergePullRequest",
            none(),
            "pulls.merge",
        ),
    ]);
}

#[test]
fn a_word_that_says_which_is_no_resource() {
    are_named(&[
        (
            "get",
            "/channels/{channel_id}/threads/archived/public",
            "list_public_archived_threads",
            listing(),
            "threads.list_archived_public",
        ),
        (
            "get",
            "/user/assignable/search",
            "findAssignableUsers",
            listing(),
            "user.search_assignable",
        ),
        (
            "post",
            "/rules/{rule_id}/lifecycle/activate",
            "activateRule",
            none(),
            "rules.activate",
        ),
        (
            "get",
            "/dashboards/uid/{uid}",
            "getDashboardByUID",
            none(),
            "dashboards.get",
        ),
    ]);
}

#[test]
fn a_thing_that_a_verb_is_done_to_is_no_verb() {
    are_named(&[
        (
            "post",
            "/transfer/cancel",
            "transferCancel",
            sending(),
            "transfer.cancel",
        ),
        (
            "post",
            "/transfer/authorization/create",
            "transferAuthorizationCreate",
            sending(),
            "authorization.create",
        ),
        (
            "post",
            "/repos/{repo}/transfer/accept",
            "acceptRepoTransfer",
            none(),
            "repos.accept_transfer",
        ),
        (
            "delete",
            "/indexes/{index_name}/{object_id}",
            "deleteObject",
            none(),
            "indexes.delete_object",
        ),
        (
            "put",
            "/files/{file_id}",
            "files#add_shared_link",
            sending(),
            "files.add_shared_link",
        ),
    ]);
}

#[test]
fn what_is_done_is_told_by_the_author_or_the_summary() {
    are_named(&[
        (
            "put",
            "/branches/{branch}/protect",
            "putBranchesBranchProtect",
            summed_up("Protect a branch"),
            "branches.protect",
        ),
        (
            "put",
            "/player/volume",
            "set-volume",
            none(),
            "player.set_volume",
        ),
        (
            "put",
            "/books/{id}/generate-cover",
            "put_item_books_id_generate_cover",
            sending(),
            "books.generate_cover",
        ),
        (
            "post",
            "/flows/instances/cache_clear/",
            "flows_instances_cache_clear_create",
            tagged("flows"),
            "instances.cache_clear",
        ),
    ]);
}

#[test]
fn what_is_added_is_removed() {
    are_named(&[
        (
            "put",
            "/customers/{customer}/groups/{group}",
            "AddGroupToCustomer",
            none(),
            "groups.add",
        ),
        (
            "delete",
            "/customers/{customer}/groups/{group}",
            "RemoveGroupFromCustomer",
            none(),
            "groups.remove",
        ),
        (
            "put",
            "/channels/{channel}/pins/{message}",
            "pin_message",
            none(),
            "pins.add",
        ),
        ("put", "/me/albums", "save-albums", sending(), "albums.save"),
    ]);
}

#[test]
fn the_plain_name_is_that_of_the_one() {
    are_named(&[
        (
            "post",
            "/payments/cancel",
            "CancelPaymentByIdempotencyKey",
            sending(),
            "payments.cancel_by_idempotency_key",
        ),
        (
            "post",
            "/payments/{payment_id}/cancel",
            "CancelPayment",
            none(),
            "payments.cancel",
        ),
        (
            "get",
            "/hooks/{hook_id}/{hook_token}",
            "get_hook_by_token",
            none(),
            "hooks.get_by_token",
        ),
        ("get", "/hooks/{hook_id}", "get_hook", none(), "hooks.get"),
    ]);
}

#[test]
fn several_that_are_found_some_way_are_listed() {
    are_named(&[
        (
            "get",
            "/products/category/{category}",
            "getProductsByCategory",
            listing(),
            "products.list_by_category",
        ),
        (
            "post",
            "/users/ids",
            "GetUsersByIds",
            sending(),
            "users.get_by_ids",
        ),
    ]);
}
