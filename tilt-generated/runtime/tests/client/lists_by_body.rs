//! Lists whose requests say in their body, or in an object, which page is wanted.

use crate::server::{Server, Tested, error_of};
use rt::Slot;
use tilt_runtime as rt;

static SEARCH: rt::Operation = rt::Operation {
    method: rt::Method::Post,
    path: "/search",
    ..rt::Operation::NEW
};

static LIST: rt::Operation = rt::Operation {
    path: "/list",
    parameters: &[rt::Parameter::query("pageable")],
    ..rt::Operation::NEW
};

const fn by_cursor(cursor: Slot) -> rt::Pagination {
    let next = &["next"];
    rt::Pagination::new(rt::PageStyle::Cursor { cursor, next }, &["items"])
}

const fn by_page(page: Slot) -> rt::Pagination {
    let style = rt::PageStyle::Page {
        page,
        first: 0,
        total: Some(&["total"]),
    };
    rt::Pagination::new(style, &["items"])
}

static BY_TEXT: rt::Pagination = by_cursor(Slot::Body(&["page", "cursor"]));
static BY_NUMBER: rt::Pagination = by_cursor(Slot::BodyNumber(&["from"]));
static BY_PAGE: rt::Pagination = by_page(Slot::BodyNumber(&["page"]));
static BY_PROPERTY: rt::Pagination = by_page(Slot::Property(0, "page"));

fn sent(server: &Server) -> Vec<String> {
    server.asked().iter().map(|it| it.text()).collect()
}

async fn all(
    server: &Server,
    body: Option<serde_json::Value>,
    pages: &'static rt::Pagination,
) -> Result<Vec<i64>, rt::Error> {
    let mut call = server.call::<rt::Empty>(&SEARCH)?;
    if let Some(body) = body {
        call.json("application/json", &body);
    }
    call.items(pages).collect().await
}

#[tokio::test]
async fn a_mark_goes_into_the_body_and_what_else_is_there_stays() -> Tested {
    let server = Server::pages(&[
        r#"{"items":[1],"next":"a\"b"}"#,
        r#"{"items":[],"next":"c"}"#,
        r#"{"items":[2],"next":null}"#,
    ])
    .await?;
    let body = serde_json::json!({"filter": {"a": 1}, "page": {"limit": 1}});
    assert_eq!(all(&server, Some(body), &BY_TEXT).await?, [1, 2]);
    assert_eq!(
        sent(&server),
        [
            r#"{"filter":{"a":1},"page":{"limit":1}}"#,
            r#"{"filter":{"a":1},"page":{"limit":1,"cursor":"a\"b"}}"#,
            r#"{"filter":{"a":1},"page":{"limit":1,"cursor":"c"}}"#,
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_body_that_was_left_out_has_the_mark_alone() -> Tested {
    let server = Server::pages(&[r#"{"items":[1],"next":20}"#, r#"{"items":[2]}"#]).await?;
    assert_eq!(all(&server, None, &BY_NUMBER).await?, [1, 2]);
    let asked = server.asked();
    assert_eq!(asked[0].text(), "");
    assert_eq!(asked[1].text(), r#"{"from":20}"#);
    assert_eq!(asked[1].header("content-type"), Some("application/json"));
    Ok(())
}

#[tokio::test]
async fn pages_are_counted_in_a_body_from_the_one_that_it_asks_for() -> Tested {
    let server =
        Server::pages(&[r#"{"items":[1,2],"total":3}"#, r#"{"items":[3],"total":3}"#]).await?;
    let body = serde_json::json!({"size": 2});
    assert_eq!(all(&server, Some(body), &BY_PAGE).await?, [1, 2, 3]);
    assert_eq!(
        sent(&server),
        [r#"{"size":2,"page":0}"#, r#"{"size":2,"page":1}"#]
    );
    let server = Server::pages(&[r#"{"items":[5],"total":9}"#, r#"{"items":[]}"#]).await?;
    let body = serde_json::json!({"page": 4});
    assert_eq!(all(&server, Some(body), &BY_PAGE).await?, [5]);
    assert_eq!(sent(&server), [r#"{"page":4}"#, r#"{"page":5}"#]);
    Ok(())
}

#[tokio::test]
async fn pages_are_counted_in_an_object_of_the_query() -> Tested {
    let bodies: &[&str] = &[r#"{"items":[1],"total":2}"#, r#"{"items":[2],"total":2}"#];
    let server = Server::pages(bodies).await?;
    let mut call = server.call::<rt::Empty>(&LIST)?;
    call.set(0, &serde_json::json!({"size": 1, "sort": "name"}));
    let found: Vec<i64> = call.items(&BY_PROPERTY).collect().await?;
    assert_eq!(found, [1, 2]);
    let server_without = Server::pages(bodies).await?;
    let call = server_without.call::<rt::Empty>(&LIST)?;
    let found: Vec<i64> = call.items(&BY_PROPERTY).collect().await?;
    assert_eq!(found, [1, 2]);
    assert_eq!(
        server.targets(),
        [
            "/list?size=1&sort=name&page=0",
            "/list?size=1&sort=name&page=1"
        ]
    );
    assert_eq!(server_without.targets(), ["/list?page=0", "/list?page=1"]);
    Ok(())
}

#[tokio::test]
async fn a_list_by_a_body_goes_round_never() -> Tested {
    let server = Server::pages(&[
        r#"{"items":[1],"next":"a"}"#,
        r#"{"items":[2],"next":"a"}"#,
        r#"{"items":[3],"next":"a"}"#,
    ])
    .await?;
    let error = error_of(all(&server, None, &BY_TEXT).await)?;
    assert!(error.to_string().contains("goes round"), "{error}");
    assert_eq!(server.asked().len(), 2);
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_no_object_takes_no_mark() -> Tested {
    let server = Server::pages(&[r#"{"items":[1],"next":"a"}"#]).await?;
    let body = Some(serde_json::json!([1]));
    let error = error_of(all(&server, body, &BY_TEXT).await)?;
    assert!(error.to_string().contains("no object"), "{error}");
    Ok(())
}
