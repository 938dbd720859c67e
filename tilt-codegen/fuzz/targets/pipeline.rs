//! Any document: a crate whose files parse and stay in their folder, or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::config::Config;
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

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
    let Ok(modelled) = Generator::new(Config::default()).model(&inputs) else {
        return;
    };
    let options = RenderOptions::new("api");
    for file in render::package(&modelled.sdk, &options) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/_.".contains(c);
        assert!(
            file.path.chars().all(plain) && !file.path.contains(".."),
            "{:?}",
            file.path
        );
        if file.path.ends_with(".rs") {
            let parsed = syn::parse_file(&file.contents);
            assert!(
                parsed.is_ok(),
                "{}: {:?}\n{}",
                file.path,
                parsed.err(),
                file.contents
            );
        }
    }
});
