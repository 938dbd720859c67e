//! Verbs in paths.

use std::collections::BTreeMap;

use super::{all, name, unnamed};
use crate::lower::naming::unnamed::{Answer, Unnamed};
use crate::model::HttpMethod;

#[test]
fn a_verb_behind_who_does_it_is_done() {
    let operations = [(
        HttpMethod::Post,
        "/account/block/instance/communities",
        "UserBlockInstanceCommunities",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["account.block_instance_communities"]);
}

#[test]
fn a_word_that_no_accessor_can_have_is_not_one() {
    let operations = [(
        HttpMethod::Get,
        "/plan/static/preview/{soc}",
        "previewSocPlan",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["static_plan.preview"]);
}

#[test]
fn a_get_does_nothing_that_its_author_does_not_say() {
    let path = "/pulls/{number}/merge";
    let names = all(&[
        (HttpMethod::Get, path, "check-if-merged", Answer::Unknown),
        (HttpMethod::Put, path, "merge", Answer::Unknown),
    ]);
    assert_eq!(names, ["pulls.check_merge", "pulls.merge"]);
    let path = "/things/{id}/restore";
    let names = all(&[
        (HttpMethod::Get, path, "", Answer::Unknown),
        (HttpMethod::Post, path, "", Answer::Unknown),
    ]);
    assert_eq!(names[1], "things.restore");
    let path = "/things/{id}/validate";
    let validate = all(&[(HttpMethod::Get, path, "checkThing", Answer::Unknown)]);
    assert_eq!(validate, ["things.validate"]);
}

#[test]
fn a_word_for_things_that_are_read_and_removed_is_a_noun() {
    use HttpMethod::{Delete, Get, Post};
    let names = all(&[
        (Get, "/entity/move/{id}", "", Answer::Unknown),
        (Delete, "/entity/move/{id}", "", Answer::Unknown),
        (Post, "/entity/move", "", Answer::Unknown),
        (Post, "/entity/move/delete", "batchDelete", Answer::Unknown),
        (
            Post,
            "/entity/move/{id}/files",
            "addMoveFiles",
            Answer::Unknown,
        ),
        (Post, "/files", "addFiles", Answer::Unknown),
    ]);
    assert_eq!(
        names[2..5],
        ["move.create", "move.batch_delete", "files.add_for_move"]
    );
}

#[test]
fn a_verb_that_is_all_there_is_of_its_path_is_done() {
    use HttpMethod::Post;
    let leases = [(Post, "/leases/lookup", "read-lease", Answer::Unknown)];
    assert_eq!(all(&leases), ["leases.lookup"]);
    let keys = [(
        Post,
        "/keys/{name}/test/sign",
        "write-keys-test-sign",
        Answer::Unknown,
    )];
    assert_eq!(all(&keys), ["keys.test_sign"]);
}

#[test]
fn operations_of_one_resource_have_one_word_for_one_method() {
    use HttpMethod::Put;
    let names = all(&[
        (Put, "/literal/all", "Literal_putAll", Answer::Unknown),
        (
            Put,
            "/big/int/literal/all",
            "BigIntLiteral_putAll",
            Answer::Unknown,
        ),
    ]);
    assert_eq!(
        names,
        ["literal.replace_all", "literal.replace_all_for_big_int"]
    );
}

#[test]
fn what_is_called_after_a_verb_is_a_noun_before_another_verb() {
    use HttpMethod::{Delete, Get, Post, Put};
    for (method, path, id, expected) in [
        (
            Delete,
            "/read_replicas/{id}",
            "readReplicas_delete",
            "read_replicas.delete",
        ),
        (
            Get,
            "/read_replicas",
            "readReplicas_list",
            "read_replicas.list",
        ),
        (
            Delete,
            "/save_points/{id}",
            "savePoint_delete",
            "save_points.delete",
        ),
        (
            Put,
            "/view_counters/{id}",
            "viewCounters_update",
            "view_counters.update",
        ),
        (
            Delete,
            "/view_tables/{id}",
            "viewTables_deleteById",
            "view_tables.delete",
        ),
        (Delete, "/load/{id}", "load_delete", "load.delete"),
        (Post, "/load_things", "loadThings_post", "api.load_things"),
    ] {
        let operation = (method, path, id, Answer::Unknown);
        assert_eq!(all(&[operation]), [expected], "{operation:?}");
    }
}

#[test]
fn what_a_tag_calls_after_a_verb_is_a_noun() {
    let tags = ["Load Balancers".to_owned()];
    let operation = Unnamed {
        id: Some("loadBalancers_delete"),
        tags: &tags,
        ..unnamed(HttpMethod::Delete, "/balancers/{id}")
    };
    let names = name(&[operation], &BTreeMap::new(), |_| None);
    assert_eq!(names[0].method, "delete");
}

#[test]
fn a_verb_before_a_collection_is_not_done_where_the_author_says_another() {
    use HttpMethod::{Delete, Get, Post};
    for (method, path, id, expected) in [
        (Get, "/compute/regions", "listRegions", "regions.list"),
        (Get, "/convert/orders", "listConvertOrders", "orders.list"),
        (
            Delete,
            "/merge/items/{id}",
            "MergeService_DeleteItem",
            "items.delete",
        ),
        (
            Get,
            "/export/files",
            "ExportService_ListFiles",
            "files.list",
        ),
        (
            Get,
            "/compute/clusters/{id}",
            "GPUClusterService_Get",
            "clusters.get",
        ),
        (Post, "/merge/items", "mergeItems", "items.merge"),
        (Get, "/generate/names", "GetGenerateNames", "names.generate"),
    ] {
        let operation = (method, path, id, Answer::Unknown);
        assert_eq!(all(&[operation]), [expected], "{operation:?}");
    }
}

#[test]
fn a_post_is_called_as_its_author_says_and_creates_where_nobody_says_more() {
    use HttpMethod::Post;
    for (path, id, expected) in [
        ("/files", "uploadFile", "files.upload"),
        ("/tasks", "submit_task", "tasks.submit"),
        ("/dags/{id}/dagRuns", "trigger_dag_run", "dag_runs.trigger"),
        ("/items", "addItem", "items.create"),
        ("/tokens", "MintToken", "tokens.create"),
        ("/refunds", "refundPayment", "refunds.create"),
        ("/add", "", "api.add"),
        ("/charge", "", "charge.create"),
    ] {
        let operation = (Post, path, id, Answer::Unknown);
        assert_eq!(all(&[operation]), [expected], "{operation:?}");
    }
}

#[test]
fn a_put_of_one_to_the_path_of_all_is_its_authors_word() {
    use HttpMethod::Put;
    for (id, expected) in [
        ("savePet", "pets.save"),
        ("setPet", "pets.set"),
        ("putPet", "pets.replace"),
        ("savePets", "pets.replace_all"),
    ] {
        let operation = (Put, "/pets", id, Answer::Unknown);
        assert_eq!(all(&[operation]), [expected], "{id}");
    }
}

#[test]
fn many_that_are_got_are_listed_though_their_word_is_no_plural() {
    use HttpMethod::Get;
    for (path, id, answer, expected) in [
        (
            "/evaluation",
            "getAllEvaluationJobs",
            Answer::Many,
            "evaluation.list",
        ),
        (
            "/evaluation",
            "getAllEvaluationJobs",
            Answer::One,
            "evaluation.get",
        ),
        ("/person", "getPersonDetails", Answer::Many, "person.get"),
        ("/allOrders", "", Answer::Many, "all_orders.list"),
        ("/config/getall", "", Answer::Many, "config.get_all"),
        (
            "/margin/openOrderList",
            "",
            Answer::Many,
            "open_order_list.list",
        ),
        (
            "/margin/orderList",
            "",
            Answer::One,
            "margin.get_order_list",
        ),
        (
            "/mobile/after/{board}/{thread}",
            "",
            Answer::One,
            "mobile.get_after_thread",
        ),
        (
            "/rules/owned-by/{resource_id}",
            "",
            Answer::One,
            "rules.get_owned_by_resource",
        ),
    ] {
        assert_eq!(all(&[(Get, path, id, answer)]), [expected], "{id}");
    }
}

#[test]
fn a_part_of_a_parameters_name_is_its_authors_word() {
    use HttpMethod::{Get, Post};
    let values = [
        (Get, "/codes/{code}", "getCodeValues", Answer::One),
        (Get, "/codes/{code}/{valueKey}", "getCodeValue", Answer::One),
    ];
    assert_eq!(all(&values), ["codes.get", "codes.get_value"]);
    let counts = [
        (Get, "/cat/count", "cat-count-1", Answer::One),
        (Post, "/cat/count", "cat-count", Answer::One),
        (Get, "/cat/count/{index}", "cat-count-3", Answer::One),
        (Post, "/cat/count/{index}", "cat-count-2", Answer::One),
    ];
    assert_eq!(
        all(&counts),
        [
            "cat.count",
            "cat.post_count",
            "cat.count_by_index",
            "cat.post_count_by_index"
        ]
    );
}

#[test]
fn what_stands_before_a_verb_is_not_said_again_behind_it() {
    use HttpMethod::Post;
    for (path, expected) in [
        ("/deployments/{id}/pause_deployment", "deployments.pause"),
        ("/waste/verifyWaste", "waste.verify"),
        (
            "/block_types/install_system_block_types",
            "block_types.install_system",
        ),
        ("/orders/{id}/cancel_items", "orders.cancel_items"),
    ] {
        let operation = (Post, path, "", Answer::Unknown);
        assert_eq!(all(&[operation]), [expected], "{path}");
    }
}

#[test]
fn of_two_that_are_got_alike_one_has_the_version_or_what_it_is_of() {
    use HttpMethod::{Delete, Get};
    let lists = [
        (Get, "/session", "session.list", Answer::Many),
        (Get, "/api/session", "v2.session.list", Answer::Many),
        (Get, "/discounts", "", Answer::Many),
        (Get, "/discounts/v2/list", "", Answer::Many),
    ];
    assert_eq!(
        all(&lists),
        [
            "session.list",
            "session.list_v2",
            "discounts.list",
            "discounts.list_v2"
        ]
    );
    let members = [
        (Delete, "/members/{id}", "Delete a Member", Answer::Unknown),
        (
            Delete,
            "/team/members/{id}",
            "Delete a Team Member",
            Answer::Unknown,
        ),
        (Get, "/members/{id}", "Get Member Details", Answer::One),
        (
            Get,
            "/team/members/{id}",
            "Get Team Member Details",
            Answer::One,
        ),
    ];
    assert_eq!(
        all(&members),
        [
            "members.delete",
            "members.delete_for_team",
            "members.get",
            "members.get_for_team"
        ]
    );
}

#[test]
fn a_thing_that_is_called_like_a_deed_is_deleted_and_got() {
    use HttpMethod::{Delete, Get, Put};
    let names = all(&[
        (Delete, "/charges/{id}", "charge_delete", Answer::Unknown),
        (Get, "/posts/{id}", "post_retrieve", Answer::Unknown),
        (Put, "/posts/{id}", "post_update", Answer::Unknown),
    ]);
    assert_eq!(names, ["charges.delete", "posts.get", "posts.update"]);
}

#[test]
fn a_path_of_all_is_of_all() {
    let operations = [(
        HttpMethod::Put,
        "/property/string/all",
        "String_putAll",
        Answer::Unknown,
    )];
    assert_eq!(all(&operations), ["string.replace_all"]);
}
