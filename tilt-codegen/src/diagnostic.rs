//! Errors and findings that point into a document.
