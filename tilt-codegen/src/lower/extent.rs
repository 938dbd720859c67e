//! How much source text an SDK is, before it is written: `render` cannot fail, and some texts are
//! written many times, such as the name of a type that thousands of others refer to.

use crate::diagnostic::Place;
use crate::dialect::too_much_output;
use crate::lock::Names;
use crate::lower::context::Context;
use crate::model::{
    Body, BodyMedia, Constraints, Definition, Docs, EventAccessor, EventKind, Events, Operation,
    Parameter, PartEncoding, Payload, Resource, SampleValue, Scalar, SchemaPlace, Sdk,
    ServerVariable, Shape, Success, Type, TypeRef, UnionVariant,
};
use crate::place::pointer::Pointer;

/// The part of an SDK that is too much for the limit.
pub(in crate::lower) enum Over<'s> {
    Type(&'s Type),
    Operation(&'s Operation),
    /// The document.
    Whole,
}

/// The first part of an SDK with which it would be longer than a limit on its bytes.
fn exceeds(sdk: &Sdk, limit: usize) -> Option<Over<'_>> {
    let mut left = limit;
    let mut parts = parts(sdk);
    parts.find_map(|(part, bytes)| match left.checked_sub(bytes) {
        Some(rest) => {
            left = rest;
            None
        }
        None => Some(part),
    })
}

/// All parts with what each takes, in bytes: rather more than it will be, never less.
fn parts(sdk: &Sdk) -> impl Iterator<Item = (Over<'_>, usize)> {
    let measure = Measure { sdk };
    let types = sdk.types.iter();
    let types = types.map(move |ty| (Over::Type(ty), measure.of_type(ty)));
    let groups = sdk.resources.iter().chain(&sdk.received);
    let operations = groups.flat_map(move |resource| {
        let operations = resource.operations.iter();
        let own = (Over::Whole, measure.resource(resource));
        std::iter::once(own).chain(operations.map(move |operation| {
            (
                Over::Operation(operation),
                measure.operation(resource, operation),
            )
        }))
    });
    let kinds = sdk.events.iter().flat_map(|events| &events.kinds);
    let kinds = kinds.map(move |kind| measure.event(kind));
    let accessors = sdk.events.iter().flat_map(move |events| {
        let accessors = events.accessors.iter();
        accessors.map(move |accessor| measure.accessor(events, accessor))
    });
    let distinctions = sdk.events.iter().flat_map(|events| &events.union.variants);
    let distinctions = distinctions.map(move |variant| measure.distinction(variant));
    let schemas = sdk.definitions.iter().map(definition);
    let served = sdk.served.iter().flat_map(|served| &served.constraints);
    let schemas = schemas.chain(sdk.constraints.iter().chain(served).map(constraints));
    let samples = sdk.samples.iter().map(move |sample| {
        let name = sdk.types.get(sample.ty.0).map_or(0, |ty| ty.name.len());
        300 + 2 * name + measure.sample(&sample.value)
    });
    std::iter::once((Over::Whole, measure.rest()))
        .chain(types)
        .chain(operations)
        .chain(
            kinds
                .chain(accessors)
                .chain(distinctions)
                .chain(schemas)
                .chain(samples)
                .map(|bytes| (Over::Whole, bytes)),
        )
}

/// Says so where an SDK and its names file are longer than the limit.
pub(in crate::lower) fn check(context: &mut Context<'_>, sdk: &Sdk, names: &Names) {
    let left = context.config.limits.output.saturating_sub(names.extent());
    if let Some(over) = exceeds(sdk, left) {
        report(context, over);
    }
}

/// Says that an SDK would be longer than its limit.
pub(in crate::lower) fn report(context: &mut Context<'_>, over: Over<'_>) {
    let documents = context.documents();
    let stands = |place: &SchemaPlace| {
        let document = documents.iter().find(|it| it.name == place.document)?;
        Some(Place::Pointer(document.id, place.pointer.clone()))
    };
    let first = documents.root().id;
    let root = |pointer: &Pointer| Place::Pointer(first, pointer.clone());
    let place = match over {
        Over::Type(ty) => {
            let found = ty.places.iter().flatten().find_map(stands);
            found.unwrap_or_else(|| root(&ty.pointer))
        }
        Over::Operation(operation) => root(&operation.pointer),
        Over::Whole => root(&Pointer::default()),
    };
    context.problem(too_much_output(context.config.limits.output, place));
}

/// A JSON Schema under its name.
pub(in crate::lower) fn definition(definition: &Definition) -> usize {
    let references = definition.references.iter().map(|name| 2 + name.len());
    300 + 4 * definition.name.len() + references.sum::<usize>() + json(&definition.schema, 4)
}

/// The constraints of a schema.
pub(in crate::lower) fn constraints(constraints: &Constraints) -> usize {
    let references = constraints.references.iter().map(|name| 16 + name.len());
    300 + 4 * constraints.name.len() + references.sum::<usize>() + json(&constraints.schema, 4)
}

/// JSON with each value on a line of its own, this deep.
fn json(value: &serde_json::Value, depth: usize) -> usize {
    // Braces, a comma, a new line, and a closing one.
    let line = 2 * (2 * depth + 4);
    line + match value {
        serde_json::Value::Array(items) => items.iter().map(|it| json(it, depth + 1)).sum(),
        serde_json::Value::Object(members) => members
            .iter()
            .map(|(name, value)| 4 + 3 * literal(name) + json(value, depth + 1))
            .sum::<usize>(),
        serde_json::Value::String(text) => 3 * literal(text),
        scalar => scalar.to_string().len(),
    }
}

#[derive(Clone, Copy)]
struct Measure<'s> {
    sdk: &'s Sdk,
}

/// Doc comments: a mark and an indentation for each line.
fn docs(docs: &Docs) -> usize {
    let lines = docs.0.bytes().filter(|byte| *byte == b'\n').count() + 1;
    docs.0.len() + 12 * lines
}

/// A string literal, in which some characters are escaped.
fn literal(text: &str) -> usize {
    let escaped = |c: char| match c {
        ' '..='~' => 1 + usize::from(matches!(c, '"' | '\\')),
        c => c.len_utf8().max(8),
    };
    2 + text.chars().map(escaped).sum::<usize>()
}

fn server_variable(variable: &ServerVariable) -> usize {
    400 + 8 * literal(&variable.name)
        + 3 * literal(&variable.initial())
        + 2 * literals(&variable.allowed)
        + 2 * docs(&variable.docs)
}

fn literals<'t>(texts: impl IntoIterator<Item = &'t String>) -> usize {
    texts.into_iter().map(|text| 2 + literal(text)).sum()
}

fn value(value: &serde_json::Value) -> usize {
    2 * value.to_string().len() + 4
}

impl Measure<'_> {
    /// The text that stands for a type where it is named.
    fn reference(&self, ty: &TypeRef) -> usize {
        match ty {
            TypeRef::Scalar(Scalar::Mapped(id)) => {
                self.sdk.mapped.get(id.0).map_or(16, |it| it.rust.len())
            }
            TypeRef::Scalar(_) => 16,
            TypeRef::Named(id) => self.sdk.types.get(id.0).map_or(0, |ty| ty.name.len() + 8),
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Loose(inner) => 12 + self.reference(inner),
            TypeRef::Tuple(items) => items.iter().map(|item| 2 + self.reference(item)).sum(),
        }
    }

    fn of_type(&self, ty: &Type) -> usize {
        let place = match ty.docs.0.is_empty() {
            true => 2 * ty.pointer.len(),
            false => 0,
        };
        let added = ty.derives.iter().chain(&ty.attributes);
        let added = added.map(|text| 8 + text.len()).sum::<usize>();
        let head = 800 + added + place + docs(&ty.docs) + 24 * ty.name.len() + 4 * ty.module.len();
        head + match &ty.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| {
                    // In the struct, its setter, its constructor and the struct of what is required.
                    let names = 14 * field.name.len() + 3 * literal(&field.wire);
                    600 + names + 3 * docs(&field.docs) + 7 * self.reference(&field.ty)
                });
                fields.sum::<usize>()
            }
            Shape::Enum(shape) => {
                let variants = shape.variants.iter().map(|variant| {
                    let names = 4 * variant.name.len() + 2 * value(&variant.value);
                    60 + names + docs(&variant.docs)
                });
                variants.sum::<usize>()
            }
            Shape::Union(shape) => {
                let variants = shape.variants.iter();
                variants
                    .map(|variant| self.distinction(variant))
                    .sum::<usize>()
            }
            Shape::Id(_) => 0,
            Shape::Alias(ty) => self.reference(ty),
        }
    }

    fn sample(&self, value: &SampleValue) -> usize {
        match value {
            SampleValue::Json(json) => 40 + 2 * self::value(json),
            SampleValue::Of(id) => 60 + self.reference(&TypeRef::Named(*id)),
            SampleValue::Array(items) => {
                60 + items.iter().map(|item| self.sample(item)).sum::<usize>()
            }
            SampleValue::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| 20 + literal(name) + self.sample(value));
                60 + members.sum::<usize>()
            }
        }
    }

    /// A variant and what tells it apart.
    fn distinction(&self, variant: &UnionVariant) -> usize {
        let tags = variant.tags.iter().map(|tag| {
            let values = tag.values.iter().map(value);
            8 + literal(&tag.property) + values.sum::<usize>()
        });
        let names = 6 * variant.name.len() + 5 * self.reference(&variant.ty);
        // With its own conversion, and those of texts.
        800 + names
            + docs(&variant.docs)
            + tags.sum::<usize>()
            + literals(&variant.discriminator_values)
            + literals(&variant.required)
            + literals(&variant.properties)
            + variant.values.iter().map(value).sum::<usize>()
    }

    fn resource(&self, resource: &Resource) -> usize {
        600 + 2 * docs(&resource.docs) + 10 * (resource.name.len() + resource.type_name.len())
    }

    fn operation(&self, resource: &Resource, operation: &Operation) -> usize {
        let names = 10 * (operation.call.len() + operation.name.len() + resource.type_name.len());
        let scopes = operation
            .scopes
            .iter()
            .filter_map(|at| self.sdk.scopes.get(*at));
        let scopes = scopes.map(|scope| 2 * scope.wire.len() + scope.name.len() + 30);
        let security = operation.security.iter().flat_map(|all| &all.schemes);
        let schemes = self.sdk.security_schemes.as_slice();
        let security = security.map(|(at, scopes)| {
            let names = schemes
                .get(*at)
                .map_or(0, |scheme| scheme.wire.len() + scheme.method.len());
            let scopes = scopes.iter().filter_map(|at| self.sdk.scopes.get(*at));
            40 + names
                + scopes
                    .map(|scope| scope.wire.len() + scope.name.len() + 12)
                    .sum::<usize>()
        });
        let errors = operation.errors.iter().map(|error| {
            150 + docs(&error.docs)
                + error.media_type.as_deref().map_or(0, literal)
                + 4 * error.payload.as_ref().map_or(0, |it| self.payload(it))
        });
        let headers = operation.response_headers.iter();
        let headers = headers.map(|header| {
            // In the documentation, as a constant, and of what a server answers.
            360 + 8 * literal(&header.name) + 3 * docs(&header.docs)
        });
        let features = operation
            .features
            .iter()
            .map(|name| 8 * (30 + literal(name)));
        let query = operation.fixed_query.iter();
        let query =
            query.map(|(name, value)| literal(name) + value.as_deref().map_or(0, literal) + 40);
        let parameters = operation.parameters.iter().map(|it| self.parameter(it));
        1_500
            + names
            + docs(&operation.docs)
            + 4 * literal(&operation.path)
            + 2 * literal(&operation.id)
            + operation.server.as_ref().map_or(0, |server| {
                let variables = server.variables.iter().map(server_variable);
                literal(&server.url) + variables.sum::<usize>()
            })
            + scopes.sum::<usize>()
            + security.sum::<usize>()
            + errors.sum::<usize>()
            + headers.sum::<usize>()
            + features.sum::<usize>()
            + query.sum::<usize>()
            + parameters.sum::<usize>()
            + self.body(operation)
            + self.success(&operation.success)
    }

    fn parameter(&self, parameter: &Parameter) -> usize {
        let names = 8 * parameter.name.len() + 3 * literal(&parameter.wire);
        let default = parameter.default.as_ref().map_or(0, value);
        350 + names + 2 * docs(&parameter.docs) + 5 * self.reference(&parameter.ty) + default
    }

    fn body(&self, operation: &Operation) -> usize {
        let Some(body) = &operation.body else {
            return 0;
        };
        let media = |media: &BodyMedia| {
            200 + 3 * literal(&media.content_type) + 6 * self.payload(&media.payload)
        };
        let forms = match &body.body {
            Body::Single(single) => media(single),
            Body::Choice { name, variants } => {
                let each = variants
                    .iter()
                    .map(|(variant, of)| 200 + 4 * name.len() + 6 * variant.len() + media(of));
                300 + 10 * name.len() + each.sum::<usize>()
            }
        };
        400 + 2 * docs(&body.docs) + forms
    }

    fn success(&self, success: &Success) -> usize {
        match success {
            Success::Empty => 0,
            Success::Single(payload) => 6 * self.payload(payload),
            Success::Choice { name, variants } => {
                let each = variants.iter().map(|variant| {
                    let payload = variant.payload.as_ref();
                    let names = 6 * variant.name.len() + 4 * name.len();
                    let media = variant
                        .content_types
                        .iter()
                        .map(|it| literal(it))
                        .sum::<usize>();
                    300 + names + 2 * media + 6 * payload.map_or(0, |it| self.payload(it))
                });
                400 + 10 * name.len() + each.sum::<usize>()
            }
        }
    }

    fn payload(&self, payload: &Payload) -> usize {
        let parts = match payload {
            Payload::Form { encodings, .. } => {
                let names = encodings.iter().map(|(name, _)| 60 + literal(name));
                names.sum()
            }
            Payload::Multipart { parts, .. } => {
                let pairs = parts
                    .iter()
                    .map(|(name, it)| literal(name) + part_encoding(it));
                pairs.sum()
            }
            _ => 0,
        };
        40 + parts + payload.item().map_or(0, |ty| self.reference(ty))
    }

    fn event(&self, kind: &EventKind) -> usize {
        let channels = kind
            .channels
            .iter()
            .map(|channel| 2 * literal(channel) + 20);
        let names = 10 * kind.variant.len() + 4 * literal(&kind.wire);
        let encodings = kind.body.form().unwrap_or_default();
        let encodings = encodings
            .iter()
            .map(|(property, _)| 4 * literal(property) + 200);
        let form = 300 + encodings.sum::<usize>();
        let headers = kind.headers.iter().map(|header| {
            // In the documentation, in the list of a verifier, and as a constant.
            260 + 6 * literal(&header.name) + 2 * docs(&header.docs)
        });
        500 + form
            + names
            + headers.sum::<usize>()
            + docs(&kind.docs)
            + 6 * self.reference(&kind.ty)
            + channels.sum::<usize>()
    }

    fn accessor(&self, events: &Events, accessor: &EventAccessor) -> usize {
        let fields = events.kinds.iter().zip(&accessor.fields);
        let arms = fields.filter_map(|(kind, field)| {
            let field = field.as_ref()?;
            Some(120 + kind.variant.len() + field.name.len())
        });
        let names = accessor.name.len() + self.reference(&accessor.ty);
        200 + names + docs(&accessor.docs) + arms.sum::<usize>()
    }

    /// All that there is once.
    fn rest(&self) -> usize {
        let environments = self.sdk.environments.iter().map(|environment| {
            let variables = environment.variables.iter().map(server_variable);
            let token = environment.token_url.as_deref().map_or(0, literal);
            600 + 8 * environment.name.len()
                + 4 * literal(&environment.url)
                + 2 * token
                + 2 * docs(&environment.docs)
                + variables.sum::<usize>()
        });
        let schemes = self.sdk.security_schemes.iter();
        let schemes =
            schemes.map(|scheme| 600 + 8 * literal(&scheme.wire) + 2 * docs(&scheme.docs));
        let scopes = self.sdk.scopes.iter();
        let scopes = scopes.map(|scope| 100 + 6 * literal(&scope.wire) + docs(&scope.docs));
        let info = &self.sdk.info;
        20_000
            + 8 * (literal(&info.title) + literal(&info.version))
            + 4 * docs(&info.docs)
            + environments.sum::<usize>()
            + schemes.sum::<usize>()
            + scopes.sum::<usize>()
    }
}
fn part_encoding(encoding: &PartEncoding) -> usize {
    match encoding {
        PartEncoding::Types(text) | PartEncoding::Text(text) => 50 + literal(text),
        PartEncoding::Encoded {
            media_type,
            transfer,
        } => 100 + literal(media_type) + literal(transfer),
        PartEncoding::Styled { .. } => 100,
        PartEncoding::WithHeaders { encoding, headers } => {
            let headers = headers.iter();
            let headers = headers.map(|(name, value)| 10 + literal(name) + literal(value));
            80 + part_encoding(encoding) + headers.sum::<usize>()
        }
    }
}
