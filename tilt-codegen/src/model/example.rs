//! Examples: the parts of an API by which users are shown how it is used.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use std::collections::BTreeSet;

use super::TypeId;

/// The examples of a guide. The API does not have those that are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examples {
    /// Index into [`Sdk::environments`](super::Sdk::environments).
    pub environment: Option<usize>,
    /// Indexes into [`Sdk::security_schemes`](super::Sdk::security_schemes): the credentials that a client is shown
    /// with. Those of the first call, where that takes any.
    pub credentials: Vec<usize>,
    /// The first call: it only reads, where the API has such.
    pub call: Option<ExampleCall>,
    /// A list that spans several requests.
    pub list: Option<ExampleCall>,
    /// Index into [`Events::kinds`](super::Events::kinds): the first that is not deprecated.
    pub event: Option<usize>,
}

/// A call of an operation whose arguments can be given as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleCall {
    /// Index into [`Sdk::resources`](super::Sdk::resources).
    pub resource: usize,
    /// Index into [`Resource::operations`](super::Resource::operations).
    pub operation: usize,
    /// In the order of the method's arguments, and behind them those that the body is made of.
    pub arguments: Vec<ExampleArgument>,
    /// The body, where it is asked for.
    pub body: Option<ExampleBody>,
    /// Indexes into [`Sdk::security_schemes`](super::Sdk::security_schemes): credentials that are enough for it.
    pub credentials: Vec<usize>,
    /// It is there with any of these features; always, where there are none.
    pub features: BTreeSet<String>,
}

/// A body that is a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleBody {
    pub ty: TypeId,
    /// As many of the last arguments make it.
    pub arguments: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleArgument {
    /// Of a local variable, unique in the program.
    pub name: String,
    /// Of the environment: `BOOKING_ID`.
    pub variable: String,
    pub form: ArgumentForm,
}

/// How a text becomes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentForm {
    /// By itself.
    Text,
    /// By parsing it as this integer of Rust.
    Integer(&'static str),
}

/// A program in the folder `examples` of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    FirstCall,
    List,
    Events,
}

impl Program {
    /// The name of its file, without the ending.
    pub fn name(self) -> &'static str {
        match self {
            Program::FirstCall => "first_call",
            Program::List => "list",
            Program::Events => "events",
        }
    }
}
