//! Text of documents, made safe for rustdoc.

use super::Docs;

/// Text of a document (CommonMark with HTML, or anything) as rustdoc Markdown.
pub fn clean(text: &str) -> Docs {
    Docs(text.trim().to_owned())
}

/// The same in one line.
pub fn clean_line(text: &str) -> String {
    clean(text).0.replace('\n', " ")
}
