//! A Rust source file in the making: the one way to print.
//!
//! Declarations and tables are *lines*: modules, imports, data types with their constructors and
//! setters, calls of the runtime's macros. They have few shapes, and are most of what is generated.
//! Bodies with control flow and the data of operations are *tokens* by [`quote`](mod@quote), and
//! prettyplease breaks their lines. One file may have both, item by item.
//!
//! An empty line goes before an item because it is one: [`Source::apart`] for lines, [`Source::item`]
//! and [`Source::implementation`] for tokens. Imports follow each other without one.
//!
//! A list that does not fit its line is filled, as many items to a line as fit; parameters of a function
//! then stand on a line each. Fields, values and heads of `impl`s are broken once, between their two
//! parts; nothing else is. rustfmt leaves all of it alone: the root of the tree tells it to.
//!
//! No text of a document gets here as it is: names go through [`ident`], values through [`literal`],
//! and documentation through [`Source::docs`].

pub(crate) use crate::code_span::code_span as code;

use super::HEADER;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The longest line that is not broken.
const WIDTH: usize = 100;

/// The longest chain of calls that rustfmt leaves in one line.
const CHAIN_WIDTH: usize = 60;

/// Stands between two methods until they are text: documentation that no document can have.
const APART: &str = "\u{1}";

#[derive(Debug, Default)]
pub(crate) struct Source {
    text: String,
    depth: usize,
    /// Whether something stands in the file, or the block, that the next item must keep apart from.
    follows: bool,
}

impl Source {
    /// A file that says that it is generated.
    pub(crate) fn generated() -> Self {
        let mut source = Self::default();
        source.line(HEADER);
        source
    }

    /// One line, indented; empty for an empty line.
    pub(crate) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("    ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
        self.follows = true;
    }

    /// A line that begins a block.
    pub(crate) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
        self.follows = false;
    }

    /// The line that ends a block.
    pub(crate) fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// The last line of a block that nothing closes.
    pub(crate) fn close_after(&mut self, line: &str) {
        self.line(line);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Begins an item: an empty line, where something is before it.
    pub(crate) fn apart(&mut self) {
        if self.follows {
            self.text.push('\n');
        }
    }

    /// An item as tokens.
    pub(crate) fn item(&mut self, item: TokenStream) {
        self.apart();
        self.text.push_str(&unparse(item));
        self.follows = true;
    }

    /// An `impl` block as tokens: its head, and methods that stand apart. Nothing without methods.
    pub(crate) fn implementation(&mut self, head: TokenStream, methods: &[TokenStream]) {
        let Some((first, others)) = methods.split_first() else {
            return;
        };
        self.apart();
        let apart = APART;
        let text = unparse(quote!(#head { #first #(#[doc = #apart] #others)* }));
        for line in text.lines() {
            if !line.ends_with(APART) {
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
        self.follows = true;
    }

    /// Documentation: a doc comment for each line of a text.
    pub(crate) fn docs(&mut self, text: &str) {
        // A carriage return would end the comment, or be an error in it.
        for line in text.split(['\n', '\r']) {
            match line.trim_end() {
                "" => self.line("///"),
                line => self.line(&format!("/// {line}")),
            }
        }
    }

    /// One line of the documentation of the file's module, where a condition holds.
    pub(crate) fn inner_docs(&mut self, line: &str, condition: Option<&str>) {
        match (condition, line) {
            (None, "") => self.line("//!"),
            (None, line) => self.line(&format!("//! {line}")),
            (Some(condition), line) => {
                let text = literal(line);
                self.line(&format!("#![cfg_attr({condition}, doc = {text})]"));
            }
        }
    }

    /// A line in two parts, the second one on a line of its own where both are too long for one.
    pub(crate) fn split(&mut self, first: &str, second: &str) {
        if self.fits(first.len() + 1 + second.len()) {
            return self.line(&format!("{first} {second}"));
        }
        self.open(first);
        self.close_after(second);
    }

    /// A statement of a chain of calls, broken as rustfmt breaks it.
    pub(crate) fn chain(&mut self, before: &str, root: &str, parts: &[String]) {
        let chain = format!("{root}.{}", parts.join("."));
        if chain.len() <= CHAIN_WIDTH && self.fits(before.len() + chain.len() + 1) {
            return self.line(&format!("{before}{chain};"));
        }
        self.open(&format!("{before}{root}"));
        let (last, others) = parts.split_last().expect("a chain has a part");
        for part in others {
            self.line(&format!(".{part}"));
        }
        self.close_after(&format!(".{last};"));
    }

    /// A list in one line, or in lines that are filled.
    pub(crate) fn list(&mut self, open: &str, items: &[String], close: &str) {
        let inline = items.join(", ");
        if self.fits(open.len() + inline.len() + close.len()) {
            return self.line(&format!("{open}{inline}{close}"));
        }
        self.open(open);
        let mut line = String::new();
        for item in items {
            // A space and a comma.
            if !line.is_empty() && !self.fits(line.len() + item.len() + 2) {
                self.line(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(item);
            line.push(',');
        }
        self.line(&line);
        self.close(close);
    }

    /// An import of several names.
    pub(crate) fn import(&mut self, path: &str, names: &[String]) {
        match names {
            [] => {}
            [name] => self.line(&format!("use {path}::{name};")),
            _ => self.list(&format!("use {path}::{{"), names, "};"),
        }
    }

    /// Begins a function that gives `Self`: all parameters in a line, or each on its own.
    ///
    /// It is compiled where it is used, not with the SDK: generic ones are anyway, others if they may be
    /// inlined.
    pub(crate) fn open_function(&mut self, name: &str, parameters: &[String], is_generic: bool) {
        if !is_generic {
            self.line("#[inline]");
        }
        let line = format!("{name}({}) -> Self {{", parameters.join(", "));
        if self.fits(line.len()) {
            return self.open(&line);
        }
        self.open(&format!("{name}("));
        for parameter in parameters {
            self.line(&format!("{parameter},"));
        }
        self.depth = self.depth.saturating_sub(1);
        self.open(") -> Self {");
    }

    /// Begins the implementation of a trait.
    pub(crate) fn open_impl(&mut self, of: &str, name: &str) {
        let line = format!("impl {of} for {name} {{");
        if self.fits(line.len()) {
            return self.open(&line);
        }
        self.open(&format!("impl {of}"));
        self.close_after(&format!("for {name}"));
        self.open("{");
    }

    /// The text so far.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn fits(&self, length: usize) -> bool {
        4 * self.depth + length <= WIDTH
    }
}

fn unparse(tokens: TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Not reached with tokens from this crate. If it were, rustc would show what is wrong.
        Err(_) => tokens.to_string(),
    }
}

/// A name of the model. Whatever else it may be, it is one identifier.
pub(crate) fn ident(name: &str) -> String {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let mut chars = bare.chars();
    let starts = chars
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    if starts && bare != "_" && chars.all(unicode_ident::is_xid_continue) {
        return name.to_owned();
    }
    let legal = bare.chars().map(|c| {
        if unicode_ident::is_xid_continue(c) {
            c
        } else {
            '_'
        }
    });
    format!("Unnamed{}", legal.collect::<String>())
}

/// A string literal.
pub(crate) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A slice of string literals: `&["a", "b"]`.
pub(crate) fn literals<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(literal).collect();
    format!("&[{}]", texts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_literal_or_comment() {
        assert_eq!(literal("a\"; panic!(); \""), r#""a\"; panic!(); \"""#);
        assert_eq!(ident("x; fn f() {}"), "Unnamedx__fn_f_____");
        assert_eq!(ident("r#type"), "r#type");
        let mut source = Source::default();
        source.docs("one\r\rfn two() {}\nthree");
        assert!(source.finish().lines().all(|line| line.starts_with("///")));
    }

    #[test]
    fn long_lists_are_filled() {
        let mut source = Source::default();
        let names: Vec<_> = (0..30).map(|number| format!("Name{number}")).collect();
        source.import("super", &names);
        let text = source.finish();
        assert!(text.starts_with("use super::{\n    Name0, ") && text.ends_with(",\n};\n"));
        assert!(text.lines().all(|line| line.len() <= WIDTH));
    }

    #[test]
    fn items_and_methods_stand_apart() {
        let mut source = Source::default();
        source.line("use a::b;");
        source.line("use a::c;");
        source.item(quote!(
            pub struct A {
                b: B,
            }
        ));
        source.implementation(
            quote!(impl A),
            &[
                quote!(
                    pub fn c(&self) {}
                ),
                quote! {
                    /// D.
                    pub fn d(&self) {
                        if self.c {
                            x();
                        }
                        y();
                    }
                },
            ],
        );
        source.implementation(quote!(impl B), &[]);
        source.apart();
        source.open("rt::call! {");
        source.apart();
        source.line("pub struct B;");
        source.close("}");
        assert_eq!(
            source.finish(),
            "use a::b;\nuse a::c;\n\npub struct A {\n    b: B,\n}\n\nimpl A {\n    pub fn c(&self) {}\n\n    \
             /// D.\n    pub fn d(&self) {\n        if self.c {\n            x();\n        }\n        \
             y();\n    }\n}\n\nrt::call! {\n    pub struct B;\n}\n"
        );
    }
}
