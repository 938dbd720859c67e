//! Sets of a struct's fields.

/// A set of small numbers; the first 64 take no memory of their own.
#[derive(Debug, Clone, Default)]
pub struct Bits {
    low: u64,
    high: Vec<usize>,
}

impl Bits {
    #[inline(always)]
    pub(crate) fn insert(&mut self, index: usize) {
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
    pub(crate) fn contains(&self, index: usize) -> bool {
        if index < 64 {
            self.low >> index & 1 == 1
        } else {
            self.high.contains(&index)
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.low == 0 && self.high.is_empty()
    }
}
