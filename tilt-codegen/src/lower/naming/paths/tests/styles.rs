//! Styles of frameworks and vendors.

use super::{all, name, named, unnamed};
use crate::lower::naming::unnamed::{Answer, Unnamed};
use crate::model::HttpMethod;
use std::collections::BTreeMap;

use Answer::{List, Many, One, Unknown};
use HttpMethod::{Delete, Get, Patch, Post, Put};

#[test]
fn what_has_one_more_parameter_is_one_of_a_list() {
    let names = all(&[
        (Get, "/items/{collection}", "readItems", List),
        (Get, "/items/{collection}/{id}", "readItem", One),
        (Get, "/docs/{index}", "getDocs", List),
        (Get, "/docs/{index}/{id}", "getDoc", One),
        // One thing, and a part of it.
        (Get, "/gists/{id}", "getGist", One),
        (Get, "/gists/{id}/{sha}", "getRevision", One),
        (Get, "/file/{id}", "getFile", Many),
        (Get, "/file/{id}/{version}", "downloadFile", One),
        // Two lists.
        (Get, "/rows/{table}", "getRows", List),
        (Get, "/rows/{table}/{kind}", "getRowsOfKind", List),
    ]);
    assert_eq!(
        names,
        [
            "items.list",
            "items.get",
            "docs.list",
            "docs.get",
            "gists.get",
            "gists.get_revision",
            "file.get",
            "file.download",
            "rows.get",
            "rows.get_of_kind",
        ]
    );
}

#[test]
fn a_part_that_is_a_list_is_listed_where_its_author_says_so() {
    let names = all(&[
        (Get, "/issue/{id}/comment", "getComments", List),
        (Get, "/board/{id}/sprint", "getAllSprints", List),
        (Get, "/issue/{id}/watcher", "getWatcher", List),
    ]);
    assert_eq!(
        names,
        [
            "issue.list_comments",
            "board.list_sprints",
            "issue.get_watcher"
        ]
    );
}

#[test]
fn a_verb_in_the_third_person_is_one() {
    let names = all(&[
        (Put, "/products/{id}", "updates_a_product", Unknown),
        (Post, "/orders/{id}/close", "closes_an_order", Unknown),
    ]);
    assert_eq!(names, ["products.update", "orders.close"]);
}

/// Method, path, operationId, how much is answered, and the name.
type Expected<'a> = (HttpMethod, &'a str, &'a str, Answer, &'a str);

#[track_caller]
fn each_is(operations: &[Expected<'_>]) {
    for &(method, path, id, answer, expected) in operations {
        let tags = ["Account".to_owned()];
        let operation = Unnamed {
            id: Some(id),
            answer,
            tags: if path.contains("__c") { &tags } else { &[] },
            ..unnamed(method, path)
        };
        let name = &name(&[operation], &BTreeMap::new(), |_| None)[0];
        assert_eq!(format!("{}.{}", name.resource, name.method), expected);
    }
}

#[test]
fn that_by_which_things_are_found_is_no_resource() {
    each_is(&[
        (
            Get,
            "/pets/byOwner/{ownerId}",
            "findByOwner",
            List,
            "pets.list_by_owner",
        ),
        (
            Get,
            "/accounts/by-name/{name}",
            "getAccountByName",
            One,
            "accounts.get_by_name",
        ),
        (
            Get,
            "/transactions/external_id/{externalId}",
            "getTransactionByExternalId",
            One,
            "transactions.get_by_external_id",
        ),
        (
            Patch,
            "/account/External_Id__c/{value}",
            "AccountUpsertExternal_Id__c",
            Unknown,
            "account.upsert_by_external_id_c",
        ),
    ]);
}

#[test]
fn a_key_or_a_word_before_one_is_no_resource() {
    each_is(&[
        (
            Post,
            "/{projectKey}/applications/key={key}",
            "ByProjectKeyApplicationsKeyByKeyPost",
            Unknown,
            "applications.update_by_key",
        ),
        (
            Get,
            "/team/of/{username}",
            "teamOfUsername",
            List,
            "team.list_of_username",
        ),
        (
            Post,
            "/auth/{mount}/login",
            "jwt-login",
            Unknown,
            "auth.login",
        ),
        (
            Get,
            "/watch/daemonsets/{name}",
            "watchDaemonSet",
            Unknown,
            "daemon_sets.get",
        ),
        (Get, "/posts/query/{q}", "findPosts", List, "posts.query"),
        // A query is a thing here.
        (Get, "/workspaces/query/{id}", "getQuery", One, "query.get"),
    ]);
}

#[test]
fn the_kind_of_a_procedure_is_no_verb() {
    let names = all(&[
        (Post, "/trpc/post.create", "mutation-post-create", Unknown),
        (Get, "/trpc/post.byId", "query-post-byId", Unknown),
    ]);
    assert_eq!(names, ["post.create", "post.get_by_id"]);
}

#[test]
fn a_get_of_what_is_no_thing_is_done() {
    for (path, expected) in [
        ("/ping", "api.ping"),
        ("/v1/whoami", "api.whoami"),
        ("/say-hello", "api.say_hello"),
        ("/health", "health.get"),
    ] {
        assert_eq!(named(Get, path), expected);
    }
}

#[test]
fn all_of_one_are_not_all() {
    let names = all(&[
        (Get, "/orders", "listOrders", List),
        (Delete, "/orders/{id}", "deleteOrder", Unknown),
        (Get, "/customers/{id}/orders", "listCustomerOrders", List),
        (
            Delete,
            "/customers/{id}/orders",
            "deleteCustomerOrders",
            Unknown,
        ),
        (Get, "/users/{id}/notes", "listNotes", List),
        (Delete, "/users/{id}/notes", "deleteNotes", Unknown),
    ]);
    assert_eq!(
        names,
        [
            "orders.list",
            "orders.delete",
            "orders.list_for_customer",
            "orders.delete_all_for_customer",
            "notes.list",
            "notes.delete_all",
        ]
    );
}

#[test]
fn a_part_is_no_resource_of_its_own_parts() {
    let names = all(&[
        (Post, "/auth/local", "", Unknown),
        (Post, "/auth/local/register", "", Unknown),
        (Get, "/realms/{realm}", "", One),
        (Get, "/users/{id}/role-mappings/realm", "", Unknown),
        (
            Get,
            "/users/{id}/role-mappings/realm/available",
            "",
            Unknown,
        ),
        (Get, "/indexes/{id}/settings", "", One),
        (Get, "/indexes/{id}/settings/chat", "", One),
    ]);
    assert_eq!(
        names,
        [
            "auth.local",
            "auth.register",
            "realms.get",
            "role_mappings.get_realm",
            "role_mappings.get_realm_available",
            "indexes.get_settings",
            "settings.get_chat",
        ]
    );
}

#[test]
fn what_a_summary_says_to_be_made_is_not_got() {
    let secret = "/clients/{id}/client-secret";
    let named = |summary| {
        let get = unnamed(Get, secret);
        let post = Unnamed {
            summary,
            ..unnamed(Post, secret)
        };
        name(&[get, post], &BTreeMap::new(), |_| None)[1]
            .method
            .clone()
    };
    assert_eq!(
        named(Some("Generate a new secret")),
        "generate_client_secret"
    );
    assert_eq!(
        named(Some("Regenerates the secret")),
        "regenerate_client_secret"
    );
    assert_eq!(named(Some("Update the secret")), "client_secret");
    assert_eq!(named(None), "client_secret");
}
