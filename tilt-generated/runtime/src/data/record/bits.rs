//! Sets of a struct's fields.

/// A set of small numbers; the first 64 take no memory of their own.
#[derive(Default)]
pub(super) struct Bits {
    low: u64,
    high: Vec<usize>,
}

impl Bits {
    #[inline(always)]
    pub(super) fn insert(&mut self, index: usize) {
        if index < 64 {
            self.low |= 1 << index;
        } else {
            self.insert_high(index);
        }
    }

    #[cold]
    fn insert_high(&mut self, index: usize) {
        self.high.push(index);
    }

    #[inline]
    pub(super) fn contains(&self, index: usize) -> bool {
        if index < 64 {
            self.low >> index & 1 == 1
        } else {
            self.high.contains(&index)
        }
    }
}
