//! Variables in the URLs of servers (OpenAPI 3.1, 4.8.6), as data.

/// A variable in the URL of an environment, or of an operation's own server.
#[derive(Debug)]
pub struct Variable {
    /// The name that stands in braces.
    pub name: &'static str,
    /// Its value unless the user gives one.
    pub default: &'static str,
    /// The values it can have; empty: any.
    pub allowed: &'static [&'static str],
}
