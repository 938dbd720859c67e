//! Calls that are known to go wrong, each with its reason. One that does not is explained no more.

use super::{shown, system};
use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    explained: Vec<Explanation>,
}

#[derive(Deserialize)]
struct Explanation {
    reason: String,
    calls: Vec<String>,
}

/// The reasons by the names of calls.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text = fs::read_to_string(path).map_err(system(shown("read", path)))?;
    let table: Table = toml::from_str(&text)
        .map_err(|error| system(shown("read", path))(io::Error::other(error)))?;
    let all = table.explained.into_iter().flat_map(|it| {
        let reason = it.reason;
        let calls = it.calls.into_iter();
        calls.map(move |call| (call, reason.clone()))
    });
    Ok(all.collect())
}
