//! Headlines: what can be said of an operation where its document says nothing, by the names of its method and resource.

use crate::identifier::{self, bare};
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::done::OF_CLIENT;
use crate::model::PathSegment;

/// Words behind a verb that say more of the thing: `list_for_charge`.
const PREPOSITIONS: &[&str] = &[
    "as", "at", "by", "for", "from", "in", "into", "of", "on", "to", "via", "with",
];

/// A sentence, or nothing where the name of the method is no verb, or is of another thing than the resource.
pub(super) fn headline(resource: &str, method: &str, path: &[PathSegment]) -> String {
    let mut words = bare(method).split('_');
    let verb = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let things = bare(resource).replace('_', " ");
    let Some(effect) = deeds::effect(verb) else {
        return String::new();
    };
    let is_of_all = rest.first() == Some(&"all");
    let more = &rest[usize::from(is_of_all)..];
    let is_about = more.first().is_none_or(|it| PREPOSITIONS.contains(it));
    // The resource of what has no noun.
    if !is_about || resource == OF_CLIENT {
        return String::new();
    }
    let is_plural = identifier::is_plural(bare(resource));
    let one = identifier::singular(bare(resource)).replace('_', " ");
    let is_one = effect == Effect::Create || is_of_one(path, verb) || more.first() == Some(&"by");
    let object = match effect {
        _ if is_of_all => format!("all {things}"),
        Effect::List => things,
        Effect::Create => format!("{} {one}", article(&one)),
        _ if is_plural && is_one => format!("{} {one}", article(&one)),
        _ if is_plural => things,
        _ => format!("the {things}"),
    };
    let verb = third_person(verb);
    let more: String = more.iter().map(|word| format!(" {word}")).collect();
    format!("{verb} {object}{more}.")
}

/// Whether it is done to one of many: the path ends with which, or with that and the verb.
fn is_of_one(path: &[PathSegment], verb: &str) -> bool {
    match path {
        [.., PathSegment::Parameter(_)] => true,
        [.., PathSegment::Parameter(_), PathSegment::Literal(last)] => {
            let word = last.strip_prefix('/');
            word.is_none_or(|word| identifier::words(word).first().is_some_and(|it| it == verb))
        }
        _ => false,
    }
}

fn third_person(verb: &str) -> String {
    let mut letters = verb.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    let verb = format!("{first}{}", letters.as_str());
    let behind = ["s", "x", "z", "ch", "sh", "o"];
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if behind.iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// The article, as far as letters tell: `a user`, `an hour`.
fn article(noun: &str) -> &'static str {
    let spoken = ["eu", "one", "uni", "us", "ut"];
    let is_spoken = noun.starts_with("hour")
        || noun.starts_with(['a', 'e', 'i', 'o', 'u'])
            && !spoken.iter().any(|it| noun.starts_with(it));
    match is_spoken {
        true => "an",
        false => "a",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(path: &str) -> Vec<PathSegment> {
        let mut segments = Vec::new();
        for (at, text) in path.split(['{', '}']).enumerate() {
            match at % 2 {
                0 if text.is_empty() => {}
                0 => segments.push(PathSegment::Literal(text.to_owned())),
                _ => segments.push(PathSegment::Parameter(at / 2)),
            }
        }
        segments
    }

    #[test]
    fn a_method_and_its_resource_make_a_sentence() {
        let said =
            |resource: &str, name: &str, path: &str| headline(resource, name, &segments(path));
        for (resource, name, path, sentence) in [
            ("orders", "list", "/orders", "Lists orders."),
            ("orders", "get", "/orders/{id}", "Gets an order."),
            ("orders", "create", "/orders", "Creates an order."),
            (
                "orders",
                "cancel",
                "/orders/{id}/cancel",
                "Cancels an order.",
            ),
            ("orders", "delete_all", "/orders", "Deletes all orders."),
            (
                "user_keys",
                "verify",
                "/keys/{id}/verify",
                "Verifies a user key.",
            ),
            (
                "refunds",
                "list_for_charge",
                "/charges/{id}/refunds",
                "Lists refunds for charge.",
            ),
            (
                "releases",
                "get_by_tag",
                "/releases/tags/{tag}",
                "Gets a release by tag.",
            ),
            (
                "settings",
                "get",
                "/users/{id}/settings",
                "Gets the settings.",
            ),
            ("account", "get", "/account", "Gets the account."),
            ("files", "patch", "/files/{id}.json", "Patches a file."),
        ] {
            assert_eq!(said(resource, name, path), sentence);
        }
        for (resource, name) in [("api", "search"), ("users", "add_role"), ("users", "me")] {
            assert_eq!(said(resource, name, "/x"), "");
        }
    }
}
