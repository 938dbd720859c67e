//! Source text in the making, laid out as rustfmt would.
//!
//! Data types are most of what is generated, and have few shapes: they are written line by line,
//! which rustfmt has nothing to add to. No text of a document gets here as it is: names go through
//! [`ident`], values through [`literal`], and documentation through [`Source::docs`].

pub(crate) use crate::code_span::code_span as code;

use proc_macro2::Literal;
use std::cmp::Ordering;
use std::fmt::Write;

/// The longest line that is not broken.
const WIDTH: usize = 100;

#[derive(Debug, Default)]
pub(crate) struct Source {
    text: String,
    depth: usize,
}

impl Source {
    /// One line, indented; empty for an empty line.
    pub(crate) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("    ");
            }
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// A line that begins a block.
    pub(crate) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
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

    /// A line in two parts, the second one on a line of its own where both are too long for one.
    pub(crate) fn split(&mut self, first: &str, second: &str) {
        if self.fits(first.len() + 1 + second.len()) {
            return self.line(&format!("{first} {second}"));
        }
        match second.strip_suffix(">,").and_then(|it| it.split_once('<')) {
            Some((outer, inner)) if !self.fits(4 + second.len()) => {
                self.open(&format!("{first} {outer}<"));
                self.line(&format!("{inner},"));
                self.close(">,");
            }
            _ => {
                self.open(first);
                self.close_after(second);
            }
        }
    }

    /// The list in an attribute: in one line, or each item on its own.
    pub(crate) fn attribute(&mut self, open: &str, items: &[String], close: &str) {
        const LIST_WIDTH: usize = 70;
        let inline = items.join(", ");
        if inline.len() <= LIST_WIDTH {
            return self.line(&format!("{open}{inline}{close}"));
        }
        self.open(open);
        for (index, item) in items.iter().enumerate() {
            let comma = if index + 1 < items.len() { "," } else { "" };
            self.line(&format!("{item}{comma}"));
        }
        self.close(close);
    }

    /// Begins a function: all parameters in a line, or each on its own.
    ///
    /// It is compiled where it is used, not with the SDK: generic ones are anyway, others if they may be
    /// inlined.
    pub(crate) fn open_function(&mut self, name: &str, parameters: &[String], result: &str) {
        if !parameters.iter().any(|it| it.contains(": impl ")) {
            self.line("#[inline]");
        }
        let line = format!("{name}({}) -> {result} {{", parameters.join(", "));
        if self.fits(line.len()) {
            return self.open(&line);
        }
        self.open(&format!("{name}("));
        for parameter in parameters {
            match parameter
                .strip_suffix('>')
                .and_then(|it| it.split_once(": impl Into<"))
            {
                // rustfmt does not count the comma, nor `impl`.
                Some((name, ty)) if !self.fits(parameter.len().saturating_sub(4)) => {
                    self.open(&format!("{name}: impl Into<"));
                    self.line(&format!("{ty},"));
                    self.close(">,");
                }
                _ => self.line(&format!("{parameter},")),
            }
        }
        self.depth -= 1;
        self.open(&format!(") -> {result} {{"));
    }

    /// Begins the implementation of a trait.
    pub(crate) fn open_impl(&mut self, of: &str, name: &str) {
        let line = format!("impl {of} for {name} {{");
        if self.fits(line.len()) {
            return self.open(&line);
        }
        self.open(&format!("impl {of}"));
        self.line(&format!("for {name}"));
        self.depth -= 1;
        self.open("{");
    }

    /// A variant of an enum that holds something.
    pub(crate) fn variant(&mut self, name: &str, held: &str) {
        let line = format!("{name}({held}),");
        if self.fits(line.len()) {
            return self.line(&line);
        }
        self.open(&format!("{name}("));
        self.line(&format!("{held},"));
        self.close("),");
    }

    /// An import of several names.
    pub(crate) fn import(&mut self, path: &str, names: &[&str]) {
        match names {
            [] => {}
            [name] => self.line(&format!("use {path}::{name};")),
            _ => {
                let line = format!("use {path}::{{{}}};", names.join(", "));
                if self.fits(line.len() + 1) {
                    return self.line(&line);
                }
                self.open(&format!("use {path}::{{"));
                let mut line = String::new();
                for name in names {
                    // A space and a comma; rustfmt leaves the last column free.
                    if !line.is_empty() && !self.fits(line.len() + name.len() + 3) {
                        self.line(&line);
                        line.clear();
                    }
                    let space = if line.is_empty() { "" } else { " " };
                    // Writing to a string cannot fail.
                    let _ = write!(line, "{space}{name},");
                }
                self.line(&line);
                self.close("};");
            }
        }
    }

    /// The text so far.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn fits(&self, length: usize) -> bool {
        4 * self.depth + length <= WIDTH
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

/// The order in which rustfmt puts imported names: digits by value, all-capital names last.
pub(crate) fn import_order(one: &str, other: &str) -> Ordering {
    let capital = |name: &str| !name.chars().any(char::is_lowercase);
    capital(one)
        .cmp(&capital(other))
        .then_with(|| version_order(one, other))
}

/// Character by character, but runs of digits by their value, and underscores first.
pub(crate) fn version_order(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let (x, y) = (a.chars().next(), b.chars().next());
        match (x, y) {
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (run_a, rest_a) = digits(a);
                let (run_b, rest_b) = digits(b);
                let (value_a, value_b) =
                    (run_a.trim_start_matches('0'), run_b.trim_start_matches('0'));
                let order = (value_a.len(), value_a).cmp(&(value_b.len(), value_b));
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (rest_a, rest_b);
            }
            (Some(x), Some(y)) if x == y => {
                (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
            }
            (Some('_'), Some(_)) => return Ordering::Less,
            (Some(_), Some('_')) => return Ordering::Greater,
            _ => return x.cmp(&y).then_with(|| one.cmp(other)),
        }
    }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len()),
    )
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
    fn digits_are_ordered_by_value() {
        let mut names = ["A10", "URL", "A2", "Ab", "A_b", "A1"];
        names.sort_by(|one, other| import_order(one, other));
        assert_eq!(names, ["A_b", "Ab", "A1", "A2", "A10", "URL"]);
    }

    #[test]
    fn long_lists_are_filled() {
        let mut source = Source::default();
        let names: Vec<_> = (0..30).map(|number| format!("Name{number}")).collect();
        source.import(
            "super",
            &names.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let text = source.finish();
        assert!(text.starts_with("use super::{\n    Name0, ") && text.ends_with(",\n};\n"));
        assert!(text.lines().all(|line| line.len() <= WIDTH));
    }
}
