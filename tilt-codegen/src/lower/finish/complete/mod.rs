//! The last pass over an SDK, once everything in it has its type and its name: each file here fills in
//! fields of the model that follow from the others, so that nothing is left for `render` to decide.

mod arguments;
mod bodies;
mod channels;
mod choices;
mod constants;
mod construction;
pub(in crate::lower) mod conversions;
pub(in crate::lower) mod example;
mod execution;
mod features;
mod headlines;
mod modules;
mod nesting;
mod patches;
mod reads;
pub(in crate::lower) mod samples;
mod served;
mod summaries;
mod told_apart;

use std::collections::BTreeMap;

use crate::lock::{ArgumentNames, OperationNames};
use crate::model::Sdk;

/// An index of more operations than this names their resources alone: nobody reads on.
const MOST_INDEXED: usize = 2_000;

fn operations(sdk: &Sdk) -> usize {
    sdk.resources.iter().map(|it| it.operations.len()).sum()
}

/// Fills in what follows from the rest. `arguments` say how values of each type were made so far, beside the
/// type's name, and then how they are made now; `calls` say the same of operations. `tags` are those that the document
/// lists, in its order.
pub(crate) fn complete(
    mut sdk: Sdk,
    arguments: &mut [(String, ArgumentNames)],
    calls: &mut BTreeMap<String, OperationNames>,
    tags: &[String],
) -> Sdk {
    constants::complete(&mut sdk.types, arguments);
    construction::complete(&mut sdk.types, arguments);
    arguments::complete(&mut sdk, calls);
    served::complete(&mut sdk);
    conversions::complete(&mut sdk, arguments);
    choices::complete(&mut sdk);
    bodies::record(&sdk, calls);
    execution::complete(&mut sdk);
    reads::complete(&mut sdk);
    if let Some(events) = &mut sdk.events {
        channels::complete(events);
    }
    sdk.modules = modules::of(&sdk.types);
    features::complete(&mut sdk, calls);
    summaries::complete(&mut sdk);
    sdk.recursion_limit = nesting::recursion_limit(&sdk.types);
    sdk.examples = example::of(&sdk, tags);
    sdk.indexed = operations(&sdk) <= MOST_INDEXED;
    sdk
}

/// Parts of a model, for the tests of this folder.
#[cfg(test)]
mod tests {
    use crate::model::{Conversion, Docs, Field, Presence, Scalar, Shape, Type, TypeRef, Usage};

    pub(super) const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);
    pub(super) const INTEGER: TypeRef = TypeRef::Scalar(Scalar::I64);

    /// One of requests and answers.
    pub(super) fn ty(shape: Shape) -> Type {
        Type {
            name: String::new(),
            module: String::new(),
            docs: Docs::default(),
            deprecated: false,
            shape,
            derives: Vec::new(),
            attributes: Vec::new(),
            usage: Usage {
                input: true,
                output: true,
            },
            pointer: String::new().into(),
            places: Vec::new(),
        }
    }

    pub(super) fn field(name: &str, ty: TypeRef, presence: Presence) -> Field {
        Field {
            name: name.to_owned(),
            wire: name.to_owned(),
            ty,
            presence,
            fixed: None,
            conversion: Conversion::None,
            setter: false,
            only_read: false,
            takes_null: presence == Presence::OptionalNullable,
            demanded: false,
            null_setter: None,
            docs: Docs::default(),
            summary: String::new(),
            deprecated: false,
            sample: None,
            first: None,
        }
    }
}
