//! Kinds of items, and what it is when one comes, goes or changes.

use crate::drift::finding::{Bump, Effect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Kind {
    /// The crate: all that is no item.
    #[default]
    Crate,
    /// A feature of the crate.
    Feature,
    Type,
    /// A type that settings name.
    Mapped,
    Field,
    /// A part of an item that is compared where what it goes with is the same, which is its slot.
    Detail,
    /// The catch-all field.
    Extra,
    Setter,
    NullSetter,
    /// The form in which `new` takes a field that has no setter.
    NewArgument,
    /// `new` without arguments, or with them by position.
    New,
    /// `Default`
    Default,
    /// The struct of named arguments of a type.
    Required,
    /// A trait that settings derive.
    Derive,
    /// `sample()`
    Sample,
    Variant,
    Alternative,
    /// A value of a discriminator.
    Selector,
    From,
    Resource,
    /// A type's name beside a method's.
    MethodType,
    Method,
    /// An argument by position.
    Argument,
    /// An argument by name.
    NamedArgument,
    /// The setter of an optional argument.
    OptionalArgument,
    /// The body, where it is an argument.
    Body,
    /// A form of the body.
    BodyForm,
    /// One of several answers.
    Answer,
    /// A status that is no success.
    ErrorAnswer,
    /// The header of an answer of an operation.
    AnswerHeader,
    /// Schemes that authenticate together.
    Authentication,
    /// `items` and `pages`
    Paging,
    Environment,
    /// The constructor of another environment.
    CustomEnvironment,
    /// A variable of a server.
    ServerVariable,
    /// A method of the client's builder.
    Credentials,
    /// A way to authenticate without such a method.
    OtherScheme,
    /// The methods of an error that read its body.
    ErrorProperty,
    Scope,
    Header,
    /// The enum of events.
    Events,
    Event,
    Accessor,
    /// A kind of event that an accessor gives something of.
    AccessorEvent,
    /// Verification of deliveries.
    Webhooks,
    /// The trait of a group of operations, which servers implement.
    ServerTrait,
    ServerMethod,
    /// A field of a request, as servers read it.
    ServerField,
    /// A form of a body, or an answer, of a server.
    ServerVariant,
}

/// The effect of an item that comes or goes: `None`, where another item tells it.
pub(super) type Told = Option<(Effect, Bump)>;

const ADDED: Told = Some((Effect::Added, Bump::Minor));
const REMOVED: Told = Some((Effect::Removed, Bump::Major));
const BEHAVIOUR: Told = Some((Effect::BehaviourOnly, Bump::Patch));
const SILENT: Told = Some((Effect::SilentlyDifferent, Bump::Major));

impl Kind {
    /// The effect when one comes, and when one goes.
    pub(super) fn comes_and_goes(self) -> (Told, Told) {
        match self {
            Self::Variant | Self::Alternative | Self::Event => {
                (Some((Effect::NewVariant, Bump::Minor)), REMOVED)
            }
            // Programs that name arguments have to name all.
            Self::NamedArgument => (Some((Effect::SignatureChanged, Bump::Major)), REMOVED),
            Self::Argument | Self::NewArgument | Self::Detail | Self::Body | Self::MethodType => {
                (None, None)
            }
            Self::ErrorAnswer | Self::AnswerHeader | Self::OtherScheme => (BEHAVIOUR, BEHAVIOUR),
            // It was not read, or no variant; now it is, or the reverse.
            Self::Selector | Self::AccessorEvent | Self::ErrorProperty => (BEHAVIOUR, SILENT),
            Self::Authentication => (BEHAVIOUR, BEHAVIOUR),
            Self::Crate
            | Self::Feature
            | Self::Type
            | Self::Mapped
            | Self::Field
            | Self::Extra
            | Self::Setter
            | Self::NullSetter
            | Self::New
            | Self::Default
            | Self::Required
            | Self::Derive
            | Self::Sample
            | Self::From
            | Self::Resource
            | Self::Method
            | Self::OptionalArgument
            | Self::BodyForm
            | Self::Answer
            | Self::Paging
            | Self::Environment
            | Self::CustomEnvironment
            | Self::ServerVariable
            | Self::Credentials
            | Self::Scope
            | Self::Header
            | Self::Events
            | Self::Accessor
            | Self::Webhooks
            | Self::ServerTrait
            | Self::ServerMethod
            | Self::ServerField
            | Self::ServerVariant => (ADDED, REMOVED),
        }
    }

    /// The effect of another signature.
    pub(super) fn changes(self) -> Effect {
        match self {
            Self::Method
            | Self::New
            | Self::NewArgument
            | Self::Required
            | Self::Setter
            | Self::NullSetter
            | Self::OptionalArgument
            | Self::CustomEnvironment
            | Self::Credentials
            | Self::Paging
            | Self::Accessor
            | Self::ServerMethod => Effect::SignatureChanged,
            _ => Effect::TypeChanged,
        }
    }

    /// Whether programs name it. Else, its name is documentation.
    pub(super) fn is_named(self) -> bool {
        !matches!(
            self,
            Self::Argument
                | Self::NewArgument
                | Self::Body
                | Self::Detail
                | Self::Crate
                | Self::Selector
                | Self::Authentication
        )
    }

    /// Whether it is called after what is around it, so that its new name is no news where that has one.
    pub(super) fn follows(self) -> bool {
        matches!(
            self,
            Self::MethodType | Self::Setter | Self::NullSetter | Self::Required
        )
    }

    /// Whether the items in it are told as well when it comes or goes.
    pub(super) fn tells_inside(self) -> bool {
        matches!(self, Self::Crate | Self::Resource | Self::Events)
    }
}
