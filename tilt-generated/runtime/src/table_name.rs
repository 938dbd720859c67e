//! Names of tables, which stand in statements as they are.

/// Whether this is letters, digits and `_`, and one `.` at most, after a schema.
pub(crate) fn is_table_name(name: &str) -> bool {
    let is_name = |part: &str| {
        let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
        part.starts_with(letter) && part.chars().all(|c| letter(c) || c.is_ascii_digit())
    };
    name.split('.').count() <= 2 && name.split('.').all(is_name)
}
