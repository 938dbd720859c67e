//! Instructions and allocations at run time, counted by valgrind.
//!
//! The benches of the runtime and of the SDK say what there is with `--list`: a line for each case,
//! with the ways to do it, ours first. `CASE WAY TIMES` does one of them that often. The cost to
//! do it once is the difference between two runs, so that what comes before and after does not count.

use super::generator::executable;
use super::table::Table;
use super::{Bench, system};
use crate::failure::Failure;
use std::path::Path;
use std::process::{Command, Stdio};

const BENCHES: [(&str, &str); 2] = [("tilt-runtime", "data"), ("tilt-generated", "sdk")];

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new(
        "Instructions",
        "Counted by valgrind, once each: they are the same every time but for hashing with random keys.",
        &[
            "case",
            "ours",
            "compared with",
            "its",
            "ratio",
            "allocations, ours",
            "its",
        ],
    );
    for (package, name) in BENCHES {
        let output = crate::cargo::command(bench.project.root())
            .args(["bench", "--package", package, "--bench", name, "--no-run"])
            .args(["--message-format", "json-render-diagnostics"])
            .stderr(Stdio::inherit())
            .output()
            .map_err(system("run", Path::new("cargo")))?;
        let failed = || std::io::Error::other("cargo failed");
        let program = executable(&output.stdout)
            .filter(|_| output.status.success())
            .ok_or_else(|| system("build", Path::new(name))(failed()))?;
        let list = Command::new(&program)
            .arg("--list")
            .output()
            .map_err(system("run", &program))?;
        for line in String::from_utf8_lossy(&list.stdout).lines() {
            let mut words = line.split_whitespace();
            let (Some(case), Some(ours)) = (words.next(), words.next()) else {
                continue;
            };
            for other in words {
                let row = compare(&program, case, ours, other)?;
                eprintln!("  {}", row.join(" | "));
                table.row(row);
            }
        }
    }
    Ok(table.finish())
}

fn compare(program: &Path, case: &str, ours: &str, other: &str) -> Result<Vec<String>, Failure> {
    let count = |way, what| once(program, case, way, what);
    let (one, two) = (
        count(ours, Counted::Instructions)?,
        count(other, Counted::Instructions)?,
    );
    let ratio = match (one, two) {
        (Some(one), Some(two)) => format!("{:.3}", one / two),
        _ => String::new(),
    };
    let whole = |number: Option<f64>| number.map_or_else(String::new, |it| format!("{it:.0}"));
    Ok(vec![
        case.to_owned(),
        whole(one),
        other.to_owned(),
        whole(two),
        ratio,
        whole(count(ours, Counted::Allocations)?),
        whole(count(other, Counted::Allocations)?),
    ])
}

#[derive(Clone, Copy)]
enum Counted {
    Instructions,
    Allocations,
}

fn once(program: &Path, case: &str, way: &str, what: Counted) -> Result<Option<f64>, Failure> {
    const FEW: u32 = 20;
    const MANY: u32 = 220;
    let (Some(few), Some(many)) = (
        counted(program, case, way, FEW, what)?,
        counted(program, case, way, MANY, what)?,
    ) else {
        return Ok(None);
    };
    Ok(Some((many - few) / f64::from(MANY - FEW)))
}

fn counted(
    program: &Path,
    case: &str,
    way: &str,
    times: u32,
    what: Counted,
) -> Result<Option<f64>, Failure> {
    let (options, before, after): (&[&str], _, _) = match what {
        Counted::Instructions => (
            &["--tool=callgrind", "--callgrind-out-file=/dev/null"],
            "Collected : ",
            "",
        ),
        Counted::Allocations => (
            &["--tool=dhat", "--dhat-out-file=/dev/null"],
            " bytes in ",
            " blocks",
        ),
    };
    let output = Command::new("valgrind")
        .args(options)
        .arg(program)
        .args([case, way, &times.to_string()])
        .output()
        .map_err(system("run", Path::new("valgrind")))?;
    let words = String::from_utf8_lossy(&output.stderr);
    // The first line that has it: dhat's is the total.
    Ok(words.lines().find_map(|line| {
        let (_, rest) = line.split_once(before)?;
        let number = if after.is_empty() {
            rest
        } else {
            rest.split_once(after)?.0
        };
        number.trim().replace(',', "").parse().ok()
    }))
}
