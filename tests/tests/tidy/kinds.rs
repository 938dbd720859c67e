//! The table of what is right on the wire: each kind has a test.

use crate::project::Project;
use crate::rules::Rules;

const TABLE: &str = "docs/wire.md";

/// Rows of the table that name a test that is not there.
pub(crate) fn tested(project: &Project, _: &Rules) -> Vec<String> {
    let Some(table) = project.get(TABLE) else {
        return vec![format!("{TABLE} is not there")];
    };
    let rows = table.text.lines().filter(|line| line.starts_with("| "));
    let rows = rows.filter(|line| !line.starts_with("| kind |"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [kind, path, test] = cells[..] else {
            return Some(format!("{TABLE}: `{row}` has not three cells"));
        };
        let test = test.trim_end_matches(['|', ' ']).trim_matches('`');
        let path = path.trim_matches('`');
        let file = project.get(path);
        let is_there = file.is_some_and(|file| {
            let mut lines = file.text.lines().map(str::trim_start);
            lines.any(|line| {
                let line = line.strip_prefix("async ").unwrap_or(line);
                let name = line.strip_prefix("fn ").and_then(|it| it.split_once('('));
                name.is_some_and(|(name, _)| name == test)
            })
        });
        (!is_there).then(|| format!("{TABLE}: {path} has no `{test}` for {}", &kind[2..]))
    })
    .collect()
}
