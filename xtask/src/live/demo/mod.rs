//! `cargo xtask demo`: the whole way once, against a local Tilt.

mod inventory;
mod pages;
mod payments;
mod receiver;
mod specs;
mod transcript;

use std::time::Duration;
use tilt_sandbox::{Sandbox, SandboxError};
use transcript::Transcript;
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::project::{NotFound, Project};

/// Why the demo did not go as expected.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    #[error(transparent)]
    Project(#[from] NotFound),
    #[error("the local Tilt did not start: {0}")]
    Sandbox(#[from] SandboxError),
    #[error(transparent)]
    Documents(#[from] Failure),
    #[error("{action}: {error}")]
    Io {
        action: &'static str,
        error: std::io::Error,
    },
    #[error("{action}: {error}")]
    Call {
        action: &'static str,
        error: tilt_generated::Error,
    },
    #[error("a delivery is not genuine: {0}")]
    Webhook(tilt_generated::webhooks::WebhookError),
    #[error("{action}: {error}")]
    Page {
        action: &'static str,
        error: reqwest::Error,
    },
    #[error("the dealer's vehicles: {0}")]
    Dealer(rusqlite::Error),
    #[error("the dealer's system: {0}")]
    Dms(tilt_inventory::DmsError),
    #[error(
        "no `{kind}` event came within {}",
        humantime::format_duration(receiver::PATIENCE)
    )]
    NoEvent { kind: &'static str },
    #[error("expected {expected}, found {found}")]
    Unexpected {
        expected: &'static str,
        found: String,
    },
}

pub(crate) async fn run() -> Result<Exit, DemoError> {
    let project = Project::find()?;
    let mut transcript = Transcript::default();

    transcript.step("Start a local Tilt");
    let sandbox = Sandbox::builder()
        .specs(project.specs())
        .processing_delay(Duration::from_millis(50))
        .rate_limit(None)
        .inventory(inventory::dealer().await?)
        .start()
        .await?;
    transcript.fact("API", sandbox.api_url());

    specs::show(&project, &sandbox.api_url(), &mut transcript).await?;
    let (tilt, location) = payments::show(&sandbox, &mut transcript).await?;
    pages::show(&tilt, location, &sandbox, &mut transcript).await?;
    inventory::show(&sandbox, &mut transcript).await?;

    transcript.end();
    Ok(Exit::Success)
}

/// Fails unless something is as it should be.
fn expect(
    holds: bool,
    expected: &'static str,
    found: impl std::fmt::Debug,
) -> Result<(), DemoError> {
    if holds {
        return Ok(());
    }
    Err(DemoError::Unexpected {
        expected,
        found: format!("{found:?}"),
    })
}
