//! Conditions of compilation: what is there only with one of some features.

use super::source::{Source, literal};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// Whether what depends on features says so.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Conditions {
    /// As the model says.
    Stated,
    /// Everything is always there: for a crate that declares no features.
    None,
}

/// With any of these features; always, where there are none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Condition<'f>(&'f BTreeSet<String>);

static ALWAYS: BTreeSet<String> = BTreeSet::new();

impl Conditions {
    /// The condition of something that is there with any of some features.
    pub(crate) fn on(self, features: &BTreeSet<String>) -> Condition<'_> {
        match self {
            Conditions::Stated => Condition(features),
            Conditions::None => Condition(&ALWAYS),
        }
    }

    /// The features that a crate declares.
    pub(crate) fn declared(self, features: &[String]) -> &[String] {
        match self {
            Conditions::Stated => features,
            Conditions::None => &[],
        }
    }
}

impl Condition<'_> {
    /// Whether it asks for nothing.
    pub(crate) fn is_always(self) -> bool {
        self.0.is_empty()
    }

    /// As a predicate of `cfg` and `cfg_attr`; `None`, where it asks for nothing.
    pub(crate) fn predicate(self) -> Option<String> {
        let each = self.0.iter();
        let each: Vec<_> = each
            .map(|name| format!("feature = {}", literal(name)))
            .collect();
        match each.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(format!("any({})", several.join(", "))),
        }
    }

    /// As an attribute of what is tokens.
    pub(crate) fn tokens(self) -> Option<TokenStream> {
        let mut each = self.0.iter().map(|name| quote!(feature = #name));
        let first = each.next()?;
        let rest: Vec<_> = each.collect();
        Some(if rest.is_empty() {
            quote!(#[cfg(#first)])
        } else {
            quote!(#[cfg(any(#first, #(#rest),*))])
        })
    }

    /// As an attribute of what is lines.
    pub(crate) fn write(self, source: &mut Source) {
        let each = self.0.iter();
        let each: Vec<_> = each
            .map(|name| format!("feature = {}", literal(name)))
            .collect();
        match each.as_slice() {
            [] => {}
            [one] => source.line(&format!("#[cfg({one})]")),
            several => source.list("#[cfg(any(", several, "))]"),
        }
    }
}
