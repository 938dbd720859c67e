use thiserror::Error;

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// The document has nothing at that place.
    #[error("`{reference}` leads nowhere: {reason}")]
    Dangling {
        /// The reference as it is written.
        reference: String,
        /// Which part of it is missing.
        reason: String,
    },
    /// It names a document elsewhere on the network.
    #[error("`{reference}` is a remote reference, and documents are never fetched")]
    Remote {
        /// The reference as it is written.
        reference: String,
    },
}
