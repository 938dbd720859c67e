//! The items of two SDKs, and what became of them: what a user who upgrades sees.
