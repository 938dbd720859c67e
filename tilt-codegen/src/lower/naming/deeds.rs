//! Tables of verbs, and their effects.

/// The effect of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Effect {
    Create,
    Get,
    List,
    Update,
    Delete,
    Other,
}

/// The effect of a word, if it is a verb.
pub(in crate::lower) fn effect(word: &str) -> Option<Effect> {
    Some(match word {
        "create" | "add" | "insert" | "new" | "post" => Effect::Create,
        "get" | "read" | "fetch" | "retrieve" | "show" | "find" | "describe" | "view"
        | "lookup" | "load" => Effect::Get,
        "list" | "index" => Effect::List,
        "update" | "edit" | "modify" | "change" | "patch" | "set" | "replace" | "put" | "save"
        | "upsert" | "write" => Effect::Update,
        "delete" | "remove" | "destroy" | "purge" | "erase" => Effect::Delete,
        _ if PLAIN.contains(&word) || AMBIGUOUS.contains(&word) => Effect::Other,
        _ => return None,
    })
}

/// Verbs that say no more than that something comes into being, each author in another way: a POST to a collection is that
/// already.
pub(super) const CREATING: &[&str] = &[
    "initiate", "issue", "make", "mint", "place", "record", "store",
];

/// Words that are verbs and no nouns, wherever they begin a segment of a path.
pub(super) const PLAIN: &[&str] = &[
    "accept",
    "acknowledge",
    "activate",
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
    "contains",
    "convert",
    "create",
    "deactivate",
    "decline",
    "decrypt",
    "delete",
    "detach",
    "disable",
    "disconnect",
    "enable",
    "encrypt",
    "enroll",
    "estimate",
    "evaluate",
    "execute",
    "exists",
    "fetch",
    "finalize",
    "find",
    "generate",
    "get",
    "initiate",
    "install",
    "invoke",
    "join",
    "merge",
    "mint",
    "modify",
    "move",
    "propose",
    "publish",
    "regenerate",
    "register",
    "reject",
    "remove",
    "rename",
    "replace",
    "rerequest",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "retry",
    "revoke",
    "rotate",
    "send",
    "submit",
    "subscribe",
    "swap",
    "terminate",
    "unassign",
    "unblock",
    "uninstall",
    "unlock",
    "unpublish",
    "unsubscribe",
    "upsert",
    "validate",
    "verify",
    "wait",
];

/// Of those, the ones that leave everything as it is: a GET can do them.
pub(super) const READING: &[&str] = &[
    "calculate",
    "compute",
    "contains",
    "convert",
    "estimate",
    "evaluate",
    "exists",
    "fetch",
    "find",
    "generate",
    "get",
    "resolve",
    "retrieve",
    "validate",
    "verify",
    "wait",
];

/// Words that may be either.
pub(super) const AMBIGUOUS: &[&str] = &[
    "add",
    "archive",
    "ban",
    "begin",
    "block",
    "capture",
    "change",
    "charge",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "copy",
    "count",
    "deploy",
    "download",
    "duplicate",
    "edit",
    "end",
    "export",
    "import",
    "insert",
    "invite",
    "issue",
    "launch",
    "leave",
    "list",
    "load",
    "lock",
    "login",
    "logout",
    "lookup",
    "make",
    "open",
    "pause",
    "place",
    "preview",
    "process",
    "purge",
    "put",
    "query",
    "read",
    "record",
    "redeem",
    "refresh",
    "refund",
    "request",
    "reset",
    "run",
    "schedule",
    "search",
    "set",
    "show",
    "sign",
    "signin",
    "signout",
    "signup",
    "start",
    "stop",
    "sync",
    "test",
    "transfer",
    "trigger",
    "update",
    "upload",
    "void",
];

/// Those of them that stand for a thing at least as often as for what is done.
pub(super) const NOUNS: &[&str] = &[
    "archive", "ban", "block", "capture", "change", "charge", "check", "clone", "copy", "count",
    "end", "export", "import", "invite", "issue", "launch", "list", "lock", "place", "preview",
    "process", "query", "record", "refund", "request", "schedule", "set", "show", "start", "test",
    "transfer", "trigger",
];

/// Words at the end of a path that are done, whatever the operationId says of them.
pub(super) const DEEDS: &[&str] = &["collect", "ping", "redeploy", "see", "snapshot"];

/// Whether a word only says which of what stands before it: `/auth/local/register`.
pub(super) fn is_adjective(text: &str) -> bool {
    matches!(
        text,
        "external" | "internal" | "local" | "private" | "public" | "remote"
    )
}

/// Whether a word says what has become of what stands before it, or may: `/threads/archived/public`.
pub(super) fn is_state(text: &str) -> bool {
    const SHORTEST: usize = 6;
    let is_done = text.ends_with("ed") && !text.ends_with("eed") && text != "embed";
    let may_be =
        text.ends_with("able") && !matches!(text, "deliverable" | "receivable" | "variable");
    text.len() >= SHORTEST && !text.contains('_') && (is_done || may_be && !may_be_verb(text))
}

/// Whether the whole of a path is no noun, though a GET answers it.
pub(super) fn is_asked(text: &str) -> bool {
    matches!(text, "echo" | "logout" | "ping" | "who_am_i" | "whoami") || text.starts_with("say_")
}

/// Whether a segment is one word that may be a verb.
pub(super) fn may_be_verb(text: &str) -> bool {
    PLAIN.contains(&text) || AMBIGUOUS.contains(&text)
}
