//! The one walk over types: which types a type, a shape, a body or an operation mentions, to look at or
//! to replace.

use super::{
    Body, BodyMedia, Constant, Docs, Operation, Payload, RequestBody, Rest, Sender, Shape, Success,
    TypeId, TypeRef,
};

impl TypeRef {
    /// Calls `see` with every type of the SDK that it names.
    pub(crate) fn each_named(&self, see: &mut dyn FnMut(TypeId)) {
        match self {
            TypeRef::Scalar(_) => {}
            TypeRef::Named(id) => see(*id),
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner)
            | TypeRef::Loose(inner) => inner.each_named(see),
            TypeRef::Tuple(items) => items.iter().for_each(|item| item.each_named(see)),
        }
    }

    /// Every type of the SDK that it names.
    pub(crate) fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        self.each_named(&mut |id| named.push(id));
        named
    }

    /// Whether it names a type of the SDK.
    pub(crate) fn names_types(&self) -> bool {
        let mut any = false;
        self.each_named(&mut |_| any = true);
        any
    }

    /// Whether its schema, or one inside of it, names no type.
    pub(crate) fn is_loose(&self) -> bool {
        match self {
            TypeRef::Scalar(_) | TypeRef::Named(_) => false,
            TypeRef::Loose(_) => true,
            TypeRef::List(inner)
            | TypeRef::Map(inner)
            | TypeRef::Nullable(inner)
            | TypeRef::Boxed(inner) => inner.is_loose(),
            TypeRef::Tuple(items) => items.iter().any(TypeRef::is_loose),
        }
    }

    /// The type that is meant, where the schema names none.
    #[must_use]
    pub(crate) fn meant(self) -> TypeRef {
        match self {
            TypeRef::Loose(ty) => *ty,
            ty => ty,
        }
    }

    /// The same with something else in place of each type directly in it.
    #[must_use]
    pub(crate) fn map_inner(self, change: &mut dyn FnMut(TypeRef) -> TypeRef) -> TypeRef {
        let mut boxed = |ty: Box<TypeRef>| Box::new(change(*ty));
        match self {
            TypeRef::Scalar(_) | TypeRef::Named(_) => self,
            TypeRef::List(item) => TypeRef::List(boxed(item)),
            TypeRef::Map(value) => TypeRef::Map(boxed(value)),
            TypeRef::Nullable(ty) => TypeRef::Nullable(boxed(ty)),
            TypeRef::Boxed(ty) => TypeRef::Boxed(boxed(ty)),
            TypeRef::Loose(ty) => TypeRef::Loose(boxed(ty)),
            TypeRef::Tuple(items) => TypeRef::Tuple(items.into_iter().map(change).collect()),
        }
    }
}

impl Shape {
    /// Whether it keeps values of any JSON type, since a schema names none.
    pub(crate) fn is_loose(&self) -> bool {
        let takes_any = matches!(self, Shape::Struct(structure) if structure.takes_any);
        takes_any || self.types().into_iter().any(TypeRef::is_loose)
    }

    /// The types of fields, of variants, and of what an alias stands for.
    pub(crate) fn types(&self) -> Vec<&TypeRef> {
        match self {
            Shape::Alias(ty) => vec![ty],
            Shape::Enum(_) | Shape::Id(_) => Vec::new(),
            Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Shape::Struct(structure) => {
                let fields = structure.fields.iter().map(|field| &field.ty);
                match &structure.rest {
                    Rest::Any => fields.collect(),
                    Rest::Typed(ty) => fields.chain([ty]).collect(),
                }
            }
        }
    }

    /// The same, to be replaced.
    pub(crate) fn types_mut(&mut self) -> Vec<&mut TypeRef> {
        match self {
            Shape::Alias(ty) => vec![ty],
            Shape::Enum(_) | Shape::Id(_) => Vec::new(),
            Shape::Union(union) => {
                let variants = union.variants.iter_mut();
                variants.map(|variant| &mut variant.ty).collect()
            }
            Shape::Struct(structure) => {
                let fields = structure.fields.iter_mut().map(|field| &mut field.ty);
                match &mut structure.rest {
                    Rest::Any => fields.collect(),
                    Rest::Typed(ty) => fields.chain([ty]).collect(),
                }
            }
        }
    }

    /// Leaves out what is only read about it: documentation, and examples.
    pub(crate) fn forget_words(&mut self) {
        match self {
            Shape::Alias(_) | Shape::Id(_) => {}
            Shape::Enum(closed) => {
                let variants = closed.variants.iter_mut();
                variants.for_each(|variant| variant.docs = Docs::default());
            }
            Shape::Union(union) => {
                let variants = union.variants.iter_mut();
                variants.for_each(|variant| variant.docs = Docs::default());
            }
            Shape::Struct(structure) => {
                for field in &mut structure.fields {
                    field.docs = Docs::default();
                    field.summary.clear();
                    field.sample = None;
                }
            }
        }
    }

    /// Every type of the SDK that the shape names, that of a value which constructors fill in included, as often as it does.
    pub(crate) fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        for ty in self.types() {
            ty.each_named(&mut |id| named.push(id));
        }
        if let Shape::Struct(structure) = self {
            let fixed = structure.filled_in().filter_map(|it| match it {
                Constant::Variant(id, _) => Some(*id),
                _ => None,
            });
            named.extend(fixed);
        }
        named
    }
}

impl Payload {
    /// The type of what is read or written: of each item, where there are several.
    pub(crate) fn item(&self) -> Option<&TypeRef> {
        match self {
            Payload::Json(ty)
            | Payload::Form { ty, .. }
            | Payload::Multipart { ty, .. }
            | Payload::EventStream(ty)
            | Payload::JsonLines(ty) => Some(ty),
            Payload::Text | Payload::Bytes => None,
        }
    }

    /// The same, to be replaced.
    pub(crate) fn item_mut(&mut self) -> Option<&mut TypeRef> {
        match self {
            Payload::Json(ty)
            | Payload::Form { ty, .. }
            | Payload::Multipart { ty, .. }
            | Payload::EventStream(ty)
            | Payload::JsonLines(ty) => Some(ty),
            Payload::Text | Payload::Bytes => None,
        }
    }
}

impl RequestBody {
    /// The media types that it may have.
    pub(crate) fn media(&self) -> Vec<&BodyMedia> {
        match &self.body {
            Body::Single(media) => vec![media],
            Body::Choice { variants, .. } => variants.iter().map(|(_, media)| media).collect(),
        }
    }

    /// The same, to be changed.
    pub(crate) fn media_mut(&mut self) -> Vec<&mut BodyMedia> {
        match &mut self.body {
            Body::Single(media) => vec![media],
            Body::Choice { variants, .. } => variants.iter_mut().map(|(_, media)| media).collect(),
        }
    }
}

impl Success {
    /// The bodies that an answer may have.
    pub(crate) fn payloads(&self) -> Vec<&Payload> {
        match self {
            Success::Empty => Vec::new(),
            Success::Single(payload) => vec![payload],
            Success::Choice { variants, .. } => {
                let variants = variants.iter();
                variants
                    .filter_map(|variant| variant.payload.as_ref())
                    .collect()
            }
        }
    }

    /// The same, to be changed.
    pub(crate) fn payloads_mut(&mut self) -> Vec<&mut Payload> {
        match self {
            Success::Empty => Vec::new(),
            Success::Single(payload) => vec![payload],
            Success::Choice { variants, .. } => {
                let variants = variants.iter_mut();
                variants
                    .filter_map(|variant| variant.payload.as_mut())
                    .collect()
            }
        }
    }
}

impl Operation {
    /// The types of what users of the SDK send: parameters and the body; where the API sends the request, what it is answered.
    pub(crate) fn sent_types(&self) -> Vec<&TypeRef> {
        match self.sender {
            Sender::Client => self.request_types().collect(),
            Sender::Api => self.answer_types().collect(),
        }
    }

    /// The types of what users of the SDK are given: the reverse.
    pub(crate) fn answered_types(&self) -> Vec<&TypeRef> {
        match self.sender {
            Sender::Client => self.answer_types().collect(),
            Sender::Api => self.request_types().collect(),
        }
    }

    /// The same as [`sent_types`](Self::sent_types), to be replaced.
    pub(crate) fn sent_types_mut(&mut self) -> Vec<&mut TypeRef> {
        match self.sender {
            Sender::Client => self.request_types_mut().collect(),
            Sender::Api => self.answer_types_mut().collect(),
        }
    }

    /// The same as [`answered_types`](Self::answered_types), to be replaced.
    pub(crate) fn answered_types_mut(&mut self) -> Vec<&mut TypeRef> {
        match self.sender {
            Sender::Client => self.answer_types_mut().collect(),
            Sender::Api => self.request_types_mut().collect(),
        }
    }

    /// Parameters and the body.
    fn request_types(&self) -> impl Iterator<Item = &TypeRef> {
        let media = self.body.iter().flat_map(RequestBody::media);
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        parameters.chain(media.filter_map(|media| media.payload.item()))
    }

    /// The same, to be replaced.
    fn request_types_mut(&mut self) -> impl Iterator<Item = &mut TypeRef> {
        let media = self.body.iter_mut().flat_map(RequestBody::media_mut);
        let parameters = self.parameters.iter_mut();
        parameters
            .map(|parameter| &mut parameter.ty)
            .chain(media.filter_map(|media| media.payload.item_mut()))
    }

    /// Bodies of answers, those of errors, and the items of a list.
    fn answer_types(&self) -> impl Iterator<Item = &TypeRef> {
        let errors = self.errors.iter();
        let errors = errors.filter_map(|error| error.payload.as_ref());
        let payloads = self.success.payloads().into_iter().chain(errors);
        let items = self.pagination.iter().map(|pages| &pages.item);
        payloads.filter_map(Payload::item).chain(items)
    }

    /// The same, to be replaced.
    fn answer_types_mut(&mut self) -> impl Iterator<Item = &mut TypeRef> {
        let errors = self.errors.iter_mut();
        let errors = errors.filter_map(|error| error.payload.as_mut());
        let payloads = self.success.payloads_mut().into_iter().chain(errors);
        let items = self.pagination.iter_mut().map(|pages| &mut pages.item);
        payloads.filter_map(Payload::item_mut).chain(items)
    }

    /// All of them, to be replaced.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut TypeRef> {
        let media = self.body.iter_mut().flat_map(RequestBody::media_mut);
        let bodies = media.map(|media| &mut media.payload);
        let answers = self.success.payloads_mut().into_iter();
        let errors = self.errors.iter_mut();
        let errors = errors.filter_map(|error| error.payload.as_mut());
        let payloads = bodies.chain(answers).chain(errors);
        let items = self.pagination.iter_mut().map(|pages| &mut pages.item);
        let parameters = self.parameters.iter_mut();
        parameters
            .map(|parameter| &mut parameter.ty)
            .chain(payloads.filter_map(Payload::item_mut))
            .chain(items)
    }
}
