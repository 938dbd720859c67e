//! Facts about a crate that was written, which its documents do not tell and its user has to know.

use super::manifest::Manifest;
use tilt_codegen::config::Package;
use tilt_codegen::render::{RenderOptions, RuntimeSource};

/// A sentence for each. `there` is the manifest before, `is_kept` whether it still stands.
pub(crate) fn notes(
    options: &RenderOptions,
    there: Option<&Manifest>,
    is_kept: bool,
) -> Vec<String> {
    let kept = there.filter(|_| is_kept);
    let renamed = there.and_then(|there| renamed(&options.crate_name, there, is_kept));
    let runtime = match (kept, &options.runtime) {
        (Some(kept), _) if kept.has_runtime => None,
        (Some(_), _) => Some(
            "Cargo.toml does not depend on `tilt-runtime`, without which the crate does not compile"
                .to_owned(),
        ),
        (None, RuntimeSource::Version(version)) if !is_kept => Some(format!(
            "the crate depends on `tilt-runtime` {version} of the registry, without which it does not \
             compile; --runtime-path names a folder instead"
        )),
        (None, _) => None,
    };
    let unused = (is_kept && options.package != Package::default()).then(|| {
        "Cargo.toml is not generated, so [package] of the configuration has no effect".to_owned()
    });
    renamed.into_iter().chain(runtime).chain(unused).collect()
}

fn renamed(new: &str, there: &Manifest, is_kept: bool) -> Option<String> {
    let old = there.name.as_deref().filter(|old| *old != new)?;
    Some(match is_kept {
        true => format!(
            "Cargo.toml still calls the crate `{old}`: write `{new}` there, or leave --name out"
        ),
        false => format!(
            "the crate is renamed from `{old}` to `{new}`, for all who use it; without --name it keeps \
             its name"
        ),
    })
}
