//! Every kind of problem: what it is called, how grave it is, what it means and what helps. None exists
//! outside of this table; `docs/diagnostics.md` and `--explain` are made of it.

mod comparison;
mod either;
mod joined;

pub(crate) use self::either::EitherCode;
use self::joined::{Group, count, joined};
use super::Severity;
use serde::{Serialize, Serializer};
use std::fmt;
use std::fmt::Write as _;

/// A kind of problem. Its name, such as `dangling-reference`, is stable.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// A row of the table.
struct Entry {
    name: &'static str,
    gravity: Gravity,
    /// When it is there, in whole sentences.
    meaning: &'static str,
    /// Empty where there is nothing to do.
    remedy: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gravity {
    Error,
    Finding,
    /// An error, and a finding where it makes no difference.
    Either,
}

impl Code {
    /// All kinds, in the order of the tables, below what they are about.
    pub const ALL: &[(&str, &[Code])] = &joined::<{ count(TABLES) }>(TABLES);

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        self.0.name
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<Code> {
        let all = Code::ALL.iter().flat_map(|(_, codes)| *codes);
        all.copied().find(|code| code.as_str() == name)
    }

    /// When it is there.
    pub const fn meaning(self) -> &'static str {
        self.0.meaning
    }

    /// The advice, where there is something to do.
    pub fn remedy(self) -> Option<&'static str> {
        Some(self.0.remedy).filter(|remedy| !remedy.is_empty())
    }

    /// An error stops the generator, unless it makes no difference where it is.
    pub const fn severity(self) -> Severity {
        match self.0.gravity {
            Gravity::Error | Gravity::Either => Severity::Error,
            Gravity::Finding => Severity::Finding,
        }
    }

    fn gravity(self) -> &'static str {
        match self.0.gravity {
            Gravity::Error => "error",
            Gravity::Finding => "finding",
            Gravity::Either => "error, or finding",
        }
    }

    /// All that is known about it, for people.
    pub fn explanation(self) -> String {
        let mut text = format!("{self} ({}): {}\n", self.gravity(), self.meaning());
        if let Some(remedy) = self.remedy() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "What to do: {remedy}.");
        }
        text
    }

    /// The whole table in Markdown.
    pub fn documentation() -> String {
        let mut text = String::new();
        for (about, codes) in Code::ALL {
            let _ = write!(
                text,
                "\n### {about}\n\n| code | severity | when | what to do |\n|---|---|---|---|\n"
            );
            for code in *codes {
                let remedy = code.remedy().unwrap_or_default();
                let (gravity, meaning) = (code.gravity(), code.meaning());
                let _ = writeln!(text, "| `{code}` | {gravity} | {meaning} | {remedy} |");
            }
        }
        text
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

macro_rules! codes {
    ($($about:literal { $($name:ident $text:literal $gravity:ident $meaning:literal $remedy:literal)* })*) => {
        impl Code {
            $($(
                #[doc = $meaning]
                pub const $name: Code = Code(&Entry {
                    name: $text,
                    gravity: Gravity::$gravity,
                    meaning: $meaning,
                    remedy: $remedy,
                });
            )*)*
        }

        pub(super) const TABLE: &[Group] = &[$(($about, &[$(Code::$name),*])),*];
    };
}

mod documents;
mod media;
mod schemas;

const TABLES: &[&[Group]] = &[TABLE, schemas::TABLE, documents::TABLE, media::TABLE];

codes! {
    "Reading files" {
        CANNOT_READ "cannot-read" Error
            "The file cannot be opened or read."
            "check the path and the permissions"
        INVALID_ENCODING "invalid-encoding" Error
            "The file is not UTF-8."
            "save the file as UTF-8"
        WRONG_FORMAT "wrong-format" Error
            "HTML or XML, often an error page in place of the document."
            "fetch the document itself: this may be a login or an error page"
        INVALID_JSON "invalid-json" Error
            "The syntax of JSON is broken. Also for NaN and infinity, and numbers above 1.8e308."
            "mend the JSON syntax here or just before"
        INVALID_YAML "invalid-yaml" Error
            "The syntax of YAML is broken. Also for arrays as keys, and numbers above 1.8e308."
            "mend the YAML syntax here or just before"
        EMPTY_DOCUMENT "empty-document" Error
            "The file holds no document."
            "fetch or write the file again"
        SEVERAL_DOCUMENTS "several-documents" Error
            "A YAML file holds more than one document."
            "put each document into a file of its own"
        CYCLIC_ALIAS "cyclic-alias" Error
            "A YAML alias stands inside the value that it stands for."
            "use `$ref` for recursion; YAML aliases are copies"
        DUPLICATE_KEY "duplicate-key" Either
            "A key is twice in an object. It is a finding where both values are equal, or are prose (`description`, `summary`, `title`, `example`) or extensions (`x-…`); then the last one counts."
            "remove one of them, or give it another name"
        NO_JSON_NUMBER "no-json-number" Finding
            "YAML's `.inf` or `.nan` is read as text."
            "write a number, or text in quotes"
        UNKNOWN_YAML_TAG "unknown-yaml-tag" Finding
            "A tag such as `!mine` is ignored."
            "remove the tag"
        TOO_LARGE "too-large" Error
            "The files are larger than the limit `bytes`."
            "raise the limit in [limits]"
        TOO_DEEP "too-deep" Error
            "Arrays and objects stand deeper inside each other than the limit `depth`."
            "raise the limit in [limits]"
        TOO_MANY_VALUES "too-many-values" Error
            "The documents have more values than the limit `nodes`."
            "raise the limit in [limits]"
        TOO_MUCH_EXPANSION "too-much-expansion" Error
            "YAML aliases or overlays add more text than the limit `expansion`."
            "raise the limit in [limits]"
        TOO_MANY_DOCUMENTS "too-many-documents" Error
            "References lead to more files than the limit `documents`."
            "raise the limit in [limits]"
        TOO_MANY_TYPES "too-many-types" Error
            "The document stands for more than one of the limits `types`, `members`, `compositions` and `nesting`."
            "leave out operations with [select], or raise the limit in [limits]"
        TOO_MUCH_MATCHING "too-much-matching" Error
            "The targets of overlays take more steps than the limit `matching`."
            "write targets that look at less, or raise the limit in [limits]"
        TOO_MUCH_OUTPUT "too-much-output" Error
            "The SDK would be longer than the limit `output`."
            "leave out operations with [select], or raise the limit in [limits]"
        LONG_NAME "long-name" Error
            "A name, or the names that lead to a value, are longer than the limits `name` and `pointer`."
            "raise the limit in [limits]"
        UNSUPPORTED_VERSION "unsupported-version" Error
            "The version is neither OpenAPI 3.0 to 3.2 nor AsyncAPI 2.0 to 2.6, or has anything but numbers and a pre-release."
            "convert the document to a version that is supported"
        MALFORMED_DOCUMENT "malformed-document" Error
            "An outermost member is of another form than it has, such as `paths` that are no object, or none says anything."
            "check that this is the document, and whole"
    }
    "References" {
        DANGLING_REFERENCE "dangling-reference" Error
            "A `$ref` leads nowhere."
            "add what it names, or correct the reference"
        UNRESOLVED_REFERENCE "unresolved-reference" Finding
            "The `$ref` of a schema, whose place any JSON takes, or of a security scheme, which is left out, leads nowhere."
            "correct the reference, in the document or by an overlay"
        REMOTE_REFERENCE "remote-reference" Error
            "A `$ref` leads to the network."
            "bundle the document, or put a copy of the file beside it and refer to that"
        FILE_REFERENCE "file-reference" Error
            "A `$ref` leads to a file that is not there, or not in the folder of the root document."
            "add the file, correct the reference, or allow a folder around both by `--root`"
        CYCLIC_REFERENCE "cyclic-reference" Error
            "A `$ref` leads back to itself."
            "let one of the references be a value"
        LONG_REFERENCE "long-reference" Error
            "References lead to one another more often than the limit `chain`."
            "refer to the last of them directly, or raise the limit in [limits]"
    }
    "Settings and overlays" {
        INVALID_RENAME "invalid-rename" Error
            "A name in `[types.rename]` or `[operations.rename]` is none."
            "write an identifier of Rust"
        COLLIDING_RENAME "colliding-rename" Error
            "Two things would have one name by `[types.rename]` or `[operations.rename]`."
            "choose another name"
        INVALID_ENVIRONMENT "invalid-environment" Error
            "A name of `[[environments]]` is none, or one that the SDK has itself (`Custom`)."
            "choose another name"
        COLLIDING_ENVIRONMENT "colliding-environment" Error
            "Two of `[[environments]]` have one name."
            "give each of [[environments]] a name of its own"
        UNMATCHED_RENAME "unmatched-rename" Finding
            "A name in `[types.rename]` or `[operations.rename]` is that of nothing."
            "`inspect` prints the names"
        INVALID_ID "invalid-id" Error
            "A name in `[ids]` is none, or that of a type which is no text and no integer."
            "choose another name"
        COLLIDING_ID "colliding-id" Error
            "A text is a property of `[types.property]` and stands where `[ids]` says that an identifier does: it has one type."
            "take it out of one of them"
        UNMATCHED_ID "unmatched-id" Finding
            "Nothing stands where `[ids]` says that an identifier does, or what stands there is no text and no integer."
            "`inspect` prints properties and parameters"
        PARTIAL_ID "partial-id" Finding
            "What `[ids]` says is an identifier is a text at some places, and an integer or neither at others, which are left as they are."
            "give these an identifier of their own"
        UNMATCHED_SECRET "unmatched-secret" Finding
            "A name in `[secrets]` is that of no property and no parameter."
            "name a property or parameter as the document writes it"
        UNMATCHED_MAPPING "unmatched-mapping" Finding
            "No schema has a format of `[types.format]`, there is none where `[types.schema]` says, or no text is a property of `[types.property]`."
            "write the format, the schema's name or its JSON pointer as the document does"
        UNMAPPED_SCHEMA "unmapped-schema" Finding
            "A schema of `[types.schema]` is a part of another type here (`allOf`, or a format for what is no text), which has its properties instead."
            "refer to it by `$ref` alone"
        MAPPED_ALTERNATIVE "mapped-alternative" Finding
            "A type of `[types.schema]` is one of several alternatives that are objects: none of its properties tell it apart, so that it is read only where all others fail."
            "give the alternatives a discriminator"
        MAPPED_SAMPLE "mapped-sample" Finding
            "The documents have no example of what is mapped to a type, so types that require one have no sample."
            "add an `example` to the schema"
        MISSING_DEPENDENCY "missing-dependency" Error
            "A type or derive of `[types]` is of a crate that the generated crate does not depend on."
            "add the crate to [package.dependencies]"
        UNFIT_DERIVE "unfit-derive" Error
            "A type that `[types.derive]` names cannot have the trait."
            "take it out, or write a pattern with `*`, which leaves such types out"
        PARTIAL_DERIVE "partial-derive" Finding
            "Some types that a pattern of `[types.derive]` matches cannot have `Eq`, and do not."
            "name the types that have to have it"
        UNMATCHED_DERIVE "unmatched-derive" Finding
            "No type that can have it is called as an entry of `[types.derive]` or `[types.attributes]` says."
            "`inspect` prints the names"
        UNMATCHED_SELECTOR "unmatched-selector" Finding
            "A selector of `exclude`, `[[lists]]` or `[retry]` finds nothing in the document."
            "correct it, or take it out of [select] and the command line"
        UNMATCHED_INCLUDE "unmatched-include" Either
            "A selector of `include` finds nothing in the document. It is a finding where no generated file would be removed."
            "correct it, or take it out of [select] and the command line"
        UNFITTING_PAGINATION "unfitting-pagination" Error
            "An operation that `[[lists]]` names lacks what the style needs."
            "correct the names, or take the operation out of [[lists]]"
        UNMATCHED_PAGINATION "unmatched-pagination" Finding
            "No operation pages as `[pagination]` or one of `[[lists]]` says."
            "correct the names, or remove the setting"
        UNMATCHED_KEY_HEADER "unmatched-key-header" Finding
            "No operation that would need one has a header of `[retry.lifetime]`."
            "correct the name, or state in `[retry.keyed]` which operations take it"
        UNMATCHED_ECHO "unmatched-echo" Finding
            "No body, JSON or a form, and its answer have a property of the same type that `echoes` in `[retry]` names."
            "correct the name, or remove it: a property is compared where both are a text, a number or an id"
        UNMATCHED_ENVIRONMENT "unmatched-environment" Finding
            "An `api` of `[[environments]]` is none of the document's servers, and it has servers; or none has a `token` that the document states."
            "correct the URL, or see whether the API has moved"
        UNMATCHED_SCOPE "unmatched-scope" Finding
            "A scope of `[auth.scopes]` is none that the document lists or mentions, and it does so with others."
            "correct the name, or remove it"
        UNMATCHED_ERROR_PROPERTY "unmatched-error-property" Finding
            "No body of an error has a property that `[errors]` names, and there are bodies with properties."
            "correct the name, or remove it"
        UNMATCHED_EVENT_PROPERTY "unmatched-event-property" Finding
            "No payload of an event has the property that `kind` or `id` in `[events]` names."
            "correct the name, or remove it"
        UNMATCHED_SIGNATURE_HEADER "unmatched-signature-header" Finding
            "Events have headers, and none of them is the `header`, `timestamp` or `id` of `[events.signature]`."
            "correct the name"
        UNMATCHED_EVENT_OPERATIONS "unmatched-event-operations" Finding
            "No channel has an operation that `operations` in `[events]` says to carry events."
            "correct the setting, or remove it"
        UNSTATED_EVENT_VERSION "unstated-event-version" Finding
            "No payload states a value of the property that `version` in `[events]` names."
            "correct the name, remove the setting, or state the version as a `const`, by an overlay"
        MALFORMED_NAMES "malformed-names" Error
            "A line of the names file is not understood, or a merge in it was not finished."
            "restore the file from version control, or remove it to name everything afresh"
        INVALID_NAME "invalid-name" Error
            "A name in the names file is no identifier."
            "write an identifier of Rust"
        COLLIDING_NAMES "colliding-names" Error
            "The names file has one name for two things, or two names for one."
            "change or remove one of the lines"
        INVALID_OVERLAY "invalid-overlay" Error
            "An overlay is none, or an update does not fit its target."
            "write it as OpenAPI Overlay 1.0 says"
        UNMATCHED_OVERLAY_TARGET "unmatched-overlay-target" Finding
            "An action selects nothing."
            "remove the action if the document has changed"
        IDLE_OVERLAY_ACTION "idle-overlay-action" Finding
            "An action changes nothing."
            "give it an `update`, or `remove: true`"
        UNKNOWN_OVERLAY_FIELD "unknown-overlay-field" Finding
            "A field of an overlay means nothing."
            "remove it, or correct its name"
    }
    "Operations" {
        MALFORMED_OBJECT "malformed-object" Error
            "A path item, operation, parameter, body, response or header is no object."
            "write an object, or a reference to one"
        MALFORMED_PARAMETER "malformed-parameter" Error
            "A parameter's `in` is none of OpenAPI 3's, such as Swagger 2's `body`."
            "OpenAPI 3 has request bodies in `requestBody`"
        MALFORMED_MEMBER "malformed-member" Finding
            "A member of another type than it should have is ignored; the object is not."
            "correct the document, or add an overlay"
        UNKNOWN_MEMBER "unknown-member" Finding
            "A member of a path item is no method, or one of a channel, its operations or a message is none that AsyncAPI knows."
            "remove it, or correct its name"
        UNNAMED_PARAMETER "unnamed-parameter" Finding
            "A parameter without a name cannot be sent and is left out."
            "give it a `name`, in an overlay if need be"
        DUPLICATE_PARAMETER "duplicate-parameter" Finding
            "A parameter is twice in one list; the first counts."
            "remove one of them"
        UNDECLARED_PATH_PARAMETER "undeclared-path-parameter" Finding
            "A parameter of the path that is not declared is a string."
            "declare it, in an overlay if need be"
        UNUSED_PATH_PARAMETER "unused-path-parameter" Finding
            "A path parameter that the path does not have is left out."
            "remove it, or correct its name"
        MANAGED_HEADER "managed-header" Finding
            "`Accept`, `Content-Type` and `Authorization` are the client's, not parameters. So are `Host`, `Content-Length` and others that say how a request travels."
            "there is nothing to do; an overlay can remove it"
        UNKNOWN_STYLE "unknown-style" Finding
            "A parameter's `style` is none of OpenAPI's, or none for its place; the default is used."
            "correct it, in an overlay if need be"
        UNWRITTEN_PARAMETER "unwritten-parameter" Finding
            "A parameter's value has parts, and its media type is none that the SDK writes: it is text."
            "describe it by JSON or by a `style`, in an overlay if need be"
        BODY_WITHOUT_REQUIRED "body-without-required" Finding
            "A body that is not said to be required, but has required properties, is taken as required."
            "say whether it is `required`, in an overlay if need be"
        UNDEFINED_STYLE "undefined-style" Finding
            "OpenAPI does not define a parameter's style for such values: `deepObject` of what is no object, `spaceDelimited` and `pipeDelimited` of a plain value or with `explode`."
            "correct it, in an overlay if need be"
        NESTED_PARAMETER "nested-parameter" Finding
            "A parameter may have a list or an object inside a list or an object. OpenAPI does not say how a style writes that: in URLs it is JSON, in `deepObject` it has another pair of brackets, and a header with it is not sent."
            "describe the parameter by `content` in place of `schema`, in an overlay if need be"
        UNPAGED_LIST "unpaged-list" Finding
            "A list takes a parameter that says which part of it is wanted, or its answer tells of a next page, but it pages in none of the styles that are known without settings: it has no `items` and no `pages`."
            "say how it pages in [[lists]]"
        MALFORMED_MEDIA_TYPE "malformed-media-type" Finding
            "A media type has no slash: bytes, unless its schema says more."
            "write a media type such as `application/json`"
        OTHER_MEDIA_TYPE "other-media-type" Finding
            "A media type carries the same as another, or is an error's and no JSON, beside one that is."
            ""
        SEQUENCE_SCHEMA "sequence-schema" Finding
            "The schema of events, of lines of JSON or of a sequence is a list, in OpenAPI before 3.2, which does not say what it is of: it is read as that of all items, as since 3.2."
            "state the schema of one item"
        PART_HEADER "part-header" Finding
            "Headers of a part of a form that have no constant and no default are sent of files alone, where callers give them."
            ""
        STRAY_ENCODING "stray-encoding" Finding
            "An `encoding` is of no property that the schema of its form names: it has an effect on other properties of that name alone."
            "give it the name of a property, in an overlay if need be"
        MALFORMED_STATUS "malformed-status" Finding
            "A response under what is no status is left out."
            "write a status such as `200`, `4XX` or `default`"
        CONTENT_WITHOUT_BODY "content-without-body" Finding
            "Answers to HEAD, and those of 204, 205 and 304, never have content."
            "remove the content"
        CALLBACK "callback" Finding
            "A callback is not part of the client."
            ""
        LINK "link" Finding
            "A link is not part of the client."
            ""
        UNDEFINED_SECURITY_SCHEME "undefined-security-scheme" Finding
            "An operation requires a scheme that is not defined."
            "define it under components.securitySchemes, in an overlay if need be"
        UNSTATED_SECURITY "unstated-security" Finding
            "Schemes are defined, and neither the document nor an operation has `security`: the credential that the client is given is sent with each operation."
            "write `security`, in an overlay if need be; `security: []` sends none"
        UNSUPPORTED_SECURITY_SCHEME "unsupported-security-scheme" Finding
            "A scheme that the client cannot use is left out."
            "set the header yourself, through the client's default headers"
        SHARED_AUTHORIZATION "shared-authorization" Finding
            "A requirement asks for several credentials in `Authorization`, which a request has once: each of them is taken to be enough."
            "list them as alternatives, in an overlay if need be"
    }
    "Events" {
        MESSAGE_HEADERS "message-headers" Finding
            "Headers of a message that no schema states by name: they are not read."
            "state each as a property of the schema, in an overlay if need be"
        PAYLOAD_FORMAT "payload-format" Finding
            "A payload that JSON Schema does not describe (Avro, Protobuf) is any JSON."
            ""
        INDISTINCT_MESSAGE "indistinct-message" Finding
            "Two messages that nothing tells apart are one event."
            "give it a `name`, in an overlay if need be"
        INDISTINCT_EVENTS "indistinct-events" Finding
            "Events have one payload, which does not say which of them it is: without its channel, a delivery is an unknown event."
            "read deliveries by `from_channel`, or state the property that tells them apart by `kind` in [events]"
        UNREAD_EVENT_KIND "unread-event-kind" Finding
            "A property has a value of its own in some payloads alone, and nothing says that it names the event: it is told by what it looks like."
            "say by `kind` in [events] that it does"
        GUESSED_EVENT_KIND "guessed-event-kind" Finding
            "The payload does not fix the property that names the kind: the message's name is taken."
            "give the property a `const`, in an overlay if need be"
        RECEIVED_MESSAGE "received-message" Finding
            "A message under `publish` is one that clients send and the API receives: it is no event, where others are under `subscribe`."
            "where the API sends it, say so by `operations` in [events]"
        PUBLISHED_EVENTS "published-events" Finding
            "No message is under `subscribe`: those under `publish`, which clients send if the document means what it says, are taken as events."
            "say which operations carry events by `operations` in [events]"
        KEPT_MESSAGE "kept-message" Finding
            "A message under `publish`, which the API receives, has been an event so far and stays one."
            "say by `operations` in [events] whether it is one"
    }
}

#[cfg(test)]
mod tests;
