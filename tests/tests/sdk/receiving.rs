//! The SDK's example of a receiver, over HTTP: it verifies, handles each event once, and undoes nothing.

use std::error::Error;
use std::net::SocketAddr;

use http::HeaderMap;
use tempfile::TempDir;
use tilt_generated::rt::inbox::sqlite::rusqlite::Connection;
use tilt_generated::webhooks::{Signer, Verifier};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/webhook_receiver.rs"]
mod webhook_receiver;

const SECRET: &str = "s";

struct Running {
    address: SocketAddr,
    folder: TempDir,
}

impl Running {
    async fn start() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let database = Connection::open(folder.path().join("payments.db"))?;
        let router = webhook_receiver::receiver(Verifier::new(SECRET), database)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, folder })
    }

    /// The status of the answer to a request whose head announces a body, of which only this is sent.
    async fn answer(
        &self,
        headers: &HeaderMap,
        framing: &str,
        body: &[u8],
    ) -> Result<u16, Box<dyn Error>> {
        let mut stream = TcpStream::connect(self.address).await?;
        let mut head = format!("POST /webhooks HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {}\r\n", value.to_str()?);
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).await?;
        stream.write_all(body).await?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await?;
        Ok(std::str::from_utf8(&answer[9..])?.parse()?)
    }

    async fn deliver(&self, body: &str) -> Result<u16, Box<dyn Error>> {
        let headers = Signer::new(SECRET).sign(body)?;
        let framing = format!("Content-Length: {}", body.len());
        self.answer(&headers, &framing, body.as_bytes()).await
    }

    /// The texts of a query's only column.
    fn texts(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let database = Connection::open(self.folder.path().join("payments.db"))?;
        let mut query = database.prepare(query)?;
        let texts = query.query_map([], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }
}

fn event(id: &str, kind: &str, status: &str) -> String {
    format!(
        r#"{{"v":1,"event_id":"{id}","event_kind":"{kind}","occurred_at":"2026-01-02T03:04:05Z","partner_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a10","resource":{{"payment_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a11","order_id":"7b2f6c1e-8a51-4f7e-9a53-2f1d9f3c5a12","status":"{status}","amount_cents":5000,"method":"card"}}}}"#
    )
}

#[tokio::test]
async fn an_event_is_handled_once_and_a_late_one_undoes_nothing() -> Result<(), Box<dyn Error>> {
    let running = Running::start().await?;
    let statuses = || running.texts("SELECT status FROM payments");
    let to_do = || running.texts("SELECT what FROM to_do ORDER BY what");
    assert_eq!(
        running
            .deliver(&event("e2", "payment.voided", "voided"))
            .await?,
        200
    );
    assert_eq!(
        running
            .deliver(&event("e1", "payment.approved", "approved"))
            .await?,
        200
    );
    assert_eq!(statuses()?, ["voided"], "a late event undoes nothing");
    let new = event("e3", "payment.disputed", "disputed");
    for _ in 0..3 {
        assert_eq!(running.deliver(&new).await?, 200);
    }
    assert_eq!(
        to_do()?,
        ["an event that this version does not know"],
        "once"
    );
    assert_eq!(running.texts("SELECT event FROM to_do")?, [new]);
    assert_eq!(
        running
            .deliver(&event("e4", "payment.refunded", "in_dispute"))
            .await?,
        200
    );
    assert_eq!(
        to_do()?.last().map(String::as_str),
        Some("read the payment")
    );
    assert_eq!(
        running.texts("SELECT id FROM inbox ORDER BY id")?,
        ["e1", "e2", "e3", "e4"]
    );
    Ok(())
}

#[tokio::test]
async fn a_delivery_that_is_not_genuine_is_not_handled() -> Result<(), Box<dyn Error>> {
    let running = Running::start().await?;
    let body = event("e1", "payment.approved", "approved");
    let framing = format!("Content-Length: {}", body.len());
    for headers in [HeaderMap::new(), Signer::new("other").sign(&body)?] {
        assert_eq!(
            running.answer(&headers, &framing, body.as_bytes()).await?,
            401
        );
    }
    assert!(running.texts("SELECT id FROM inbox")?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_before_it_is_read() -> Result<(), Box<dyn Error>> {
    let running = Running::start().await?;
    let headers = HeaderMap::new();
    // Of 50 MB that are announced, none is sent.
    assert_eq!(
        running
            .answer(&headers, "Content-Length: 50000000", b"")
            .await?,
        413
    );
    // Of a body without a length, a chunk that is not ended, one byte beyond the limit.
    let chunk = [b"200000\r\n".as_slice(), &vec![b'['; (1 << 20) + 1]].concat();
    assert_eq!(
        running
            .answer(&headers, "Transfer-Encoding: chunked", &chunk)
            .await?,
        413
    );
    Ok(())
}
