//! A server's side: names, which follow from those of calls, that `names.lock` keeps; and the paths that operations are
//! under.

use std::collections::HashSet;

use crate::identifier::bare;
use crate::lower::naming::calls;
use crate::model::{Operation, Resource, Sdk, Sender, ServedOperation};

/// Decides it, where a server is made.
pub(super) fn complete(sdk: &mut Sdk) {
    let Some(served) = &mut sdk.served else {
        return;
    };
    let url = sdk.environments.first().map(|it| it.url.as_str());
    served.base = base(url.unwrap_or_default());
    for resource in &mut sdk.received {
        name(resource);
    }
    for resource in &mut sdk.resources {
        name(resource);
        for operation in &mut resource.operations {
            let own = operation.server.as_ref().map(|it| base(&it.url));
            operation.served.base = own.filter(|own| *own != served.base);
        }
    }
}

/// The path of a server's URL; none, where a variable is in it.
fn base(url: &str) -> String {
    let behind_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    let path = behind_host.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    match path.starts_with('/') && !path.contains('{') {
        true => path.to_owned(),
        false => String::new(),
    }
}

fn name(resource: &mut Resource) {
    // The trait has the resource's.
    let mut taken = HashSet::from([resource.type_name.clone()]);
    for operation in &mut resource.operations {
        let (stem, behind) = stem(&operation.call);
        let mut named = |what: &str| {
            let mut name = format!("{stem}{what}{behind}");
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            name
        };
        operation.served = ServedOperation {
            request: named("Request"),
            body: named("Body"),
            answer: named("Answer"),
            context: context(operation),
            placed: (operation.sender == Sender::Api).then(|| bare(&operation.name).to_uppercase()),
            base: None,
            constraints: None,
        };
    }
}

/// The beginning of an operation's names, and the underscores by which its call gave way to another's.
fn stem(call: &str) -> (&str, &str) {
    let bare = call.trim_end_matches('_');
    (calls::stem(call), &call[bare.len()..])
}

/// A name that neither a parameter nor the body has.
fn context(operation: &Operation) -> String {
    let parameters = operation.parameters.iter().map(|it| &it.name);
    let body = operation.body.iter().map(|it| &it.name);
    let taken: HashSet<&String> = parameters.chain(body).collect();
    let mut name = "context".to_owned();
    while taken.contains(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_gave_way_has_names_that_give_way() {
        assert_eq!(stem("GetOrderCall"), ("GetOrder", ""));
        assert_eq!(stem("GetOrderCall__"), ("GetOrder", "__"));
    }

    #[test]
    fn the_path_of_a_server_is_its_base_unless_a_variable_is_in_it() {
        for (url, expected) in [
            ("https://a.example/v1/", "/v1"),
            ("https://a.example", ""),
            ("/v1?x#y", "/v1"),
            ("https://{host}/v1", "/v1"),
            ("https://a.example/{version}", ""),
            ("v1", ""),
        ] {
            assert_eq!(base(url), expected, "{url}");
        }
    }
}
