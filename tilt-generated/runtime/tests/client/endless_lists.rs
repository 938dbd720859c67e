//! Lists that would never end: each is an error after a number of pages that the list itself gives.

use crate::server::{Answer, Asked, Server, Tested, error_of, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use tilt_runtime as rt;

static LIST: rt::Operation = rt::Operation {
    path: "/list",
    parameters: &[rt::Parameter::query("at")],
    ..rt::Operation::NEW
};

const BY_OFFSET: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Offset {
        offset: rt::Slot::Parameter(0),
        total: Some(&["total"]),
    },
    &["items"],
);

const BY_PAGE: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Page {
        page: rt::Slot::Parameter(0),
        first: 1,
        total: Some(&["total"]),
    },
    &["items"],
);

const BY_CURSOR: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Cursor {
        cursor: rt::Slot::Parameter(0),
        next: &["next"],
    },
    &["items"],
);

const BY_LAST_ID: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::LastId {
        after: rt::Slot::Parameter(0),
        id: &["id"],
    },
    &["items"],
);

const BY_URL: rt::Pagination =
    rt::Pagination::new(rt::PageStyle::Url { next: &["next"] }, &["items"]);

async fn always(body: &str) -> std::io::Result<Server> {
    Server::always(json("200 OK", body)).await
}

/// A server whose answer is made of how often it was asked before.
async fn counting(
    body: impl Fn(usize) -> String + Send + Sync + 'static,
) -> std::io::Result<Server> {
    let asked = AtomicUsize::new(0);
    Server::start(move |_: &Asked| {
        let body = body(asked.fetch_add(1, Ordering::Relaxed));
        Answer::Pieces(vec![json("200 OK", &body)])
    })
    .await
}

/// The items until the end or the error, and the error.
async fn walk(
    server: &Server,
    pages: &'static rt::Pagination,
) -> Result<(usize, Option<rt::Error>), rt::Error> {
    let mut items = server.call::<rt::Empty>(&LIST)?.items::<rt::Value>(pages);
    items = items.page_limit(50);
    let mut seen = 0;
    loop {
        match items.try_next().await {
            Ok(Some(_)) => seen += 1,
            Ok(None) => return Ok((seen, None)),
            Err(error) => {
                assert!(
                    matches!(items.try_next().await, Ok(None)),
                    "an error is the end"
                );
                return Ok((seen, Some(error)));
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_comes_again_is_an_error_in_each_style() -> Tested {
    static STYLES: [(rt::Pagination, &str); 5] = [
        (BY_OFFSET, r#"{"items":[{"id":"a"}],"total":90}"#),
        (BY_PAGE, r#"{"items":[{"id":"a"}]}"#),
        (BY_CURSOR, r#"{"items":[{"id":"a"}],"next":"m"}"#),
        (BY_LAST_ID, r#"{"items":[{"id":"a"}]}"#),
        (BY_URL, r#"{"items":[{"id":"a"}],"next":"/list?at=2"}"#),
    ];
    for (pages, body) in &STYLES {
        let server = always(body).await?;
        let (seen, error) = walk(&server, pages).await?;
        let error = error.ok_or("an endless list")?.to_string();
        assert!(error.contains("goes round"), "{error}");
        assert_eq!((seen, server.asked().len()), (1, 2), "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn a_circle_of_pages_is_an_error() -> Tested {
    static PAGES: rt::Pagination = BY_PAGE;
    let server = counting(|asked| format!("{{\"items\":[{{\"id\":{}}}]}}", asked % 3)).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_some_and(|it| it.to_string().contains("goes round")));
    assert_eq!(seen, 3);
    Ok(())
}

#[tokio::test]
async fn a_total_that_grows_with_each_page_does_not_keep_a_repeating_list_going() -> Tested {
    static PAGES: rt::Pagination = BY_OFFSET;
    let body = |asked| {
        format!(
            "{{\"items\":[{{\"id\":1}}],\"total\":{}}}",
            (asked + 2) * 10
        )
    };
    let server = counting(body).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_some_and(|it| it.to_string().contains("goes round")));
    assert_eq!(seen, 1);
    Ok(())
}

#[tokio::test]
async fn a_list_that_is_made_up_as_it_is_read_ends_at_the_limit() -> Tested {
    static STYLES: [rt::Pagination; 5] = [BY_OFFSET, BY_PAGE, BY_CURSOR, BY_LAST_ID, BY_URL];
    for pages in &STYLES {
        let body = |asked| {
            format!(
                "{{\"items\":[{{\"id\":{asked}}}],\"total\":{},\"next\":\"/list?at={asked}\"}}",
                asked + 9
            )
        };
        let server = counting(body).await?;
        let (seen, error) = walk(&server, pages).await?;
        let error = error.ok_or("an endless list")?;
        assert!(
            error.to_string().contains("not over after 50 pages"),
            "{error}"
        );
        assert!(!error.may_have_been_sent());
        assert_eq!((seen, server.asked().len()), (50, 50));
    }
    Ok(())
}

#[tokio::test]
async fn empty_pages_do_not_go_on_for_ever() -> Tested {
    static PAGES: rt::Pagination = BY_CURSOR;
    let server = counting(|asked| format!("{{\"items\":[],\"next\":\"m{asked}\"}}")).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_some_and(|it| it.to_string().contains("50 pages")));
    assert_eq!(seen, 0);
    Ok(())
}

#[tokio::test]
async fn a_mark_that_stays_ends_the_list_with_an_empty_page() -> Tested {
    static PAGES: rt::Pagination = BY_CURSOR;
    let body = |asked| match asked {
        0 => r#"{"items":[1],"next":"m"}"#.to_owned(),
        _ => r#"{"items":[],"next":"m"}"#.to_owned(),
    };
    let server = counting(body).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((seen, server.asked().len()), (1, 2));
    Ok(())
}

#[tokio::test]
async fn a_total_that_is_no_number_of_items_is_as_good_as_none() -> Tested {
    static STYLES: [rt::Pagination; 2] = [BY_OFFSET, BY_PAGE];
    for total in [
        "-1",
        "\"many\"",
        "1e400",
        "0",
        "1",
        "null",
        "{}",
        "99999999999999999999999",
    ] {
        for pages in &STYLES {
            let body = move |asked| match asked {
                0 => format!("{{\"total\":{total},\"items\":[{{\"id\":1}},{{\"id\":2}}]}}"),
                1 => format!("{{\"total\":{total},\"items\":[{{\"id\":3}},{{\"id\":4}}]}}"),
                _ => format!("{{\"total\":{total},\"items\":[]}}"),
            };
            let server = counting(body).await?;
            let (seen, error) = walk(&server, pages).await?;
            assert!(error.is_none(), "{total}: {error:?}");
            assert_eq!((seen, server.asked().len()), (4, 3), "{total}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_total_of_the_page_alone_does_not_end_a_list_that_says_there_is_more() -> Tested {
    static PAGES: rt::Pagination = rt::Pagination {
        more: Some(&["more"]),
        done: None,
        ..BY_OFFSET
    };
    let body = |asked| match asked {
        0 => r#"{"total":2,"more":true,"items":[{"id":1},{"id":2}]}"#.to_owned(),
        _ => r#"{"total":1,"more":false,"items":[{"id":3}]}"#.to_owned(),
    };
    let server = counting(body).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((seen, server.asked().len()), (3, 2));
    Ok(())
}

#[tokio::test]
async fn equal_pages_of_numbers_are_no_circle() -> Tested {
    static PAGES: rt::Pagination = BY_PAGE;
    let body = |asked| match asked {
        0 | 1 => "{\"items\":[0,0]}".to_owned(),
        _ => "{\"items\":[]}".to_owned(),
    };
    let server = counting(body).await?;
    let (seen, error) = walk(&server, &PAGES).await?;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen, 4);
    Ok(())
}

#[tokio::test]
async fn pages_have_the_same_limits() -> Tested {
    static PAGES: rt::Pagination = BY_PAGE;
    let server = always(r#"{"items":["a"]}"#).await?;
    let mut pages = server.call::<rt::Json<rt::Value>>(&LIST)?.pages(&PAGES);
    assert!(pages.try_next().await?.is_some());
    error_of(pages.try_next().await)?;
    assert!(pages.try_next().await?.is_none());
    let server = counting(|asked| format!("{{\"items\":[\"{asked}\"]}}")).await?;
    let pages = server.call::<rt::Json<rt::Value>>(&LIST)?.pages(&PAGES);
    let mut pages = pages.page_limit(3);
    for _ in 0..3 {
        assert!(pages.try_next().await?.is_some());
    }
    error_of(pages.try_next().await)?;
    assert_eq!(server.asked().len(), 3);
    Ok(())
}
