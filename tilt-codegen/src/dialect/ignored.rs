//! Parts of OpenAPI documents that say nothing, by OpenAPI's text or by HTTP's.

/// Whether a header parameter is ignored, for others say what it does (OpenAPI 3.1.1, section 4.8.12).
pub(crate) fn is_ignored_parameter(header: &str) -> bool {
    let mut names = ["accept", "authorization", "content-type"].iter();
    names.any(|name| header.eq_ignore_ascii_case(name))
}

/// Whether a header of an answer is ignored: the keys of its content say it (section 4.8.17).
pub(crate) fn is_ignored_of_answer(header: &str) -> bool {
    header.eq_ignore_ascii_case("content-type")
}

/// Whether an answer of this status never has content (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
pub(crate) fn is_without_content(status: u16) -> bool {
    matches!(status, 204 | 205 | 304)
}
