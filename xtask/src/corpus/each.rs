//! Doing the same with all documents, several at a time.

use super::document::Document;
use crate::failure::Failure;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Mutex;

/// The results, in the order of the documents.
pub(super) fn each<T: Send>(
    what: &str,
    jobs: usize,
    documents: &[&Document],
    work: impl Fn(&Document) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let bar = bar(what, documents.len());
    let queue = Mutex::new(documents.iter().enumerate());
    let done = Mutex::new(Vec::new());
    let next = || queue.lock().ok()?.next();
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(documents.len()) {
            scope.spawn(|| {
                while let Some((number, document)) = next() {
                    bar.set_message(document.name.clone());
                    let result = work(document);
                    if let Ok(mut done) = done.lock() {
                        done.push((number, result));
                    }
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A progress bar for so many.
pub(super) fn bar(what: &str, count: usize) -> ProgressBar {
    let template = format!("{what} {{pos}}/{{len}} {{wide_bar}} {{msg}}");
    let style = ProgressStyle::with_template(&template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(count as u64).with_style(style)
}
