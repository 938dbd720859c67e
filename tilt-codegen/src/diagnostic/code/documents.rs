//! Kinds of what is said of documents that mean something else than they say, or nothing.

use super::{Code, Entry, Gravity, Group};

codes! {
    "Documents and events" {
        IDLE_MAPPING "idle-mapping" Finding
            "A value in the `mapping` of a discriminator leads nowhere, or to a schema that is none of the alternatives: it selects none."
            "correct the name or reference, or add the schema to the alternatives"
        LOOSE_YAML "loose-yaml" Finding
            "In YAML, lines of a value in brackets, braces or quotes are indented further than its key, and a comment is behind a space. It is read as if it were so, as other parsers do."
            "indent the lines, or put a space before the comment"
        LOOSE_REFERENCE "loose-reference" Finding
            "A reference leads nowhere as it is written, and to one place if a `/` in it is part of a name, or if a `$ref` on its way is followed: it is read so. So is the file in a discriminator's mapping that is not there, where an alternative has its name."
            "write `~1` for a `/` in a name, refer to what the `$ref` leads to, and in a mapping to the schema"
        REPEATED_ID "repeated-id" Finding
            "Two schemas of a document have one `$id`: references to it lead to the first."
            "give one of them another `$id`"
        MEMBER_REFERENCE "member-reference" Finding
            "A member that is no reference by the specification, such as `paths`, is one: it is read from where that leads. So is a text that is a reference to a file of Markdown."
            "bundle the document for tools that take it as it is written"
        NUMBER_AS_VERSION "number-as-version" Finding
            "The version of the specification is a number: it is read as the text that it is written with."
            "write it in quotes"
        NO_OPERATIONS "no-operations" Finding
            "No path has an operation and there is no webhook, or no channel has a message: what is generated can do nothing."
            "check that this is the whole document"
        UNSUPPORTED_OPERATION "unsupported-operation" Finding
            "An operation under `query` or `additionalOperations`, which OpenAPI has since 3.2, is not part of the client."
            ""
        UNSUPPORTED_PARAMETER "unsupported-parameter" Finding
            "A parameter that is the whole `querystring`, which OpenAPI has since 3.2, and no form of an object, is left out."
            "describe its parts as parameters in `query`, in an overlay if need be"
        UNSUPPORTED_MEMBER "unsupported-member" Finding
            "A member that OpenAPI has since 3.2 is not read, or not all of it: `itemEncoding`, `prefixEncoding`, `itemSchema` of some media types, `deviceAuthorization`."
            "say the same as OpenAPI 3.1 does, in an overlay if need be"
        VAGUE_PARAMETER "vague-parameter" Finding
            "A parameter has not exactly one of `schema` and `content`, or not exactly one media type in its `content`."
            "give it a schema, in an overlay if need be"
        MALFORMED_PATH "malformed-path" Finding
            "A path is read as one of OpenAPI: it does not begin with a slash, which is put before it, has a fragment, which is never sent, or says more in braces than the name of a parameter (`{proxy+}`, `{id:[0-9]+}`, `{?limit}`)."
            "write the path as it is sent, in an overlay if need be"
        EQUAL_PATHS "equal-paths" Finding
            "Two paths differ in nothing but the names of their parameters: they are one address."
            "make them one path, in an overlay if need be"
        REPEATED_OPERATION_ID "repeated-operation-id" Finding
            "Two operations have one `operationId`, which is to name one alone."
            "give one of them another `operationId`, in an overlay if need be"
        SERVER_WITHOUT_SCHEME "server-without-scheme" Finding
            "The URL of a server leaves its scheme to that of its document (`//api.example/v1`): it is taken as `https`."
            "write the scheme, in an overlay if need be"
        SERVER_WITH_QUERY "server-with-query" Finding
            "The URL of a server has a query or a fragment, behind which no path can stand: nothing is sent there."
            "take it out of the URL, and state it as parameters, in an overlay if need be"
        UNDECLARED_SERVER_VARIABLE "undeclared-server-variable" Finding
            "The URL of a server has a variable that is not declared under `variables`: a client is made once it is given a value."
            "declare it with its default, in an overlay if need be"
        UNLISTED_DEFAULT "unlisted-default" Finding
            "The default of a server's variable is none of the values that the variable may have."
            "correct the default or the values, in an overlay if need be"
        INEXACT_VALUE "inexact-value" Finding
            "A number in a `const` or an `enum` has more digits than are kept: it is sent, and looked for, as the nearest that can be."
            "describe it as a text, if the API takes one"
        LOOSE_TYPE "loose-type" Finding
            "A `type` is none of JSON Schema's, and known from elsewhere (`int`, `float`, `file`, `any`): it is read as what it means there."
            "write `integer`, `number`, or a `format` beside `string`"
        OPERATION_WITHOUT_MESSAGE "operation-without-message" Finding
            "An operation of a channel has no message, or a `oneOf` of none: it carries no event."
            "give it a `message`, in an overlay if need be"
        UNUSED_MESSAGE "unused-message" Finding
            "A message under `components` is on no channel, where it has no effect: it is no event."
            "refer to it from the channel that brings it, in an overlay if need be"
        STATED_IN_BOTH "stated-in-both" Finding
            "Several OpenAPI documents have an operation or a webhook of one path and method: that of the first is taken."
            "take it out of one of the documents, or generate a crate from each"
        OTHER_SECURITY_SCHEME "other-security-scheme" Error
            "Several OpenAPI documents have a security scheme of one name, and not the same: credentials are given by that name."
            "give one of them another name, or generate a crate from each document"
        OTHER_EVENT_BODY "other-event-body" Finding
            "The body of a message or webhook is neither JSON nor a form of an object: its deliveries are unknown events, with the body as it came."
            "read the body of the unknown event"
        WEBHOOK_PARAMETER "webhook-parameter" Finding
            "A parameter of a webhook is not part of its event: only headers are."
            "read it from the request that delivers the event"
        UNFIT_EXAMPLE "unfit-example" Finding
            "An example or a default is not what its schema describes. `not`, `if`, `format` and the like are not looked at, and of `oneOf` one alternative is enough."
            "correct the example or the schema, in an overlay if need be"
    }
}
