//! What looks at the generator and the SDK from outside.
//!
//! Nothing here judges by generated types: [`Oracle`] asks the raw documents, [`instances`] makes
//! values that they allow, and [`round_trip`] sends those through generated code.

pub mod api;
pub mod growth;
pub mod random;
pub mod shuffle;
