//! Nothing that is shown has a credential in it.

use crate::server::{Answer, Server, Tested, error_of, json};
use std::pin::Pin;
use tilt_runtime as rt;

static API: rt::Api = rt::Api {
    user_agent: "test/1",
    schemes: &[
        rt::Scheme {
            name: "credentials",
            kind: rt::SchemeKind::ClientCredentials { token_url: None },
        },
        rt::Scheme {
            name: "login",
            kind: rt::SchemeKind::Basic,
        },
    ],
    errors: rt::ErrorShape {
        code: Some("code"),
        message: Some("message"),
        request_id: None,
    },
    refused: &[],
};

static MINTED: rt::Operation = rt::Operation {
    security: &[&[(0, &[])]],
    ..rt::Operation::NEW
};

static LOGIN: rt::Operation = rt::Operation {
    security: &[&[(1, &[])]],
    ..rt::Operation::NEW
};

static OPEN: rt::Operation = rt::Operation::NEW;

/// A secret that is written otherwise in a form, in JSON and in base64.
const SECRET: &str = "s3/cr\"t+1";

fn builder(server: &Server) -> rt::Builder {
    server
        .builder(&API)
        .client(0, "id".to_owned(), SECRET.into())
        .basic(1, "sk_user".to_owned(), SECRET.into())
        .default_header("X-Key".to_owned(), "sk_header".to_owned())
}

#[tokio::test]
async fn a_client_and_its_builder_show_no_credentials() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let builder = builder(&server).http_client(with_header);
    let mut shown = format!("{builder:?}");
    shown.push_str(&format!("{:?}", builder.build()?));
    for secret in ["sk_user", "sk_header", "sk_http", "s3/"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(
        shown.contains("X-Key") && shown.contains("login"),
        "{shown}"
    );
    let environment = rt::Environment::custom("https://user:hunter2@example.com", None);
    let builder = rt::Client::builder(&API, environment).base_url("https://u:hunter2@x".to_owned());
    assert!(!format!("{builder:?}").contains("hunter2"));
    Ok(())
}

fn with_header(builder: rt::reqwest::ClientBuilder) -> rt::reqwest::ClientBuilder {
    let value = rt::http::HeaderValue::from_static("sk_http");
    let headers = [(rt::http::header::AUTHORIZATION, value)];
    builder.default_headers(headers.into_iter().collect())
}

#[tokio::test]
async fn a_response_shows_no_cookie() -> Tested {
    let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=hunter2\r\nContent-Length: 2\r\n\
                  Content-Type: application/json\r\nConnection: close\r\n\r\n{}";
    let server = Server::always(answer).await?;
    let client = server.builder(&API).build()?;
    let response = client.call::<rt::Json<rt::Value>>(&OPEN).send().await?;
    let shown = format!("{response:?}");
    assert!(
        !shown.contains("hunter2") && shown.contains("set-cookie"),
        "{shown}"
    );
    assert_eq!(response.header("set-cookie"), Some("sid=hunter2"));
    Ok(())
}

/// Answers of a server that repeats what it was sent, after one more change.
async fn error_repeating(
    operation: &'static rt::Operation,
    repeat: fn(&crate::server::Asked) -> String,
) -> Result<String, Box<dyn std::error::Error>> {
    let server = Server::start(move |asked| {
        let text = rt::Value::from(repeat(asked));
        let body = format!(
            "{{\"error\":\"nope\",\"error_description\":{text},\"code\":\"nope\",\"message\":{text}}}"
        );
        Answer::Pieces(vec![json("400 Bad Request", &body)])
    })
    .await?;
    let error = error_of(builder(&server).build()?.call::<rt::Empty>(operation).await)?;
    Ok(format!("{error} {error:?}"))
}

#[tokio::test]
async fn an_error_repeats_no_secret_however_the_server_writes_it() -> Tested {
    type Repeat = fn(&crate::server::Asked) -> String;
    let repeats: [Repeat; 4] = [
        |_| format!("bad secret {SECRET}"),
        |asked| match asked.text() {
            form if form.is_empty() => "bad form a=s3%2Fcr%22t%2B1&b".to_owned(),
            form => format!("bad form {form}"),
        },
        |_| "bad json s3\\/cr\\u0022t+1".to_owned(),
        // `id:` or `sk_user:` before the secret, in base64.
        |asked| {
            let basic = asked.header("authorization").unwrap_or_default();
            format!("bad header {basic} aWQ6czMvY3IidCsx")
        },
    ];
    for repeat in repeats {
        for operation in [&MINTED, &LOGIN] {
            let shown = error_repeating(operation, repeat).await?;
            assert!(shown.contains("nope"), "{shown}");
            let rest = shown.replace("nope", "");
            assert!(!rest.contains("bad "), "{rest}");
        }
    }
    let harmless = error_repeating(&MINTED, |_| "the client is locked".to_owned()).await?;
    assert!(harmless.contains("the client is locked"), "{harmless}");
    Ok(())
}

static REGIONAL: &[rt::Variable] = &[rt::Variable {
    name: "region",
    default: "eu",
    allowed: &[],
}];

#[tokio::test]
async fn neither_urls_of_users_nor_values_of_variables_are_shown() -> Tested {
    for url in [
        "https://api.test/bot-hunter2/",
        "https://u:hunter2@api.test",
        "hunter2",
    ] {
        let environment = rt::Environment::custom(url, Some(format!("{url}/hunter2")));
        let mut shown = format!("{environment:?}");
        let builder =
            rt::Client::builder(&API, environment).server_variable("x".into(), "y".into());
        shown.push_str(&format!("{builder:?}"));
        shown.push_str(&format!("{:?}", builder.build()));
        let environment = rt::Environment::custom(url, None);
        let built = rt::Client::builder(&API, environment).build();
        shown.push_str(&format!("{built:?}"));
        shown.extend(built.err().map(|error| error.to_string()));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    let regional = || rt::Environment::documented("https://{region}.test", None, REGIONAL);
    for value in ["hunter2", "u:hunter2@x", "hunter2/"] {
        let builder = rt::Client::builder(&API, regional());
        let builder = builder.server_variable("region".into(), value.into());
        let mut shown = format!("{builder:?}");
        assert!(shown.contains("{region}.test"), "{shown}");
        let built = builder.build();
        shown.push_str(&format!("{built:?}"));
        shown.extend(built.err().map(|error| error.to_string()));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    Ok(())
}

#[tokio::test]
async fn what_a_server_says_is_shown_on_one_line_of_moderate_length() -> Tested {
    let text = format!("a\r\nERROR b\u{1b}[2K\u{202e}{}", "x".repeat(5000));
    let text = rt::Value::from(text);
    let body = format!(
        "{{\"code\":{text},\"message\":{text},\"error\":{text},\"error_description\":{text}}}"
    );
    let server = Server::always(json("400 Bad Request", &body)).await?;
    for operation in [&MINTED, &OPEN] {
        let error = error_of(builder(&server).build()?.call::<rt::Empty>(operation).await)?;
        let shown = error.to_string();
        assert!(
            shown.contains("a\\u{d}\\u{a}ERROR b\\u{1b}[2K\\u{202e}x"),
            "{shown}"
        );
        assert!(!shown.contains(char::is_control), "{shown:?}");
        assert!(shown.chars().count() < 1100, "{shown}");
        assert!(format!("{error:?}").chars().count() < 1500, "{error:?}");
    }
    let error = builder(&server).build()?.call::<rt::Empty>(&OPEN);
    let error = error_of(error.header("x\ny", "z").await)?;
    assert!(!error.to_string().contains('\n'), "{error}");
    Ok(())
}

#[tokio::test]
async fn names_in_an_answer_that_cannot_be_read_are_shown_on_one_line() -> Tested {
    let name = rt::Value::from(format!("a\n{}", "b".repeat(5000)));
    let server = Server::always(json("200 OK", &format!("[{{{name}:1}}]"))).await?;
    let client = server.builder(&API).build()?;
    let error = error_of(client.call::<rt::Json<Vec<rt::Map<bool>>>>(&OPEN).await)?;
    let shown = format!("{error} {error:?}");
    assert!(
        !shown.contains('\n') && shown.chars().count() < 1500,
        "{shown}"
    );
    Ok(())
}

struct Brought;

impl rt::TokenProvider for Brought {
    fn token(
        &self,
    ) -> Pin<Box<dyn Future<Output = Result<rt::SecretString, rt::BoxError>> + Send + '_>> {
        Box::pin(async { Ok("hunter2".into()) })
    }
}

#[tokio::test]
async fn an_error_does_not_repeat_a_token_that_a_provider_brought() -> Tested {
    static BROUGHT: rt::Api = rt::Api {
        schemes: &[rt::Scheme {
            name: "token",
            kind: rt::SchemeKind::Bearer,
        }],
        ..API
    };
    let body = r#"{"code":"bad","message":"no such token: hunter2"}"#;
    let server = Server::always(json("400 Bad Request", body)).await?;
    let builder = server.builder(&BROUGHT);
    let client = builder.token(0, rt::Token::provided(Brought)).build()?;
    let error = error_of(client.call::<rt::Empty>(&MINTED).await)?;
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("bad") && !shown.contains("hunter2"),
        "{shown}"
    );
    Ok(())
}

static FOLLOWED: rt::Operation = rt::Operation {
    streams: true,
    ..LOGIN
};

/// An answer in which a property and the request's id are secrets.
fn repeating(status: &str, media_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nX-Left: many\r\nX-Request-Id: {SECRET}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The errors of all ways in which an answer is read after the call has ended.
async fn errors_of_reading() -> Result<Vec<rt::Error>, Box<dyn std::error::Error>> {
    const LEFT: rt::Header<i64> = rt::Header::new("X-Left");
    let object = "{\"s3/cr\\\"t+1\":1}";
    let mut errors = Vec::new();
    for status in ["200 OK", "400 Bad Request"] {
        let server = Server::always(repeating(status, "application/json", object)).await?;
        match builder(&server)
            .build()?
            .call::<rt::Empty>(&LOGIN)
            .send()
            .await
        {
            Ok(response) => {
                errors.extend(response.header_as(LEFT).err());
                errors.extend(response.body_as::<rt::Map<bool>>().err());
            }
            Err(rt::Error::Api(error)) => {
                errors.extend(error.header_as(LEFT).err());
                errors.extend(error.body_as::<rt::Map<bool>>().err());
            }
            Err(error) => return Err(error.into()),
        }
    }
    let server = Server::always(repeating("200 OK", "application/jsonl", object)).await?;
    let client = builder(&server).build()?;
    let mut lines = client.call::<rt::Lines<rt::Map<bool>>>(&FOLLOWED).await?;
    errors.extend(lines.try_next().await.err());
    let events = format!("data: {object}\n\n");
    let server = Server::always(repeating("200 OK", "text/event-stream", &events)).await?;
    let client = builder(&server).build()?;
    let mut events = client.call::<rt::Events<rt::Map<bool>>>(&FOLLOWED).await?;
    errors.extend(events.try_next().await.err());
    Ok(errors)
}

#[tokio::test]
async fn an_answer_that_is_read_later_shows_no_secret_either() -> Tested {
    let errors = errors_of_reading().await?;
    assert_eq!(errors.len(), 6, "{errors:?}");
    for error in errors {
        let shown = format!("{error} {error:?} {:?}", error.request_id());
        assert!(
            shown.contains("unreadable") && !shown.contains("s3/"),
            "{shown}"
        );
    }
    Ok(())
}
