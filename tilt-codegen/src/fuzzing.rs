//! Entry points for the targets of `fuzz/` that users do not have.

use crate::lower::docs;
use crate::model::Docs;

/// Text of a document as documentation.
pub fn clean(text: &str) -> Docs {
    docs::clean(text)
}

/// Text of a document as documentation in one line.
pub fn clean_line(text: &str) -> String {
    docs::clean_line(text)
}

/// The paragraph of documentation that goes into lists.
pub fn first_paragraph(docs: &Docs) -> String {
    docs::first_paragraph(docs)
}
