//! `cargo xtask release`: the version, the changelog, and the documents that the next release is compared with.

use crate::check::check;
use crate::document::DocumentKind;
use crate::failure::Failure;
use crate::project::Project;
use crate::proposal::{read, release_changelog, set_version, since_release};
use crate::specs::{Released, Specs};
use semver::Version;

/// Makes a release of what is there: the version, the changelog, and the documents that the next is compared with.
/// The version is `asked` for, unless the changes of the API ask for a higher one.
pub fn release(project: &Project, asked: Option<Version>) -> Result<Version, Failure> {
    if check(project)?.is_some() {
        let reason = "specs/ and the generated sources do not agree; see `cargo xtask check`";
        return Err(Failure::NotReleased(reason));
    }
    let Some(proposal) = since_release(project)? else {
        let reason = "specs/released/ does not say what the last release was";
        return Err(Failure::NotReleased(reason));
    };
    let current = proposal
        .current
        .unwrap_or_else(|| proposal.released.clone());
    let version = current.max(proposal.next);
    let version = asked.map_or(version.clone(), |asked| asked.max(version));
    if version <= proposal.released {
        let reason = "the API has not changed since the last release; for other changes, say which version it is: `cargo xtask release 0.2.0`";
        return Err(Failure::NotReleased(reason));
    }
    set_version(project, &version)?;
    release_changelog(project, &version)?;
    let specs = Specs::open(project.specs())?;
    let [openapi, asyncapi] = DocumentKind::ALL.map(|kind| specs.read(kind));
    let names = read(&project.names())?;
    specs.keep(&Released {
        version: version.clone(),
        openapi: openapi?,
        asyncapi: asyncapi?,
        names: names.map(String::into_bytes),
    })?;
    Ok(version)
}
