//! The verdict: what the server and the programs say of each scenario, against what is known of it.

use super::programs::Called;
use super::server::{Judged, Word};
use super::suite::{Spec, Suite};
use super::{shown, system};
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;

/// Scenarios, and what is wrong with them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Verdict {
    passed: usize,
    /// Those that OpenAPI or its emitter cannot say.
    inexpressible: usize,
    /// By scenario.
    wrong: BTreeMap<String, String>,
}

impl Verdict {
    pub(super) fn is_well(&self) -> bool {
        self.wrong.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (scenario, fault) in &self.wrong {
            writeln!(f, "{scenario}: {fault}")?;
        }
        writeln!(
            f,
            "{} scenarios pass, {} cannot be said in OpenAPI, {} WRONG",
            self.passed,
            self.inexpressible,
            self.wrong.len()
        )
    }
}

/// The verdict of the scenarios of these specs, among all that there are.
pub(super) fn of(
    suite: &Suite,
    all: &[Spec],
    specs: &[Spec],
    called: &Called,
    judged: &Judged,
) -> Result<Verdict, Failure> {
    let path = suite.source.join("inexpressible.toml");
    let text = fs::read_to_string(&path).map_err(system(shown("read", &path)))?;
    let known: BTreeMap<String, String> = toml::from_str(&text)
        .map_err(|error| system(shown("read", &path))(io::Error::other(error)))?;
    let all: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
    let is_asked_for = |scenario: &str| match spec_of(scenario, &all) {
        Some(spec) => specs.iter().any(|it| it.name == spec),
        // A new spec has no program yet.
        None => specs.len() == all.len(),
    };
    Ok(judge(called, judged, &known, is_asked_for))
}

/// The spec of a scenario: that whose name its own begins with, and the longest of these.
fn spec_of<'s>(scenario: &str, specs: &[&'s str]) -> Option<&'s str> {
    let scenario = scenario.replace('_', "").to_ascii_lowercase();
    let of_it = |spec: &&&str| scenario.starts_with(&spec.replace('-', ""));
    let specs = specs.iter().filter(of_it);
    specs.max_by_key(|spec| spec.len()).copied()
}

fn judge(
    called: &Called,
    judged: &Judged,
    known: &BTreeMap<String, String>,
    is_asked_for: impl Fn(&str) -> bool,
) -> Verdict {
    let mut verdict = Verdict::default();
    for (scenario, word) in judged {
        let outcome = called.0.get(scenario);
        if outcome.is_none() && !is_asked_for(scenario) {
            continue;
        }
        let fault = match (word, outcome) {
            (_, None) => Some("no program calls it".to_owned()),
            (_, Some(Some(error))) => Some(error.clone()),
            (Word::Pass, Some(None)) => None,
            (Word::Fail, _) => Some("the server refuses the request".to_owned()),
            (Word::NotImplemented, _) => Some("a call of it is missing".to_owned()),
        };
        match (fault, known.contains_key(scenario)) {
            (None, false) => verdict.passed += 1,
            (Some(_), true) => verdict.inexpressible += 1,
            (Some(fault), false) => {
                verdict.wrong.insert(scenario.clone(), fault);
            }
            (None, true) => {
                let fault = "passes, and is listed as what cannot be said".to_owned();
                verdict.wrong.insert(scenario.clone(), fault);
            }
        }
    }
    let all = called.0.keys().chain(known.keys());
    for unknown in all.filter(|it| !judged.contains_key(*it)) {
        let fault = "the suite has no such scenario".to_owned();
        verdict.wrong.insert(unknown.clone(), fault);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_right_where_both_say_so_and_only_what_is_known_may_be_wrong() {
        let text = |text: &str| text.to_owned();
        let judged = [
            ("Right", Word::Pass),
            ("Refused", Word::Fail),
            ("Misread", Word::Pass),
            ("Half", Word::NotImplemented),
            ("Forgotten", Word::NotImplemented),
            ("Elsewhere", Word::NotImplemented),
            ("Listed", Word::NotImplemented),
            ("ListedAndRight", Word::Pass),
        ];
        let judged = judged.map(|(name, word)| (text(name), word)).into();
        let called = ["Right", "Refused", "Half", "ListedAndRight", "Invented"];
        let mut called: BTreeMap<String, Option<String>> =
            called.map(|name| (text(name), None)).into();
        called.insert(text("Misread"), Some(text("b is 2, expected 1")));
        let known = [("Listed", "why"), ("ListedAndRight", "why")];
        let known = known.map(|(name, why)| (text(name), text(why))).into();
        let verdict = judge(&Called(called), &judged, &known, |it| it != "Elsewhere");
        assert_eq!(
            verdict.to_string(),
            "Forgotten: no program calls it\n\
             Half: a call of it is missing\n\
             Invented: the suite has no such scenario\n\
             ListedAndRight: passes, and is listed as what cannot be said\n\
             Misread: b is 2, expected 1\n\
             Refused: the server refuses the request\n\
             1 scenarios pass, 1 cannot be said in OpenAPI, 6 WRONG\n"
        );
    }

    #[test]
    fn a_scenario_is_of_the_spec_whose_name_it_begins_with() {
        let specs = [
            "payload-multipart",
            "type-union",
            "type-union-discriminated",
        ];
        for (scenario, spec) in [
            (
                "Payload_MultiPart_FormData_basic",
                Some("payload-multipart"),
            ),
            ("Type_Union_StringsOnly_get", Some("type-union")),
            (
                "Type_Union_Discriminated_get",
                Some("type-union-discriminated"),
            ),
            ("Routes_fixed", None),
        ] {
            assert_eq!(spec_of(scenario, &specs), spec, "{scenario}");
        }
    }
}
