//! Names that are declared twice in generated sources, as the parser of another project reads them.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// The runtime's macros that declare something with methods.
const MACROS: &str = include_str!("../../../tilt-generated/runtime/src/client/macros.rs");

/// The faults of a source tree: files, items, fields, variants or methods of one name, files that do
/// not parse, modules without a file.
pub(crate) fn faults<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Vec<String> {
    let files: Vec<_> = files.into_iter().collect();
    let mut faults = Vec::new();
    let mut paths = BTreeSet::new();
    for (path, _) in &files {
        // Some file systems do not tell cases apart.
        if !paths.insert(path.to_lowercase()) {
            faults.push(format!("two files {path}"));
        }
    }
    for (path, contents) in files {
        if !path.ends_with(".rs") {
            continue;
        }
        match syn::parse_file(contents) {
            Err(error) => faults.push(format!("{path}: {error}\n{contents}")),
            Ok(file) => {
                let folder = match path.rsplit_once('/') {
                    Some((folder, _)) => format!("{folder}/"),
                    None => String::new(),
                };
                let mut scope = Scope::default();
                file.items.iter().for_each(|item| scope.item(item));
                let modules = scope.modules.iter().filter(|module| {
                    !paths.contains(&format!("{folder}{module}.rs"))
                        && !paths.contains(&format!("{folder}{module}/mod.rs"))
                });
                faults.extend(modules.map(|module| format!("{path}: no file of `{module}`")));
                let twice = scope.twice.iter();
                faults.extend(twice.map(|name| format!("{path}: {name} twice")));
            }
        }
    }
    faults
}

#[derive(Default)]
struct Scope {
    types: BTreeSet<String>,
    values: BTreeSet<String>,
    methods: BTreeMap<String, BTreeSet<String>>,
    modules: Vec<String>,
    twice: Vec<String>,
}

impl Scope {
    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Struct(item) => {
                self.ty(&item.ident);
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                self.members(&item.ident, fields);
            }
            syn::Item::Enum(item) => {
                self.ty(&item.ident);
                self.members(&item.ident, item.variants.iter().map(|it| &it.ident));
            }
            syn::Item::Type(item) => {
                self.ty(&item.ident);
                if is_call(&item.ty) {
                    self.inherit(&item.ident, "call");
                }
            }
            syn::Item::Mod(item) => {
                self.ty(&item.ident);
                if item.content.is_none() {
                    self.modules.push(bare(&item.ident));
                }
            }
            syn::Item::Static(item) => self.value(&item.ident),
            syn::Item::Const(item) => self.value(&item.ident),
            syn::Item::Fn(item) => self.value(&item.sig.ident),
            syn::Item::Use(item) => self.import(&item.tree),
            syn::Item::Impl(item) if item.trait_.is_none() => {
                let syn::Type::Path(path) = &*item.self_ty else {
                    return;
                };
                let name = path.path.segments.iter().map(|it| bare(&it.ident));
                let name = name.collect::<Vec<_>>().join("::");
                for member in &item.items {
                    if let syn::ImplItem::Fn(method) = member {
                        self.method(&name, bare(&method.sig.ident));
                    }
                }
            }
            syn::Item::Macro(item) => {
                let called = item.mac.path.segments.last().map(|it| it.ident.to_string());
                let Some(name) = declared(item.mac.tokens.clone()) else {
                    return;
                };
                if called.as_deref() == Some("call") || called.as_deref() == Some("client_builder")
                {
                    self.ty(&name);
                    self.inherit(&name, &called.unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    /// The methods that a macro gives to what has this name.
    fn inherit(&mut self, name: &syn::Ident, called: &str) {
        for method in methods_of(called) {
            self.method(&bare(name), method.to_owned());
        }
    }

    fn import(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|it| self.import(it)),
            syn::UseTree::Name(name) => self.ty(&name.ident),
            syn::UseTree::Rename(rename) => self.ty(&rename.rename),
            syn::UseTree::Glob(_) => {}
        }
    }

    fn ty(&mut self, name: &syn::Ident) {
        if !self.types.insert(bare(name)) {
            self.twice.push(format!("`{name}`"));
        }
    }

    fn value(&mut self, name: &syn::Ident) {
        if !self.values.insert(bare(name)) {
            self.twice.push(format!("`{name}`"));
        }
    }

    fn members<'i>(&mut self, of: &syn::Ident, names: impl Iterator<Item = &'i syn::Ident>) {
        let mut met = BTreeSet::new();
        let twice = names.filter(|name| !met.insert(bare(name)));
        self.twice
            .extend(twice.map(|name| format!("`{of}::{name}`")));
    }

    fn method(&mut self, of: &str, name: String) {
        let message = format!("`{of}::{name}()`");
        if !self.methods.entry(of.to_owned()).or_default().insert(name) {
            self.twice.push(message);
        }
    }
}

fn bare(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// The struct that a call of a macro declares.
fn declared(tokens: TokenStream) -> Option<syn::Ident> {
    let mut tokens = tokens.into_iter();
    tokens.find(|token| matches!(token, TokenTree::Ident(ident) if ident == "struct"))?;
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

fn methods_of(macro_name: &str) -> Vec<&'static str> {
    let start = format!("macro_rules! {macro_name} {{");
    let rest = MACROS
        .split_once(start.as_str())
        .map_or("", |(_, rest)| rest);
    let rest = rest.split("macro_rules!").next().unwrap_or(rest);
    let methods = rest.split("pub fn ").skip(1);
    methods.filter_map(|rest| rest.split('(').next()).collect()
}

/// Whether a type is a name for the call of one operation: it has the methods of all calls, beside its own.
fn is_call(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = ty else {
        return false;
    };
    let segments: Vec<String> = path
        .path
        .segments
        .iter()
        .map(|it| bare(&it.ident))
        .collect();
    segments == ["super", "Call"]
}
