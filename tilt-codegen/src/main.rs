//! `tilt-codegen`: a Rust SDK from an OpenAPI and an AsyncAPI document.

mod command;

use clap::Parser;
use command::{Arguments, Command, MessageFormat, generate, inspect, say_json, warn};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Arguments {
        command,
        message_format,
    } = Arguments::parse();
    let result = match &command {
        Command::Generate(options) => generate(options, message_format),
        Command::Inspect(inputs) => inspect(inputs, message_format),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            match message_format {
                MessageFormat::Human => failure.tell(),
                MessageFormat::Json => {
                    if let Err(error) = say_json(failure.to_json()) {
                        warn(format_args!("error: {error}\n"));
                    }
                }
            }
            failure.exit().into()
        }
    }
}
