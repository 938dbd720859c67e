//! `cargo xtask check`: do `specs/`, `source.toml` and the generated sources agree?

use crate::document::DocumentKind;
use crate::failure::Failure;
use crate::inventory;
use crate::project::Project;
use crate::regenerate::{files, generate, target};
use crate::specs::{Specs, sha256};
use std::fmt;
use tilt_codegen::output;

/// The command that shows each change of what users of the SDK see, and accepts it.
pub const ACCEPT: &str = "cargo insta test --review --workspace";

/// The differences.
#[derive(Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Documents that are not the ones recorded in `source.toml`.
    pub edited: Vec<DocumentKind>,
    /// Generated files that are not what their documents give: path and diff.
    pub stale: Vec<String>,
    /// From the files as they are to what they should be.
    pub diff: String,
}

/// Compares everything with everything, and changes nothing.
pub fn check(project: &Project) -> Result<Option<Disagreement>, Failure> {
    let specs = Specs::open(project.specs())?;
    let recorded = specs.provenance()?;
    let mut edited = Vec::new();
    for kind in DocumentKind::ALL {
        let sha256 = sha256(&specs.read(kind)?);
        if recorded
            .as_ref()
            .is_none_or(|recorded| recorded.source(kind).sha256 != sha256)
        {
            edited.push(kind);
        }
    }
    let (mut stale, mut diff) = stale(project, project)?;
    let (more, more_diff) = inventory::stale(project)?;
    stale.extend(more);
    diff.push_str(&more_diff);
    if edited.is_empty() && stale.is_empty() {
        return Ok(None);
    }
    Ok(Some(Disagreement {
        edited,
        stale,
        diff,
    }))
}

/// The generated files of an SDK that are not what a project's `specs/` gives, with a diff from the
/// files to what should be there.
pub fn stale(project: &Project, of: &Project) -> Result<(Vec<String>, String), Failure> {
    let files = files(&generate(project)?);
    let sdk = of.sdk();
    let plan = output::plan(target(&sdk), &files)?;
    let changes = plan.changes().iter();
    Ok((
        changes.map(|change| change.path.clone()).collect(),
        plan.diff(),
    ))
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in &self.edited {
            writeln!(
                f,
                "specs/{} is not the document that specs/source.toml records. Documents are \
                 changed by `cargo xtask fetch` or by specs/overlay.json, not by hand.",
                kind.file_name()
            )?;
        }
        if !self.stale.is_empty() {
            writeln!(
                f,
                "{} generated file(s) are not what their documents give: {}\nTo mend it, and to accept what users see of it:\n  cargo xtask regenerate --offline\n  {ACCEPT}",
                self.stale.len(),
                self.stale.join(", ")
            )?;
        }
        Ok(())
    }
}
