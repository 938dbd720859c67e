//! The corpus run as text.

use super::Result;
use super::measure::Cost;
use crate::failure::Failure;
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
    let compiled: Vec<_> = results
        .iter()
        .filter_map(|result| result.compiled.as_ref())
        .collect();
    if !compiled.is_empty() {
        let ok = compiled.iter().filter(|compiled| compiled.ok).count();
        let clean = compiled
            .iter()
            .filter(|compiled| compiled.fault().is_none())
            .count();
        let _ = writeln!(
            out,
            "{} crates: {ok} compile, {clean} without a warning",
            compiled.len()
        );
    }
    for result in results {
        if let Some(fault) = result.fault() {
            let _ = writeln!(out, "  {}: {}", result.name, one_line(&fault));
        }
    }
    out
}

fn markdown(results: &[Result]) -> String {
    let mut out = format!("# Corpus\n\n{}\n", summary(results).replace("\n  ", "\n- "));
    out.push_str(
        "| document | operations in / out | schemas in / types out | events in / out | findings \
         | lines | generation s | MiB | check s | MiB | warnings | result |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for result in results {
        let _ = writeln!(out, "| {} |", row(result).join(" | "));
    }
    out
}

fn row(result: &Result) -> Vec<String> {
    let document = &result.document;
    let fault = result
        .fault()
        .map(|fault| one_line(&fault).replace('|', "\\|"));
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
    let warnings = result
        .compiled
        .as_ref()
        .map(|compiled| compiled.warnings.to_string());
    cells.push(warnings.unwrap_or_default());
    cells.push(fault.unwrap_or_else(|| "good".into()));
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
