use super::*;
use crate::lower::naming::unnamed::Answer;

fn named(method: HttpMethod, path: &str) -> String {
    let unnamed = Unnamed {
        path,
        method,
        id: None,
        tags: &[],
        answer: Answer::Unknown,
    };
    let name = &name(&[unnamed], &BTreeMap::new(), |_| None)[0];
    format!("{}.{}", name.resource, name.method)
}

#[test]
fn path_and_verb_settle_the_name() {
    use HttpMethod::{Delete, Get, Patch, Post, Put};
    for (method, path, expected) in [
        (Post, "/pos/v1/orders", "orders.create"),
        (Get, "/pos/v1/orders/{order_id}", "orders.get"),
        (
            Post,
            "/pos/v1/orders/{order_id}/payments",
            "payments.create",
        ),
        (
            Post,
            "/pos/v1/orders/{o}/payments/{p}/void",
            "payments.void",
        ),
        (
            Post,
            "/pos/v1/orders/{o}/payments/{p}/refunds",
            "refunds.create",
        ),
        (
            Get,
            "/pos/v1/orders/{o}/payments/{p}/refunds/{r}",
            "refunds.get",
        ),
        (Get, "/pos/v1/locations", "locations.list"),
        (Post, "/pos/v1/launch-tokens", "launch_tokens.create"),
        (Patch, "/users/{id}", "users.update"),
        (Put, "/users/{id}", "users.replace"),
        (Delete, "/users/{id}", "users.delete"),
        (Get, "/health", "health.get"),
        (Get, "/repos/{owner}/{repo}/readme", "repos.get_readme"),
        (Post, "/files.upload", "files.upload"),
        (Post, "/v1/projects/{id}:cancel", "projects.cancel"),
        (Get, "/2010-04-01/Accounts/{Sid}.json", "accounts.get"),
        (Get, "/status/423", "status.get_n423"),
        (Get, "/", "root.get"),
        (Get, "/{anything}", "root.get"),
    ] {
        assert_eq!(named(method, path), expected, "{method:?} {path}");
    }
}

/// The name of a GET by path and operationId.
fn called(path: &str, id: &str) -> String {
    let unnamed = Unnamed {
        path,
        method: HttpMethod::Get,
        id: Some(id),
        tags: &[],
        answer: Answer::Unknown,
    };
    let name = &name(&[unnamed], &BTreeMap::new(), |_| None)[0];
    format!("{}.{}", name.resource, name.method)
}

#[test]
fn api_in_front_of_an_operation_id_is_no_word_of_its_author() {
    let bookmarks = "/api/games/export/bookmarks";
    assert_eq!(
        called(bookmarks, "apiExportBookmarks"),
        "games.export_bookmarks"
    );
}

#[test]
fn a_part_that_is_no_verb_is_got() {
    assert_eq!(called("/account/kid", "kid"), "account.get_kid");
    assert_eq!(called("/account/{id}/export", "export"), "account.export");
}

#[test]
fn a_label_before_a_parameter_is_no_resource() {
    use HttpMethod::Get;
    let clip = "/{camera}/start/{start}/end/{end}/clip";
    assert_eq!(named(Get, clip), "clip.get");
    assert_eq!(named(Get, "/start/{start}"), "start.get");
}

#[test]
fn a_longer_path_gives_way() {
    let path = |path| Unnamed {
        path,
        method: HttpMethod::Get,
        id: None,
        tags: &[],
        answer: Answer::Unknown,
    };
    let operations = [
        path("/repos/{r}/issues/{i}/comments"),
        path("/comments"),
        path("/gists/{g}/comments"),
    ];
    let names: Vec<String> = name(&operations, &BTreeMap::new(), |_| None)
        .into_iter()
        .map(|name| name.method)
        .collect();
    assert_eq!(names, ["list_for_issue", "list", "list_for_gist"]);
}

#[test]
fn a_version_is_no_part_of_a_path() {
    let path = |path| Unnamed {
        path,
        method: HttpMethod::Get,
        id: None,
        tags: &[],
        answer: Answer::Unknown,
    };
    let operations = [path("/grown/things"), path("/v1/things")];
    let names = name(&operations, &BTreeMap::new(), |_| None);
    assert_eq!(names[1].method, "list");
    assert_eq!(names[0].method, "list_for_grown");
}

#[test]
fn what_has_a_name_keeps_it() {
    let path = |path| Unnamed {
        path,
        method: HttpMethod::Get,
        id: None,
        tags: &[],
        answer: Answer::Unknown,
    };
    let operations = [path("/things"), path("/old/things")];
    let previous =
        |key: &str| (key == "GET /old/things").then(|| ("things".to_owned(), "list".to_owned()));
    let names = name(&operations, &BTreeMap::new(), previous);
    assert_eq!(names[1].method, "list");
    assert_eq!(names[0].method, "get_list");
}

#[test]
fn paths_that_differ_in_parameter_names_alone_stay_apart() {
    let path = |path| Unnamed {
        path,
        method: HttpMethod::Get,
        id: None,
        tags: &[],
        answer: Answer::Unknown,
    };
    let names = name(&[path("/a/{x}"), path("/a/{y}")], &BTreeMap::new(), |_| {
        None
    });
    assert_ne!(names[0].method, names[1].method);
}

/// The names of operations by method, path and operationId.
fn all(operations: &[(HttpMethod, &str, &str, Answer)]) -> Vec<String> {
    let operations: Vec<Unnamed<'_>> = operations
        .iter()
        .map(|(method, path, id, answer)| Unnamed {
            path,
            method: *method,
            id: Some(id),
            tags: &[],
            answer: *answer,
        })
        .collect();
    let names = name(&operations, &BTreeMap::new(), |_| None).into_iter();
    names
        .map(|it| format!("{}.{}", it.resource, it.method))
        .collect()
}

#[test]
fn what_is_answered_as_one_thing_is_no_list() {
    let path = "/endpoints/{id}/headers";
    let names = |answer| {
        all(&[
            (HttpMethod::Get, path, "get-headers", answer),
            (HttpMethod::Put, path, "update-headers", Answer::Unknown),
            (HttpMethod::Patch, path, "patch-headers", Answer::Unknown),
        ])
    };
    assert_eq!(
        names(Answer::One),
        ["headers.get", "headers.update", "headers.patch"]
    );
    assert_eq!(names(Answer::Many)[0], "headers.list");
}

#[test]
fn an_update_of_many_is_the_authors_word() {
    let put = (
        HttpMethod::Put,
        "/documents",
        "update_documents",
        Answer::Unknown,
    );
    assert_eq!(all(&[put]), ["documents.update"]);
    let item = (
        HttpMethod::Put,
        "/documents/{id}",
        "update_document",
        Answer::Unknown,
    );
    assert_eq!(
        all(&[put, item]),
        ["documents.update_all", "documents.update"]
    );
}

#[test]
fn the_plain_name_is_that_of_the_operation_whose_method_says_it() {
    let names = all(&[
        (
            HttpMethod::Post,
            "/documents/delete",
            "delete_documents_by_filter",
            Answer::Unknown,
        ),
        (
            HttpMethod::Delete,
            "/documents/{id}",
            "delete_document",
            Answer::Unknown,
        ),
    ]);
    assert_eq!(names, ["documents.delete_by_filter", "documents.delete"]);
}

#[rustfmt::skip] // a table
const HEARD: &[((HttpMethod, &str, &str), &str)] = {
    use HttpMethod::{Delete, Get, Post, Put};
    &[
        ((Delete, "/settings/facet-search", "deletefacet_search"), "settings.delete_facet_search"),
        ((Put, "/settings/facet-search", "updatefacet_search"), "settings.update_facet_search"),
        ((Get, "/settings/search-cutoff", "getsearch_cutoff"), "settings.get_search_cutoff"),
        ((Delete, "/settings/stop-words", "deletestop_words"), "stop_words.delete_all"),
        ((Post, "/customers/{id}/identification", "customer_validate"), "customers.validate_identification"),
        ((Post, "/customers/{id}/cancellation", "cancelCustomer"), "customers.cancel"),
        ((Post, "/webhooks/{id}/ping", "testWebhook"), "webhooks.ping"),
        ((Put, "/settings/facet-search", "putfacetSearch"), "settings.replace_facet_search"),
        ((Post, "/protocol/invalid-retry", "Protocol_invalidRetry"), "protocol.invalid_retry"),
        ((Get, "/watch/apps/daemonsets/{name}", "watchAppsDaemonSet"), "daemonsets.get"),
        ((Get, "/spaces/permissions_check", "check-permissions-for-container"), "spaces.check_permissions"),
        ((Post, "/system/update/refresh", "system_update_refresh"), "system.update_refresh"),
        ((Post, "/sync/sync", "syncSync"), "api.sync"),
        ((Post, "/subscription/{code}/manage/email", "manageEmail"), "subscription.manage_email"),
        ((Get, "/plan/{id}/static/preview/{soc}", "previewSoc"), "plan_static.preview"),
        ((Post, "/events/batch_estimate", "estimateAll"), "events.batch_estimate"),
        ((Post, "/environments/{id}/cleanFailedJobs", "cleanFailedJobs"), "environments.clean_failed_jobs"),
    ]
};

#[test]
fn a_verb_is_heard_though_it_is_glued_to_its_noun_or_done_to_a_part() {
    for ((method, path, id), expected) in HEARD {
        let operation = (*method, *path, *id, Answer::Unknown);
        assert_eq!(all(&[operation]), [*expected], "{operation:?}");
    }
}

#[test]
fn what_is_told_apart_by_its_http_method_is_not_told_apart_by_its_path() {
    let path = "/indexes/{index}/search";
    let names = all(&[
        (HttpMethod::Get, path, "searchByQuery", Answer::Unknown),
        (HttpMethod::Post, path, "searchByBody", Answer::Unknown),
    ]);
    assert_eq!(names, ["indexes.search", "indexes.search_by_body"]);
    let one = "/recordings/{year}/{month}/{day}/{camera}";
    let other = "/recordings/{year}/{month}/{day}/{camera}/{zone}";
    let names = all(&[
        (HttpMethod::Get, one, "", Answer::Unknown),
        (HttpMethod::Get, other, "", Answer::Unknown),
    ]);
    assert_eq!(names, ["recordings.get", "recordings.get_by_zone"]);
}

#[test]
fn a_get_does_nothing_that_its_author_does_not_say() {
    let path = "/pulls/{number}/merge";
    let names = all(&[
        (HttpMethod::Get, path, "check-if-merged", Answer::Unknown),
        (HttpMethod::Put, path, "merge", Answer::Unknown),
    ]);
    assert_eq!(names, ["pulls.check_merge", "pulls.merge"]);
    let reset = "/things/{id}/restore";
    let names = all(&[
        (HttpMethod::Get, reset, "", Answer::Unknown),
        (HttpMethod::Post, reset, "", Answer::Unknown),
    ]);
    assert_eq!(names[1], "things.restore");
    let validate = all(&[(
        HttpMethod::Get,
        "/things/{id}/validate",
        "checkThing",
        Answer::Unknown,
    )]);
    assert_eq!(validate, ["things.validate"]);
}
