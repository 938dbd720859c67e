//! 400 structs of 12 fields, in several forms.

use super::compile::{CHECK, Compilation};
use super::synthetic;
use super::table::{Table, cost, ratios};
use super::{Bench, system};
use crate::failure::Failure;

const NUMBER: usize = 400;

const BUILD: Compilation<'_> = Compilation {
    command: &["build"],
    incremental: false,
};

/// Forms that are written by hand: what each is, its crate, dependencies and attributes.
const PLAIN: [(&str, &str, &str, &str); 3] = [
    (
        "Debug, Clone, PartialEq",
        "bench-floor",
        "",
        "#[derive(Debug, Clone, PartialEq)]\n",
    ),
    ("structs alone", "bench-bare", "", ""),
    (
        "with `serde_derive`",
        "bench-derived",
        "serde = { version = \"1\", features = [\"derive\"] }\n",
        "#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]\n",
    ),
];

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new(
        "400 structs of 12 fields",
        "The generated form keeps unknown properties, tells absent from null where the schema does, has \
         documentation, constructors and setters; the others have neither.",
        &[
            "form",
            "`cargo check`",
            "of `Debug, Clone, PartialEq`: time, memory",
            "`cargo build`",
            "of `Debug, Clone, PartialEq`: time, memory",
        ],
    );
    let workspace = bench.workspace("structs")?;
    let mut rows = Vec::new();
    for (form, name, dependencies, attributes) in PLAIN {
        let lib = synthetic::structs(NUMBER, attributes);
        workspace.write(name, dependencies, &lib)?;
        rows.push((
            form,
            workspace.least(name, CHECK),
            workspace.least(name, BUILD),
        ));
    }
    if let Some(ours) = bench.ours() {
        let document = workspace.folder.join("things.json");
        let text = synthetic::document(NUMBER, 0).to_string();
        std::fs::write(&document, text).map_err(system("write", &document))?;
        let name = "bench-generated";
        let generated = ours.generate(&document, &workspace.member(name), &workspace.folder);
        let check = generated.clone().and_then(|_| workspace.least(name, CHECK));
        let build = generated.and_then(|_| workspace.least(name, BUILD));
        rows.push(("as generated", check, build));
    }
    let Some((_, check_floor, build_floor)) = rows.first().cloned() else {
        return Ok(String::new());
    };
    for (form, check, build) in rows {
        table.row([
            form.to_owned(),
            cost(&check),
            ratios(&check, &check_floor),
            cost(&build),
            ratios(&build, &build_floor),
        ]);
    }
    Ok(table.finish())
}
