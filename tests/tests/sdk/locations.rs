//! Lists are walked page by page.

use tilt_generated::Error;
use tilt_sandbox::Location;

use crate::tilt::{Tilt, sandbox};

async fn with_many() -> Tilt {
    let builder = (0..7).fold(sandbox(), |builder, number| {
        builder.location(Location::new(format!("Branch {number}")))
    });
    Tilt::with(builder).await
}

#[tokio::test]
async fn all_items_come_once_and_in_order() -> Result<(), Error> {
    let tilt = with_many().await;
    let mut names = Vec::new();
    let mut items = tilt.client.locations().list().limit(3).items();
    while let Some(location) = items.try_next().await? {
        names.push(location.name);
    }
    let expected: Vec<String> = tilt
        .sandbox
        .locations()
        .into_iter()
        .map(|it| it.name)
        .collect();
    assert_eq!(names, expected);
    let pages = tilt.sandbox.exchanges().len() - tilt.token_requests();
    assert_eq!(pages, expected.len().div_ceil(3));
    tilt.judge();
    Ok(())
}

#[tokio::test]
async fn a_search_is_kept_over_all_pages() -> Result<(), Error> {
    let tilt = with_many().await;
    let items = tilt
        .client
        .locations()
        .list()
        .limit(2)
        .search("branch")
        .items();
    let items = items.collect().await?;
    assert_eq!(items.len(), 7);
    tilt.judge();
    Ok(())
}

#[tokio::test]
async fn pages_say_how_many_there_are_in_all() -> Result<(), Error> {
    let tilt = with_many().await;
    let all = tilt.sandbox.locations().len();
    let mut pages = tilt.client.locations().list().limit(3).pages();
    let (mut seen, mut asked) = (0, 0);
    while let Some(page) = pages.try_next().await? {
        assert_eq!(usize::try_from(page.body().total), Ok(all));
        seen += page.body().items.len();
        asked += 1;
    }
    assert_eq!((seen, asked), (all, all.div_ceil(3)));
    tilt.judge();
    Ok(())
}
