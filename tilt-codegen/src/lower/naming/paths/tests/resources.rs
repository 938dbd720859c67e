use super::*;

#[test]
fn the_format_at_the_end_of_a_path_is_no_part_of_what_is_there() {
    let operations = [
        (
            HttpMethod::Get,
            "/containers/json",
            "ContainerList",
            Answer::Many,
        ),
        (
            HttpMethod::Get,
            "/containers/{id}/json",
            "ContainerInspect",
            Answer::One,
        ),
        (HttpMethod::Get, "/json", "json", Answer::One),
    ];
    assert_eq!(
        all(&operations),
        ["containers.list", "containers.get", "json.get"]
    );
}

#[test]
fn a_resource_is_not_said_again_behind_its_verb() {
    let operations = [
        (
            HttpMethod::Post,
            "/api/Orders/CreateOrder",
            "Orders_CreateOrder",
            Answer::One,
        ),
        (
            HttpMethod::Get,
            "/api/Orders/GetOrder",
            "Orders_GetOrder",
            Answer::One,
        ),
        (
            HttpMethod::Get,
            "/api/Orders/GetOrdersByCustomer/{id}",
            "Orders_GetOrdersByCustomer",
            Answer::Many,
        ),
        (
            HttpMethod::Post,
            "/api/Orders/DeleteOrders",
            "Orders_DeleteOrders",
            Answer::Unknown,
        ),
    ];
    let expected = [
        "orders.create",
        "orders.get",
        "orders.list_by_customer",
        "orders.delete_orders",
    ];
    assert_eq!(all(&operations), expected);
}

#[test]
fn a_tag_in_the_singular_is_the_resource_of_paths_in_the_plural() {
    let tags = ["Image".to_owned()];
    let operation = |path, tags, id| Unnamed {
        id: Some(id),
        tags,
        ..unnamed(HttpMethod::Post, path)
    };
    let of = |operations: &[Unnamed<'_>]| {
        let names = name(operations, &BTreeMap::new(), |_| None).into_iter();
        names.map(|it| it.resource).collect::<Vec<_>>()
    };
    let build = operation("/build", &tags, "ImageBuild");
    assert_eq!(
        of(&[build, operation("/images/{id}/push", &tags, "ImagePush")]),
        ["images", "images"]
    );
    assert_eq!(of(&[build]), ["image"]);
    let path = [
        operation("/image/build", &[], "build"),
        operation("/images/{id}/push", &[], "push"),
    ];
    assert_eq!(of(&path), ["image", "images"]);
}

#[test]
fn one_that_comes_to_a_group_is_added_where_nothing_of_it_is_sent() {
    let named = |method, sent| {
        let operation = Unnamed {
            sent,
            ..unnamed(method, "/groups/{id}/members/{member}")
        };
        name(&[operation], &BTreeMap::new(), |_| None)[0]
            .method
            .clone()
    };
    assert_eq!(named(HttpMethod::Post, Sent::Nothing), "add");
    assert_eq!(named(HttpMethod::Put, Sent::Nothing), "add");
    assert_eq!(named(HttpMethod::Put, Sent::One), "replace");
    assert_eq!(named(HttpMethod::Delete, Sent::Nothing), "delete");
}

/// The name of an operation whose author says nothing of it, beside others of the same document.
fn unsaid(method: HttpMethod, path: &str, others: &[(HttpMethod, &str)]) -> String {
    let operation = |(method, path)| unnamed(method, path);
    let all: Vec<Unnamed<'_>> = [(method, path)]
        .iter()
        .chain(others)
        .copied()
        .map(operation)
        .collect();
    let name = &name(&all, &BTreeMap::new(), |_| None)[0];
    format!("{}.{}", name.resource, name.method)
}

#[test]
fn words_of_a_path_that_begin_with_a_verb_are_done_whatever_the_method() {
    use HttpMethod::{Delete, Get, Put};
    let others = [(Get, "/users"), (Get, "/users/{id}")];
    for (method, path, expected) in [
        (Put, "/users/{id}/reset-password", "users.reset_password"),
        (Delete, "/users/sign_out", "users.sign_out"),
        (Delete, "/users/destroy_many", "users.destroy_many"),
        (Delete, "/users/{id}/test_key", "users.delete_test_key"),
        (
            Put,
            "/users/{id}/home_address",
            "users.replace_home_address",
        ),
    ] {
        assert_eq!(unsaid(method, path, &others), expected, "{path}");
    }
}

#[test]
fn a_version_that_is_a_number_is_no_resource() {
    use HttpMethod::Get;
    assert_eq!(unsaid(Get, "/rest/api/3/myself", &[]), "myself.get");
    assert_eq!(unsaid(Get, "/rest/api/3/issues/{id}", &[]), "issues.get");
}
