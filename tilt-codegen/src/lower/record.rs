//! Names of everything in a finished SDK, recorded for the generations to come.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::identifier::bare;
use crate::lock::{
    Address, ArgumentNames, CODE, MESSAGE, NAMED_PATH_ADDRESS, Names, OperationNames, REQUEST_ID,
    TypeNames, Way, parameter_address, path_of,
};
use crate::lower::draft::{Draft, Origin};
use crate::lower::expression;
use crate::lower::finish::Finished;
use crate::lower::naming::TypeIdentifiers;
use crate::lower::naming::calls::unrecorded;
use crate::lower::naming::paths;
use crate::lower::naming::places::Places;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::answers::{answer_keys, single_key};
use crate::lower::previous::PreviousNames;
use crate::lower::previous::address::{Addresses, Standing};
use crate::lower::previous::type_key;
use crate::lower::sources::Sources;
use crate::model::{
    Body, EnumRepr, Environment, ErrorShape, Events, Location, Operation, Parameter, Payload,
    Scope, SecurityScheme, Shape, Success, Type, TypeId,
};
use crate::source::DocumentId;

/// Types as they were drafted, and as they are.
pub(in crate::lower) struct Types<'a, 'd> {
    drafts: &'a [Draft<'d>],
    places: &'a Places,
    identifiers: &'a TypeIdentifiers,
    types: &'a [Type],
    /// Where the drafts went.
    moved: &'a HashMap<TypeId, TypeId>,
}

impl Names {
    pub(in crate::lower) fn record_types(&mut self, all: &Types<'_, '_>, sources: Sources<'_>) {
        let mut addresses = Addresses::new(sources);
        let mut met = HashSet::new();
        let unrenamed = all.unrenamed();
        let mut recorded = BTreeMap::new();
        for (index, draft) in all.drafts.iter().enumerate() {
            let Some(id) = all.moved.get(&TypeId(index)) else {
                continue;
            };
            let Some(ty) = all.types.get(id.0) else {
                continue;
            };
            let mut places = all.places(index, sources, &mut addresses, &mut met);
            // The one that the name is known for first, then in order.
            places.sort();
            if places.is_empty() {
                continue;
            }
            let members = members(ty, &unrenamed);
            let name = all.identifiers.unrenamed[index].clone();
            recorded.insert(name, (places, draft.way, members));
        }
        // Addresses begin at the type that they lead through, where there is one.
        let named = named(&recorded);
        for (name, (places, way, members)) in recorded {
            let places = places
                .into_iter()
                .map(|(.., schemas, is_projection)| Address {
                    schemas: schemas.iter().map(|schema| schema.text(&named)).collect(),
                    is_projection,
                    way,
                });
            let places = places.collect();
            let arguments = ArgumentNames::default();
            self.types.insert(
                name,
                TypeNames {
                    places,
                    members,
                    arguments,
                },
            );
        }
    }

    /// The properties that make values of types, by what the types are called here.
    pub(in crate::lower) fn record_arguments(&mut self, arguments: Vec<(String, ArgumentNames)>) {
        for (name, arguments) in arguments {
            if let Some(ty) = self.types.get_mut(&name) {
                ty.arguments = arguments;
            }
        }
    }

    pub(in crate::lower) fn record_operations(
        &mut self,
        operations: &[(OperationName, Operation)],
        previous: &PreviousNames<'_>,
    ) {
        for (name, operation) in operations {
            let key = paths::key(operation.method, &operation.path);
            let (resource, method) = &name.unrenamed;
            let before = previous.operation(&key);
            let called = previous.called(&key, (resource, method));
            let mut names = OperationNames {
                resource: resource.clone(),
                method: method.clone(),
                call: Some(operation.call.clone()).filter(|call| *call != unrecorded(name)),
                arguments: asked_before(called, operation),
                features: before.map(|it| it.features.clone()).unwrap_or_default(),
                ..OperationNames::default()
            };
            for parameter in &operation.parameters {
                let location = parameter.location.word().to_owned();
                let name = bare(&parameter.name);
                if name != parameter.wire {
                    let key = (location, parameter.wire.clone());
                    names
                        .parameters
                        .entry(key)
                        .or_insert_with(|| name.to_owned());
                }
            }
            if let Some(Body::Choice { variants, .. }) = operation.body.as_ref().map(|b| &b.body) {
                for (name, media) in variants {
                    let key = media.content_type.clone();
                    names.bodies.entry(key).or_insert_with(|| name.clone());
                }
            }
            if let Success::Choice { variants, .. } = &operation.success {
                for variant in variants {
                    for key in answer_keys(variant) {
                        names
                            .answers
                            .entry(key)
                            .or_insert_with(|| variant.name.clone());
                    }
                }
            }
            if let Success::Single(payload) = &operation.success
                && !matches!(payload, Payload::Json(_))
                && let Some(media) = operation.execution.accept.split(',').next()
            {
                names
                    .answers
                    .insert(single_key(media), "Success".to_owned());
            }
            let paged = operation.pagination.as_ref();
            names.items = paged.map(|it| it.items.clone());
            self.operations.insert(key, names);
        }
    }

    pub(in crate::lower) fn record_events(
        &mut self,
        events: Option<&Events>,
        unrenamed: &dyn Fn(usize) -> String,
    ) {
        let path = events.and_then(|events| events.kind_property.as_deref());
        self.kind = path.and_then(<[String]>::first).cloned();
        for kind in events.into_iter().flat_map(|events| &events.kinds) {
            let key = (kind.wire.clone(), type_key(&kind.ty, unrenamed));
            self.events
                .entry(key)
                .or_insert_with(|| kind.variant.clone());
        }
    }

    pub(in crate::lower) fn record_errors(&mut self, errors: &ErrorShape) {
        let ErrorShape {
            code,
            message,
            request_id,
        } = errors;
        let all = [(CODE, code), (MESSAGE, message), (REQUEST_ID, request_id)];
        for (part, property) in all {
            let property = property.iter().cloned();
            self.errors.extend(property.map(|it| (part.to_owned(), it)));
        }
    }

    pub(in crate::lower) fn record_access(
        &mut self,
        environments: &[Environment],
        schemes: &[SecurityScheme],
        scopes: &[Scope],
    ) {
        for environment in environments {
            let names = self.environments.entry(environment.url.clone());
            names.or_insert_with(|| environment.name.clone());
        }
        for scheme in schemes {
            let names = self.security.entry(scheme.wire.clone());
            names.or_insert_with(|| bare(&scheme.method).to_owned());
        }
        for scope in scopes {
            let names = self.scopes.entry(scope.wire.clone());
            names.or_insert_with(|| scope.name.clone());
        }
    }
}

/// The arguments that programs give to a method. Where a parameter of the path stands in place of another one, they name those
/// in it from now on.
fn asked_before(called: Option<(&str, &OperationNames)>, operation: &Operation) -> ArgumentNames {
    let Some((key, names)) = called else {
        return ArgumentNames::default();
    };
    let mut arguments = names.arguments.clone();
    let is_named = arguments.required.iter().any(|it| it == NAMED_PATH_ADDRESS);
    if !is_named && are_moved(path_of(key), &arguments, operation) {
        arguments.required.push(NAMED_PATH_ADDRESS.to_owned());
    }
    arguments
}

/// Whether one of as many parameters of the path as before stands where another one stood. One that has another name is the
/// same in the same place: of the same path, or behind the same word.
fn are_moved(before: &str, arguments: &ArgumentNames, operation: &Operation) -> bool {
    if before == operation.path {
        return false;
    }
    let is_same_path = expression::unnamed(before) == expression::unnamed(&operation.path);
    let was_constant = |name: &str| {
        let address = parameter_address(Location::Path, name);
        arguments.constants.contains_key(&address)
    };
    let is_constant = |name: &str| {
        let mut parameters = operation.parameters.iter();
        let in_path = |it: &&Parameter| it.location == Location::Path && it.wire == name;
        let found = parameters.find(in_path);
        found.is_some_and(|it| it.constant().is_some())
    };
    let mut before = expression::named(before);
    before.retain(|(name, _)| !was_constant(name));
    let mut now = expression::named(&operation.path);
    now.retain(|(name, _)| !is_constant(name));
    let was_there = |name: &str| before.iter().any(|(it, _)| it == name);
    before.len() == now.len()
        && before.iter().zip(&now).any(|(before, now)| {
            before.0 != now.0 && (was_there(&now.0) || !is_same_path && before.1 != now.1)
        })
}

/// A place of a type.
type Standings = (bool, DocumentId, Vec<Standing>, bool);

/// The places of a type, its way, and the names of its members.
type Recorded = (Vec<Standings>, Way, BTreeMap<String, String>);

/// The types that addresses lead through, by where they stand: of several, that of answers.
fn named(recorded: &BTreeMap<String, Recorded>) -> HashMap<Standing, String> {
    let mut named: HashMap<&Standing, (Way, &str)> = HashMap::new();
    for (name, (places, way, _)) in recorded {
        if let Some((.., schemas, false)) = places.first()
            && let [only] = schemas.as_slice()
        {
            let first = named.entry(only).or_insert((*way, name));
            *first = (*first).min((*way, name));
        }
    }
    let named = named.into_iter();
    named
        .map(|(at, (_, name))| (at.clone(), name.to_owned()))
        .collect()
}

impl<'a, 'd> Types<'a, 'd> {
    pub(in crate::lower) fn of(finished: &'a Finished<'d>) -> Self {
        Self {
            drafts: &finished.drafts,
            places: &finished.places,
            identifiers: &finished.identifiers,
            types: &finished.types,
            moved: &finished.moved,
        }
    }

    /// The places of a draft's type that no other has.
    fn places(
        &self,
        index: usize,
        sources: Sources<'_>,
        addresses: &mut Addresses<'d>,
        met: &mut HashSet<(Vec<Standing>, bool, Way)>,
    ) -> Vec<Standings> {
        let draft = &self.drafts[index];
        let mut places = Vec::new();
        for at in self.places.drafts_of(index) {
            let own = &self.drafts[at];
            let root = sources.documents.root_of(own.node.document);
            let schemas = self.places.own(at).iter();
            let schemas: Option<Vec<Standing>> = schemas
                .map(|schema| addresses.standing(root, schema))
                .collect();
            if let Some(schemas) = schemas.filter(|schemas| !schemas.is_empty())
                && met.insert((schemas.clone(), own.is_projection, draft.way))
            {
                // Where a twin stands is known by the draft whose twin it is.
                let is_twin = matches!(draft.origin, Origin::Twin(_));
                let was_first = own.previous_name.is_some_and(|it| {
                    let same = draft.previous_name.is_some_and(|of| of.ty == it.ty);
                    it.rank == 0 && (same || is_twin)
                });
                places.push((!was_first, root, schemas, own.is_projection));
            }
        }
        places
    }

    /// Names of finished types before the configuration replaces any.
    pub(in crate::lower) fn unrenamed(&self) -> impl Fn(usize) -> String + use<> {
        self.identifiers.unrenamed(self.types.len(), self.moved)
    }
}

/// Names of the fields or variants of a type, but for fields that have their wire name.
fn members(ty: &Type, unrenamed: &dyn Fn(usize) -> String) -> BTreeMap<String, String> {
    match &ty.shape {
        Shape::Id(_) | Shape::Alias(_) => BTreeMap::new(),
        Shape::Struct(structure) => {
            let fields = structure.fields.iter();
            let fields = fields.map(|field| (field.wire.clone(), bare(&field.name).to_owned()));
            fields.filter(|(wire, name)| wire != name).collect()
        }
        Shape::Enum(enumeration) => {
            let variants = enumeration.variants.iter().map(|variant| {
                let key = match (&enumeration.repr, variant.value.as_str()) {
                    (EnumRepr::String, Some(text)) => text.to_owned(),
                    _ => variant.value.to_string(),
                };
                (key, variant.name.clone())
            });
            variants.collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter();
            let variants =
                variants.map(|variant| (type_key(&variant.ty, unrenamed), variant.name.clone()));
            variants.collect()
        }
    }
}
