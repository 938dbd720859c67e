//! Codes that are an error, or a finding where it makes no difference.

use super::{Code, Gravity};

/// A code that is an error, and a finding where it makes no difference. No other code can be weakened to a
/// finding: that it is such a row of the table is checked when this is compiled.
#[derive(Clone, Copy)]
pub(crate) struct EitherCode(Code);

impl EitherCode {
    pub(crate) const DUPLICATE_KEY: EitherCode = EitherCode::of(Code::DUPLICATE_KEY);
    pub(crate) const UNMATCHED_INCLUDE: EitherCode = EitherCode::of(Code::UNMATCHED_INCLUDE);

    const fn of(code: Code) -> EitherCode {
        assert!(matches!(code.0.gravity, Gravity::Either));
        EitherCode(code)
    }

    pub(crate) const fn code(self) -> Code {
        self.0
    }
}
