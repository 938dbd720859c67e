//! Keywords of schemas that say nothing of values.

/// Keywords for people, and for tools that look for schemas.
pub(in crate::drift) fn is_words(keyword: &str) -> bool {
    keyword.starts_with("x-")
        || matches!(
            keyword,
            "title"
                | "description"
                | "example"
                | "examples"
                | "externalDocs"
                | "$comment"
                | "$schema"
                | "$id"
                | "$anchor"
                | "$dynamicAnchor"
                | "$vocabulary"
                | "deprecated"
        )
}
