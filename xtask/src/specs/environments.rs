//! `specs/drift.toml`: what differs by environment, and is no drift there.

use super::accepted::Reason;
use super::{SpecsError, parsed};
use crate::origin::Deployment;
use serde::Deserialize;
use std::path::Path;
use tilt_codegen::drift::{Finding, Location, RuleName};

const FILE: &str = "drift.toml";

/// The contents of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environments {
    #[serde(default)]
    differs: Vec<Difference>,
}

/// Findings of one environment that do not count.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The environment.
    pub env: Deployment,
    /// The rules of the findings.
    pub rules: Vec<RuleName>,
    /// The file's name.
    pub document: Option<String>,
    /// The JSON pointer of the place; what is inside of it is meant, too.
    pub pointer: String,
    /// Why it differs.
    pub reason: Reason,
}

impl Environments {
    /// The list in a folder; empty if there is none.
    pub fn read(specs: &Path) -> Result<Self, SpecsError> {
        Ok(parsed(&specs.join(FILE))?.unwrap_or_default())
    }

    /// Removes the findings of an environment that do not count: their number, and sentences about
    /// selectors that match nothing.
    pub(crate) fn take(
        &self,
        findings: &mut Vec<Finding>,
        env: Option<Deployment>,
    ) -> (usize, Vec<String>) {
        let all = findings.len();
        let mut notes = Vec::new();
        let of_env = self.differs.iter().filter(|it| Some(it.env) == env);
        let of_env: Vec<_> = of_env.collect();
        for selector in &of_env {
            if !findings.iter().any(|finding| selector.matches(finding)) {
                let rules = selector.rules.iter().map(RuleName::as_str);
                let rules: Vec<&str> = rules.collect();
                notes.push(format!(
                    "{} at {} of specs/{FILE} matches no finding of this environment",
                    rules.join(", "),
                    selector.pointer
                ));
            }
        }
        findings.retain(|finding| !of_env.iter().any(|it| it.matches(finding)));
        (all - findings.len(), notes)
    }
}

impl Difference {
    fn matches(&self, finding: &Finding) -> bool {
        let is_at = |old: Option<&Location>, new: Option<&Location>| {
            let mut places = old.into_iter().chain(new);
            places.any(|it| self.is_at(it))
        };
        // One that is elsewhere, too, is not of the environment alone.
        let mut copies = finding.copies.iter();
        self.rules.iter().any(|rule| rule.as_str() == finding.rule)
            && is_at(finding.old.as_ref(), finding.new.as_ref())
            && copies.all(|copy| is_at(Some(&copy.old), Some(&copy.new)))
    }

    fn is_at(&self, place: &Location) -> bool {
        let name = place.document.rsplit(['/', '\\']).next();
        let inside = place.pointer.strip_prefix(self.pointer.as_str());
        self.document
            .as_deref()
            .is_none_or(|document| name == Some(document))
            && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &str, document: &str, pointer: &str) -> Finding {
        let finding = serde_json::json!({
            "rule": rule, "severity": "breaking", "directions": [], "message": "m", "upgrade": "none",
            "reach": {"operations": 0, "events": 0}, "fingerprint": "0123456789abcdef",
            "new": {"document": document, "pointer": pointer},
        });
        serde_json::from_value(finding).unwrap()
    }

    fn list() -> Environments {
        let text = r#"
            [[differs]]
            env = "dev"
            rules = ["api-server-changed", "api-server-added"]
            document = "openapi.json"
            pointer = "/servers/0"
            reason = "The sandbox has an address of its own."
        "#;
        toml::from_str(text).unwrap()
    }

    #[test]
    fn rule_and_place_have_to_agree() {
        let mut findings = vec![
            finding("api-server-changed", "live/openapi.json", "/servers/0/url"),
            finding("api-server-changed", "openapi.json", "/servers/0"),
            finding("api-server-changed", "openapi.json", "/servers/01"),
            finding("api-server-changed", "asyncapi.json", "/servers/0"),
            finding("api-server-removed", "openapi.json", "/servers/0"),
        ];
        let all = findings.clone();
        for env in [None, Some(Deployment::Prod)] {
            assert_eq!(list().take(&mut findings, env), (0, Vec::new()));
            assert_eq!(findings, all);
        }
        assert_eq!(
            list().take(&mut findings, Some(Deployment::Dev)),
            (2, Vec::new())
        );
        assert_eq!(findings, all[2..]);
    }

    #[test]
    fn a_finding_with_a_copy_elsewhere_is_not_of_the_environment() {
        let copy = |pointer: &str| {
            let place = serde_json::json!({"document": "openapi.json", "pointer": pointer});
            serde_json::from_value(serde_json::json!({"old": place, "new": place})).unwrap()
        };
        let mut finding = finding("api-server-changed", "openapi.json", "/servers/0");
        finding.copies = vec![copy("/servers/0/a")];
        let taken = |finding: &Finding| {
            let mut findings = vec![finding.clone()];
            list().take(&mut findings, Some(Deployment::Dev)).0
        };
        assert_eq!(taken(&finding), 1);
        finding.copies.push(copy("/paths/~1a/servers/0"));
        assert_eq!(taken(&finding), 0);
    }

    #[test]
    fn a_selector_that_matches_nothing_is_reported() {
        let (count, notes) = list().take(&mut Vec::new(), Some(Deployment::Dev));
        assert_eq!(count, 0);
        assert_eq!(
            notes,
            [
                "api-server-changed, api-server-added at /servers/0 of specs/drift.toml matches no finding of this environment"
            ]
        );
    }

    #[test]
    fn the_file_says_why_and_nothing_that_is_not_understood() {
        let parse = |text: &str| toml::from_str::<Environments>(text);
        let whole = "env = 'dev'\nrules = ['api-server-added']\npointer = '/a'\nreason = 'w'\n";
        assert!(parse(&format!("[[differs]]\n{whole}")).is_ok());
        assert!(parse(&format!("[[differs]]\n{whole}").replace("'w'", "''")).is_err());
        assert!(parse(&format!("[[differs]]\n{whole}").replace("dev", "test")).is_err());
        assert!(parse(&format!("[[ignored]]\n{whole}")).is_err());
        let other = parse(&format!("[[differs]]\n{whole}").replace("api-server", "server"));
        let error = other.unwrap_err().to_string();
        assert!(
            error.contains("`server-added`; like it are api-server-added"),
            "{error}"
        );
    }
}
