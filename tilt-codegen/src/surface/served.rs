//! Requests and answers of servers, as items.

use super::item::{Argument, Item, Served};
use super::operations::{forms, reading};
use crate::identifier::bare;
use crate::model::{Operation, Resource, Sdk};

/// The methods of all traits, where there is a server.
pub(super) fn served_items(sdk: &Sdk) -> Vec<Item> {
    let sides = [("server", &sdk.resources), ("received", &sdk.received)];
    let is_served = sdk.served.is_some();
    let groups = sides
        .into_iter()
        .filter(|_| is_served)
        .flat_map(|(side, groups)| groups.iter().map(move |group| (side, group)));
    let methods = groups.flat_map(|(side, group)| {
        let operations = group.operations.iter();
        operations.map(move |it| Item::Served(served(sdk, (side, group), it)))
    });
    methods.collect()
}

fn served(sdk: &Sdk, (side, group): (&str, &Resource), operation: &Operation) -> Served {
    let parameters = operation.parameters.iter().map(|parameter| {
        let is_there = parameter.required;
        let ty = super::name(sdk, &parameter.ty);
        field(&parameter.name, ty, is_there)
    });
    let body = operation.body.as_ref().map(|body| {
        let is_there = body.required;
        field(&body.name, forms(sdk, &body.body), is_there)
    });
    let answers = operation.answers.iter().map(|answer| {
        let payload = operation.payload(answer);
        let ty = payload.map_or_else(|| "()".to_owned(), |it| reading(sdk, it.reading()));
        field(&answer.name, ty, true)
    });
    Served {
        owner: format!("{side}::{}::{}", bare(&group.name), group.type_name),
        name: operation.name.clone(),
        request: operation.served.request.clone(),
        fields: parameters.chain(body).collect(),
        answer: operation.served.answer.clone(),
        answers: answers.collect(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
    }
}

fn field(name: &str, ty: String, is_there: bool) -> Argument {
    Argument {
        name: name.to_owned(),
        ty,
        into: false,
        optional: !is_there,
        named: false,
    }
}
