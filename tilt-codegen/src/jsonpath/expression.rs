//! Regular expressions (RFC 9485, and what libraries know beyond), matched in steps that are counted: how
//! long an expression takes with a text can't be told from either.

use super::{Halt, spend};
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Compiler, Config, NFA, WhichCaptures, pikevm::PikeVM};
use regex_automata::{Input, hybrid::LazyStateID};

/// Steps for making an expression, for each byte of its text: a class of four bytes may have
/// thousands of ranges.
const COMPILING: usize = 1_000;

/// Steps that have to be left for each byte of memory that an expression takes.
const STEPS_FOR_BYTE: usize = 64;

/// The memory that an expression may take for what it remembers, in bytes; then it forgets.
const MEMORY: usize = 1 << 20;

/// Steps for remembering what one more byte leads to, apart from those for finding it out.
const REMEMBERING: usize = 32;

/// An automaton that is made deterministic as far as texts lead. A byte that leads where one led before
/// costs next to nothing; any other costs as much as the expression is large.
pub(super) struct Expression {
    automaton: DFA,
    cache: Cache,
}

impl Expression {
    /// `None`: it is no regular expression, which matches nothing (RFC 9535, 2.4.6).
    pub(super) fn new(
        whole: bool,
        pattern: &str,
        steps: &mut usize,
    ) -> Result<Option<Expression>, Halt> {
        spend(steps, COMPILING.saturating_mul(1 + pattern.len()))?;
        // As `.` of I-Regexp (RFC 9485) it stands for neither of the characters that end lines.
        let text = match whole {
            true => format!("(?R)^(?:{pattern})$"),
            false => format!("(?R)(?:{pattern})"),
        };
        let config = Config::new()
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(*steps / STEPS_FOR_BYTE));
        let nfa = match Compiler::new().configure(config).build(&text) {
            Ok(nfa) => nfa,
            Err(error) if error.size_limit().is_some() => {
                return Err(Halt::Expression(pattern.to_owned()));
            }
            Err(_) => return Ok(None),
        };
        spend(steps, size(&nfa))?;
        let config = DFA::config()
            // Without, there are none of other words than those of ASCII; see `slowly`.
            .unicode_word_boundary(true)
            .cache_capacity(MEMORY)
            .skip_cache_capacity_check(true);
        let built = DFA::builder().configure(config).build_from_nfa(nfa);
        Ok(built.ok().map(|automaton| Expression {
            cache: automaton.create_cache(),
            automaton,
        }))
    }

    pub(super) fn is_match(&mut self, text: &str, steps: &mut usize) -> Result<bool, Halt> {
        spend(steps, 1 + text.len() / 16)?;
        let input = Input::new(text);
        let Ok(mut at) = self.automaton.start_state_forward(&mut self.cache, &input) else {
            return self.slowly(text, steps);
        };
        for byte in text.bytes() {
            let Some(next) = self.next(at, byte, steps)? else {
                return self.slowly(text, steps);
            };
            if next.is_match() || next.is_dead() {
                return Ok(next.is_match());
            }
            at = next;
        }
        match self.automaton.next_eoi_state(&mut self.cache, at) {
            Ok(end) if !end.is_quit() => Ok(end.is_match()),
            _ => self.slowly(text, steps),
        }
    }

    /// Where a byte leads; `None` where that can't be told by a byte.
    fn next(
        &mut self,
        at: LazyStateID,
        byte: u8,
        steps: &mut usize,
    ) -> Result<Option<LazyStateID>, Halt> {
        let mut next = self.automaton.next_state_untagged(&self.cache, at, byte);
        if next.is_unknown() {
            spend(steps, REMEMBERING + size(self.automaton.get_nfa()))?;
            match self.automaton.next_state(&mut self.cache, at, byte) {
                Ok(found) => next = found,
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(next).filter(|next| !next.is_quit()))
    }

    /// Without remembering: where words begin and end, among characters that are not of ASCII.
    fn slowly(&self, text: &str, steps: &mut usize) -> Result<bool, Halt> {
        let nfa = self.automaton.get_nfa();
        spend(steps, size(nfa).saturating_mul(1 + text.len()))?;
        let machine = PikeVM::new_from_nfa(nfa.clone());
        Ok(machine.is_ok_and(|machine| machine.is_match(&mut machine.create_cache(), text)))
    }
}

fn size(nfa: &NFA) -> usize {
    nfa.states().len()
}
