//! Styles of parameters for values that they are not defined for (OpenAPI 3.1.1, section 4.8.12.6).

use super::nested::bare;
use crate::diagnostic::{Code, Problem};
use crate::lower::context::Context;
use crate::model::{
    Operation, Parameter, ParameterEncoding, ParameterStyle, ScalarKind, Shape, Type, TypeRef,
};

/// Reports such parameters of an operation, with what becomes of them.
pub(in crate::lower) fn report(context: &mut Context<'_>, operation: &Operation, types: &[Type]) {
    for parameter in &operation.parameters {
        let Some((style, written)) = undefined(parameter, types) else {
            continue;
        };
        let message = format!(
            "parameter `{}`: OpenAPI does not define the style `{style}` for this: it is written {written}",
            parameter.wire
        );
        let place = context.place_of(operation);
        context.problem(Problem::new(Code::UNDEFINED_STYLE, place, message));
    }
}

/// A style that is not defined for the values of a parameter, and how these are written.
fn undefined(parameter: &Parameter, types: &[Type]) -> Option<(&'static str, &'static str)> {
    let ParameterEncoding::Styled { style, explode, .. } = parameter.encoding else {
        return None;
    };
    let value = value(&parameter.ty, types)?;
    let delimited = |style| match (value, explode) {
        (Value::Scalar, _) => Some((style, "as `name=value`")),
        (Value::List | Value::Object, true) => Some((style, "as `form` writes it")),
        (Value::List | Value::Object, false) => None,
    };
    match (style, value) {
        (ParameterStyle::DeepObject, Value::Scalar) => Some(("deepObject", "as `name=value`")),
        (ParameterStyle::DeepObject, Value::List) => {
            Some(("deepObject", "as `name[]=value` for each item"))
        }
        (ParameterStyle::SpaceDelimited, _) => delimited("spaceDelimited"),
        (ParameterStyle::PipeDelimited, _) => delimited("pipeDelimited"),
        (
            ParameterStyle::DeepObject
            | ParameterStyle::Matrix
            | ParameterStyle::Label
            | ParameterStyle::Simple
            | ParameterStyle::Form,
            _,
        ) => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Scalar,
    List,
    Object,
}

/// The form of a value; `None` where it may have several.
fn value(ty: &TypeRef, types: &[Type]) -> Option<Value> {
    match bare(ty, types) {
        TypeRef::List(_) | TypeRef::Tuple(_) => Some(Value::List),
        TypeRef::Map(_) => Some(Value::Object),
        TypeRef::Scalar(scalar) if scalar.kind() == ScalarKind::Any => None,
        TypeRef::Scalar(_) => Some(Value::Scalar),
        TypeRef::Named(id) => match &types[id.0].shape {
            Shape::Struct(_) => Some(Value::Object),
            Shape::Enum(_) | Shape::Id(_) => Some(Value::Scalar),
            Shape::Union(_) | Shape::Alias(_) => None,
        },
        TypeRef::Nullable(_) | TypeRef::Boxed(_) | TypeRef::Loose(_) => None,
    }
}
