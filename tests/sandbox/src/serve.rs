//! A sandbox for people: started from a command line, stopped by Ctrl-C or by the program that started it.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::ExposeSecret;

use crate::error::SandboxError;
use crate::inventory::{self, Inventory};
use crate::rate_limit::RateLimit;
use crate::sandbox::Sandbox;

/// The options of the command line.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The address to listen on.
    pub address: IpAddr,
    /// Whether other machines may reach it.
    pub is_open: bool,
    /// The file that keeps everything over restarts.
    pub state_file: Option<PathBuf>,
    /// The port; 0 is any free one.
    pub port: u16,
    /// The folder of the documents, in place of the embedded ones.
    pub specs: Option<PathBuf>,
    /// How long the processor takes.
    pub processing_delay: Duration,
    /// The limit of the client; `None` is no limit.
    pub rate_limit: Option<RateLimit>,
    /// Endpoints on this machine that get the events.
    pub webhooks: Vec<String>,
    /// Where vehicles are pulled from, if from anywhere.
    pub inventory: Option<Inventory>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            is_open: false,
            state_file: None,
            port: 0,
            specs: None,
            processing_delay: Duration::from_millis(250),
            rate_limit: Some(RateLimit::LOW),
            webhooks: Vec::new(),
            inventory: None,
        }
    }
}

/// Runs a sandbox until Ctrl-C, or until SIGTERM where there are signals. Writes to `out` where it is and the credentials made up for it.
pub async fn serve(options: ServeOptions, mut out: impl Write) -> Result<(), SandboxError> {
    let end = end();
    let mut builder = Sandbox::builder()
        .address(options.address)
        .port(options.port)
        .processing_delay(options.processing_delay)
        .rate_limit(options.rate_limit);
    if let Some(folder) = options.specs {
        builder = builder.specs(folder);
    }
    if options.is_open {
        builder = builder.open_to_others();
    }
    if let Some(file) = options.state_file {
        builder = builder.state_file(file);
    }
    if let Some(inventory) = options.inventory {
        builder = builder.inventory(inventory);
    }
    let sandbox = builder.start().await?;
    for url in &options.webhooks {
        // One that the file of the state has already keeps its secret: the portal may have shown it, once.
        if !sandbox.has_webhook(url)? {
            sandbox.register_webhook(url)?;
        }
    }
    describe(&sandbox, &mut out).map_err(SandboxError::Write)?;
    end.await;
    sandbox.save()
}

/// The signal to stop, which is listened for from this call on.
#[cfg(unix)]
fn end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    async fn heard(signal: Option<Signal>) {
        match signal {
            Some(mut signal) => drop(signal.recv().await),
            // Without a handler, the signal ends the process by itself.
            None => std::future::pending().await,
        }
    }
    let [interrupt, terminate] =
        [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok());
    async {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
        }
    }
}

/// The signal to stop.
#[cfg(not(unix))]
async fn end() {
    // Without a handler there is no Ctrl-C to wait for, and the process ends by itself.
    let _ = tokio::signal::ctrl_c().await;
}

fn describe(sandbox: &Sandbox, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "A local Tilt is ready; Ctrl-C stops it.\n")?;
    writeln!(out, "API             {}", sandbox.api_url())?;
    if sandbox.app().address.is_unspecified() {
        let port = sandbox.app().url.port().unwrap_or_default();
        writeln!(
            out,
            "other machines  http://ADDRESS:{port}, by any address of this machine; links have the one that was asked"
        )?;
    }
    writeln!(out, "token endpoint  {}", sandbox.token_url())?;
    writeln!(out, "admin portal    {}/admin", sandbox.api_url())?;
    match sandbox.has_new_client() {
        true => {
            writeln!(out, "client id       {}", sandbox.client_id())?;
            writeln!(out, "client secret   {}", sandbox.client_secret())?;
        }
        // Of a client that the portal made, it has shown the secret once.
        false => writeln!(
            out,
            "clients         those of the state file: see the admin portal"
        )?,
    }
    writeln!(out, "signing secret  {}", sandbox.signing_secret())?;
    let endpoints = sandbox
        .app()
        .read(|state| state.webhooks.endpoints().to_vec());
    for endpoint in endpoints {
        let has_own = endpoint.secret.expose_secret() != sandbox.signing_secret();
        let signed = if has_own {
            " (signed with a secret of its own)"
        } else {
            ""
        };
        writeln!(out, "webhook         {}{signed}", endpoint.url)?;
    }
    if let Some(inventory) = &sandbox.app().inventory {
        let every = inventory::shown(inventory.every);
        let name = inventory.name();
        writeln!(out, "inventory       {name}, every {every}")?;
    }
    for location in sandbox.locations() {
        let features = location.features.join(", ");
        let (id, name) = (location.location_id, location.name);
        writeln!(out, "location        {id}  {name} ({features})")?;
    }
    out.flush()
}
