//! Places of a request for what says which part of a list is wanted: parameters of its query, properties of one that is
//! an object, and of the JSON body where a list is asked for by POST.

use super::List;
use super::answer::Answer;
use crate::config::PropertyPath;
use crate::model::{
    Body, Field, HttpMethod, Location, Operation, Parameter, ParameterEncoding, ParameterStyle,
    Payload, Scalar, Slot, Type, TypeRef,
};

/// Properties of a body in which requests speak of pages.
const ABOUT_PAGES: &[&str] = &[
    "page",
    "pagination",
    "paging",
    "page_info",
    "pageInfo",
    "page_request",
    "pageRequest",
    "pageable",
    "options",
];

/// A part of a request that may have a place.
#[derive(Clone, Copy)]
pub(super) enum Taken<'a> {
    Parameter(&'a Parameter),
    Property(&'a Field, Answer<'a>),
}

impl<'a> Taken<'a> {
    pub(super) fn wire(self) -> &'a str {
        match self {
            Self::Parameter(parameter) => &parameter.wire,
            Self::Property(field, _) => &field.wire,
        }
    }

    pub(super) fn docs(self) -> &'a str {
        match self {
            Self::Parameter(parameter) => &parameter.docs.0,
            Self::Property(field, _) => &field.docs.0,
        }
    }

    /// The number that counting begins with: the default, or the least one.
    pub(super) fn first(self) -> Option<f64> {
        match self {
            Self::Parameter(parameter) => {
                let default = parameter.default.as_ref();
                let default = default.and_then(serde_json::Value::as_f64);
                default.or(parameter.minimum)
            }
            Self::Property(field, _) => field.first,
        }
    }
}

/// The JSON body of a POST.
pub(super) fn body<'a>(operation: &'a Operation, types: &'a [Type]) -> Option<Answer<'a>> {
    let body = operation.body.as_ref();
    match &body.filter(|_| operation.method == HttpMethod::Post)?.body {
        Body::Single(media) => match &media.payload {
            Payload::Json(ty) => Some(Answer::typed(ty, types)),
            _ => None,
        },
        Body::Choice { .. } => None,
    }
}

impl<'a> List<'a> {
    /// The first of these names that a place has.
    pub(super) fn slot(&self, names: &[&str]) -> Option<Slot> {
        names.iter().find_map(|name| self.slot_called(name))
    }

    /// The place that settings name: as a parameter is called, or by its path.
    pub(super) fn slot_at(&self, name: &str) -> Option<Slot> {
        self.slot_called(name).or_else(|| {
            let path = PropertyPath::try_from(name.to_owned()).ok()?;
            let [parameter, property] = path.names() else {
                return self.in_body(path.names());
            };
            let object = self.query(&[parameter.as_str()]);
            let found = object.and_then(|index| self.property_of(index, property));
            found.or_else(|| self.in_body(path.names()))
        })
    }

    fn slot_called(&self, name: &str) -> Option<Slot> {
        let scalar = self.query(&[name]).filter(|index| {
            let parameter = &self.operation.parameters[*index];
            !self.typed(&parameter.ty).is_object()
        });
        scalar
            .map(Slot::Parameter)
            .or_else(|| self.in_object(name))
            .or_else(|| self.in_body(&[name.to_owned()]))
            .or_else(|| {
                let deep = split(name);
                let inside = ABOUT_PAGES.iter().map(|object| (*object, name));
                let mut paths = deep.into_iter().chain(inside);
                paths.find_map(|(object, name)| self.in_body(&[object.to_owned(), name.to_owned()]))
            })
    }

    /// The property of an object in the query, which is there as a parameter of its name, or of `object[name]`.
    fn in_object(&self, name: &str) -> Option<Slot> {
        let parameters = self.operation.parameters.iter().enumerate();
        let mut objects = parameters.filter(|(_, it)| it.location == Location::Query);
        objects.find_map(|(index, parameter)| match parameter.encoding {
            ParameterEncoding::Styled {
                style: ParameterStyle::Form,
                explode: true,
                ..
            } => self.property_of(index, name),
            ParameterEncoding::Styled {
                style: ParameterStyle::DeepObject,
                ..
            } => {
                let (_, name) = split(name).filter(|(object, _)| *object == parameter.wire)?;
                self.property_of(index, name)
            }
            _ => None,
        })
    }

    fn property_of(&self, parameter: usize, name: &str) -> Option<Slot> {
        let object = self.typed(&self.operation.parameters[parameter].ty);
        object.scalar_property(&[name.to_owned()])?;
        let name = name.to_owned();
        Some(Slot::Property { parameter, name })
    }

    fn in_body(&self, path: &[String]) -> Option<Slot> {
        let (_, value) = self.body?.scalar_property(path)?;
        Some(Slot::Body {
            path: path.to_vec(),
            is_number: value.is_number(),
        })
    }

    pub(super) fn taken(&self, slot: &Slot) -> Option<Taken<'a>> {
        let property = |object: Answer<'a>, path: &[String]| {
            let (field, value) = object.scalar_property(path)?;
            Some(Taken::Property(field, value))
        };
        match slot {
            Slot::Parameter(index) => {
                let parameter = self.operation.parameters.get(*index)?;
                Some(Taken::Parameter(parameter))
            }
            Slot::Property { parameter, name } => {
                let parameter = self.operation.parameters.get(*parameter)?;
                property(self.typed(&parameter.ty), std::slice::from_ref(name))
            }
            Slot::Body { path, .. } => property(self.body?, path),
        }
    }

    pub(super) fn takes_number(&self, slot: &Slot) -> bool {
        match self.taken(slot) {
            Some(Taken::Parameter(parameter)) => self.is_number(&parameter.ty),
            Some(Taken::Property(_, value)) => value.is_number(),
            None => false,
        }
    }

    pub(super) fn takes_time(&self, slot: &Slot) -> bool {
        let times = [Scalar::DateTime, Scalar::Date].map(TypeRef::Scalar);
        match self.taken(slot) {
            Some(Taken::Parameter(parameter)) => times.contains(&parameter.ty),
            Some(Taken::Property(field, _)) => times.contains(&field.ty),
            None => false,
        }
    }

    pub(super) fn is_number(&self, ty: &'a TypeRef) -> bool {
        self.typed(ty).is_number()
    }

    fn typed(&self, ty: &'a TypeRef) -> Answer<'a> {
        Answer::typed(ty, self.types)
    }
}

/// The object and the property of `object[property]`.
fn split(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(']')?.split_once('[')
}
