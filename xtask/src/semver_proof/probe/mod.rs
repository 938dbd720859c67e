//! A program that uses every item of an SDK, with its type: what compiles with it compiles with another SDK, or
//! something that programs see is another.

mod client;
mod types;

use crate::written::Written;
use std::collections::BTreeSet;
use tilt_codegen::model::Sdk;

/// The program for an SDK, which it has as `sdk`, and the runtime as `rt`. With a feature, it uses what is there with that alone.
pub(super) fn probe(sdk: &Sdk, sdk_path: &str, feature: Option<&str>) -> String {
    let mut probe = Probe {
        types: Written { sdk },
        feature,
        text: format!(
            "#![allow(deprecated, unused, unreachable_patterns, clippy::all)]\nuse {sdk_path} as sdk;\nuse rt::Sample as _;\n"
        ),
        uses: 0,
    };
    types::all(&mut probe);
    client::all(&mut probe);
    probe.text
}

struct Probe<'s> {
    types: Written<'s>,
    feature: Option<&'s str>,
    text: String,
    uses: usize,
}

impl Probe<'_> {
    /// Whether something is there that has these features.
    fn has(&self, features: &BTreeSet<String>) -> bool {
        self.feature
            .is_none_or(|it| features.is_empty() || features.contains(it))
    }

    /// A function with these arguments.
    fn uses(&mut self, arguments: &str, body: &str) {
        let number = self.uses;
        self.uses += 1;
        self.text += &format!("fn use_{number}({arguments}) {{ {body} }}\n");
    }

    /// The same, which may wait.
    fn waits(&mut self, arguments: &str, body: &str) {
        self.text += "async ";
        self.uses(arguments, body);
    }
}
