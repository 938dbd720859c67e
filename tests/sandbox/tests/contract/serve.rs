//! The sandbox as a command runs it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tilt_sandbox::{Document, Inventory, Sandbox, ServeOptions, serve};

use crate::dealer::Dealer;

/// All that was written so far.
#[derive(Clone, Default)]
struct Screen(Arc<Mutex<Vec<u8>>>);

impl Screen {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("the screen").clone();
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// The value of a line that begins with `label`, once it is there.
    async fn value(&self, label: &str) -> String {
        loop {
            let text = self.text();
            let line = text.lines().find_map(|line| line.strip_prefix(label));
            if let (Some(value), true) = (line, text.ends_with('\n')) {
                return value.trim().into();
            }
            tokio::task::yield_now().await;
        }
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the screen").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_it_prints_is_enough_to_get_a_token_and_the_documents() {
    let screen = Screen::default();
    let served = tokio::spawn(serve(ServeOptions::default(), screen.clone()));
    tilt_sandbox::install_tls_provider();
    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let token = http
        .post(screen.value("token endpoint").await)
        .form(&[
            ("grant_type", "client_credentials"),
            ("client_id", &screen.value("client id").await),
            ("client_secret", &screen.value("client secret").await),
        ])
        .send()
        .await
        .expect("an answer");
    assert_eq!(token.status(), 200);
    let document = format!("{}{}", screen.value("API").await, Document::AsyncApi.path());
    let document = http.get(document).send().await.expect("an answer");
    assert_eq!(document.status(), 200);
    assert!(!served.is_finished(), "it runs until it is stopped");
    served.abort();
}

#[tokio::test]
async fn what_the_file_has_keeps_its_secrets_to_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tilt.json");
    let url = "http://127.0.0.1:9/hook";
    let first = Sandbox::builder().state_file(&file).start().await;
    let first = first.expect("a sandbox");
    let secret = first.client_secret();
    first
        .register_webhook_for(first.locations()[0].partner, url, "whsec_own")
        .expect("a URL");
    drop(first);
    let screen = Screen::default();
    let options = ServeOptions {
        state_file: Some(file.clone()),
        webhooks: vec![url.into()],
        ..ServeOptions::default()
    };
    let served = tokio::spawn(serve(options, screen.clone()));
    let said = screen.value("webhook").await;
    assert_eq!(said, format!("{url} (signed with a secret of its own)"));
    assert!(screen.value("clients").await.contains("admin portal"));
    assert!(!screen.text().contains(&secret), "{}", screen.text());
    served.abort();
}

#[tokio::test]
async fn it_says_where_vehicles_are_pulled_from_and_pulls_them() {
    let screen = Screen::default();
    let dealer = Dealer::lists([]);
    let options = ServeOptions {
        inventory: Some(Inventory::from(dealer.clone())),
        ..ServeOptions::default()
    };
    let served = tokio::spawn(serve(options, screen.clone()));
    let said = screen.value("inventory").await;
    assert_eq!(said, "the dealer <1>, every 15 min");
    while dealer.known().is_empty() {
        tokio::task::yield_now().await;
    }
    served.abort();
}
