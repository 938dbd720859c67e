//! Conditions of compilation: what is there only with one of some features.

use super::source::Source;
use crate::model::Features;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// As an attribute; nothing where nothing is asked for.
pub(crate) fn gate(features: &BTreeSet<String>) -> Option<TokenStream> {
    let mut each = features.iter().map(|name| quote!(feature = #name));
    let first = each.next()?;
    let rest: Vec<_> = each.collect();
    Some(if rest.is_empty() {
        quote!(#[cfg(#first)])
    } else {
        quote!(#[cfg(any(#first, #(#rest),*))])
    })
}

/// An attribute as text.
pub(crate) fn attribute(gate: &TokenStream) -> String {
    let item = quote!(#gate mod item {});
    let text = syn::parse2(item).map(|file| prettyplease::unparse(&file));
    // Its own tokens are an attribute before an item.
    text.unwrap_or_default()
        .trim_end()
        .trim_end_matches("mod item {}")
        .trim_end()
        .to_owned()
}

/// As lines before the next item of a module that is there with some features only.
pub(crate) fn gate_module(source: &mut Source, features: &Features, module: &str) {
    let Some(needed) = features.of_module(module) else {
        return;
    };
    let each: Vec<_> = needed
        .iter()
        .map(|name| format!("feature = {}", super::source::literal(name)))
        .collect();
    match each.as_slice() {
        [] => {}
        [one] => source.line(&format!("#[cfg({one})]")),
        several => source.attribute("#[cfg(any(", several, "))]"),
    }
}
