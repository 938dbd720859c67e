/// A place in the text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// In bytes from the start of the text.
    pub offset: usize,
    /// In bytes. The value where it is a scalar, else its key or its opening bracket.
    pub length: usize,
}
