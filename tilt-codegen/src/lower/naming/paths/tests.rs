use super::*;

fn named(method: HttpMethod, path: &str) -> String {
    let unnamed = Unnamed {
        path,
        method,
        id: None,
        tags: &[],
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
    };
    let names = name(&[path("/a/{x}"), path("/a/{y}")], &BTreeMap::new(), |_| {
        None
    });
    assert_ne!(names[0].method, names[1].method);
}
