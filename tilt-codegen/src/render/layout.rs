//! Tokens as readable text: prettyplease breaks the lines, and items stand apart.

use super::source;
use crate::model::Docs;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// A source file in the making.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    text: String,
}

impl Layout {
    /// Adds items.
    pub(crate) fn items(&mut self, tokens: TokenStream) {
        let text = unparse(tokens);
        self.text(&text);
    }

    /// Adds an item that is text already: the call of a macro, which prettyplease does not lay out.
    pub(crate) fn text(&mut self, text: &str) {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    /// The file's text.
    pub(crate) fn finish(self) -> String {
        apart(&self.text)
    }
}

fn unparse(tokens: TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Not reached with tokens from this crate. If it were, rustc would show what is wrong.
        Err(_) => tokens.to_string(),
    }
}

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

/// Puts an empty line between items, and between the methods of an `impl`.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut last = "";
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let ends = |end: &str| last.len() == indent + end.len() && last.trim_start() == end;
        let begins = line.trim_start();
        let after_item = ends("}")
            || ends("};")
            || (last.ends_with(';') && (indent == 0 || begins.starts_with("fn ")));
        let is_item = ["///", "#[", "pub ", "impl", "static ", "fn ", "rt::"]
            .iter()
            .any(|it| begins.starts_with(it));
        let both_imports = last.starts_with("use ") && line.starts_with("use ");
        let both_modules = last.starts_with("pub mod ") && line.starts_with("pub mod ");
        if after_item && is_item && !both_imports && !both_modules {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        last = line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_methods_stand_apart() {
        let mut layout = Layout::default();
        layout.items(quote! {
            use a::b;
            use a::c;
            pub struct A { b: B }
            impl A {
                pub fn c(&self) {}
                #[doc = " D."]
                pub fn d(&self) {
                    if self.c {
                        x();
                    }
                    y();
                }
            }
        });
        layout.text("rt::call! {\n    pub struct B;\n}\n");
        assert_eq!(
            layout.finish(),
            "use a::b;\nuse a::c;\n\npub struct A {\n    b: B,\n}\n\nimpl A {\n    pub fn c(&self) {}\n    \
             /// D.\n    pub fn d(&self) {\n        if self.c {\n            x();\n        }\n        \
             y();\n    }\n}\n\nrt::call! {\n    pub struct B;\n}\n"
        );
    }

    #[test]
    fn no_text_leaves_its_comment() {
        let mut layout = Layout::default();
        let about = docs("a\rfn evil() {}\n\n*/ b");
        layout.items(quote!(#about pub struct A;));
        assert_eq!(
            layout.finish(),
            "/// a\n/// fn evil() {}\n///\n/// */ b\npub struct A;\n"
        );
    }

    #[test]
    fn what_is_no_identifier_becomes_one() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        assert_eq!(ident("a b").to_string(), "Unnameda_b");
    }
}
