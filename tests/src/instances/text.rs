//! Text.

use serde_json::Value;

use super::flat::Flat;
use super::pattern;

pub(super) fn candidates(flat: &Flat<'_>) -> Vec<Value> {
    let least = usize::try_from(flat.limit("minLength").unwrap_or(0)).unwrap_or(usize::MAX);
    let most = usize::try_from(flat.limit("maxLength").unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    if least > 100_000 {
        return Vec::new();
    }
    let mut texts: Vec<String> = of_format(flat.text("format").unwrap_or_default())
        .iter()
        .map(|text| (*text).to_owned())
        .collect();
    if let Some(regex) = flat.text("pattern") {
        texts.extend(pattern::text(regex));
        texts.extend(pattern::longer_text(regex, 2));
        // A text that is too long is cut below.
        let needed = u32::try_from(least).unwrap_or(u32::MAX);
        texts.extend(
            (needed > 2)
                .then(|| pattern::longer_text(regex, needed))
                .flatten(),
        );
    }
    if texts.is_empty() {
        let plain = [
            "text",
            "",
            "\"\\/\u{8}\n\u{1f}\u{2028}",
            "日本語 é e\u{301} 🦀",
            "null",
            "5",
            " a ",
        ];
        texts = plain.map(str::to_owned).to_vec();
    }
    let fitted = texts.into_iter().map(|text| fitted(&text, least, most));
    let mut values: Vec<Value> = Vec::new();
    for text in fitted {
        let value = Value::from(text);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Cut or filled up, in characters.
fn fitted(text: &str, least: usize, most: usize) -> String {
    let missing = least.saturating_sub(text.chars().count());
    text.chars()
        .chain(std::iter::repeat_n('x', missing))
        .take(most)
        .collect()
}

fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &[
            "2024-01-31T12:34:56Z",
            "2024-02-29T23:59:59.123456789+05:30",
            "0001-01-01T00:00:00-00:00",
            "2024-01-31t12:34:56.10z",
        ],
        "date" => &["2024-02-29", "0001-01-01"],
        "time" => &["23:59:59Z", "01:02:03.500-08:00"],
        "duration" => &["P3Y6M4DT12H30M5S", "PT0.5S", "P2W"],
        "uuid" => &[
            "8d3c5a1e-0f0b-4c7e-9a51-0d6f3e2b1a4c",
            "8D3C5A1E-0F0B-4C7E-9A51-0D6F3E2B1A4C",
        ],
        "email" | "idn-email" => &["ada@example.com"],
        "uri" | "url" | "iri" => &["https://example.com/a%20b?c=d&e#f"],
        "uri-reference" | "iri-reference" => &["/a/b?c", "https://example.com"],
        "uri-template" => &["/a/{b}"],
        "hostname" | "idn-hostname" => &["api.example.com"],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "json-pointer" => &["/a~1b/0"],
        "relative-json-pointer" => &["1/a"],
        "regex" => &["^a+$"],
        "byte" | "base64" => &["aGVsbG8=", ""],
        "decimal" | "number" | "double" | "float" => &["12345678901234567890.1234567890", "-0.10"],
        "int64" | "integer" | "int32" | "uint64" => &["9007199254740993", "-1"],
        _ => &[],
    }
}
