//! The count of values that were read as something unknown: an alternative that fits only so is the last to be tried.

use std::cell::Cell;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

/// More values than this are a list that grows, and tell little apart: one that is not among them is no reason to take
/// another alternative.
const FEW: usize = 8;

/// Notes that an enum with these variants, which are words of one text, was read from another value.
#[doc(hidden)]
#[cold]
pub fn note_unknown(variants: &'static str) {
    let few = variants.split_whitespace().take(FEW + 1).count();
    if (1..=FEW).contains(&few) {
        note();
    }
}

/// Notes that a union was read from a value that is none of its variants.
pub(super) fn note() {
    COUNT.set(COUNT.get().wrapping_add(1));
}

/// How often it was, in this thread.
pub(super) fn count() -> usize {
    COUNT.get()
}

/// Takes back what was noted since, for an attempt that came to nothing.
pub(super) fn reset(count: usize) {
    COUNT.set(count);
}
