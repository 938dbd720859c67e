//! Variables in the URLs of servers (OpenAPI 3.1, 4.8.6), as data.

/// A variable in the URL of an environment, or of an operation's own server.
#[derive(Debug)]
pub struct Variable {
    /// The name that stands in braces.
    pub name: &'static str,
    /// Its value unless the user gives one. One that has no other default has itself, with its braces, and is always given.
    pub default: &'static str,
    /// The values it can have; empty: any.
    pub allowed: &'static [&'static str],
}

impl Variable {
    /// Whether it has no value unless the user gives one.
    pub(crate) fn is_without_default(&self) -> bool {
        let inside = self.default.strip_prefix('{');
        inside.and_then(|it| it.strip_suffix('}')) == Some(self.name)
    }
}
