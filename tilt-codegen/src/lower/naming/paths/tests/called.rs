//! OperationIds that say no more than the last word of a path.

use std::collections::BTreeMap;

use super::{name, unnamed};
use crate::lower::naming::unnamed::Unnamed;
use crate::model::HttpMethod;

/// The names of operations by method, path, operationId and tag, where there is one.
fn all(operations: &[(HttpMethod, &str, &str, &str)]) -> Vec<String> {
    let tags = operations.iter().map(|(_, _, _, tag)| match *tag {
        "" => Vec::new(),
        tag => vec![tag.to_owned()],
    });
    let tags: Vec<Vec<String>> = tags.collect();
    let operations = operations.iter().zip(&tags);
    let operations = operations.map(|(&(method, path, id, _), tags)| Unnamed {
        id: Some(id),
        tags,
        ..unnamed(method, path)
    });
    let operations: Vec<Unnamed<'_>> = operations.collect();
    let names = name(&operations, &BTreeMap::new(), |_| None).into_iter();
    names
        .map(|name| format!("{}.{}", name.resource, name.method))
        .collect()
}

#[test]
fn a_post_that_is_called_as_its_path_is_done() {
    use HttpMethod::{Get, Post};
    let names = all(&[
        (Post, "/v1/embed", "embed", ""),
        (Post, "/pinChatMessage", "pinChatMessage", ""),
        (Post, "/forwardMessages", "forwardMessages", ""),
        (Post, "/embed_all", "embed_all_embed_all_post", ""),
        (Post, "/rerank", "Models_rerank", "Models"),
        (Post, "/{alias}/_rollover", "indices-rollover", "indices"),
        (Post, "/api/import", "gameImport", "Games"),
        (Get, "/info", "info", ""),
    ]);
    let expected = [
        "api.embed",
        "api.pin_chat_message",
        "api.forward_messages",
        "api.embed_all",
        "models.rerank",
        "indices.rollover",
        "games.import",
        "info.get",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_post_to_things_creates_one_whatever_it_is_called() {
    use HttpMethod::{Delete, Get, Post};
    let names = all(&[
        (Post, "/orders", "orders", ""),
        (Get, "/basket", "getBasket", ""),
        (Post, "/basket", "basket", ""),
        (Post, "/token", "post_token", ""),
        (Post, "/session", "session", "Session"),
        (Post, "/draft", "draft", ""),
        (Delete, "/draft/{id}", "deleteDraft", ""),
        (Get, "/draft/{id}", "getDraft", ""),
    ]);
    let expected = [
        "orders.create",
        "basket.get",
        "basket.create",
        "token.create",
        "session.create",
        "draft.create",
        "draft.delete",
        "draft.get",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_change_that_is_called_as_its_part_is_done() {
    use HttpMethod::{Get, Patch, Post, Put};
    let names = all(&[
        (Patch, "/orders/{id}/snooze", "orders_snooze", ""),
        (Put, "/alerts/{id}/snooze", "snooze", ""),
        (Post, "/tasks/{id}/snooze", "tasks_snooze", ""),
        (Patch, "/orders/{id}/status", "orders_status", ""),
        (Patch, "/orders/{id}/address", "updateOrderAddress", ""),
        (Get, "/tasks/{id}/owner", "tasks_owner", ""),
        (Patch, "/tasks/{id}/owner", "tasks_owner_patch", ""),
    ]);
    let expected = [
        "orders.snooze",
        "alerts.snooze",
        "tasks.snooze",
        "orders.update_status",
        "orders.update_address",
        "tasks.get_owner",
        "tasks.update_owner",
    ];
    assert_eq!(names, expected);
}
