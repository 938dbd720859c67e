//! Names that are the API's, and that clippy would take for something else.

use proc_macro2::TokenStream;
use quote::quote;

/// Clippy takes some names of arguments for forgotten placeholders.
pub(crate) fn placeholder<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<TokenStream> {
    names
        .any(|name| ["foo", "baz", "quux"].contains(&name))
        .then(|| quote!(#[allow(clippy::disallowed_names, reason = "the name is the API's")]))
}

/// Clippy takes methods that look like those of the standard library's traits for such.
pub(crate) fn operator(name: &str, arguments: usize, by_reference: bool) -> Option<TokenStream> {
    let is_operator = match by_reference {
        true => is_by_reference(name, arguments),
        false => is_by_value(name, arguments),
    };
    is_operator
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "the name is the API's")]))
}

fn is_by_reference(name: &str, arguments: usize) -> bool {
    let names: &[&str] = match arguments {
        0 => &["as_ref", "borrow", "clone", "deref"],
        1 => &["cmp", "eq", "hash", "index"],
        _ => &[],
    };
    names.contains(&name)
}

/// Whether a method that takes `self` looks like that of an operator's trait.
pub(crate) fn is_by_value(name: &str, arguments: usize) -> bool {
    let names: &[&str] = match arguments {
        0 => &["into_iter", "neg", "not"],
        1 => &[
            "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
        ],
        _ => &[],
    };
    names.contains(&name)
}
