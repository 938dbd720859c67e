//! Bytes to documents, and JSON pointers back to lines and columns.
