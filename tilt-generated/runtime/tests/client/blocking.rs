//! Calls from programs that are not asynchronous.

use crate::server::{OPEN, Server, Tested, error_of, json, with_type};
use std::io::Read;
use tilt_runtime as rt;
use tilt_runtime::Wait;

static GET: rt::Operation = rt::Operation {
    path: "/things",
    retry: rt::Retry::Repeatable,
    ..rt::Operation::NEW
};

static LIST: rt::Operation = rt::Operation {
    parameters: &[rt::Parameter::query("offset")],
    ..GET
};

const PAGES: rt::Pagination = rt::Pagination::new(
    rt::PageStyle::Offset {
        offset: rt::Slot::Parameter(0),
        total: Some(&["total"]),
    },
    &["items"],
);

/// A server that runs beside, in a runtime that the test keeps.
fn beside(answer: impl Into<Vec<u8>>) -> std::io::Result<(tokio::runtime::Runtime, Server)> {
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::always(answer))?;
    Ok((runtime, server))
}

#[test]
fn a_call_is_waited_for() -> Tested {
    let (_beside, server) = beside(json("200 OK", "[1]"))?;
    let client = server.builder(&OPEN).build()?;
    assert_eq!(client.call::<rt::Json<Vec<i64>>>(&GET).wait()?, [1]);
    let response = client.call::<rt::Json<Vec<i64>>>(&GET).send().wait()?;
    assert_eq!(response.status(), 200);
    let undocumented = client.request(rt::Method::Get, "/other").wait()?;
    assert_eq!(undocumented.bytes(), "[1]");
    // From any number of threads at a time.
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.call::<rt::Json<Vec<i64>>>(&GET).wait())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().map_err(|_| "a panic")??, [1]);
    }
    Ok(())
}

#[test]
fn a_list_is_an_iterator_that_ends_with_an_error() -> Tested {
    let (_beside, server) = beside(json("200 OK", r#"{"items":[1,2],"total":4}"#))?;
    let client = server.builder(&OPEN).build()?;
    let list = || client.call::<rt::Json<rt::Value>>(&LIST);
    let items: Result<Vec<i64>, _> = list().items::<i64>(&PAGES).wait().collect();
    assert_eq!(items?, [1, 2, 1, 2]);
    assert_eq!(list().pages(&PAGES).wait().count(), 2);
    let mut unreadable = list().items::<String>(&PAGES).wait();
    assert!(matches!(unreadable.next(), Some(Err(rt::Error::Decode(_)))));
    assert!(unreadable.next().is_none());
    Ok(())
}

#[test]
fn bodies_are_read_piece_by_piece() -> Tested {
    static FILE: rt::Operation = rt::Operation {
        binary: &[(rt::Status::Any, "*")],
        ..GET
    };
    let (_beside, server) = beside(with_type("200 OK", "application/x-ndjson", "1\n2\n"))?;
    let client = server.builder(&OPEN).build()?;
    let mut text = String::new();
    let file = client.call::<rt::Binary>(&FILE).wait()?;
    file.wait().read_to_string(&mut text)?;
    assert_eq!(text, "1\n2\n");
    let whole = client.call::<rt::Binary>(&FILE).wait()?.bytes().wait()?;
    assert_eq!(whole, "1\n2\n");
    let lines = client.call::<rt::Lines<i64>>(&GET).wait()?.wait();
    assert_eq!(lines.collect::<Result<Vec<_>, _>>()?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn waiting_in_an_asynchronous_runtime_is_an_error() -> Tested {
    let server = Server::always(json("200 OK", r#"{"items":[1]}"#)).await?;
    let client = server.builder(&OPEN).build()?;
    let error = error_of(client.call::<rt::Empty>(&GET).wait())?;
    assert_eq!(error.kind(), rt::ErrorKind::Configuration);
    assert!(
        error.to_string().contains("await the call instead"),
        "{error}"
    );
    let mut items = client.call::<rt::Empty>(&LIST).items::<i64>(&PAGES).wait();
    assert!(matches!(items.next(), Some(Err(rt::Error::Config(_)))));
    assert_eq!(server.asked(), []);
    Ok(())
}
