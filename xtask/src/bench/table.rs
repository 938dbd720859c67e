//! Tables in Markdown.

use super::measure::Measured;
use std::fmt::Write;

pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(title: &str, note: &str, columns: &[&str]) -> Self {
        let rule = vec!["---"; columns.len()];
        let (columns, rule) = (columns.join(" | "), rule.join("|"));
        Self {
            text: format!("## {title}\n\n{note}\n\n| {columns} |\n|{rule}|\n"),
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<_> = cells.into_iter().collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    pub(super) fn finish(self) -> String {
        format!("{}\n", self.text)
    }
}

/// `1.23 s, 456 MiB`, or why there are no figures.
pub(super) fn cost(measured: &Measured) -> String {
    match measured {
        Ok(figures) => format!("{:.2} s, {:.0} MiB", figures.seconds, figures.mib),
        Err(why) => why.clone(),
    }
}

/// Time and memory of one as parts of another's: `0.12, 0.34`.
pub(super) fn ratios(one: &Measured, other: &Measured) -> String {
    match (one, other) {
        (Ok(one), Ok(other)) => format!(
            "{:.2}, {:.2}",
            one.seconds / other.seconds,
            one.mib / other.mib
        ),
        _ => String::new(),
    }
}

/// Ours as a part of the least of the peers', for time and memory each.
pub(super) fn ratios_to_best(measured: &[Measured]) -> String {
    let Some((Ok(ours), peers)) = measured.split_first() else {
        return String::new();
    };
    let peers: Vec<_> = peers.iter().flatten().collect();
    let least = |values: &mut dyn Iterator<Item = f64>| values.reduce(f64::min);
    let seconds = least(&mut peers.iter().map(|figures| figures.seconds));
    let mib = least(&mut peers.iter().map(|figures| figures.mib));
    match (seconds, mib) {
        (Some(seconds), Some(mib)) => {
            format!("{:.2}, {:.2}", ours.seconds / seconds, ours.mib / mib)
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::Figures;
    use super::*;

    #[test]
    fn the_best_of_the_peers_counts_for_time_and_memory_each() {
        let figures = |seconds, mib| Ok(Figures { seconds, mib });
        let why = || Err("does not compile".to_owned());
        let measured = [
            figures(1.0, 100.0),
            figures(4.0, 150.0),
            why(),
            figures(5.0, 125.0),
        ];
        assert_eq!(ratios_to_best(&measured), "0.25, 0.80");
        assert_eq!(ratios_to_best(&[figures(1.0, 1.0), why()]), "");
        assert_eq!(ratios_to_best(&[why(), figures(1.0, 1.0)]), "");
    }
}
