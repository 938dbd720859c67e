//! Lists that lead from page to page by ids, URLs and links.

use crate::server::{Answer, Asked, Server, Tested, error_of, json};
use std::sync::Mutex;
use tilt_runtime as rt;

static LIST: rt::Operation = rt::Operation {
    path: "/v1/list",
    parameters: &[rt::Parameter::query("after"), rt::Parameter::query("limit")],
    ..rt::Operation::NEW
};

static BY_LAST_ID: rt::Pagination = rt::Pagination {
    style: rt::PageStyle::LastId {
        after: rt::Slot::Parameter(0),
        id: &["id"],
    },
    items: &["data"],
    more: Some(&["has_more"]),
    done: None,
};

static BY_URL: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Url {
        next: &["_links", "next", "href"],
    },
    &["_embedded", "payments"],
);

static BY_RELATION: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Relation {
        links: &["meta", "links"],
        relation: "rel",
        url: "href",
    },
    &["data"],
);

static BY_HEADER: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Header {
        parameter: rt::Slot::Parameter(0),
        header: "x-next-page",
    },
    &[],
);

static BY_LINK: rt::Pagination = rt::Pagination::new(rt::PageStyle::Link, &[]);

async fn numbers(server: &Server, pages: &'static rt::Pagination) -> Result<Vec<i64>, rt::Error> {
    server
        .call::<rt::Empty>(&LIST)?
        .items(pages)
        .collect()
        .await
}

async fn values(
    server: &Server,
    pages: &'static rt::Pagination,
) -> Result<Vec<rt::Value>, rt::Error> {
    server
        .call::<rt::Empty>(&LIST)?
        .items(pages)
        .collect()
        .await
}

/// A page by links in the header.
fn linked(link: &str, body: &str) -> Vec<u8> {
    with_header("Link", link, body)
}

fn with_header(name: &str, value: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{name}: {value}\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[tokio::test]
async fn the_last_id_leads_on_while_there_is_more() -> Tested {
    let server = Server::pages(&[
        r#"{"data":[{"id":"a"},{"id":"b c"}],"has_more":true}"#,
        r#"{"data":[{"id":7}],"has_more":true}"#,
        r#"{"data":[{"id":"z"}],"has_more":false}"#,
    ])
    .await?;
    let mut call = server.call::<rt::Empty>(&LIST)?;
    call.set(1, &2);
    let all: Vec<rt::Value> = call.items(&BY_LAST_ID).collect().await?;
    assert_eq!(all.len(), 4);
    assert_eq!(
        server.targets(),
        [
            "/v1/list?limit=2",
            "/v1/list?after=b%20c&limit=2",
            "/v1/list?after=7&limit=2"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn more_without_a_way_to_it_is_an_error() -> Tested {
    for body in [
        r#"{"data":[],"has_more":true}"#,
        r#"{"data":[{"name":"x"}],"has_more":true}"#,
    ] {
        let server = Server::pages(&[body]).await?;
        let error = error_of(values(&server, &BY_LAST_ID).await)?;
        assert!(error.to_string().contains("not where"), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_list_that_says_no_more_is_not_asked_further() -> Tested {
    static CURSOR: rt::Pagination = rt::Pagination {
        style: rt::PageStyle::Cursor {
            cursor: rt::Slot::Parameter(0),
            next: &["next"],
        },
        items: &["data"],
        more: Some(&["has_more"]),
        done: None,
    };
    let server = Server::pages(&[
        r#"{"data":[1],"next":"https://x.test/l?after=1","has_more":true}"#,
        r#"{"data":[2],"next":"https://x.test/l?after=2","has_more":false}"#,
    ])
    .await?;
    assert_eq!(numbers(&server, &CURSOR).await?, [1, 2]);
    assert_eq!(server.targets(), ["/v1/list", "/v1/list?after=1"]);
    let server = Server::pages(&[r#"{"data":[1],"has_more":true}"#]).await?;
    error_of(numbers(&server, &CURSOR).await)?;
    Ok(())
}

#[tokio::test]
async fn a_list_that_says_it_was_the_last_page_is_not_asked_further() -> Tested {
    static CURSOR: rt::Pagination = rt::Pagination {
        style: rt::PageStyle::Cursor {
            cursor: rt::Slot::Parameter(0),
            next: &["after"],
        },
        items: &["data"],
        more: None,
        done: Some(&["done"]),
    };
    let server = Server::pages(&[
        r#"{"data":[1],"after":"a","done":false}"#,
        r#"{"data":[2],"after":"b","done":true}"#,
    ])
    .await?;
    assert_eq!(numbers(&server, &CURSOR).await?, [1, 2]);
    assert_eq!(server.targets(), ["/v1/list", "/v1/list?after=a"]);
    let server = Server::pages(&[r#"{"data":[1],"done":false}"#]).await?;
    error_of(numbers(&server, &CURSOR).await)?;
    Ok(())
}

#[tokio::test]
async fn a_cursor_in_a_link_that_lacks_it_is_an_error() -> Tested {
    static CURSOR: rt::Pagination = rt::Pagination::new(
        rt::PageStyle::Cursor {
            cursor: rt::Slot::Parameter(0),
            next: &["next"],
        },
        &["data"],
    );
    let body = r#"{"data":[1],"next":"https://x.test/list?page=2"}"#;
    let server = Server::pages(&[body]).await?;
    let error = error_of(numbers(&server, &CURSOR).await)?;
    assert!(error.to_string().contains("lacks the parameter"), "{error}");
    Ok(())
}

#[tokio::test]
async fn urls_absolute_and_relative_are_followed_with_what_the_call_carries() -> Tested {
    let base = Mutex::new(String::new());
    let base: &'static Mutex<String> = Box::leak(Box::new(base));
    let server = Server::start(move |asked: &Asked| {
        let base = base.lock().map(|it| it.clone()).unwrap_or_default();
        let (items, next) = match asked.target.as_str() {
            "/v1/list?limit=2" => ("1,2", format!("\"{base}/v1/list?from=a%26b&limit=2#x\"")),
            "/v1/list?from=a%26b&limit=2" => ("", "\"/other/place?p=3\"".to_owned()),
            "/other/place?p=3" => ("3", "\"?p=4\"".to_owned()),
            "/other/place?p=4" => ("4", "null".to_owned()),
            other => (other, String::new()),
        };
        let body = format!(
            "{{\"_embedded\":{{\"payments\":[{items}]}},\"_links\":{{\"next\":{{\"href\":{next}}}}}}}"
        );
        Answer::Pieces(vec![json("200 OK", &body)])
    })
    .await?;
    if let Ok(mut base) = base.lock() {
        base.clone_from(&server.url);
    }
    let mut call = server.call::<rt::Empty>(&LIST)?.header("X-Trace", "t-1");
    call.set(1, &2);
    let all: Vec<i64> = call.items(&BY_URL).collect().await?;
    assert_eq!(all, [1, 2, 3, 4]);
    let asked = server.asked();
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|it| it.header("x-trace") == Some("t-1")));
    Ok(())
}

#[tokio::test]
async fn a_url_of_another_server_is_not_followed() -> Tested {
    let other = Server::always(json("200 OK", "{}")).await?;
    let port = other.url.rsplit(':').next().unwrap_or_default();
    for next in [
        other.url.clone(),
        format!("//127.0.0.1:{port}/v1/list"),
        "https://127.0.0.1/v1/list".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let body = format!(
            "{{\"_embedded\":{{\"payments\":[1]}},\"_links\":{{\"next\":{{\"href\":\"{next}\"}}}}}}"
        );
        let server = Server::in_turn(vec![json("200 OK", &body)]).await?;
        let mut items = server.call::<rt::Empty>(&LIST)?.items::<i64>(&BY_URL);
        let error = error_of(items.try_next().await)?;
        assert!(error.to_string().contains("another server"), "{error}");
        assert!(!error.to_string().contains(port), "{error}");
        assert_eq!(items.try_next().await?, None);
        assert_eq!(server.asked().len(), 1);
    }
    assert!(other.asked().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_url_with_credentials_of_its_own_is_not_followed() -> Tested {
    let server = Server::start(|asked: &Asked| {
        let host = asked.header("host").unwrap_or_default();
        let link = format!("<http://user:pass@{host}/v1/list?p=2>; rel=\"next\"");
        Answer::Pieces(vec![linked(&link, "[1]")])
    })
    .await?;
    let error = error_of(numbers(&server, &BY_LINK).await)?;
    assert!(error.to_string().contains("another server"), "{error}");
    assert_eq!(server.asked().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_link_that_says_that_it_is_the_next_is_followed() -> Tested {
    let page =
        |items: &str, links: &str| format!(r#"{{"data":[{items}],"meta":{{"links":[{links}]}}}}"#);
    let own = r#"{"rel":"self","href":"/v1/list?at=0"}"#;
    let server = Server::pages(&[
        &page(
            "1,2",
            &format!(r#"{own},{{"rel":"Next","href":"/v1/list?at=2"}}"#),
        ),
        &page("3", r#"{"href":"?at=3","rel":"last next"},7,{"rel":null}"#),
        &page("4", own),
    ])
    .await?;
    assert_eq!(numbers(&server, &BY_RELATION).await?, [1, 2, 3, 4]);
    assert_eq!(
        server.targets(),
        ["/v1/list", "/v1/list?at=2", "/v1/list?at=3"]
    );
    Ok(())
}

#[tokio::test]
async fn a_mark_in_a_header_leads_on_until_it_is_empty() -> Tested {
    for last in [with_header("X-Next-Page", "", "[3]"), json("200 OK", "[3]")] {
        let first = with_header("X-Next-Page", "b c", "[1,2]");
        let server = Server::in_turn(vec![first, last]).await?;
        assert_eq!(numbers(&server, &BY_HEADER).await?, [1, 2, 3]);
        assert_eq!(server.targets(), ["/v1/list", "/v1/list?after=b%20c"]);
    }
    Ok(())
}

#[tokio::test]
async fn links_in_the_header_are_followed() -> Tested {
    let server = Server::in_turn(vec![
        linked(
            "</v1/list?page=2>; rel=\"next\", </v1/list?page=9>; rel=\"last\"",
            "[1,2]",
        ),
        linked("</v1/list?page=3>; rel=\"next\"", "[]"),
        linked("</v1/list?page=2>; rel=\"prev\"", "[3]"),
    ])
    .await?;
    assert_eq!(numbers(&server, &BY_LINK).await?, [1, 2, 3]);
    assert_eq!(
        server.targets(),
        ["/v1/list", "/v1/list?page=2", "/v1/list?page=3"]
    );
    Ok(())
}

#[tokio::test]
async fn a_key_in_the_query_that_a_link_repeats_is_sent_once() -> Tested {
    static KEYED: rt::Api = rt::Api {
        user_agent: "test/1",
        schemes: &[rt::Scheme {
            name: "key",
            kind: rt::SchemeKind::ApiKey {
                location: rt::Location::Query,
                name: "key",
            },
        }],
        errors: rt::ErrorShape {
            code: None,
            message: None,
            request_id: None,
        },
        refused: &[],
    };
    static SECURED: rt::Operation = rt::Operation {
        path: "/v1/list",
        security: &[&[(0, &[])]],
        ..rt::Operation::NEW
    };
    let server = Server::in_turn(vec![
        linked("</v1/list?key=k-1&page=2>; rel=\"next\"", "[1]"),
        linked("</v1/list?page=3>; rel=\"next\"", "[2]"),
        linked("</v1/list>; rel=\"first\"", "[3]"),
    ])
    .await?;
    let client = server.builder(&KEYED).secret(0, "k-1".into()).build()?;
    let items = client.call::<rt::Empty>(&SECURED).items::<i64>(&BY_LINK);
    assert_eq!(items.collect().await?, [1, 2, 3]);
    assert_eq!(
        server.targets(),
        [
            "/v1/list?key=k-1",
            "/v1/list?key=k-1&page=2",
            "/v1/list?page=3&key=k-1"
        ]
    );
    Ok(())
}
