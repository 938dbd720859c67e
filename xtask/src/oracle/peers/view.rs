//! A document as a generator sees it.

use super::one_way;
use crate::failure::Failure;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::model::{Sdk, Shape, Type};
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::{Documents, Input, Limits};
use tilt_codegen::{Generator, Inputs};

/// The part of it that two generators have in common.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The names of parameters, by `METHOD /path`.
    pub(super) operations: BTreeMap<String, BTreeSet<String>>,
    /// By their names, with the properties of those that are objects.
    pub(super) components: BTreeMap<String, Option<BTreeSet<String>>>,
    /// Properties of components for reading or for writing alone, as far as they are known.
    one_way: BTreeMap<String, BTreeSet<String>>,
}

fn refusal(document: &str, refused: Diagnostics) -> Failure {
    Failure::Documents(format!("{document}: {refused}"))
}

impl View {
    /// Ours; `None` of what is no OpenAPI document.
    pub(super) fn ours(document: &str, path: &Path) -> Result<Option<View>, Failure> {
        let source = Documents::load(Input::Path(path.to_owned()), &Limits::default());
        let source = source.map_err(|refused| refusal(document, refused))?;
        let root = &source.root().value;
        if root.get("openapi").is_none() {
            return Ok(None);
        }
        let inputs = Inputs::one(Specification::OpenApi, Input::Path(path.to_owned()));
        let modelled = Generator::new(Config::default()).model(&inputs);
        let modelled = modelled.map_err(|refused| refusal(document, refused))?;
        let mut view = view(&modelled.sdk);
        for (component, schema) in one_way::components(root) {
            let properties = one_way::properties(root, schema);
            let known = view.one_way.entry(name(component)).or_default();
            known.extend(properties);
        }
        Ok(Some(view))
    }

    /// Everything that only one of two views has.
    pub(super) fn differences(&self, theirs: &View) -> Vec<String> {
        let mut differences = Vec::new();
        compare(&self.operations, &theirs.operations, "", &mut differences);
        for (operation, ours) in &self.operations {
            if let Some(theirs) = theirs.operations.get(operation) {
                let word = format!("{operation}: parameter ");
                sets(ours, theirs, &word, &mut differences);
            }
        }
        for (component, ours) in &self.components {
            let Some(theirs) = theirs.components.get(component) else {
                differences.push(format!("component {component} is ours alone"));
                continue;
            };
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                let word = format!("component {component}: property ");
                let mut theirs = theirs.clone();
                for one_way in self.one_way.get(component).into_iter().flatten() {
                    if !ours.contains(one_way) {
                        theirs.remove(one_way);
                    }
                }
                sets(ours, &theirs, &word, &mut differences);
            }
        }
        differences
    }
}

fn compare<T>(
    ours: &BTreeMap<String, T>,
    theirs: &BTreeMap<String, T>,
    word: &str,
    differences: &mut Vec<String>,
) {
    let ours: BTreeSet<String> = ours.keys().cloned().collect();
    let theirs: BTreeSet<String> = theirs.keys().cloned().collect();
    sets(&ours, &theirs, word, differences);
}

fn sets(
    ours: &BTreeSet<String>,
    theirs: &BTreeSet<String>,
    word: &str,
    differences: &mut Vec<String>,
) {
    let alone = ours.difference(theirs);
    differences.extend(alone.map(|it| format!("{word}{it} is ours alone")));
    let alone = theirs.difference(ours);
    differences.extend(alone.map(|it| format!("{word}{it} is the peer's alone")));
}

/// A name without what generators change in it.
pub(super) fn name(text: &str) -> String {
    let text = text.strip_prefix("r#").unwrap_or(text);
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|it| it.to_ascii_lowercase()).collect()
}

fn view(sdk: &Sdk) -> View {
    let mut view = View::default();
    for operation in sdk.resources.iter().flat_map(|it| &it.operations) {
        let key = format!("{} {}", operation.method.as_str(), operation.path);
        let mut parameters = BTreeSet::new();
        for parameter in &operation.parameters {
            let name = name(&parameter.wire);
            // Of a name in two places, the peer numbers the second.
            let second = format!("{name}2");
            if !parameters.insert(name) {
                parameters.insert(second);
            }
        }
        view.operations.insert(key, parameters);
    }
    for ty in &sdk.types {
        let fields = match &ty.shape {
            Shape::Struct(shape) => Some(shape.fields.iter().map(|it| it.wire.clone())),
            _ => None,
        };
        for component in components(ty) {
            // Requests and answers may have a type each.
            let properties = view.components.entry(name(&component)).or_default();
            if let Some(fields) = fields.clone() {
                properties.get_or_insert_default().extend(fields);
            }
        }
    }
    view
}

/// The components that a type is that of.
fn components(ty: &Type) -> Vec<String> {
    let alone = ty.places.iter().filter(|it| it.len() == 1).flatten();
    let pointers = alone.map(|it| it.pointer.to_string());
    let components = pointers.filter_map(|pointer| {
        let component = pointer.strip_prefix("/components/schemas/")?;
        (!component.contains('/')).then(|| component.to_owned())
    });
    components.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(operations: &[(&str, &[&str])], components: &[(&str, Option<&[&str]>)]) -> View {
        let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let operations = operations.iter();
        let components = components.iter();
        View {
            operations: operations
                .map(|(key, names)| ((*key).to_owned(), set(names)))
                .collect(),
            components: components
                .map(|(key, names)| ((*key).to_owned(), names.map(set)))
                .collect(),
            one_way: BTreeMap::from([("one".to_owned(), set(&["w"]))]),
        }
    }

    #[test]
    fn what_only_one_has_is_a_difference() {
        let ours = view(
            &[("GET /a", &["x", "y"]), ("GET /b", &[])],
            &[("one", Some(&["p", "q"])), ("two", None), ("three", None)],
        );
        let theirs = view(
            &[("GET /a", &["x", "z"]), ("GET /c", &[])],
            &[
                ("one", Some(&["p"])),
                ("two", Some(&["p"])),
                ("inline", None),
            ],
        );
        assert_eq!(
            ours.differences(&theirs),
            [
                "GET /b is ours alone",
                "GET /c is the peer's alone",
                "GET /a: parameter y is ours alone",
                "GET /a: parameter z is the peer's alone",
                "component one: property q is ours alone",
                "component three is ours alone",
            ]
        );
    }

    #[test]
    fn names_are_equal_however_they_are_spelled() {
        assert_eq!(name("r#type"), name("Type"));
        assert_eq!(name("filter[created.at]"), name("filter_created_at"));
    }
}
