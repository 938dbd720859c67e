//! Methods that are called after what an operation's author says, and numbers that nobody says.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

/// Method, path and operationId.
type Operation = (&'static str, &'static str, &'static str);

/// The resource and method of each operation of one document, in its order.
fn named(operations: &[Operation], names: Option<&str>) -> Vec<String> {
    let mut paths: serde_json::Map<String, Value> = serde_json::Map::new();
    for (method, path, id) in operations {
        let operations = paths.entry(*path).or_insert_with(|| json!({}));
        operations[*method] = json!({"operationId": id, "responses": {}});
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
    });
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", format!("names 1\n{names}"))),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs).unwrap();
    let surface = surface(&modelled.sdk).to_string();
    let name_of = |(method, path, _): &Operation| {
        let end = format!(" = {} {path}", method.to_uppercase());
        let mut lines = surface
            .lines()
            .filter_map(|line| line.strip_prefix("operation "));
        let line = lines.find(|line| line.ends_with(&end)).unwrap();
        line.split('(').next().unwrap().to_owned()
    };
    operations.iter().map(name_of).collect()
}

const THING: &str = "/things/{thing}";

#[test]
fn a_put_replaces_and_a_patch_updates() {
    let both = [("put", THING, "put_thing"), ("patch", THING, "patch_thing")];
    assert_eq!(named(&both, None), ["things.replace", "things.update"]);
}

#[test]
fn a_patch_beside_a_put_that_is_called_update_has_its_own_word_or_is_a_patch() {
    for (patch, expected) in [
        ("patchThing", "things.patch"),
        ("updateThing2", "things.patch"),
        ("modifyThing", "things.modify"),
        ("things_partial_update", "things.partial_update"),
    ] {
        let both = [("put", THING, "updateThing"), ("patch", THING, patch)];
        assert_eq!(named(&both, None), ["things.update", expected], "{patch}");
    }
}

#[test]
fn a_put_that_comes_to_a_patch_of_the_names_file_replaces() {
    let both = [("put", THING, "updateThing"), ("patch", THING, "editThing")];
    let names = "operation PATCH /things/{thing} things.update\n";
    assert_eq!(
        named(&both, Some(names)),
        ["things.replace", "things.update"]
    );
}

#[test]
fn a_noun_by_which_another_is_found_is_no_resource() {
    for (operation, expected) in [
        (
            ("get", "/releases/tags/{tag}", "get-release-by-tag"),
            "releases.get_by_tag",
        ),
        (
            (
                "get",
                "/attempt/endpoint/{endpoint_id}",
                "v1.message-attempt.list-by-endpoint",
            ),
            "attempt.list_by_endpoint",
        ),
        // A thing by its id.
        (
            ("get", "/store/order/{orderId}", "getOrderById"),
            "order.get",
        ),
    ] {
        assert_eq!(named(&[operation], None), [expected]);
    }
}

#[test]
fn those_of_a_parent_are_told_by_it_and_stay_a_list() {
    for (id, expected) in [
        (
            "get-payment-link-payments",
            "payments.list_for_payment_link",
        ),
        (
            "findAllPaymentLinkPayments",
            "payments.list_for_payment_link",
        ),
        ("getRefundedPayments", "payments.list_refunded"),
    ] {
        let both = [
            ("get", "/payments", "list-payments"),
            ("get", "/payment-links/{link}/payments", id),
        ];
        assert_eq!(named(&both, None), ["payments.list", expected], "{id}");
    }
}

#[test]
fn an_operation_id_that_repeats_the_path_tells_nothing() {
    let cards = [
        ("get", "/v1/cards", "GetCards"),
        (
            "get",
            "/v1/customers/{customer}/cards",
            "GetCustomersCustomerCards",
        ),
        (
            "delete",
            "/v1/test_helpers/test_clocks/{clock}",
            "DeleteTestHelpersTestClocksClock",
        ),
    ];
    let expected = [
        "cards.list",
        "cards.list_for_customer",
        "test_clocks.delete",
    ];
    assert_eq!(named(&cards, None), expected);
}

#[test]
fn a_number_behind_an_operation_id_is_no_name() {
    let aliases = [
        ("get", "/_alias", "indices-get-alias"),
        ("get", "/_alias/{name}", "indices-get-alias-1"),
        ("get", "/{index}/_alias", "indices-get-alias-2"),
        ("get", "/{index}/_alias/{name}", "indices-get-alias-3"),
    ];
    let names = named(&aliases, None);
    assert!(
        names
            .iter()
            .all(|name| !name.ends_with(|c: char| c.is_ascii_digit())),
        "{names:?}"
    );
}

#[test]
fn a_version_of_the_path_is_no_word_of_an_operation() {
    let jobs = [
        (
            "get",
            "/apis/batch/v1/jobs",
            "listBatchV1JobForAllNamespaces",
        ),
        (
            "get",
            "/apis/batch/v1/namespaces/{ns}/jobs",
            "listBatchV1NamespacedJob",
        ),
    ];
    assert_eq!(named(&jobs, None), ["jobs.list", "jobs.list_namespaced"]);
}

#[test]
fn a_post_where_nothing_else_is_offered_is_done() {
    for (operations, expected) in [
        (
            vec![("post", "/sys/reload/{part}", "reload-part")],
            vec!["sys.reload"],
        ),
        // There is something to update.
        (
            vec![
                ("post", "/sys/quota/{name}", "PostSysQuotaName"),
                ("get", "/sys/quota/{name}", "GetSysQuotaName"),
            ],
            vec!["quota.update", "quota.get"],
        ),
        // The author says it.
        (
            vec![
                ("post", "/creds/{name}", "aws-generate-credentials"),
                ("get", "/creds/{name}", "aws-read-credentials"),
            ],
            vec!["creds.generate", "creds.get"],
        ),
    ] {
        assert_eq!(named(&operations, None), expected);
    }
}

#[test]
fn a_post_to_the_one_that_asks_is_called_as_its_author_says() {
    let mine = [
        ("get", "/onboarding/me", "get-onboarding-status"),
        ("post", "/onboarding/me", "submit-onboarding-data"),
    ];
    assert_eq!(
        named(&mine, None),
        ["onboarding.get_me", "onboarding.submit"]
    );
}

#[test]
fn a_part_that_is_listed_says_so() {
    let disks = [(
        "get",
        "/hardware/disks-unadopted",
        "physical_disk_list_unadopted",
    )];
    assert_eq!(named(&disks, None), ["hardware.list_disks_unadopted"]);
}

#[test]
fn a_dot_in_a_path_is_no_action() {
    for (operation, expected) in [
        (("get", "/events/{e}/best.jpg", "x"), "events.get_best_jpg"),
        (
            ("get", "/models/bge-base-en-v1.5", "x"),
            "models.get_bge_base_en_v1_5",
        ),
        (("post", "/files.upload", "x"), "files.upload"),
    ] {
        assert_eq!(named(&[operation], None), [expected]);
    }
}

#[test]
fn what_several_parameters_tell_apart_is_called_after_the_last_where_all_are_a_sentence() {
    for (path, expected) in [
        ("/api/things/{index}/{name}", "things.get_by_index_and_name"),
        (
            "/api/things/{tournamentSlug}/{roundSlug}/{roundId}",
            "things.get_by_round_id",
        ),
    ] {
        let both = [("get", THING, ""), ("get", path, "")];
        assert_eq!(named(&both, None), ["things.get", expected]);
    }
}
