//! The corpus run as text.

use super::Result;
use super::compile::Compiled;
use super::measure::Cost;
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// JSON if the file's name says so, else Markdown.
pub(super) fn text(results: &[Result], path: &Path) -> std::result::Result<String, Failure> {
    if path.extension().is_some_and(|ending| ending == "json") {
        return serde_json::to_string_pretty(results).map_err(|error| Failure::System {
            action: format!("write {}", path.display()),
            error: error.into(),
        });
    }
    Ok(markdown(results))
}

/// The totals, and what is not as it should be.
pub(super) fn summary(results: &[Result]) -> String {
    let mut out = String::new();
    let generated = results
        .iter()
        .filter(|result| result.generation.generated().is_some())
        .count();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{} documents: {generated} generated", results.len());
    let counted: Vec<_> = results
        .iter()
        .filter_map(|result| result.census.as_ref()?.as_ref().ok())
        .collect();
    let complete = counted.iter().filter(|census| census.losses.is_empty());
    let _ = writeln!(
        out,
        "{} counted: {} lose nothing in silence",
        counted.len(),
        complete.count()
    );
    let compiled = |which: fn(&Result) -> Option<&Compiled>, what: &str| {
        let compiled: Vec<_> = results.iter().filter_map(which).collect();
        if compiled.is_empty() {
            return String::new();
        }
        let ok = compiled.iter().filter(|compiled| compiled.ok).count();
        let clean = compiled
            .iter()
            .filter(|compiled| compiled.fault().is_none());
        let (all, clean) = (compiled.len(), clean.count());
        format!("{all} crates {what}: {ok} compile, {clean} without a warning\n")
    };
    out += &compiled(|result| result.compiled.as_ref(), "checked");
    out += &compiled(|result| result.linted.as_ref(), "linted");
    out += &round_trips(results);
    for result in results {
        for fault in result.faults() {
            let _ = writeln!(out, "  {}: {}", result.name, one_line(&fault));
        }
    }
    out
}

/// The totals of round trips; nothing where there were none.
fn round_trips(results: &[Result]) -> String {
    let round_trips: Vec<_> = results
        .iter()
        .filter_map(|result| result.round_trip.as_ref())
        .collect();
    if round_trips.is_empty() {
        return String::new();
    }
    let compared = round_trips
        .iter()
        .filter_map(|round_trip| round_trip.compared());
    let (mut cases, mut different, mut types, mut untried) = (0, 0, 0, 0);
    for compared in compared {
        cases += compared.cases;
        different += compared.different;
        types += compared.types;
        untried += compared.untried.len();
    }
    format!(
        "{} round trips: {cases} instances of {types} types, {different} came back different; \
         {untried} types without an instance\n",
        round_trips.len()
    )
}

fn markdown(results: &[Result]) -> String {
    let mut out = format!("# Corpus\n\n{}\n", summary(results).replace("\n  ", "\n- "));
    out.push_str(
        "| document | operations in / out | schemas in / types out | events in / out | findings \
         | lines | generation s | MiB | check s | MiB | warnings | lints | instances / different \
         / types without | result |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for result in results {
        let _ = writeln!(out, "| {} |", row(result).join(" | "));
    }
    out += &counts(results);
    out += &lists(results);
    out
}

/// The contents of the documents, all together, and how much of it the SDKs have.
fn counts(results: &[Result]) -> String {
    let mut totals: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for census in results
        .iter()
        .filter_map(|result| result.census.as_ref()?.as_ref().ok())
    {
        for (side, counts) in [&census.document, &census.sdk].into_iter().enumerate() {
            for (kind, count) in counts {
                totals.entry(kind).or_default()[side] += count;
            }
        }
    }
    let mut out = String::from("\n| | in the documents | in the SDKs |\n|---|---|---|\n");
    for (kind, [document, sdk]) in totals {
        let _ = writeln!(out, "| {kind} | {document} | {sdk} |");
    }
    out
}

/// Everything that is lost, that differs, or that was not tried.
fn lists(results: &[Result]) -> String {
    let mut out = String::new();
    let mut list = |title: String, items: Vec<String>| {
        if !items.is_empty() {
            let _ = writeln!(out, "\n## {title}\n");
            for item in items {
                let _ = writeln!(out, "- {}", one_line(&item));
            }
        }
    };
    for result in results {
        let name = &result.name;
        if let Some(Ok(census)) = &result.census {
            list(format!("{name}: lost in silence"), census.losses.clone());
        }
        let compared = result
            .round_trip
            .as_ref()
            .and_then(|round_trip| round_trip.compared());
        if let Some(compared) = compared {
            let differences = compared.differences.iter().map(ToString::to_string);
            list(format!("{name}: differences"), differences.collect());
            list(
                format!("{name}: types without an instance"),
                compared.untried.clone(),
            );
        }
    }
    out
}

fn row(result: &Result) -> Vec<String> {
    let document = &result.document;
    let faults = result.faults();
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| one_line(fault).replace('|', "\\|"))
        .collect();
    let mut cells = vec![result.name.clone()];
    match result.generation.generated() {
        Some(generated) => {
            let size = &generated.size;
            let findings: Vec<_> = generated
                .findings
                .iter()
                .map(|(code, count)| format!("{code} {count}"))
                .collect();
            cells.extend([
                format!("{} / {}", document.operations, size.operations),
                format!("{} / {}", document.schemas, size.types),
                format!("{} / {}", document.events, size.events),
                findings.join(", "),
                size.lines.to_string(),
            ]);
            cells.extend(cost(generated.cost));
        }
        None => cells.extend([
            document.operations.to_string(),
            document.schemas.to_string(),
            document.events.to_string(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ]),
    }
    cells.extend(cost(
        result.compiled.as_ref().and_then(|compiled| compiled.cost),
    ));
    let warnings = result.compiled.as_ref();
    let warnings = warnings.map(|compiled| compiled.warnings.to_string());
    cells.push(warnings.unwrap_or_default());
    let lints = result.linted.as_ref();
    let lints = lints.map(|linted| (linted.errors + linted.warnings).to_string());
    cells.push(lints.unwrap_or_default());
    let compared = result
        .round_trip
        .as_ref()
        .and_then(|round_trip| round_trip.compared());
    let compared = compared.map(|compared| {
        let untried = compared.untried.len();
        format!("{} / {} / {untried}", compared.cases, compared.different)
    });
    cells.push(compared.unwrap_or_default());
    cells.push(match faults.is_empty() {
        true => "good".into(),
        false => faults.join("; "),
    });
    cells
}

fn cost(cost: Option<Cost>) -> [String; 2] {
    let seconds = cost.and_then(|cost| cost.cpu_seconds.or(Some(cost.wall_seconds)));
    let mib = cost.and_then(|cost| cost.peak_mib);
    [
        seconds
            .map(|seconds| format!("{seconds:.2}"))
            .unwrap_or_default(),
        mib.map(|mib| format!("{mib:.0}")).unwrap_or_default(),
    ]
}

fn one_line(text: &str) -> String {
    const LENGTH: usize = 240;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
