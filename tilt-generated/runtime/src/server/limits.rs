//! Limits on requests.

/// Limits on what requests may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The bytes of a body: 2 MiB.
    pub body: usize,
    /// The bytes of a body of bytes, which is given out as it arrives and takes no memory: 2 MiB.
    pub upload: u64,
    /// The values in a query, in cookies and in a form, of each: 1000.
    pub parameters: usize,
    /// The bytes of a path with its query: 32 KiB.
    pub target: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 2 << 20,
            upload: 2 << 20,
            parameters: 1000,
            target: 32 << 10,
        }
    }
}
