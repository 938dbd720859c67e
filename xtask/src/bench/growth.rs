//! How generation grows with the document.

use super::measure::{self, Figures};
use super::synthetic;
use super::table::Table;
use super::{Bench, system};
use crate::failure::Failure;

const FACTORS: [usize; 4] = [1, 4, 16, 64];
const SCHEMAS: usize = 50;
const RESOURCES: usize = 20;

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut columns = vec!["document".to_owned(), "MiB".to_owned()];
    for generator in &bench.generators {
        columns.push(format!("{} s", generator.name));
        columns.push("MiB".to_owned());
    }
    let columns: Vec<_> = columns.iter().map(String::as_str).collect();
    let mut table = Table::new(
        "Growth",
        "Generation of documents that repeat themselves. An exponent is the slope of a line through the \
         logarithms: 1 is linear. The first is over all four sizes, the second over the last two, where \
         what every run costs weighs least.",
        &columns,
    );
    let folder = bench.folder.join("growth");
    std::fs::create_dir_all(&folder).map_err(system("create", &folder))?;
    let mut series: Vec<Vec<Figures>> = vec![Vec::new(); bench.generators.len()];
    for factor in FACTORS {
        let document = folder.join(format!("things-{factor}.json"));
        let text = synthetic::document(SCHEMAS * factor, RESOURCES * factor).to_string();
        std::fs::write(&document, &text).map_err(system("write", &document))?;
        let mut row = vec![
            format!(
                "×{factor}: {} schemas, {} operations",
                SCHEMAS * factor,
                4 * RESOURCES * factor
            ),
            format!("{:.2}", text.len() as f64 / 1_048_576.0),
        ];
        for (generator, series) in bench.generators.iter().zip(&mut series) {
            let out = folder.join("bench-generated");
            let measured = measure::least(bench.options.runs, || {
                generator.generate(&document, &out, &folder)
            });
            match measured {
                Ok(figures) => {
                    row.push(format!("{:.3}", figures.seconds));
                    row.push(format!("{:.0}", figures.mib));
                    series.push(figures);
                }
                Err(why) => row.extend([why, String::new()]),
            }
        }
        eprintln!("  {}", row.join(" | "));
        table.row(row);
    }
    table.row(exponents(&series));
    Ok(table.finish())
}

/// The exponents of each generator: of its time, then of its memory.
fn exponents(series: &[Vec<Figures>]) -> Vec<String> {
    let mut row = vec!["exponents".to_owned(), String::new()];
    for series in series {
        for of in [|it: &Figures| it.seconds, |it: &Figures| it.mib] {
            let points: Vec<_> = FACTORS
                .iter()
                .zip(series)
                .map(|(factor, figures)| ((*factor as f64).ln(), of(figures).ln()))
                .collect();
            let last = points.get(points.len().saturating_sub(2)..).unwrap_or(&[]);
            row.push(format!("{:.2}, {:.2}", slope(&points), slope(last)));
        }
    }
    row
}

/// Of the line through points with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let number = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / number;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / number;
    let covariance: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let variance: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    covariance / variance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_a_power_is_its_exponent() {
        let points: Vec<_> = [1.0_f64, 4.0, 16.0, 64.0]
            .iter()
            .map(|x| (x.ln(), (3.0 * x.powf(1.5)).ln()))
            .collect();
        assert!((slope(&points) - 1.5).abs() < 1e-9);
    }
}
