//! Faults in the names of one SDK.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tilt_codegen::Generated;
use tilt_codegen::model::{Scalar, SchemaPlace, Shape, Type, TypeRef};
use tilt_codegen::source::{Document, Documents};

use super::Kind;
use super::called;
use super::contradicted::contradicts;
use super::place::{Known, PlaceWords, of_pointer};
use super::repeated;
use super::words::{PLAIN_VERBS, words};

/// Names that are longer than this are not read, but skipped.
const LONGEST: usize = 50;

/// So far does a type that has one owner alone belong to what has that.
const MOST_OWNERS: usize = 3;

/// Faults by kind, each in a line.
pub(super) type Faults = BTreeMap<Kind, Vec<String>>;

struct Counter<'s> {
    documents: &'s [Document],
    root: &'s Value,
    sdk: &'s Generated,
    faults: Faults,
    /// The words of the places of types, by their names.
    texts: BTreeMap<&'s str, String>,
}

pub(super) fn count(documents: &Documents, sdk: &Generated) -> Faults {
    let mut counter = Counter {
        documents: documents.all(),
        root: &documents.root().value,
        sdk,
        faults: Faults::new(),
        texts: BTreeMap::new(),
    };
    counter.operations();
    counter.echoed();
    counter.borrowed();
    counter.spelled();
    counter.documented();
    counter.untyped();
    counter.faults
}

impl<'s> Counter<'s> {
    fn add(&mut self, kind: Kind, fault: String) {
        self.faults.entry(kind).or_default().push(fault);
    }

    fn operations(&mut self) {
        for resource in &self.sdk.sdk.resources {
            let first = words(&resource.name).into_iter().next().unwrap_or_default();
            let is_verb = PLAIN_VERBS.contains(&first.as_str());
            for operation in &resource.operations {
                let line = format!(
                    "{}.{} for {} {} `{}`",
                    resource.name,
                    operation.name,
                    operation.method.as_str(),
                    operation.path,
                    operation.id
                );
                let is_tag = operation.tags.contains(&resource.name);
                if is_verb && !is_tag || called::is_deed(resource, operation) {
                    self.add(Kind::VerbResource, line.clone());
                }
                if repeated::stutters(&resource.name, operation) {
                    self.add(Kind::Stutter, line.clone());
                }
                if contradicts(&resource.name, operation) {
                    self.add(Kind::Contradicted, line);
                }
            }
        }
    }

    /// Types whose name has all of an operation's path and its HTTP method.
    fn echoed(&mut self) {
        let resources = self.sdk.sdk.resources.iter();
        let operations = resources.flat_map(|resource| &resource.operations);
        let echoes: Vec<Vec<String>> = operations.map(repeated::echo).collect();
        for ty in self.types() {
            if repeated::is_echo(&ty.name, &echoes) {
                self.add(Kind::Echo, ty.name.clone());
            }
        }
    }

    /// Inline types whose name has words that one of their places does not have.
    fn borrowed(&mut self) {
        let known = self.known();
        let owners = self.owners();
        for ty in self.types() {
            let of_owners = of_owners(&owners, &ty.name, MOST_OWNERS);
            let words: Vec<PlaceWords> = ty
                .places
                .iter()
                .map(|place| {
                    let mut words = PlaceWords::default();
                    for word in &of_owners {
                        words.add(word);
                    }
                    for at in place {
                        let file = (at.document.as_str(), self.value_of(&at.document));
                        of_pointer(&mut words, file, &at.pointer.to_string(), &known);
                    }
                    self.contents(ty, &mut words);
                    words
                })
                .collect();
            let texts: Vec<&str> = words.iter().map(PlaceWords::text).collect();
            self.texts.insert(&ty.name, texts.join(" "));
            let places = || ty.places.iter().flatten();
            if places().any(|at| self.is_named(at)) {
                continue;
            }
            let foreign = ty.places.iter().zip(&words).find_map(|(place, words)| {
                let foreign = words.foreign(&ty.name);
                (!foreign.is_empty()).then(|| (foreign.join(" "), place[0].pointer.to_string()))
            });
            if let Some((foreign, pointer)) = foreign {
                let line = format!(
                    "{} ({} places) has `{foreign}`, which {pointer} has not",
                    ty.name,
                    ty.places.len()
                );
                self.add(Kind::Borrowed, line);
            }
        }
    }

    fn known(&self) -> Known<'s> {
        let sdk = self.sdk;
        let resources = sdk.sdk.resources.iter();
        let operations = resources.flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(|operation| (resource.name.as_str(), operation))
        });
        let types = self.types().flat_map(|ty| {
            let places = ty.places.iter().filter(|place| place.len() == 1);
            places.map(|place| {
                let at = &place[0];
                let at = (at.document.as_str(), at.pointer.to_string());
                (at, ty.name.as_str())
            })
        });
        let paths = self.root.get("paths").and_then(Value::as_object);
        let files = paths.into_iter().flatten().filter_map(|(path, item)| {
            let reference = item.get("$ref")?.as_str()?;
            Some((reference.trim_start_matches("./"), path.as_str()))
        });
        Known {
            path_of_file: files.collect(),
            by_path: operations
                .clone()
                .map(|it| {
                    (
                        (it.1.path.as_str(), it.1.method.as_str().to_lowercase()),
                        it,
                    )
                })
                .collect(),
            by_pointer: operations
                .clone()
                .map(|it| (it.1.pointer.to_string(), it))
                .filter(|(pointer, _)| pointer.starts_with("/paths/"))
                .collect(),
            by_id: operations.map(|it| (it.1.id.clone(), it)).collect(),
            types: types.collect(),
        }
    }

    /// The value of a file; of the root, where it is none.
    fn value_of(&self, file: &str) -> &'s Value {
        self.documents
            .iter()
            .find(|document| document.name == file)
            .map_or(self.root, |document| &document.value)
    }

    /// Whether a schema stands under a name: in a file of its own, or one of other schemas, too.
    fn is_named(&self, at: &SchemaPlace) -> bool {
        let pointer = at.pointer.to_string();
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        let in_root = std::ptr::eq(self.value_of(&at.document), self.root);
        match tokens.as_slice() {
            ["components", "schemas", _] | [.., "definitions" | "$defs", _] | [] => true,
            [name] | [_, name] => !in_root && name.starts_with(char::is_uppercase),
            _ => false,
        }
    }

    /// Words of what a type can be, which its name may list: `AccountOrString`.
    fn contents(&self, ty: &Type, known: &mut PlaceWords) {
        const OR: &str = "or";
        if !words(&ty.name).iter().any(|word| word == OR) {
            return;
        }
        match &ty.shape {
            Shape::Union(union) => {
                for variant in &union.variants {
                    known.add(&variant.name);
                    known.add(&variant.ty_name(self.sdk));
                }
            }
            Shape::Enum(enumeration) => {
                for variant in &enumeration.variants {
                    known.add(&variant.name);
                }
            }
            Shape::Alias(_) | Shape::Struct(_) | Shape::Id(_) => return,
        }
        known.add(OR);
    }

    /// The types that have each as a field, a variant or an element.
    fn owners(&self) -> BTreeMap<&'s str, BTreeSet<&'s str>> {
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for owner in self.types() {
            let mut inside: Vec<&TypeRef> = match &owner.shape {
                Shape::Alias(ty) => vec![ty],
                Shape::Enum(_) | Shape::Id(_) => Vec::new(),
                Shape::Union(union) => union.variants.iter().map(|it| &it.ty).collect(),
                Shape::Struct(structure) => structure.fields.iter().map(|it| &it.ty).collect(),
            };
            while let Some(ty) = inside.pop() {
                match ty {
                    TypeRef::Named(id) => {
                        let name = self.sdk.sdk.types[id.0].name.as_str();
                        owners.entry(name).or_default().insert(&owner.name);
                    }
                    TypeRef::List(inner)
                    | TypeRef::Map(inner)
                    | TypeRef::Nullable(inner)
                    | TypeRef::Boxed(inner)
                    | TypeRef::Loose(inner) => inside.push(inner),
                    TypeRef::Tuple(items) => inside.extend(items),
                    TypeRef::Scalar(_) => {}
                }
            }
        }
        owners
    }

    /// Hashes, numbers, lengths and pointers in names.
    fn spelled(&mut self) {
        let sdk = self.sdk;
        for ty in self.types() {
            let own = self.texts.get(ty.name.as_str()).cloned();
            let own = own.unwrap_or_default();
            self.name(&ty.name, &own, &ty.name);
            match &ty.shape {
                Shape::Struct(structure) => {
                    for field in &structure.fields {
                        let shown = format!("{}.{}", ty.name, field.name);
                        self.name(&field.name, &field.wire, &shown);
                    }
                }
                Shape::Enum(enumeration) => {
                    for variant in &enumeration.variants {
                        let shown = format!("{}::{}", ty.name, variant.name);
                        let wire = variant.value.to_string() + &variant.docs.0;
                        self.name(&variant.name, &wire, &shown);
                    }
                }
                Shape::Union(union) => {
                    for variant in &union.variants {
                        let shown = format!("{}::{}", ty.name, variant.name);
                        let wire = format!("{own} {:?}", variant.discriminator_values);
                        let named = variant.ty_name(sdk);
                        self.name(&variant.name, &(wire + &named), &shown);
                    }
                }
                Shape::Id(_) | Shape::Alias(_) => {}
            }
        }
        for resource in &sdk.sdk.resources {
            for operation in &resource.operations {
                let wire = format!("{} {} {:?}", operation.path, operation.id, operation.tags);
                let shown = format!("{}.{}", resource.name, operation.name);
                self.name(&resource.name, &wire, &shown);
                self.name(&operation.name, &wire, &shown);
                self.name(&operation.call, &wire, &operation.call);
                for parameter in &operation.parameters {
                    let shown = format!("{shown}({})", parameter.name);
                    self.name(&parameter.name, &parameter.wire, &shown);
                }
            }
        }
        for kind in sdk.sdk.events.iter().flat_map(|events| &events.kinds) {
            let shown = format!("Event::{}", kind.variant);
            self.name(&kind.variant, &kind.wire, &shown);
        }
    }

    /// Looks at one name; `wire` is what the document says there.
    fn name(&mut self, name: &str, wire: &str, shown: &str) {
        let name = name.trim_start_matches("r#");
        let flat = |text: &str| {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.collect::<String>().to_lowercase()
        };
        let wire = flat(wire);
        let digits: String = {
            let from_end = name.trim_end_matches('_').chars().rev();
            let digits: Vec<char> = from_end.take_while(char::is_ascii_digit).collect();
            digits.into_iter().rev().collect()
        };
        let end = name.trim_end_matches('_');
        let hash = end.len().checked_sub(8).and_then(|at| end.get(at..));
        let is_hash = |text: &&str| {
            let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c.to_ascii_lowercase());
            text.chars().all(hex) && text.chars().any(|c| c.is_ascii_digit())
        };
        match hash.filter(is_hash) {
            Some(hash) if !wire.contains(&hash.to_lowercase()) => {
                self.add(Kind::Hash, shown.to_owned());
            }
            // `½` has digits as well.
            _ if !digits.is_empty() && !wire.contains(&digits) && !has_numerals(&wire) => {
                self.add(Kind::Number, shown.to_owned());
            }
            _ => {}
        }
        if name.len() > LONGEST {
            self.add(Kind::Long, shown.to_owned());
        }
        let is_pointer = ["Tilde1", "tilde_1", "tilde1", "OneOf0", "AnyOf0", "AllOf0"];
        // A document may call a schema so itself, at greater length.
        let is_its_word = words(name).iter().all(|word| wire.contains(word));
        if !is_its_word && is_pointer.iter().any(|part| name.contains(part)) {
            self.add(Kind::Pointer, shown.to_owned());
        }
    }

    /// JSON pointers in what is written about things.
    fn documented(&mut self) {
        let sdk = self.sdk;
        for file in &sdk.files {
            for line in file.contents.lines() {
                let Some((_, text)) = line.split_once("///") else {
                    continue;
                };
                let starts = ["`/components/", "`/paths/", "`/definitions/"];
                if starts.iter().any(|start| text.contains(start)) && text.contains("The schema") {
                    self.add(Kind::PointerDocs, format!("{}:{text}", file.path));
                }
            }
        }
    }

    /// Fields that take any JSON although their schemas say which.
    fn untyped(&mut self) {
        for ty in self.types() {
            let Shape::Struct(structure) = &ty.shape else {
                continue;
            };
            for field in &structure.fields {
                let schemas = ty.places.iter().flatten().filter_map(|at| {
                    let pointer = at.pointer.to_string();
                    let properties = self
                        .value_of(&at.document)
                        .pointer(&pointer)?
                        .get("properties")?;
                    properties.get(&field.wire)
                });
                let says = schemas.into_iter().any(|schema| {
                    [
                        "properties",
                        "enum",
                        "items",
                        "oneOf",
                        "anyOf",
                        "allOf",
                        "format",
                    ]
                    .iter()
                    .any(|keyword| schema.get(keyword).is_some())
                        || schema.get("type").is_some_and(Value::is_string)
                });
                if says && is_any(&field.ty) {
                    self.add(Kind::Untyped, format!("{}.{}", ty.name, field.name));
                }
            }
        }
    }

    fn types(&self) -> impl Iterator<Item = &'s Type> + use<'s> {
        let sdk: &'s Generated = self.sdk;
        sdk.sdk.types.iter()
    }
}

/// The words that every owner of a type has, or what has that owner.
fn of_owners(owners: &BTreeMap<&str, BTreeSet<&str>>, name: &str, most: usize) -> BTreeSet<String> {
    let own = owners.get(name).filter(|_| most > 0);
    let mut of_each = own.into_iter().flatten().map(|owner| {
        let own = BTreeSet::from_iter(words(owner));
        &own | &of_owners(owners, owner, most - 1)
    });
    let first = of_each.next().unwrap_or_default();
    of_each.fold(first, |common, words| &common & &words)
}

/// Whether a text has numerals that are no digits of ASCII.
fn has_numerals(text: &str) -> bool {
    text.chars().any(|c| c.is_numeric() && !c.is_ascii())
}

fn is_any(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::Any,
        TypeRef::List(inner) | TypeRef::Nullable(inner) => is_any(inner),
        _ => false,
    }
}

/// The name of a variant's type.
trait TyName {
    fn ty_name(&self, sdk: &Generated) -> String;
}

impl TyName for tilt_codegen::model::UnionVariant {
    fn ty_name(&self, sdk: &Generated) -> String {
        match &self.ty {
            TypeRef::Named(id) => sdk.sdk.types[id.0].name.clone(),
            TypeRef::List(inner) | TypeRef::Boxed(inner) | TypeRef::Nullable(inner) => {
                match &**inner {
                    TypeRef::Named(id) => sdk.sdk.types[id.0].name.clone(),
                    other => format!("{other:?}"),
                }
            }
            other => format!("{other:?}"),
        }
    }
}
