//! Any text: documentation that rustdoc shows and does nothing else with, wherever the text stood.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::fuzzing::{clean, clean_line, first_paragraph};
use tilt_codegen::model::Docs;

#[path = "../../tests/rustdoc/mod.rs"]
mod rustdoc;

/// Longer texts are tried alone, not in every place of a document.
const SHORT: usize = 300;
/// Of how many short texts one is tried in every place, which takes a hundred times as long.
const SHARE: usize = 32;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Docs(docs) = clean(text);
    assert_harmless(&docs);
    let first = first_paragraph(&Docs(docs));
    assert!(!first.contains('\n'));
    assert_harmless(&format!("# Errors\n\n* 404: {first}\n* 500"));
    assert!(!clean_line(text).contains(rustdoc::is_invisible));
    let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
    if bytes.len() <= SHORT && sum % SHARE == 0 {
        // Some texts are no names, for which the document is refused.
        if let Ok(files) = rustdoc::package(&rustdoc::document(text)) {
            let fault = rustdoc::fault_in(&files);
            assert!(fault.is_none(), "{}", fault.unwrap_or_default());
        }
    }
});

fn assert_harmless(docs: &str) {
    let fault = rustdoc::fault(docs, |_| false);
    assert!(fault.is_none(), "{} in {docs:?}", fault.unwrap_or_default());
}
