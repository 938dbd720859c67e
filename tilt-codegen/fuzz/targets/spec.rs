//! Any document: a model, or a refusal; both times the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

fn outcome(inputs: &Inputs) -> String {
    match Generator::new(Config::default()).model(inputs) {
        Ok(modelled) => surface(&modelled.sdk) + &modelled.findings.to_string(),
        Err(diagnostics) => {
            assert!(diagnostics.has_errors());
            diagnostics.to_string()
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let input = Some(Input::Bytes {
        name: "api.yaml".into(),
        bytes: bytes.to_vec(),
    });
    let inputs = match bytes.windows(8).any(|word| word == b"asyncapi") {
        true => Inputs {
            asyncapi: input,
            ..Inputs::default()
        },
        false => Inputs {
            openapi: input,
            ..Inputs::default()
        },
    };
    assert_eq!(outcome(&inputs), outcome(&inputs));
});
