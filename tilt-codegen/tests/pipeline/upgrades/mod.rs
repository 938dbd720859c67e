//! Pairs of documents, and what becomes of the items of their SDKs.

pub(crate) mod pair;
mod pairs;
mod values;
