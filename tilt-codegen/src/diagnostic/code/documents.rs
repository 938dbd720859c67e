//! What is said of documents that mean something else than they say, or nothing.

use super::{Code, Entry, Gravity, Group};

codes! {
    "Documents and events" {
        IDLE_MAPPING "idle-mapping" Finding
            "A value in the `mapping` of a discriminator leads nowhere, or to a schema that is none of the alternatives: it selects none."
            "correct the name or reference, or add the schema to the alternatives"
    }
}
