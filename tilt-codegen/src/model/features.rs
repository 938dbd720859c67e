//! Cargo features of generated crates.

/// Names that the features of a generated crate have anyway.
pub(crate) const FIXED_FEATURES: [&str; 14] = [
    "all",
    "chrono",
    "client",
    "default",
    "gzip",
    "http2",
    "jiff",
    "native-tls",
    "rustls",
    "rustls-aws-lc",
    "stream",
    "time",
    "uuid",
    "webhooks",
];
