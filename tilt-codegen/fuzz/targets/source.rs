//! Any bytes: documents, or diagnostics with a place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tilt_codegen::diagnostic::Look;
use tilt_codegen::source::{DocumentId, Documents, Input, Limits, Pointer};

fuzz_target!(|bytes: &[u8]| {
    for name in ["api.json", "api.yaml", "api"] {
        let input = Input::Bytes {
            name: name.into(),
            bytes: bytes.to_vec(),
        };
        match Documents::load(input, &Limits::default()) {
            Ok(documents) => {
                let keys: Vec<_> = documents
                    .root_node()
                    .members()
                    .map(|(_, node)| node.key())
                    .collect();
                let pointers = documents.pointers(&keys).into_iter().flatten();
                let pointers: Vec<Pointer> = pointers.collect();
                assert_eq!(pointers.len(), keys.len());
                for position in documents
                    .positions(DocumentId(0), &pointers)
                    .into_iter()
                    .flatten()
                {
                    let end = position.offset + position.length;
                    assert!(documents.root().text().get(position.offset..end).is_some());
                }
                for (_, node) in documents.root_node().members() {
                    let _ = documents.follow(node);
                }
            }
            Err(diagnostics) => {
                assert!(diagnostics.has_errors());
                let _ = diagnostics.report(Look::Narrated);
            }
        }
    }
});
