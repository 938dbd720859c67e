//! Decisions by a seed: the same question, the same answer.

use sha2::{Digest, Sha256};

/// Answers questions at random, and always alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice {
    seed: u64,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// Those of a part of the run.
    pub(super) fn of(self, part: &str, number: u32) -> Self {
        Self::new(self.number(&format!("{part} {number}")))
    }

    pub(super) fn seed(self) -> u64 {
        self.seed
    }

    fn number(self, question: &str) -> u64 {
        let digest = Sha256::new()
            .chain_update(self.seed.to_le_bytes())
            .chain_update(question)
            .finalize();
        let first = digest.first_chunk::<8>().copied();
        u64::from_le_bytes(first.unwrap_or_default())
    }

    /// A number below `end`, or 0 where that is 0.
    pub(super) fn below(self, end: usize, question: &str) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number(question) % end).unwrap_or_default()
    }

    /// True once in so many questions.
    pub(super) fn once_in(self, times: usize, question: &str) -> bool {
        self.below(times, question) == 0
    }

    pub(super) fn one_of<T: Copy>(self, all: &[T], question: &str) -> Option<T> {
        all.get(self.below(all.len(), question)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_answers_alike_and_another_one_otherwise() {
        let answers = |seed| {
            let dice = Dice::new(seed).of("round", 1);
            let ask = |it: usize| dice.below(1000, &it.to_string());
            (0..50).map(ask).collect::<Vec<_>>()
        };
        assert_eq!(answers(1), answers(1));
        assert_ne!(answers(1), answers(2));
    }
}
