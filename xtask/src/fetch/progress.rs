//! The progress that a person sees while documents are on their way.

use crate::document::DocumentKind;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar for each document.
pub(super) struct Bars(MultiProgress);

impl Bars {
    pub(super) fn new(visible: bool) -> Self {
        // Draws nothing where standard error is no terminal.
        Self(MultiProgress::with_draw_target(if visible {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        }))
    }

    pub(super) fn bar(&self, kind: DocumentKind) -> ProgressBar {
        let style = ProgressStyle::with_template(
            "{spinner} {prefix:9} {bytes:>10} {wide_bar} {bytes_per_sec:>12}",
        )
        .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = self.0.add(ProgressBar::no_length()).with_style(style);
        bar.set_prefix(kind.to_string());
        bar
    }

    pub(super) fn clear(&self) {
        // The result is what matters, not that a terminal could be tidied.
        let _ = self.0.clear();
    }
}
