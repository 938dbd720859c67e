//! Any document: a model, or a refusal; both times the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::config::Config;
use tilt_codegen::{Generator, Inputs, surface};
use tilt_codegen_fuzz::inputs;

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
    let inputs = inputs(bytes);
    assert_eq!(outcome(&inputs), outcome(&inputs));
});
