//! Documentation comments, as rustdoc puts their lines together.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The documentation of each thing in a source, also in calls of macros.
pub(crate) fn comments(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(tokens(source), &mut found);
    found
}

/// Every identifier in a source.
pub(crate) fn names(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![tokens(source)];
    while let Some(stream) = open.pop() {
        for token in stream {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(name) => {
                    found.push(name.to_string().trim_start_matches("r#").to_owned());
                }
                _ => {}
            }
        }
    }
    found
}

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("generated sources are tokens")
}

fn collect(stream: TokenStream, found: &mut Vec<String>) {
    let mut lines: Vec<String> = Vec::new();
    let mut in_attribute = false;
    for token in stream {
        match token {
            TokenTree::Punct(sign) if matches!(sign.as_char(), '#' | '!') => {
                in_attribute = true;
                continue;
            }
            TokenTree::Group(group) if in_attribute && group.delimiter() == Delimiter::Bracket => {
                lines.extend(doc_line(group.stream()));
            }
            other => {
                if !lines.is_empty() {
                    found.push(unindented(&std::mem::take(&mut lines)));
                }
                if let TokenTree::Group(group) = other {
                    collect(group.stream(), found);
                }
            }
        }
        in_attribute = false;
    }
    if !lines.is_empty() {
        found.push(unindented(&lines));
    }
}

/// The text of `doc = "…"`, also in `cfg_attr(…, doc = "…")`. A condition that is not met says `not`.
fn doc_line(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.clone().into_iter();
    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(group))) =
        (tokens.next(), tokens.next())
        && name == "cfg_attr"
    {
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        if matches!(inner.first(), Some(TokenTree::Ident(word)) if word == "not") {
            return None;
        }
        let doc = inner.len().checked_sub(3)?;
        // As a comment, whose text begins with a space.
        return doc_line(inner.into_iter().skip(doc).collect()).map(|text| format!(" {text}"));
    }
    let mut tokens = attribute.into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text))
            if name == "doc" =>
        {
            let text: syn::LitStr = syn::parse_str(&text.to_string()).ok()?;
            Some(text.value())
        }
        _ => None,
    }
}

/// Without the spaces that all lines begin with.
fn unindented(lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let said = lines.iter().filter(|line| !line.trim().is_empty());
    let least = said.map(indent).min().unwrap_or(0);
    let rest = |line: &&str| line.get(least..).unwrap_or_default().to_owned();
    lines.iter().map(rest).collect::<Vec<_>>().join("\n")
}
