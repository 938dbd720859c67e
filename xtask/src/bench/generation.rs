//! The cost of generating an SDK.

use super::measure;
use super::table::{Table, cost, ratios_to_best};
use super::{Bench, system};
use crate::failure::Failure;

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut columns = vec!["document"];
    columns.extend(bench.generators.iter().map(|generator| generator.name));
    columns.push("of the better peer: time, memory");
    let mut table = Table::new("Generation", "One process for each document.", &columns);
    let folder = bench.folder.join("generation");
    std::fs::create_dir_all(&folder).map_err(system("create", &folder))?;
    for document in &bench.documents {
        let measured: Vec<_> = bench
            .generators
            .iter()
            .map(|generator| {
                let out = folder.join("bench-generated");
                measure::least(bench.options.runs, || {
                    generator.generate(&document.path, &out, &folder)
                })
            })
            .collect();
        let mut row = vec![document.name.clone()];
        row.extend(measured.iter().map(cost));
        row.push(ratios_to_best(&measured));
        table.row(row);
    }
    Ok(table.finish())
}
