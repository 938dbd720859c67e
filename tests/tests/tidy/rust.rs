//! One Rust file: its comments, the lengths of its functions, and the paths that it names.

use std::ops::Range;
use std::str::FromStr;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A function and the lines from its signature to its closing brace.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

pub(crate) fn functions(text: &str) -> Vec<Function> {
    struct Functions(Vec<Function>);
    impl Functions {
        fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
            let line = signature.fn_token.span.start().line;
            let end = block.brace_token.span.close().end().line;
            self.0.push(Function {
                name: signature.ident.to_string(),
                line,
                lines: end - line + 1,
            });
        }
    }
    impl<'ast> Visit<'ast> for Functions {
        fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
            self.add(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
        fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
            self.add(&function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
        fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
            if let Some(block) = &function.default {
                self.add(&function.sig, block);
            }
            visit::visit_trait_item_fn(self, function);
        }
    }
    let mut functions = Functions(Vec::new());
    functions.visit_file(&parse(text));
    functions.0
}

/// A comment without its markers: documentation and others.
pub(crate) struct Comment {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// All comments. They are what stands between tokens; those of documentation are tokens themselves,
/// but begin with a slash.
pub(crate) fn comments(text: &str) -> Vec<Comment> {
    let tokens = TokenStream::from_str(text).expect("Rust that compiles");
    let mut covered = Vec::new();
    cover(tokens, text, &mut covered);
    covered.push(text.len()..text.len());
    let (mut comments, mut from, mut first) = (Vec::new(), 0, 1);
    for range in covered {
        let gap = &text[from..range.start];
        let mut open = false;
        for (index, line) in gap.lines().enumerate() {
            let line = line.trim_start();
            let Some(words) = ["///", "//!", "//"]
                .iter()
                .find_map(|m| line.strip_prefix(m))
            else {
                open = false;
                continue;
            };
            let words = words.strip_prefix(' ').unwrap_or(words);
            match comments.last_mut() {
                Some(Comment { text, .. }) if open => {
                    text.push('\n');
                    text.push_str(words);
                }
                _ => comments.push(Comment {
                    line: first + index,
                    text: words.to_owned(),
                }),
            }
            open = true;
        }
        first += text[from..range.end].matches('\n').count();
        from = range.end;
    }
    comments
}

fn cover(tokens: TokenStream, text: &str, covered: &mut Vec<Range<usize>>) {
    for token in tokens {
        let whole = token.span().byte_range();
        if text[whole.clone()].starts_with("//") || text[whole.clone()].starts_with("/*") {
            continue;
        }
        if let TokenTree::Group(group) = token {
            covered.push(group.span_open().byte_range());
            cover(group.stream(), text, covered);
            covered.push(group.span_close().byte_range());
        } else {
            covered.push(whole);
        }
    }
}

/// A path that code names, from the root of its crate or of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Import {
    pub(crate) line: usize,
    pub(crate) path: Vec<String>,
}

/// All paths that code outside of tests names: in `use`, in place, and in the arguments of macros.
/// `module` is where the file stands in its crate.
pub(crate) fn imports(text: &str, module: &[String]) -> Vec<Import> {
    let file = parse(text);
    let mut imports = Imports {
        module: module.to_vec(),
        children: children(&file.items),
        found: Vec::new(),
    };
    imports.visit_file(&file);
    imports.found
}

struct Imports {
    module: Vec<String>,
    /// The modules that the present one declares.
    children: Vec<String>,
    found: Vec<Import>,
}

impl Imports {
    fn add(&mut self, line: usize, path: &[String]) {
        let mut path = path.to_vec();
        let Some(first) = path.first() else { return };
        let ups = path.iter().take_while(|part| *part == "super").count();
        if first == "crate" {
        } else if first == "self" {
            path.splice(..1, self.root(0));
        } else if ups > 0 {
            path.splice(..ups, self.root(ups));
        } else if self.children.contains(first) {
            path.splice(..0, self.root(0));
        }
        self.found.push(Import { line, path });
    }

    fn root(&self, ups: usize) -> Vec<String> {
        let kept = self.module.len().saturating_sub(ups);
        let mut root = vec!["crate".to_owned()];
        root.extend(self.module[..kept].iter().cloned());
        root
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |ident: &syn::Ident| {
            let mut path = before.to_vec();
            path.push(ident.to_string());
            path
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.add(line(&name.ident), &with(&name.ident)),
            syn::UseTree::Rename(name) => self.add(line(&name.ident), &with(&name.ident)),
            syn::UseTree::Glob(glob) => self.add(glob.star_token.span.start().line, before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before);
                }
            }
        }
    }

    /// A name alone is that of something local, or of what a `use` has brought.
    fn add_in_place(&mut self, line: usize, path: &[String]) {
        if path.len() > 1 {
            self.add(line, path);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons, mut at) = (Vec::new(), 0, 0);
        // In a macro, `$crate` is the crate as its users see it.
        let mut dollar = "";
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.add_in_place(at, &std::mem::take(&mut path));
                    }
                    at = line(&ident);
                    path.push(format!("{dollar}{ident}"));
                    (colons, dollar) = (0, "");
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    if colons == 1 && punct.spacing() == Spacing::Alone {
                        colons = 3;
                    }
                }
                TokenTree::Group(group) => {
                    self.add_in_place(at, &std::mem::take(&mut path));
                    self.tokens(group.stream());
                }
                other => {
                    let is_dollar = matches!(&other, TokenTree::Punct(it) if it.as_char() == '$');
                    dollar = if is_dollar { "$" } else { "" };
                    self.add_in_place(at, &std::mem::take(&mut path));
                }
            }
        }
        self.add_in_place(at, &path);
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test(item) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let Some((_, items)) = &item.content else {
            return;
        };
        let outside = std::mem::replace(&mut self.children, children(items));
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.children = outside;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let at = path.segments.first().map_or(0, |s| line(&s.ident));
        self.add_in_place(at, &names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invocation: &'ast syn::Macro) {
        self.visit_path(&invocation.path);
        self.tokens(invocation.tokens.clone());
    }
}

fn children(items: &[syn::Item]) -> Vec<String> {
    let modules = items.iter().filter_map(|item| match item {
        syn::Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    });
    modules.collect()
}

fn is_test(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn line(ident: &syn::Ident) -> usize {
    ident.span().start().line
}

fn parse(text: &str) -> syn::File {
    syn::parse_file(text).expect("Rust that compiles")
}
