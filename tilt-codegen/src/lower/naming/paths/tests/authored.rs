//! Verbs that no table has, and operations on all of a path that are about one or some.

use std::collections::BTreeMap;

use super::{all, name};
use crate::lower::naming::unnamed::{Answer, Sent, Unnamed};
use crate::model::HttpMethod;

/// The name of the first of these operations, beside others whose operationIds begin with usual verbs.
fn beside_usual_ones(method: HttpMethod, path: &str, id: &str) -> String {
    use HttpMethod::{Delete, Get, Patch};
    all(&[
        (method, path, id, Answer::Unknown),
        (Get, "/keys", "listKeys", Answer::Many),
        (Get, "/keys/{id}", "getKey", Answer::One),
        (Patch, "/keys/{id}", "updateKey", Answer::One),
        (Delete, "/keys/{id}", "deleteKey", Answer::Unknown),
    ])
    .swap_remove(0)
}

#[test]
fn a_word_before_what_a_path_is_about_is_a_verb() {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    for (method, path, id, expected) in [
        (Patch, "/tents/{id}/extend", "extendTent", "tents.extend"),
        (Get, "/tents/{id}/ping", "pingTent", "tents.ping"),
        (Put, "/tents/{id}", "reassignTentsById", "tents.reassign"),
        (Post, "/tents", "airTent", "tents.air"),
        (Put, "/tents/{id}/fans", "follow-tent", "tents.follow"),
        (Put, "/tents/{id}/suspended", "suspendTent", "tents.suspend"),
        (
            Delete,
            "/tents/{id}/suspended",
            "unsuspendTent",
            "tents.unsuspend",
        ),
        (
            Patch,
            "/tents/{id}",
            "mark_tent_as_dry",
            "tents.mark_as_dry",
        ),
        (
            Post,
            "/tents/{id}/dryness",
            "markAsDry",
            "tents.mark_as_dry",
        ),
    ] {
        assert_eq!(beside_usual_ones(method, path, id), expected, "{id}");
    }
}

#[test]
fn a_word_that_is_a_thing_or_says_which_one_is_no_verb() {
    use HttpMethod::{Get, Post, Put};
    for (method, path, id, expected) in [
        // A key is a thing of the document.
        (Post, "/tents", "keyTent", "tents.create"),
        (Put, "/tents/{id}", "overrideTent", "tents.replace"),
        (Get, "/tents/{id}", "needsTent", "tents.get"),
        (Post, "/tents", "performTent", "tents.create"),
        (Get, "/tents/{id}", "latestTent", "tents.get"),
        (Post, "/tents/{tent}", "tentDrying", "tents.update"),
    ] {
        assert_eq!(beside_usual_ones(method, path, id), expected, "{id}");
    }
    // Nothing tells that it is no adjective.
    let alone = (HttpMethod::Get, "/tents/{id}/wide", "wideTent", Answer::One);
    assert_eq!(all(&[alone]), ["tents.get_wide"]);
    // Reading as well as making begins with the name of a part of the API.
    let group = all(&[
        (Post, "/tents", "acmeTents", Answer::Unknown),
        (Get, "/tents", "acmeTents", Answer::Many),
    ]);
    assert_eq!(group, ["tents.create", "tents.list"]);
}

fn some(method: HttpMethod, path: &str, id: &str, picks: bool) -> String {
    let others = [
        (HttpMethod::Get, "/keys/{id}", "getKey"),
        (HttpMethod::Delete, "/keys/{id}", "deleteKey"),
    ];
    let operations: Vec<Unnamed<'_>> = [(method, path, id)]
        .into_iter()
        .chain(others)
        .enumerate()
        .map(|(at, (method, path, id))| Unnamed {
            path,
            method,
            id: Some(id).filter(|id| !id.is_empty()),
            tags: &[],
            answer: Answer::Unknown,
            summary: None,
            sent: if at == 0 && picks {
                Sent::One
            } else {
                Sent::Nothing
            },
            picks: at == 0 && picks,
        })
        .collect();
    let name = name(&operations, &BTreeMap::new(), |_| None).swap_remove(0);
    format!("{}.{}", name.resource, name.method)
}

#[test]
fn what_is_done_to_one_or_some_is_not_done_to_all() {
    use HttpMethod::{Delete, Patch, Put};
    for (method, path, id, picks, expected) in [
        (
            Delete,
            "/roles/{id}/rights",
            "removeRightFromRole",
            false,
            "rights.delete",
        ),
        (
            Delete,
            "/me/books",
            "remove-books-user",
            true,
            "books.delete",
        ),
        (
            Delete,
            "/me/books",
            "remove-books-user",
            false,
            "books.delete_all",
        ),
        (
            Delete,
            "/me/books",
            "removeAllBooks",
            true,
            "books.delete_all",
        ),
        (Delete, "/me/books", "", false, "books.delete_all"),
        (Delete, "/keys", "deleteKeys", true, "keys.delete_many"),
        (
            Patch,
            "/apps/{id}/envs",
            "update-env-by-app-id",
            false,
            "envs.update",
        ),
        (
            Patch,
            "/apps/{id}/envs",
            "update-envs-by-app-id",
            true,
            "envs.update_all",
        ),
        (
            Delete,
            "/keys",
            "keys_delete_byName",
            true,
            "keys.delete_by_name",
        ),
        (Put, "/tents/{id}/meters", "", true, "meters.replace"),
        (Put, "/tents/{id}/meters", "", false, "meters.replace_all"),
    ] {
        assert_eq!(some(method, path, id, picks), expected, "{id} {path}");
    }
}

#[test]
fn a_put_that_is_alone_at_a_verb_does_it() {
    use HttpMethod::{Delete, Put};
    let import = (
        Put,
        "/kinds/{id}/import",
        "PutKindsByIdImport",
        Answer::Unknown,
    );
    assert_eq!(all(&[import]), ["kinds.import"]);
    let r#move = (
        Put,
        "/kinds/{id}/move-to-bin",
        "PutKindsByIdMoveToBin",
        Answer::Unknown,
    );
    assert_eq!(all(&[r#move]), ["kinds.move_to_bin"]);
    let delete = (
        Delete,
        "/kinds/{id}/import",
        "DeleteKindsByIdImport",
        Answer::Unknown,
    );
    assert_eq!(all(&[import, delete])[0], "kinds.replace_import");
}
