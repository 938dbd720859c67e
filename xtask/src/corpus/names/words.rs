//! Words of names, and the verbs among them: the judge's own, so that a fault of the generator's tables
//! is seen.

/// The words of a name, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            is_open = false;
            continue;
        }
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || before.is_some_and(char::is_uppercase)
                    && after.is_some_and(|after| after.is_lowercase()));
        let lower = letter.to_lowercase();
        match words.last_mut() {
            Some(word) if is_open && !begins => word.extend(lower),
            _ => words.push(lower.collect()),
        }
        is_open = true;
    }
    words
}

/// A word without what inflection adds to it, roughly.
pub(super) fn stem(word: &str) -> String {
    match word {
        "people" => return "person".to_owned(),
        // Too short for the endings below.
        "ids" | "ips" | "vms" => return word.trim_end_matches('s').to_owned(),
        _ => {}
    }
    for (ending, instead) in [("ies", "y"), ("es", ""), ("s", ""), ("e", "")] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() > 2
        {
            return format!("{stem}{instead}");
        }
    }
    word.to_owned()
}

/// The things that verbs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Create,
    Read,
    Update,
    Delete,
    /// Any other, by its word.
    Other(&'static str),
}

/// The deed of a verb; `None` for words that are no verbs.
pub(super) fn deed(word: &str) -> Option<Deed> {
    Some(match word {
        "create" | "add" | "insert" | "new" => Deed::Create,
        "get" | "read" | "fetch" | "retrieve" | "show" | "list" | "find" | "describe" | "view"
        | "index" | "lookup" | "load" => Deed::Read,
        "update" | "edit" | "modify" | "change" | "patch" | "set" | "replace" | "put" | "save"
        | "upsert" => Deed::Update,
        "delete" | "remove" | "destroy" | "purge" | "erase" => Deed::Delete,
        other => Deed::Other(OTHERS.iter().find(|verb| **verb == other)?),
    })
}

/// Words that are verbs where an operationId begins with them.
const OTHERS: &[&str] = &[
    "accept",
    "activate",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "ban",
    "calculate",
    "cancel",
    "capture",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "compute",
    "confirm",
    "convert",
    "copy",
    "count",
    "deactivate",
    "decline",
    "deploy",
    "detach",
    "disable",
    "disconnect",
    "download",
    "duplicate",
    "enable",
    "end",
    "estimate",
    "evaluate",
    "execute",
    "export",
    "finalize",
    "generate",
    "import",
    "install",
    "invite",
    "invoke",
    "join",
    "leave",
    "lock",
    "login",
    "logout",
    "merge",
    "move",
    "pause",
    "preview",
    "process",
    "publish",
    "query",
    "register",
    "reject",
    "rename",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "revoke",
    "rotate",
    "run",
    "search",
    "send",
    "start",
    "stop",
    "submit",
    "subscribe",
    "sync",
    "test",
    "transfer",
    "trigger",
    "unassign",
    "uninstall",
    "unlock",
    "unpublish",
    "unsubscribe",
    "upload",
    "validate",
    "verify",
    "void",
];

/// Verbs that bring something into being and say no more, as `create` does.
pub(super) const CREATING: &[&str] = &["initiate", "issue", "make", "mint", "place", "record"];

/// Words that are verbs and no nouns: as a resource, they are an action that lost its noun.
pub(super) const PLAIN_VERBS: &[&str] = &[
    "accept",
    "activate",
    "add",
    "approve",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "calculate",
    "cancel",
    "clean",
    "compute",
    "confirm",
    "convert",
    "create",
    "deactivate",
    "decline",
    "delete",
    "detach",
    "disable",
    "disconnect",
    "enable",
    "end",
    "estimate",
    "evaluate",
    "execute",
    "fetch",
    "finalize",
    "find",
    "generate",
    "get",
    "install",
    "invoke",
    "join",
    "list",
    "lookup",
    "merge",
    "modify",
    "move",
    "multi",
    "publish",
    "put",
    "read",
    "register",
    "reject",
    "remove",
    "rename",
    "replace",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "revoke",
    "rotate",
    "search",
    "send",
    "set",
    "start",
    "stop",
    "submit",
    "subscribe",
    "swap",
    "test",
    "trigger",
    "unassign",
    "uninstall",
    "unlock",
    "unpublish",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "validate",
    "verify",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_spelling_have_the_same_words() {
        for name in ["HTTPMethodName", "http_method-name", "httpMethodName"] {
            assert_eq!(words(name), ["http", "method", "name"]);
        }
    }

    #[test]
    fn inflected_words_have_one_stem() {
        for (one, other) in [
            ("entity", "entities"),
            ("box", "boxes"),
            ("release", "releases"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }
}
