//! The lines of the file, one after the other, as names.

use std::collections::HashMap;
use std::ops::Range;

use super::super::{
    ACCESSOR, ALSO, ANSWER, ANSWERED, AccessorNames, Address, ArgumentNames, BODY, CODE, CONSTANT,
    DEFAULT, ENVIRONMENT, ERROR, EVENT, FEATURE, FORMAT, HEADER, HeaderNames, ITEMS, KIND, MESSAGE,
    NULLS, Names, OPERATION, OperationNames, PARAMETER, POSITIONAL, PROJECTION, REQUEST_ID,
    REQUIRED, SCOPE, SECURITY, SENT, TEXT, TYPE, TypeNames, VERSION, Way,
};
use super::fault::{COLLIDING, Fault, INVALID, MALFORMED, RESTORE};
use super::line::{Line, Word, shown};
use crate::diagnostic::Code;
use crate::identifier::{
    is_constant_name, is_credential_name, is_environment_name, is_event_accessor_name,
    is_feature_name, is_field_name, is_method_name, is_parameter_name, is_type_name,
    is_variant_name, method_name,
};

/// The owner of the lines that follow.
enum Owner {
    Operation(String),
    Type(String),
}

#[derive(Default)]
pub(super) struct LineReader {
    pub(super) names: Names,
    pub(super) faults: Vec<Fault>,
    has_version: bool,
    owner: Option<Owner>,
    /// The line of each name, within what it must be unique in.
    uses: HashMap<(String, String), usize>,
    /// The line of each thing that has a name.
    named: HashMap<String, usize>,
    number: usize,
}

impl LineReader {
    pub(super) fn line(&mut self, line: &Line) {
        self.number += 1;
        if let Some(span) = &line.fault {
            let message = "found a quote that does not end as one, expected `\"` before a space or the end of the line";
            self.fault(MALFORMED, span.clone(), message.to_owned(), RESTORE);
            return;
        }
        let Some(first) = line.words.first() else {
            return;
        };
        if !first.quoted && first.text.starts_with('#') && !line.indented {
            return;
        }
        if !self.has_version {
            self.version(line);
        } else if line.indented {
            self.member(line);
        } else {
            self.owner = None;
            self.thing(first.text.as_str(), line);
        }
    }

    pub(super) fn end(&mut self, length: usize) {
        if !self.has_version && self.faults.is_empty() {
            let message = format!("the file ends without `{FORMAT} {VERSION}`");
            self.fault(MALFORMED, length..length, message, RESTORE);
        }
    }

    fn version(&mut self, line: &Line) {
        match line.words.as_slice() {
            [format, version] if format.is(FORMAT) && version.is(VERSION) => {}
            [format, version] if format.is(FORMAT) => {
                let message = format!("found version {}, expected {VERSION}", shown(version));
                let help = "generate with the newer version of this tool that wrote the file";
                self.fault(MALFORMED, version.span.clone(), message, help);
            }
            _ => {
                let message = format!("expected `{FORMAT} {VERSION}` before everything else");
                self.fault(MALFORMED, line.span.clone(), message, RESTORE);
            }
        }
        // The rest is worth looking at in any case.
        self.has_version = true;
    }

    fn thing(&mut self, kind: &str, line: &Line) {
        match (kind, &line.words[1..]) {
            (ACCESSOR, [wire, name, ty]) => self.accessor(wire, name, ty),
            (ENVIRONMENT, [url, name]) => {
                if self.name(is_environment_name, "an environment", ENVIRONMENT, name)
                    && self.first(ENVIRONMENT, url)
                {
                    let (url, name) = (url.text.clone(), name.text.clone());
                    self.names.environments.insert(url, name);
                }
            }
            (ERROR, [part, property])
                if [CODE, MESSAGE, REQUEST_ID].iter().any(|it| part.is(it)) =>
            {
                if self.first(ERROR, part) {
                    let (part, property) = (part.text.clone(), property.text.clone());
                    self.names.errors.insert(part, property);
                }
            }
            (EVENT, [wire, name, ty]) => {
                let key = format!("{EVENT} {}", ty.text);
                if self.name(is_variant_name, "an event", EVENT, name) && self.first(&key, wire) {
                    let key = (wire.text.clone(), ty.text.clone());
                    self.names.events.insert(key, name.text.clone());
                }
            }
            (HEADER, [wire, name, ty]) => self.header(wire, name, ty),
            (KIND, [property]) => {
                if self.only(KIND.to_owned(), property.span.clone()) {
                    self.names.kind = Some(property.text.clone());
                }
            }
            (SCOPE, [wire, name]) => {
                if self.name(is_variant_name, "a scope", SCOPE, name) && self.first(SCOPE, wire) {
                    let (wire, name) = (wire.text.clone(), name.text.clone());
                    self.names.scopes.insert(wire, name);
                }
            }
            (SECURITY, [wire, name]) => {
                if self.name(
                    is_credential_name,
                    "a method for credentials",
                    SECURITY,
                    name,
                ) && self.first(SECURITY, wire)
                {
                    let (wire, name) = (wire.text.clone(), name.text.clone());
                    self.names.security.insert(wire, name);
                }
            }
            (OPERATION, [method, path, name]) => self.operation(method, path, name, None),
            (OPERATION, [method, path, name, call]) => {
                self.operation(method, path, name, Some(call));
            }
            (TYPE, [name, place @ ..]) => self.ty(name, place, line),
            _ => self.not_understood(line),
        }
    }

    fn accessor(&mut self, wire: &Word, name: &Word, ty: &Word) {
        if self.name(is_event_accessor_name, "an accessor", ACCESSOR, name)
            && self.first(ACCESSOR, wire)
        {
            let accessor = AccessorNames {
                name: name.text.clone(),
                ty: ty.text.clone(),
            };
            self.names.accessors.insert(wire.text.clone(), accessor);
        }
    }

    fn header(&mut self, wire: &Word, name: &Word, ty: &Word) {
        if self.name(is_constant_name, "a header", HEADER, name) && self.first(HEADER, wire) {
            let header = HeaderNames {
                name: name.text.clone(),
                ty: ty.text.clone(),
            };
            self.names.headers.insert(wire.text.clone(), header);
        }
    }

    fn operation(&mut self, method: &Word, path: &Word, name: &Word, call: Option<&Word>) {
        let key = format!("{} {}", method.text, path.text);
        // The lines below belong to it, whatever is wrong with it.
        self.owner = Some(Owner::Operation(key.clone()));
        let parts = name.text.split_once('.');
        let Some((resource, own)) =
            parts.filter(|(resource, own)| is_method_name(resource) && is_method_name(own))
        else {
            let message = format!("{} cannot be the name of an operation", shown(name));
            let help = "write `resource.method`, both in snake_case";
            return self.fault(INVALID, name.span.clone(), message, help);
        };
        let call_fits = call.is_none_or(|call| self.name(is_type_name, "a call", "call", call));
        // Long names are cut in the end, and must not be one then.
        let in_the_end = format!("{}.{}", method_name(resource), method_name(own));
        if self.once(OPERATION, name, in_the_end)
            && call_fits
            && self.first(&format!("{OPERATION} {}", method.text), path)
        {
            let operation = OperationNames {
                resource: resource.to_owned(),
                method: own.to_owned(),
                call: call.map(|call| call.text.clone()),
                ..OperationNames::default()
            };
            self.names.operations.insert(key, operation);
        }
    }

    fn ty(&mut self, name: &Word, place: &[Word], line: &Line) {
        self.owner = Some(Owner::Type(name.text.clone()));
        let fits = self.name(is_type_name, "a type", TYPE, name);
        if let Some(address) = self.address(place, line)
            && fits
        {
            let ty = TypeNames {
                places: vec![address],
                ..TypeNames::default()
            };
            self.names.types.insert(name.text.clone(), ty);
        }
    }

    fn address(&mut self, words: &[Word], line: &Line) -> Option<Address> {
        let (words, way) = match words {
            [words @ .., mark] if mark.is(ANSWERED) => (words, Way::Answer),
            [words @ .., mark] if mark.is(SENT) => (words, Way::Request),
            words => (words, Way::Both),
        };
        let (words, is_projection) = match words {
            [words @ .., mark] if mark.is(PROJECTION) => (words, true),
            words => (words, false),
        };
        let fits = |word: &Word| match word.text.split_once('#') {
            Some((file, _)) => file.starts_with("openapi") || file.starts_with("asyncapi"),
            None => word.text.split('/').next().is_some_and(is_type_name),
        };
        if words.is_empty() || !words.iter().all(fits) {
            let message = "expected one or more places such as `openapi#/components/schemas/Order` or `Order/properties/status`";
            self.fault(MALFORMED, line.span.clone(), message.to_owned(), RESTORE);
            return None;
        }
        let schemas: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
        let key = format!("{TYPE} {is_projection} {way:?} {}", schemas.join(" "));
        let span = words.first()?.span.start..words.last()?.span.end;
        self.only(key, span).then_some(Address {
            schemas,
            is_projection,
            way,
        })
    }

    /// A line below another.
    fn member(&mut self, line: &Line) {
        match self.owner.take() {
            None => {
                let message = "found an indented line, expected one of the things above it to be an operation or a type";
                self.fault(MALFORMED, line.span.clone(), message.to_owned(), RESTORE);
            }
            Some(Owner::Operation(key)) => {
                self.member_of_operation(&key, line);
                self.owner = Some(Owner::Operation(key));
            }
            Some(Owner::Type(name)) => {
                self.member_of_type(&name, line);
                self.owner = Some(Owner::Type(name));
            }
        }
    }

    /// Notes the arguments of an operation, what they go out as, and where its items are; `false`: a line tells something else.
    fn arguments_of_operation(&mut self, key: &str, words: &[Word]) -> bool {
        // The lines of one that is wrong are understood all the same.
        let mut none = OperationNames::default();
        let operation = self.names.operations.get_mut(key).unwrap_or(&mut none);
        match words {
            [mark, asked @ ..] if mark.is(REQUIRED) || mark.is(POSITIONAL) => {
                asked_for(&mut operation.arguments, mark, asked);
            }
            [mark, parameter, value] if mark.is(CONSTANT) => {
                constant(&mut operation.arguments, parameter, value);
            }
            [kind, content_type] if kind.is(DEFAULT) => {
                operation.defaults.insert(content_type.text.clone());
            }
            [kind, content_type] if kind.is(TEXT) => {
                operation.text = Some(content_type.text.clone());
            }
            [kind, path @ ..] if kind.is(ITEMS) => {
                operation.items = Some(path.iter().map(|it| it.text.clone()).collect());
            }
            _ => return false,
        }
        true
    }

    fn member_of_operation(&mut self, key: &str, line: &Line) {
        if self.arguments_of_operation(key, &line.words) {
            return;
        }
        let (kind, words) = match line.words.as_slice() {
            [kind, feature] if kind.is(FEATURE) => {
                let within = format!("{FEATURE} {key}");
                if self.name(is_feature_name, "a feature", &within, feature)
                    && let Some(operation) = self.names.operations.get_mut(key)
                {
                    operation.features.insert(feature.text.clone());
                }
                return;
            }
            [kind, words @ ..] if !kind.quoted => (kind.text.as_str(), words),
            _ => return self.not_understood(line),
        };
        let within = format!("{kind} {key}");
        let (wire, name, fits): (&Word, &Word, fn(&str) -> bool) = match (kind, words) {
            (PARAMETER, [_, wire, name]) => (wire, name, is_parameter_name),
            (BODY | ANSWER, [wire, name]) => (wire, name, is_variant_name),
            _ => return self.not_understood(line),
        };
        let location = match words {
            [location, _, _] => location.text.clone(),
            _ => String::new(),
        };
        let is_same_form = kind == ANSWER && self.is_form_of_answer(key, wire, name);
        if !(is_same_form || self.name(fits, "this", &within, name))
            || !self.first(&format!("{within} {location}"), wire)
        {
            return;
        }
        let Some(operation) = self.names.operations.get_mut(key) else {
            return;
        };
        let (wire, name) = (wire.text.clone(), name.text.clone());
        match kind {
            PARAMETER => operation.parameters.insert((location, wire), name),
            BODY => operation.bodies.insert(wire, name),
            _ => operation.answers.insert(wire, name),
        };
    }

    /// Several media types may be read as one form: then this name stands with this status already.
    fn is_form_of_answer(&self, key: &str, wire: &Word, name: &Word) -> bool {
        let status = |key: &str| key.split(' ').next().map(str::to_owned);
        let operation = self.names.operations.get(key);
        let mut answers = operation.into_iter().flat_map(|it| &it.answers);
        answers.any(|(key, known)| *known == name.text && status(key) == status(&wire.text))
    }

    fn member_of_type(&mut self, ty: &str, line: &Line) {
        match line.words.as_slice() {
            [mark, place @ ..] if mark.is(ALSO) => {
                if let Some(address) = self.address(place, line)
                    && let Some(ty) = self.names.types.get_mut(ty)
                {
                    ty.places.push(address);
                }
            }
            [mark, properties @ ..] if mark.is(REQUIRED) || mark.is(POSITIONAL) => {
                if let Some(ty) = self.names.types.get_mut(ty) {
                    asked_for(&mut ty.arguments, mark, properties);
                }
            }
            [mark, properties @ ..] if mark.is(NULLS) => {
                if let Some(ty) = self.names.types.get_mut(ty) {
                    let nulls = properties.iter().map(|it| it.text.clone());
                    ty.arguments.nulls.extend(nulls);
                }
            }
            [mark, property, value] if mark.is(CONSTANT) => {
                if let Some(ty) = self.names.types.get_mut(ty) {
                    constant(&mut ty.arguments, property, value);
                }
            }
            [wire, name] => {
                let within = format!("{TYPE} {ty}");
                let fits = |name: &str| is_field_name(name) || is_variant_name(name);
                if self.name(fits, "a field or variant", &within, name)
                    && self.first(&within, wire)
                    && let Some(ty) = self.names.types.get_mut(ty)
                {
                    ty.members.insert(wire.text.clone(), name.text.clone());
                }
            }
            _ => self.not_understood(line),
        }
    }

    /// Whether a name is one, and of nothing else within the same.
    fn name(&mut self, fits: impl Fn(&str) -> bool, of: &str, within: &str, name: &Word) -> bool {
        if !fits(&name.text) {
            let message = format!("{} cannot be the name of {of}", shown(name));
            let help = "names are ASCII: types and variants in PascalCase, all others in \
                        snake_case; those of the prelude and of what is generated are taken";
            self.fault(INVALID, name.span.clone(), message, help);
            return false;
        }
        self.once(within, name, name.text.clone())
    }

    fn once(&mut self, within: &str, word: &Word, name: String) -> bool {
        let number = self.number;
        let first = *self.uses.entry((within.to_owned(), name)).or_insert(number);
        if first != number {
            let message = format!(
                "{} is the name of what stands in line {first} already",
                shown(word)
            );
            let help = "two things cannot have one name: after a merge, rename the newer one";
            self.fault(COLLIDING, word.span.clone(), message, help);
        }
        first == number
    }

    /// Whether a thing is named here for the first time.
    fn first(&mut self, kind: &str, wire: &Word) -> bool {
        self.only(format!("{kind} {}", wire.text), wire.span.clone())
    }

    fn only(&mut self, key: String, span: Range<usize>) -> bool {
        let number = self.number;
        let first = *self.named.entry(key).or_insert(number);
        if first != number {
            let message = format!("this was named in line {first} already");
            let help = "one thing cannot have two names: after a merge, delete the newer line";
            self.fault(COLLIDING, span, message, help);
        }
        first == number
    }

    fn not_understood(&mut self, line: &Line) {
        let is_conflict = line.words.first().is_some_and(|word| {
            ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains(&word.text.as_str())
        });
        let (message, help) = match is_conflict {
            true => (
                "a merge was not finished here",
                "keep the lines of both sides, then generate again",
            ),
            false => (
                "this line is not understood: expected the name of an accessor, environment, error, event, \
                 kind, operation, scope, security scheme or type, or of a part of one",
                RESTORE,
            ),
        };
        self.fault(MALFORMED, line.span.clone(), message.to_owned(), help);
    }

    fn fault(&mut self, code: Code, span: Range<usize>, message: String, help: &str) {
        self.faults.push(Fault {
            code,
            span,
            message,
            help: help.to_owned(),
        });
    }
}

/// Notes what is there without being asked for. After a merge there may be two values: one has to be it.
fn constant(arguments: &mut ArgumentNames, name: &Word, value: &Word) {
    let constants = arguments.constants.entry(name.text.clone());
    constants.or_insert_with(|| value.text.clone());
}

/// Notes the properties or arguments of a line. After a merge there may be several lines of one kind: all hold.
fn asked_for(arguments: &mut ArgumentNames, mark: &Word, asked: &[Word]) {
    let list: Vec<String> = asked.iter().map(|it| it.text.clone()).collect();
    if mark.is(REQUIRED) {
        for one in list {
            if !arguments.required.contains(&one) {
                arguments.required.push(one);
            }
        }
    } else if !arguments.positional.contains(&list) {
        arguments.positional.push(list);
    }
}
