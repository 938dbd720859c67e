//! Services whose paths are calls.

use std::collections::BTreeMap;

use super::{name, unnamed};
use crate::lower::naming::unnamed::Unnamed;
use crate::model::HttpMethod;

fn called(method: HttpMethod, path: &str, id: &str, tag: &str) -> String {
    let tags = match tag {
        "" => Vec::new(),
        tag => vec![tag.to_owned()],
    };
    let operation = Unnamed {
        id: Some(id),
        tags: &tags,
        ..unnamed(method, path)
    };
    let name = &name(&[operation], &BTreeMap::new(), |_| None)[0];
    format!("{}.{}", name.resource, name.method)
}

#[test]
fn a_method_of_a_service_is_one_of_its_tag() {
    use HttpMethod::Post;
    for (path, id, tag, expected) in [
        (
            "/twirp/acme.users.Users/BanUser",
            "Users_BanUser",
            "Users",
            "users.ban",
        ),
        (
            "/library.v1.LibraryService/Checkout",
            "LibraryService_Checkout",
            "LibraryService",
            "library_service.checkout",
        ),
        (
            "/v1/payments.v1.PaymentService/Refund",
            "PaymentService_Refund",
            "",
            "payment_service.refund",
        ),
        (
            "/envoy.test.ClusterDiscoveryService/DeltaClusters",
            "envoy.test.ClusterDiscoveryService.DeltaClusters",
            "envoy.test.ClusterDiscoveryService",
            "cluster_discovery_service.delta_clusters",
        ),
        (
            "/rpc/UserService/GetUser",
            "getUser",
            "",
            "user_service.get_user",
        ),
        // Azure: a provider and what it has.
        (
            "/providers/Microsoft.Billing/accounts",
            "createAccount",
            "Accounts",
            "accounts.create",
        ),
    ] {
        assert_eq!(called(Post, path, id, tag), expected, "{path}");
    }
}

#[test]
fn a_target_behind_a_path_is_the_whole_operation_id() {
    use HttpMethod::{Get, Post};
    let target = |name: &str| format!("/#X-Amz-Target=Logs_20140328.{name}");
    for (id, tag, expected) in [
        ("PutLogEvents", "", "root.put_log_events"),
        ("CreateLogGroup", "", "root.create_log_group"),
        ("CreateLogGroup", "Logs", "logs.create_log_group"),
    ] {
        assert_eq!(called(Post, &target(id), id, tag), expected);
    }
    let path = "/#Action=SendMessage";
    assert_eq!(
        called(Get, path, "GET_SendMessage", ""),
        "root.send_message"
    );
}

#[test]
fn a_function_in_a_namespace_is_done_to_what_stands_before_it() {
    use HttpMethod::{Get, Post};
    for (method, path, id, expected) in [
        (
            Post,
            "/People/{UserName}/TripPin.ShareTrip",
            "People.Person.ShareTrip",
            "people.share_trip",
        ),
        (
            Get,
            "/People/{UserName}/TripPin.GetFavoriteAirline()",
            "People.Person.GetFavoriteAirline",
            "people.get_favorite_airline",
        ),
        (
            Post,
            "/api/chat.postMessage",
            "chat_postMessage",
            "chat.post_message",
        ),
    ] {
        assert_eq!(called(method, path, id, ""), expected, "{path}");
    }
}
