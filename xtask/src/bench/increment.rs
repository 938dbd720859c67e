//! The cost of one more property to a user who has compiled everything before.

use super::compile::{Compilation, Workspace};
use super::measure::Measured;
use super::synthetic;
use super::table::{Table, cost};
use super::{Bench, system};
use crate::failure::Failure;
use serde_json::{Value, json};
use std::path::Path;

const SDK: &str = "bench-sdk";
const USER: &str = "bench-user";

const INCREMENTAL: Compilation<'_> = Compilation {
    command: &["check"],
    incremental: true,
};

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new(
        "One property more",
        "Incremental `cargo check` of a crate that uses an SDK with 400 schemas and 400 operations. In \
         turns, a property is added to one schema and taken away again, and the SDK generated anew. One \
         run of the first row, the least of several of the others.",
        &["", "SDK", "user's crate"],
    );
    let Some(ours) = bench.ours() else {
        return Ok(String::new());
    };
    let workspace = bench.workspace("increment")?;
    let before = synthetic::document(400, 100);
    let mut after = before.clone();
    if let Some(properties) = after.pointer_mut("/components/schemas/Thing200/properties") {
        properties["colour"] = json!({"type": "string"});
    }
    let generate = |document: &Value| -> Result<Measured, Failure> {
        let path = workspace.folder.join("things.json");
        std::fs::write(&path, document.to_string()).map_err(system("write", &path))?;
        // As deep as where it goes, so that the way to the runtime is the same.
        let fresh = bench.folder.join("increment-fresh").join(SDK);
        let generated = ours.generate(&path, &fresh, &workspace.folder);
        replace(&fresh, &workspace.member(SDK)).map_err(system("copy", &fresh))?;
        Ok(generated)
    };
    if let Err(why) = generate(&before)? {
        table.row(["".to_owned(), why]);
        return Ok(table.finish());
    }
    workspace.write(
        USER,
        &format!("{SDK} = {{ path = \"../{SDK}\" }}\n"),
        "pub fn name(thing: &bench_sdk::types::Thing200) -> &str {\n    &thing.name\n}\n",
    )?;
    let _ = std::fs::remove_dir_all(workspace.folder.join("target/debug/incremental"));
    both(&mut table, "everything", &workspace, 1, &mut || Ok(()))?;
    let runs = bench.options.runs.get();
    both(
        &mut table,
        "nothing changed in the SDK",
        &workspace,
        runs,
        &mut || Ok(()),
    )?;
    let mut turns = [&after, &before].into_iter().cycle();
    both(
        &mut table,
        "a property more or less",
        &workspace,
        runs,
        &mut || {
            turns
                .next()
                .map_or(Ok(()), |document| generate(document).map(drop))
        },
    )?;
    Ok(table.finish())
}

/// A row: both crates after a change.
fn both(
    table: &mut Table,
    title: &str,
    workspace: &Workspace<'_>,
    runs: usize,
    change: &mut dyn FnMut() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut cells: [Measured; 2] = [Err("not compiled".to_owned()), Err(String::new())];
    for _ in 0..runs {
        change()?;
        workspace.forget("bench_sdk");
        let user = workspace.compile_all(USER, "bench_", INCREMENTAL);
        for (cell, name) in cells.iter_mut().zip(["bench_sdk", "bench_user"]) {
            let next = user.clone().and_then(|()| workspace.figures(name));
            *cell = match (&cell, next) {
                (Ok(least), Ok(next)) if least.seconds <= next.seconds => Ok(*least),
                (_, next) => next,
            };
        }
    }
    let [sdk, user] = cells;
    table.row([title.to_owned(), cost(&sdk), cost(&user)]);
    Ok(())
}

/// Writes only the files that differ, as `regenerate` does.
fn replace(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            replace(&entry.path(), &target)?;
            continue;
        }
        let text = std::fs::read(entry.path())?;
        if std::fs::read(&target).ok().as_ref() != Some(&text) {
            std::fs::write(target, text)?;
        }
    }
    Ok(())
}
