//! Plain HTTP goes through no proxy.

use crate::server::{OPEN, Server, Tested, json};
use std::process::Command;
use tilt_runtime as rt;

static GET: rt::Operation = rt::Operation::NEW;

const URL: &str = "PROXIES_TEST_URL";

#[tokio::test]
async fn plain_http_goes_through_no_proxy() -> Tested {
    let api = Server::always(json("200 OK", "{}")).await?;
    let proxy = Server::always(json("200 OK", "{}")).await?;
    let by_name = api.url.replace("127.0.0.1", "localhost");
    for url in [&api.url, &by_name] {
        let child = Command::new(std::env::current_exe()?)
            .args(["--ignored", "--exact", "proxies::a_child_with_a_proxy"])
            .env("http_proxy", &proxy.url)
            .env("all_proxy", &proxy.url)
            .env_remove("no_proxy")
            .env_remove("NO_PROXY")
            .env_remove("REQUEST_METHOD")
            .env(URL, url)
            .spawn()?;
        let ended = tokio::task::spawn_blocking(move || child.wait_with_output()).await??;
        assert!(ended.status.success());
        assert_eq!(proxy.asked(), []);
        assert_eq!(api.asked_once().target, "/");
    }
    Ok(())
}

#[tokio::test]
#[ignore = "run by the test before, with the environment that it needs"]
async fn a_child_with_a_proxy() -> Tested {
    let environment = rt::Environment::custom(std::env::var(URL)?, None);
    let client = rt::Client::builder(&OPEN, environment).build()?;
    client.call::<rt::Empty>(&GET).await?;
    Ok(())
}
