//! Pairs of documents, and what becomes of the items of their SDKs.

mod pair;
mod pairs;
mod values;
