//! Problems of schemas.

use super::joined::Group;
use super::{Code, Entry, Gravity};

codes! {
    "Schemas" {
        INEXPRESSIBLE_KEYWORD "inexpressible-keyword" Finding
            "A keyword such as `not` or `if` narrows what is valid in a way that no type shows."
            ""
        UNKNOWN_KEYWORD "unknown-keyword" Finding
            "A keyword of neither JSON Schema nor OpenAPI is ignored."
            "correct its name, or begin it with `x-`"
        MALFORMED_KEYWORD "malformed-keyword" Finding
            "A keyword whose value is of another type than it should be is ignored."
            "correct the document, or add an overlay"
        PATTERN_PROPERTIES "pattern-properties" Finding
            "Properties whose names follow patterns are any JSON in `extra`."
            ""
        UNDECLARED_REQUIRED "undeclared-required" Finding
            "A property that is required but not declared is kept in `extra`, or in a map, where nothing is declared."
            "declare it under `properties`, in an overlay if need be"
        UNCHECKED_PATTERN "unchecked-pattern" Finding
            "A pattern of a request is not checked before it is sent: it is no regular expression of ECMA-262 but of another language (`/^a$/i`, `[[:alpha:]]`, `{,5}`), or none at all, looks around itself, refers back, or names a property of Unicode."
            ""
        ALTERNATIVES_OF_CONSTRAINTS "alternatives-of-constraints" Finding
            "Alternatives that only constrain are not shown."
            ""
        CONFLICTING_TYPES "conflicting-types" Finding
            "Schemas that must hold together allow no common type: any JSON."
            "correct the document, or add an overlay"
        FALSE_SCHEMA "false-schema" Finding
            "Nothing is valid here: any JSON."
            ""
        OPEN_TUPLE "open-tuple" Finding
            "An array with positions that differ is a list of any JSON, where it has no exact length or more of them than a tuple."
            "give it `minItems` and `maxItems`, in an overlay if need be"
        EMPTY_ENUM "empty-enum" Finding
            "An empty `enum` is ignored."
            "list its values, or remove it"
        LONG_ENUM "long-enum" Finding
            "A list of values longer than the limit `variants` has no variants."
            "raise the limit in [limits]"
        ENUM_OF_ANOTHER_TYPE "enum-of-another-type" Finding
            "Numbers or booleans in the `enum` of a string are taken as their text, as are `Null`, `NULL` and `~` of YAML, and text in that of numbers or booleans as what it spells."
            "write the values as `type` says"
        BESIDE_REFERENCE "beside-reference" Finding
            "A member beside a `$ref` where the specification says that it is ignored: all that narrows a schema in OpenAPI 3.0 and AsyncAPI 2, and all but words in other objects. `nullable`, `readOnly` and `writeOnly` of a schema are heard, as authors mean them."
            "put the reference into `allOf`, and the member beside that"
        NULLABLE_KEYWORD "nullable-keyword" Finding
            "`nullable` is a keyword of OpenAPI 3.0 alone. Elsewhere it is heard as it is there: null is valid."
            "write `null` among the types, in an overlay if need be"
        TEXT_DISCRIMINATOR "text-discriminator" Finding
            "A discriminator in OpenAPI is a text, as AsyncAPI has it: it is read as the name of the property."
            "write an object with `propertyName`"
        UNSTATED_DISCRIMINATOR "unstated-discriminator" Finding
            "No alternative states the property of a discriminator. It is read and written beside what an alternative has."
            "state the property in each alternative, in an overlay if need be"
        CIRCULAR_SCHEMA "circular-schema" Finding
            "A schema is what it refers to, and that is the schema again: any JSON."
            "let one of the references be a schema"
        ENDLESS_OBJECT "endless-object" Finding
            "An object requires another one of its kind inside, and so on: no value is one, and no program can make one."
            "let the property be optional, null or a list, in an overlay if need be"
        IMPOSSIBLE_VALUE "impossible-value" Finding
            "A value of `enum` or `const` is none that `type`, or the other of the two, allows. It is taken all the same."
            "correct the value or the type, in an overlay if need be"
    }
}
