//! Lists: pages and search.

use http::Method;
use serde_json::Value;
use tilt_sandbox::{Location, Sandbox};

use crate::api::{Answer, Api, LOCATIONS};

async fn list(api: &Api, query: &[(&str, &str)]) -> Answer {
    let request = api.request(&Method::GET, LOCATIONS, &[]).query(query);
    api.send(Method::GET, LOCATIONS, request).await
}

fn names(answer: &Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().expect("items");
    items
        .iter()
        .filter_map(|item| item["name"].as_str())
        .collect()
}

async fn with_locations(count: usize) -> Api {
    let builder = (0..count).fold(
        Sandbox::builder().manual_clock().rate_limit(None),
        |builder, number| builder.location(Location::new(format!("Branch {number}"))),
    );
    Api::with(builder).await
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_overlap() {
    let api = with_locations(5).await;
    let mut seen = Vec::new();
    for offset in ["0", "2", "4", "6"] {
        let page = list(&api, &[("limit", "2"), ("offset", offset)]).await;
        assert_eq!(page.body["total"], 5);
        assert_eq!(page.body["limit"], 2);
        assert_eq!(page.body["offset"].to_string(), offset);
        seen.extend(names(&page).into_iter().map(String::from));
    }
    let all: Vec<String> = (0..5).map(|number| format!("Branch {number}")).collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_page_has_50_items_by_default_and_200_at_most() {
    let api = with_locations(201).await;
    assert_eq!(names(&list(&api, &[]).await).len(), 50);
    assert_eq!(names(&list(&api, &[("limit", "200")]).await).len(), 200);
    for query in [
        ("limit", "201"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "ten"),
        ("offset", "-1"),
        ("offset", "1.5"),
    ] {
        let answer = list(&api, &[query]).await;
        assert_eq!(answer.error(), (400, "invalid_request"), "{query:?}");
    }
}

#[tokio::test]
async fn search_is_by_name_and_counts_only_what_it_finds() {
    let api = Api::start().await;
    let answer = list(&api, &[("search", "main stret")]).await;
    assert_eq!(names(&answer), ["Main Street Motors"]);
    assert_eq!(answer.body["total"], 1);
    let answer = list(&api, &[("search", "zzz")]).await;
    assert_eq!(answer.body["items"], Value::Array(Vec::new()));
}
