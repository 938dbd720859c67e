//! Any document: a crate whose files parse and stay in their folder, or a refusal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::Generator;
use tilt_codegen::config::Config;
use tilt_codegen_fuzz::{inputs, package};

fuzz_target!(|bytes: &[u8]| {
    let Ok(modelled) = Generator::new(Config::default()).model(&inputs(bytes)) else {
        return;
    };
    for file in package(&modelled.sdk) {
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
