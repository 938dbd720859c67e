use super::*;
use crate::lower::naming::unnamed::{Answer, Sent};

mod authored;
mod called;
mod lists;
mod resources;
mod rpc;
mod several;
mod styles;
mod verbs;

/// An operation of which its author says nothing.
fn unnamed(method: HttpMethod, path: &str) -> Unnamed<'_> {
    Unnamed {
        path,
        method,
        id: None,
        tags: &[],
        summary: None,
        answer: Answer::Unknown,
        sent: Sent::Unknown,
        picks: false,
    }
}

fn named(method: HttpMethod, path: &str) -> String {
    let unnamed = unnamed(method, path);
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
        (Get, "/users({id})", "users.get"),
        (
            Post,
            "/users/{id}/microsoft.graph.sendMail",
            "users.send_mail",
        ),
        (Get, "/Accounts{mediaTypeExtension}", "accounts.list"),
        (Get, "/crx/packages/status.jsp", "packages.get_status"),
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
        id: Some(id),
        ..unnamed(HttpMethod::Get, path)
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
    assert_eq!(named(Get, "/users/id/{user_id}"), "users.get");
}

#[test]
fn a_longer_path_gives_way() {
    let path = |path| unnamed(HttpMethod::Get, path);
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
    let path = |path| unnamed(HttpMethod::Get, path);
    let operations = [path("/grown/things"), path("/v1/things")];
    let names = name(&operations, &BTreeMap::new(), |_| None);
    assert_eq!(names[1].method, "list");
    assert_eq!(names[0].method, "list_for_grown");
}

#[test]
fn what_has_a_name_keeps_it() {
    let path = |path| unnamed(HttpMethod::Get, path);
    let operations = [path("/things"), path("/old/things")];
    let previous =
        |key: &str| (key == "GET /old/things").then(|| ("things".to_owned(), "list".to_owned()));
    let names = name(&operations, &BTreeMap::new(), previous);
    assert_eq!(names[1].method, "list");
    assert_eq!(names[0].method, "get_list");
}

#[test]
fn paths_that_differ_in_parameter_names_alone_stay_apart() {
    let path = |path| unnamed(HttpMethod::Get, path);
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
            id: Some(id),
            answer: *answer,
            ..unnamed(*method, path)
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
fn a_word_that_ends_a_phrase_is_no_verb() {
    assert_eq!(
        called("/events/{id}/invalid-retry", "invalid_retry"),
        "events.get_invalid_retry"
    );
    assert_eq!(
        called("/support/health-check", "support_health_check"),
        "support.get_health_check"
    );
    assert_eq!(called("/a/{id}/b", "File_send"), "a.send_b");
    let (answer, post) = (Answer::Unknown, HttpMethod::Post);
    let operations = [
        (post, "/system/update/start", "system_update_start", answer),
        (post, "/records", "perform-search", answer),
        (post, "/sync/sync", "syncSync", answer),
    ];
    let expected = ["system.update_start", "records.search", "api.sync"];
    assert_eq!(all(&operations), expected);
}

#[test]
fn what_an_operation_id_has_of_its_path_is_no_word_of_its_author() {
    let operations = [(
        HttpMethod::Delete,
        "/pages/{id}/tests/{test}",
        "delete-/pages/{id}/tests/{test}_archive",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["tests.archive"]);
}

#[test]
fn two_ways_to_one_thing_are_told_apart_by_the_authors_words() {
    let answer = Answer::Unknown;
    let (get, post, put) = (HttpMethod::Get, HttpMethod::Post, HttpMethod::Put);
    let operations = [
        (get, "/indexes/{i}/search", "search_with_url_query", answer),
        (post, "/indexes/{i}/search", "search_with_post", answer),
        (
            get,
            "/indexes/{i}/settings/facet-search",
            "getfacetSearch",
            answer,
        ),
        (
            put,
            "/indexes/{i}/settings/facet-search",
            "putfacetSearch",
            answer,
        ),
    ];
    let expected = [
        "indexes.search",
        "indexes.search_with_post",
        "settings.get_facet_search",
        "settings.replace_facet_search",
    ];
    assert_eq!(all(&operations), expected);
}

#[test]
fn an_object_of_many_that_is_changed_as_one_is_no_list() {
    let path = "/endpoints/{id}/headers";
    let changed = [
        (HttpMethod::Get, path, "get-headers", Answer::Keyed),
        (HttpMethod::Patch, path, "patch-headers", Answer::Unknown),
        (HttpMethod::Delete, path, "delete-headers", Answer::Unknown),
    ];
    let names = |operations: &[_]| -> Vec<String> {
        let names = all(operations).into_iter();
        names.map(|name| name.replace("headers.", "")).collect()
    };
    assert_eq!(names(&changed), ["get", "update", "delete"]);
    assert_eq!(names(&changed[..1]), ["list"]);
}

#[test]
fn a_group_before_a_verb_goes_behind_it() {
    let (get, answer) = (HttpMethod::Get, Answer::Unknown);
    let operations = [
        (get, "/auth/{mount}/role", "app-role-list-roles", answer),
        (get, "/auth/role", "list-roles", answer),
        (
            get,
            "/gen-ai/runs/{id}/results",
            "genai_get_results",
            answer,
        ),
        (
            get,
            "/gen-ai/runs/{id}/results/{prompt}",
            "genai_get_run_prompt_results",
            Answer::One,
        ),
        (get, "/gen-ai/results/{id}", "genai_get_result", answer),
    ];
    let names = all(&operations);
    assert!(
        names.contains(&"results.get_run_prompt".to_owned()),
        "{names:?}"
    );
    assert_eq!(names[0], "auth.list_roles_for_app_role");
}

#[test]
fn words_that_a_path_has_in_one_are_apart_as_the_operation_id_spells_them() {
    let answer = Answer::Unknown;
    let operations = [
        (
            HttpMethod::Delete,
            "/batterygridlimit",
            "removeBatteryGridLimit",
            answer,
        ),
        (
            HttpMethod::Get,
            "/role/rolebindings",
            "listRoleBinding",
            answer,
        ),
        (HttpMethod::Get, "/webhooks", "listWebHooks", answer),
        (HttpMethod::Get, "/integrations", "integration_s_of", answer),
    ];
    let expected = [
        "battery_grid_limit.delete",
        "role_bindings.list",
        "webhooks.list",
        "integrations.list",
    ];
    assert_eq!(all(&operations), expected);
}

#[test]
fn a_resource_that_is_spelled_in_one_word_already_stays_so() {
    let operation = |path| Unnamed {
        id: Some("listRoleBinding"),
        ..unnamed(HttpMethod::Get, path)
    };
    let operations = ["/rolebindings", "/rolebindings/{id}"].map(operation);
    let names = name(&operations, &BTreeMap::new(), |key| {
        (key == "GET /rolebindings").then(|| ("rolebindings".to_owned(), "list".to_owned()))
    });
    assert_eq!(names[1].resource, "rolebindings");
}
