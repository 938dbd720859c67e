//! `cargo xtask sandbox`.

use std::error::Error;
use std::io::ErrorKind;
use tilt_inventory::Dms;
use tilt_sandbox::{Inventory, RateLimit, SandboxError, ServeOptions};
use xtask::cli::Sandbox;
use xtask::exit::Exit;
use xtask::failure::with_causes;
use xtask::project::Project;

pub(crate) async fn run(options: Sandbox) -> Result<Exit, Box<dyn Error>> {
    let inventory = inventory(&options)?;
    let options = ServeOptions {
        address: options.listen,
        is_open: options.i_know,
        state_file: options.state,
        port: options.port,
        specs: Some(Project::find()?.specs()),
        rate_limit: (!options.unlimited).then_some(RateLimit::LOW),
        webhooks: options.webhook,
        inventory,
        ..ServeOptions::default()
    };
    let served = tilt_sandbox::serve(options, std::io::stdout()).await;
    served.map_err(|error| match &error {
        SandboxError::Listen { source, .. } if source.kind() == ErrorKind::AddrInUse => {
            let told = with_causes(&error);
            format!(
                "{told}\nIs another one running? `--port` takes another port; 0 is any free one."
            )
            .into()
        }
        _ => Box::<dyn Error>::from(error),
    })?;
    Ok(Exit::Success)
}

fn inventory(options: &Sandbox) -> Result<Option<Inventory>, Box<dyn Error>> {
    let Some(url) = &options.inventory else {
        return Ok(None);
    };
    let secret = match &options.inventory_secret {
        Some(file) => {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| format!("{}: {error}", file.display()))?;
            Some(text.trim().into())
        }
        None => None,
    };
    let dms = Dms::new(url, secret)?;
    Ok(Some(Inventory::from(dms).every(options.inventory_every)))
}
