//! Names without the thing that stands before them already.

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};

/// An action without what it is done to: `apis.create` for `/apis.createApi`. Those who get many say so.
pub(super) fn without_noun(action: &str, resource: &str) -> String {
    let action = without_owner(action, resource);
    let Some((verb, noun)) = action.split_once('_') else {
        return action.to_owned();
    };
    let one = identifier::singular(resource);
    if noun == one || verb == "list" && noun == resource {
        return verb.to_owned();
    }
    let rest = noun.strip_prefix(&one);
    let rest = rest.and_then(|rest| rest.strip_prefix('_'));
    match rest.filter(|_| deeds::effect(verb).is_some()) {
        Some(rest) => format!("{verb}_{rest}"),
        None => action.to_owned(),
    }
}

/// A part without the thing that it is of, which stands before it: `asset.get_detail` for `/asset/assetDetail`. An agent of
/// users is no user agent, and an id alone says too little.
pub(super) fn without_owner<'p>(part: &'p str, owner: &str) -> &'p str {
    let own = part.strip_prefix(owner);
    let own = own.and_then(|own| own.strip_prefix('_'));
    let says_enough = |own: &&str| !matches!(*own, "id" | "ids" | "name" | "uuid");
    own.filter(says_enough).unwrap_or(part)
}

/// `/orders/createOrder` is `orders.create`, and `/orders/getOrdersByCustomer/{id}` is `orders.list_by_customer`.
pub(super) fn without_resource(resource: &str, done: &str) -> Option<String> {
    let (verb, object) = done.split_once('_')?;
    let effect = deeds::effect(verb).filter(|it| *it != Effect::Other)?;
    let one = identifier::singular(resource);
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with("_by_");
    let behind = |noun: &str| object.strip_prefix(noun).filter(|rest| is_end(rest));
    let of_one = behind(&one).filter(|_| one != resource);
    let rest = of_one.or_else(|| behind(resource))?;
    let are_many = of_one.is_none() && identifier::is_plural(resource);
    let verb = match effect {
        Effect::Get if are_many => "list",
        Effect::Get | Effect::List => verb,
        _ if are_many => return None,
        _ => verb,
    };
    Some(format!("{verb}{rest}"))
}
