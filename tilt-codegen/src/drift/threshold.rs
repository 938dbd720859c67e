//! From which finding on a comparison counts as failed.

use super::finding::{Bump, Drift, Severity};
use std::fmt;
use std::str::FromStr;

/// A threshold. Each has those before it in it: `Major` is met by what is breaking, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Threshold {
    /// Programs in use may break.
    Breaking,
    /// Users who upgrade may have to change code.
    Major,
    /// It cannot be told, or depends on the program.
    Warning,
    /// Anything differs.
    #[default]
    Any,
    /// Nothing meets it.
    None,
}

/// A threshold with another name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no threshold is called `{}`; there are breaking, major, warning, any and none", .0.escape_debug())]
pub struct UnknownThreshold(String);

impl Threshold {
    /// All of them.
    pub const ALL: [Threshold; 5] = [
        Threshold::Breaking,
        Threshold::Major,
        Threshold::Warning,
        Threshold::Any,
        Threshold::None,
    ];

    /// Its name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Threshold::Breaking => "breaking",
            Threshold::Major => "major",
            Threshold::Warning => "warning",
            Threshold::Any => "any",
            Threshold::None => "none",
        }
    }

    /// Whether something in a drift is at the threshold or graver.
    pub fn is_met(self, drift: &Drift) -> bool {
        let (in_use, upgrade) = (drift.in_use, drift.upgrade);
        match self {
            Threshold::Breaking => in_use >= Some(Severity::Breaking),
            Threshold::Major => in_use >= Some(Severity::Breaking) || upgrade >= Bump::Major,
            Threshold::Warning => in_use >= Some(Severity::Warning) || upgrade >= Bump::Major,
            Threshold::Any => {
                in_use.is_some() || upgrade > Bump::None || !drift.findings.is_empty()
            }
            Threshold::None => false,
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Threshold {
    type Err = UnknownThreshold;

    fn from_str(name: &str) -> Result<Self, UnknownThreshold> {
        let named = Threshold::ALL.into_iter().find(|it| it.name() == name);
        named.ok_or_else(|| UnknownThreshold(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::finding::FORMAT;

    #[test]
    fn a_threshold_has_those_before_it_in_it() {
        let drift = |in_use, upgrade| Drift {
            format: FORMAT,
            in_use,
            upgrade,
            findings: Vec::new(),
        };
        for (drift, met) in [
            (
                drift(Some(Severity::Breaking), Bump::Patch),
                "breaking major warning any",
            ),
            (
                drift(Some(Severity::Additive), Bump::Major),
                "major warning any",
            ),
            (drift(Some(Severity::Warning), Bump::Minor), "warning any"),
            (drift(Some(Severity::Editorial), Bump::None), "any"),
            (drift(None, Bump::None), ""),
        ] {
            let all = Threshold::ALL.into_iter().filter(|it| it.is_met(&drift));
            let names: Vec<_> = all.map(Threshold::name).collect();
            assert_eq!(names.join(" "), met, "{drift:?}");
        }
    }

    #[test]
    fn a_threshold_is_known_by_its_name() {
        for threshold in Threshold::ALL {
            assert_eq!(threshold.to_string().parse(), Ok(threshold));
        }
        assert!("all".parse::<Threshold>().is_err());
    }
}
