//! Properties and parameters that are not shown, as `[secrets]` says.

use std::collections::BTreeSet;

use crate::config::{Secrets, Setting};
use crate::diagnostic::Code;
use crate::lower::context::Context;
use crate::model::{Rest, Scalar, Sdk, Shape, Struct, TypeRef};

/// Hides what settings name, and says which of them name nothing.
pub(in crate::lower) fn hide(context: &mut Context<'_>, sdk: &mut Sdk) {
    let secrets = &context.config.secrets;
    let mut met = BTreeSet::new();
    for ty in &mut sdk.types {
        if let Shape::Struct(shape) = &mut ty.shape {
            shape.hidden = hidden(shape, secrets, &mut met);
        }
    }
    let groups = sdk.resources.iter_mut().chain(&mut sdk.received);
    for operation in groups.flat_map(|it| &mut it.operations) {
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if let Some(name) = named(secrets, &parameter.wire) {
                met.insert(name);
                operation.execution.hidden.push(index);
            }
        }
    }
    for (list, names) in [
        ("properties", &secrets.properties),
        ("personal", &secrets.personal),
    ] {
        for (index, name) in names.iter().enumerate() {
            if met.contains(name.as_str()) || context.may_be_left_out(name) {
                continue;
            }
            let message =
                format!("there is no property and no parameter `{name}`, so none is hidden");
            let help = "name a property or parameter as the document writes it, in [secrets]";
            let setting = Setting::Secret(list, index);
            context.at_setting(setting, Code::UNMATCHED_SECRET, message, help.to_owned());
        }
    }
}

fn named<'c>(secrets: &'c Secrets, wire: &str) -> Option<&'c str> {
    let mut all = secrets.properties.iter().chain(&secrets.personal);
    all.find(|name| *name == wire).map(String::as_str)
}

/// The properties of a struct that are hidden. A `SecretText` hides itself.
fn hidden<'c>(shape: &Struct, secrets: &'c Secrets, met: &mut BTreeSet<&'c str>) -> Vec<String> {
    let mut hidden = BTreeSet::new();
    for field in &shape.fields {
        if let Some(name) = named(secrets, &field.wire) {
            met.insert(name);
            if !matches!(field.ty, TypeRef::Scalar(Scalar::Secret)) {
                hidden.insert(name);
            }
        }
    }
    // Other properties of one type are shown, since the document describes them.
    if let Rest::Typed(_) = shape.rest {
        let all = secrets.properties.iter().chain(&secrets.personal);
        hidden.extend(all.map(String::as_str));
    }
    hidden.into_iter().map(str::to_owned).collect()
}
