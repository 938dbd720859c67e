//! `cargo xtask oracle schemathesis`: the local Tilt is asked everything that its document allows, and much that it does not.
//! All checks of Schemathesis have to hold, with ids that it makes up and with real ones.

use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tilt_sandbox::{Document, Sandbox};
use xtask::exit::Exit;
use xtask::oracle::python;
use xtask::project::Project;
use xtask::terminal::say;

/// So many requests are made up for each operation and kind of test.
const EXAMPLES: &str = "50";

pub(crate) async fn run() -> Result<Exit, Box<dyn Error>> {
    let project = Project::find()?;
    let source = project.root().join("tests/oracles/schemathesis");
    let python = python::with(&project, "schemathesis", &source)?;
    let settings = std::fs::read_to_string(source.join("settings.toml"))?;
    let mut exit = Exit::Success;
    for with_real_ids in [false, true] {
        let tilt = Tilt::start().await?;
        let ids = match with_real_ids {
            true => tilt.ids().await?,
            false => String::new(),
        };
        let file = project.target().join("oracles/schemathesis/settings.toml");
        std::fs::write(&file, format!("{settings}\n{ids}"))?;
        say(match with_real_ids {
            true => "with real ids\n",
            false => "with ids that are made up\n",
        })?;
        if !tilt.hold(&python, &file).await? {
            exit = Exit::Different;
        }
    }
    Ok(exit)
}

/// A sandbox whose clock stands still, and a token for it.
struct Tilt {
    sandbox: Sandbox,
    http: reqwest::Client,
    token: String,
}

impl Tilt {
    async fn start() -> Result<Self, Box<dyn Error>> {
        let sandbox = Sandbox::builder().manual_clock().rate_limit(None);
        let sandbox = sandbox.start().await?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", sandbox.client_id()),
            ("client_secret", &sandbox.client_secret()),
        ];
        let form = form
            .map(|(name, value)| format!("{name}={value}"))
            .join("&");
        let answer = http
            .post(sandbox.token_url())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await?;
        let answer: Value = serde_json::from_slice(&answer.bytes().await?)?;
        let token = answer["access_token"]
            .as_str()
            .ok_or("no token")?
            .to_owned();
        Ok(Self {
            sandbox,
            http,
            token,
        })
    }

    async fn post(&self, path: &str, body: Value, id: &str) -> Result<String, Box<dyn Error>> {
        let answer = self
            .http
            .post(format!("{}{path}", self.sandbox.api_url()))
            .bearer_auth(&self.token)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await?;
        let answer: Value = serde_json::from_slice(&answer.bytes().await?)?;
        Ok(answer[id].as_str().ok_or("no id")?.to_owned())
    }

    /// The settings by which paths lead to an order with a payment, and a refund of that.
    async fn ids(&self) -> Result<String, Box<dyn Error>> {
        let location = self.sandbox.locations()[0].location_id.to_string();
        let order = json!({"location_id": location, "total_cents": 1_000_000});
        let order = self.post("/pos/v1/orders", order, "order_id").await?;
        let payments = format!("/pos/v1/orders/{order}/payments");
        let payment = json!({"method": "card", "amount_cents": 5000});
        let payment = self.post(&payments, payment, "payment_id").await?;
        self.sandbox.advance(Duration::from_secs(1)).await?;
        let refunds = format!("{payments}/{payment}/refunds");
        let refund = json!({"amount_cents": 100});
        let refund = self.post(&refunds, refund, "refund_id").await?;
        Ok(format!(
            "[parameters]\n\"path.order_id\" = {order:?}\n\"path.payment_id\" = {payment:?}\n\
             \"path.refund_id\" = {refund:?}\n\"path.location_id\" = {location:?}\n"
        ))
    }

    /// Whether every check holds.
    async fn hold(&self, python: &Path, settings: &Path) -> Result<bool, Box<dyn Error>> {
        let url = self.sandbox.api_url();
        let mut schemathesis = Command::new(python.with_file_name("schemathesis"));
        // It leaves notes for its next run where it runs.
        schemathesis
            .current_dir(settings.parent().unwrap_or(settings))
            .arg("--config-file")
            .arg(settings)
            .arg("run")
            .arg(format!("{url}{}", Document::OpenApi.path()))
            .args([
                "--url",
                &url,
                "--checks",
                "all",
                "--generation-deterministic",
                "--no-color",
            ])
            .args(["--max-examples", EXAMPLES, "--header"])
            .arg(format!("Authorization: Bearer {}", self.token))
            .env("NO_PROXY", "*")
            .stdin(Stdio::null());
        // The sandbox answers in this thread meanwhile.
        let status = tokio::task::spawn_blocking(move || schemathesis.status()).await??;
        Ok(status.success())
    }
}
