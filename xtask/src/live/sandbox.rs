//! `cargo xtask sandbox`.

use std::error::Error;
use tilt_sandbox::{RateLimit, ServeOptions};
use xtask::cli::Sandbox;
use xtask::exit::Exit;
use xtask::project::Project;

pub(crate) async fn run(options: Sandbox) -> Result<Exit, Box<dyn Error>> {
    let options = ServeOptions {
        address: options.listen,
        is_open: options.i_know,
        state_file: options.state,
        port: options.port,
        specs: Some(Project::find()?.specs()),
        rate_limit: (!options.unlimited).then_some(RateLimit::LOW),
        webhooks: options.webhook,
        ..ServeOptions::default()
    };
    tilt_sandbox::serve(options, std::io::stdout()).await?;
    Ok(Exit::Success)
}
