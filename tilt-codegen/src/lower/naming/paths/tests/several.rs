//! Operations that are told apart, and what says nothing of them.

use std::collections::BTreeMap;

use super::{all, name, unnamed};
use crate::lower::naming::unnamed::{Answer, Unnamed};
use crate::model::HttpMethod;

/// The names of operations by method, path and operationId.
fn names(operations: &[(HttpMethod, &str, &str)]) -> Vec<String> {
    let operations: Vec<_> = operations
        .iter()
        .map(|(method, path, id)| (*method, *path, *id, Answer::Unknown))
        .collect();
    all(&operations)
}

#[test]
fn a_dot_in_a_domain_or_before_more_of_a_path_is_no_action() {
    use HttpMethod::{Get, Post};
    for (method, path, id, expected) in [
        (
            Get,
            "/apis/batch.k8s.io/",
            "getBatchAPIGroup",
            "apis.get_batch_k8s_io",
        ),
        (
            Get,
            "/apis/batch.core/v1/",
            "getBatchV1",
            "apis.get_batch_core",
        ),
        (
            Post,
            "/admin.users.invite",
            "inviteUser",
            "admin_users.invite",
        ),
    ] {
        assert_eq!(names(&[(method, path, id)]), [expected]);
    }
}

#[test]
fn a_group_is_no_word_of_a_method() {
    use HttpMethod::{Get, Post};
    for (of_all, of_group, expected) in [
        (
            (Get, "/keys", "keys_list"),
            (Get, "/spaces/keys", "spacesKey_list"),
            "keys.list_for_space",
        ),
        (
            (Get, "/apps", "apps_list"),
            (Get, "/add-ons/apps", "addons_get_app"),
            "apps.list_for_add_ons",
        ),
        (
            (Post, "/actions", "actions_post"),
            (Post, "/floating_ips/{ip}/actions", "floatingIPsAction_post"),
            "actions.create_for_floating_ip",
        ),
    ] {
        assert_eq!(names(&[of_all, of_group])[1], expected);
    }
}

#[test]
fn an_action_does_not_repeat_its_resource() {
    use HttpMethod::Post;
    for (path, expected) in [
        ("/apis.createApi", "apis.create"),
        ("/apis.listApis", "apis.list"),
        ("/keys.updateKeyName", "keys.update_name"),
        ("/asset/assetDetail", "asset.detail"),
        ("/github.githubProviders", "github.providers"),
        // One, and many.
        ("/users.getUsers", "users.get_users"),
        ("/users.userAgents", "users.user_agents"),
    ] {
        assert_eq!(names(&[(Post, path, "")]), [expected]);
    }
    let ensured = names(&[(Post, "/patch.ensureRepo", "patch-ensureRepo")]);
    assert_eq!(ensured, ["patch.ensure_repo"]);
}

#[test]
fn the_same_under_another_version_is_told_by_that() {
    use HttpMethod::Get;
    let orders = [
        (Get, "/v1/orders", "listOrders"),
        (Get, "/v2/orders", "listOrdersV2"),
        (Get, "/v1/orders/{id}", "getOrder"),
        (Get, "/v2/orders/{id}", "getOrderV2"),
    ];
    let expected = [
        "orders.list",
        "orders.list_v2",
        "orders.get",
        "orders.get_v2",
    ];
    assert_eq!(names(&orders), expected);
    let later = [orders[0], orders[1]].map(|(method, path, id)| Unnamed {
        id: Some(id),
        ..unnamed(method, path)
    });
    let kept = |key: &str| (key == "GET /v1/orders").then(|| ("orders".into(), "list".into()));
    assert_eq!(name(&later, &BTreeMap::new(), kept)[1].method, "list_v2");
    // Both are of one version.
    let completions = [
        (Get, "/v1/completions", "list"),
        (Get, "/api/v1/completions", "listOther"),
    ];
    assert_eq!(names(&completions)[1], "completions.list_other");
}

#[test]
fn the_same_as_a_file_is_told_by_its_ending() {
    use HttpMethod::Get;
    let invoices = [
        (Get, "/invoices/{invoice_id}", "get_invoice"),
        (Get, "/invoices/{invoice_id}.pdf", "get_invoice_pdf"),
    ];
    assert_eq!(names(&invoices), ["invoices.get", "invoices.get_pdf"]);
}
