//! What is said of documents that mean something else than they say, or nothing.

use super::{Code, Entry, Gravity, Group};

codes! {
    "Documents and events" {
        IDLE_MAPPING "idle-mapping" Finding
            "A value in the `mapping` of a discriminator leads nowhere, or to a schema that is none of the alternatives: it selects none."
            "correct the name or reference, or add the schema to the alternatives"
        LOOSE_YAML "loose-yaml" Finding
            "In YAML, lines of a value in brackets, braces or quotes are indented further than its key, and a comment is behind a space. It is read as if it were so, as other parsers do."
            "indent the lines, or put a space before the comment"
    }
}
