//! Media types as they are meant, whatever the spelling.

/// In lower case, parameters sorted and without quotes (RFC 9110, section 8.3.1). JSON has one character set, whether it is
/// stated or not (RFC 8259, section 11).
pub(super) fn spelled(media_type: &str) -> String {
    let mut pieces = media_type.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let is_json = essence == "application/json" || essence.ends_with("+json");
    let mut parameters: Vec<String> = pieces
        .filter(|it| !it.is_empty())
        .map(|it| it.replace('"', "").to_ascii_lowercase())
        .filter(|it| !(is_json && it == "charset=utf-8"))
        .collect();
    parameters.sort_unstable();
    std::iter::once(essence)
        .chain(parameters)
        .collect::<Vec<_>>()
        .join(";")
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn case_order_quotes_and_the_only_character_set_of_json_make_no_difference() {
        for (one, other) in [
            ("Text/HTML; Level=1; a=2", "text/html;a=2;level=1"),
            ("application/json; charset=\"UTF-8\"", "application/json"),
            ("application/a+json;charset=utf-8", "application/a+json"),
        ] {
            assert_eq!(spelled(one), spelled(other));
        }
        assert_ne!(spelled("text/html"), spelled("text/html; charset=utf-8"));
        assert_ne!(spelled("application/json"), spelled("application/json;v=2"));
    }
}
