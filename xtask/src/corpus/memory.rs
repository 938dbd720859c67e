//! Results of earlier runs.

use super::{Folders, system};
use crate::failure::Failure;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Something that stays true as long as everything is the same that it was made of.
#[derive(Serialize, Deserialize)]
struct Remembered<T> {
    /// Hashes and settings.
    made_of: Vec<String>,
    what: T,
}

/// The value that is remembered under a name if that `still_holds`, or else what `find` finds: to be remembered
/// if that says so.
pub(super) fn remembered_or<T: Serialize + DeserializeOwned>(
    folders: &Folders,
    name: &str,
    made_of: Vec<String>,
    still_holds: impl Fn(&T) -> bool,
    find: impl FnOnce() -> Result<(T, bool), Failure>,
) -> Result<T, Failure> {
    let path = folders.state.join(format!("{name}.json"));
    let remembered = std::fs::read(&path)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Remembered<T>>(&bytes).ok())
        .filter(|remembered| remembered.made_of == made_of && still_holds(&remembered.what));
    if let Some(remembered) = remembered {
        return Ok(remembered.what);
    }
    let (what, is_lasting) = find()?;
    if !is_lasting {
        return Ok(what);
    }
    let remembered = Remembered { made_of, what };
    let text = serde_json::to_vec_pretty(&remembered).unwrap_or_default();
    std::fs::write(&path, text).map_err(system("write", &path))?;
    Ok(remembered.what)
}
