//! Names and documentation of the model as tokens.

use super::source;
use crate::model::Docs;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// An identifier of the model, which may be raw.
pub(crate) fn ident(name: &str) -> Ident {
    let name = source::ident(name);
    match name.strip_prefix("r#") {
        Some(name) => format_ident!("r#{name}"),
        None => format_ident!("{name}"),
    }
}

/// Text that this crate wrote, as tokens.
pub(crate) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Documentation as attributes, a line each.
pub(crate) fn docs(text: &str) -> TokenStream {
    let lines = text.split(['\n', '\r']).map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// The first text that says something.
pub(crate) fn or<'t>(docs: &'t Docs, otherwise: &'t str) -> &'t str {
    if docs.0.trim().is_empty() {
        otherwise
    } else {
        &docs.0
    }
}

/// An optional text as an expression.
pub(super) fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    #[test]
    fn no_text_leaves_its_comment() {
        let mut source = Source::default();
        let about = docs("a\rfn evil() {}\n\n*/ b");
        source.item(quote!(#about pub struct A;));
        assert_eq!(
            source.finish(),
            "/// a\n/// fn evil() {}\n///\n/// */ b\npub struct A;\n"
        );
    }

    #[test]
    fn what_is_no_identifier_becomes_one() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        assert_eq!(ident("a b").to_string(), "Unnameda_b");
    }
}
