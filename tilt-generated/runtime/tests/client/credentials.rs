//! Credentials as they are given: what goes as it is, and what nothing can carry.

use crate::server::{Server, Tested, error_of};
use crate::tokens::{API, EITHER, NOTHING};
use tilt_runtime as rt;

#[tokio::test]
async fn a_cookie_is_sent_as_it_was_given() -> Tested {
    let server = Server::always(NOTHING).await?;
    let send = async |cookie: &str| -> Result<(), rt::Error> {
        let builder = server.builder(&API).secret(1, "k".into());
        let client = builder.secret(2, cookie.into()).build()?;
        client.call::<rt::Empty>(&EITHER).await.map(drop)
    };
    send("a=b/c+d==%20\"q\"").await?;
    let asked = server.asked_once();
    assert_eq!(asked.header("cookie"), Some("sid=a=b/c+d==%20\"q\""));
    for cookie in ["a; admin=1", "a\r\nX: 1", " a", "a ", "\u{e9}"] {
        let error = send(cookie).await.expect_err("refused");
        assert!(
            error.to_string().contains("does not fit a cookie"),
            "{error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_cookie_whose_name_is_no_token_is_refused() -> Tested {
    static UNNAMED: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "session",
            kind: rt::SchemeKind::ApiKey {
                location: rt::Location::Cookie,
                name: "s id",
            },
        }],
        ..API
    };
    static READ: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..rt::Operation::NEW
    };
    let server = Server::always(NOTHING).await?;
    let client = server.builder(&UNNAMED).secret(0, "k".into()).build()?;
    let error = error_of(client.call::<rt::Empty>(&READ).await)?;
    assert!(error.to_string().contains("`s id` is no name for a cookie"));
    assert_eq!(server.asked(), []);
    Ok(())
}

#[tokio::test]
async fn what_basic_cannot_carry_is_refused() -> Tested {
    let server = Server::always(NOTHING).await?;
    for user in ["a:b", "a\nb", "\u{7f}"] {
        let builder = server.builder(&API).basic(3, user.into(), "p".into());
        let error = error_of(builder.build())?;
        assert!(
            error.to_string().contains("the user of HTTP basic"),
            "{error}"
        );
    }
    for password in ["p\n", "\0"] {
        let builder = server.builder(&API).basic(3, "a".into(), password.into());
        let error = error_of(builder.build()?.call::<rt::Empty>(&EITHER).await)?;
        assert!(error.to_string().contains("the password of HTTP basic"));
    }
    assert_eq!(server.asked(), []);
    let builder = server.builder(&API).basic(3, "é".into(), "p:q".into());
    builder.build()?.call::<rt::Empty>(&EITHER).await?;
    let asked = server.asked_once();
    assert_eq!(asked.header("authorization"), Some("Basic w6k6cDpx"));
    Ok(())
}

#[tokio::test]
async fn a_certificate_is_given_by_the_http_client() -> Tested {
    static CERTIFIED: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "mtls",
            kind: rt::SchemeKind::MutualTls,
        }],
        ..API
    };
    static READ: rt::Operation = rt::Operation {
        security: &[&[(0, &[])]],
        ..rt::Operation::NEW
    };
    let server = Server::always(NOTHING).await?;
    let client = server.builder(&CERTIFIED).build()?;
    let error = error_of(client.call::<rt::Empty>(&READ).await)?;
    let told = "give the client's builder http_client";
    assert!(error.to_string().ends_with(told), "{error}");
    Ok(())
}
