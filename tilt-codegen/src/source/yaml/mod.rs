//! YAML 1.2 text to a JSON value, with aliases and merge keys expanded.

mod anchors;
mod builder;
mod faults;
mod frames;
mod merge;
mod scalar;

use super::Limits;
use super::fault::Fault;
use super::parsed::Parsed;
use super::yaml_mend::Mended;
use crate::diagnostic::{Code, Severity};
use builder::Builder;

/// The value of a text, and what is odd in it but harmless; or what is wrong with it.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Vec<Fault>> {
    let faults = match read(Builder::new(text, limits)) {
        Err(faults) => faults,
        parsed => return parsed,
    };
    let is_syntax = faults.iter().any(|fault| fault.code == Code::INVALID_YAML);
    let Some(mended) = is_syntax.then(|| Mended::of(text)).flatten() else {
        return Err(faults);
    };
    let original = |mut fault: Fault| {
        fault.span = fault
            .span
            .map(|span| mended.original(span.start)..mended.original(span.end));
        fault
    };
    let faults = |faults: Vec<Fault>| faults.into_iter().map(original).collect();
    match read(Builder::mended(&mended, limits)) {
        Ok(parsed) => Ok(Parsed {
            faults: faults(parsed.faults),
            ..parsed
        }),
        Err(again) => Err(faults(again)),
    }
}

fn read(mut builder: Builder<'_>) -> Result<Parsed, Vec<Fault>> {
    let value = builder.read().map_err(|fault| vec![fault])?;
    let (nodes, mut faults, written) = builder.finish();
    let is_error = |fault: &Fault| fault.severity == Severity::Error;
    if faults.iter().any(is_error) {
        faults.retain(is_error);
        return Err(faults);
    }
    Ok(Parsed {
        value,
        nodes,
        faults,
        written,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn value(text: &str) -> Value {
        match parse(text, &Limits::default()) {
            Ok(parsed) => parsed.value,
            Err(faults) => json!(faults.iter().map(|f| f.message.clone()).collect::<Vec<_>>()),
        }
    }

    fn fault_with(text: &str, limits: &Limits) -> Fault {
        let faults = parse(text, limits).err().unwrap_or_default();
        faults
            .into_iter()
            .next()
            .unwrap_or_else(|| Fault::file(Code::LINK, "no fault"))
    }

    fn fault(text: &str) -> Fault {
        fault_with(text, &Limits::default())
    }

    #[test]
    fn block_and_flow_style_mean_the_same() {
        let block = "a:\n  - 1\n  - b: x\nc: |\n  line\n  line\n";
        let flow = "{a: [1, {b: x}], c: \"line\\nline\\n\"}";
        assert_eq!(value(block), value(flow));
        assert_eq!(
            value(block),
            json!({"a": [1, {"b": "x"}], "c": "line\nline\n"})
        );
    }

    #[test]
    fn keys_are_text_as_written() {
        let text = "200: a\nnull: b\ntrue: c\n0x10: d\n1.50: e\n? f\n: g\n";
        let keys =
            json!({"200": "a", "null": "b", "true": "c", "0x10": "d", "1.50": "e", "f": "g"});
        assert_eq!(value(text), keys);
    }

    #[test]
    fn members_keep_their_order() {
        assert_eq!(
            value("z: 1\na: 2\nm: 3").to_string(),
            r#"{"z":1,"a":2,"m":3}"#
        );
    }

    #[test]
    fn aliases_are_copies() {
        assert_eq!(
            value("a: &x {b: 1}\nc: *x\nd: [*x]"),
            json!({
                "a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}]
            })
        );
        assert_eq!(value("- &k key\n- *k : v"), json!(["key", {"key": "v"}]));
    }

    #[test]
    fn merge_keys_give_way_to_own_and_earlier_ones() {
        let text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\n\
                    one:\n  y: own\n  <<: *b\n\
                    two:\n  <<: [*b, *m]\n  x: own\n";
        let value = value(text);
        assert_eq!(value["one"], json!({"y": "own", "x": 1}));
        assert_eq!(value["two"], json!({"x": "own", "y": 2, "z": 4}));
    }

    #[test]
    fn a_merge_key_in_quotes_or_with_text_is_a_key() {
        assert_eq!(value("\"<<\": {a: 1}"), json!({"<<": {"a": 1}}));
        assert_eq!(value("<<: text"), json!({"<<": "text"}));
    }

    #[test]
    fn a_key_with_two_meanings_is_an_error_at_the_second() {
        let fault = fault("x:\n  a: 1\n  b: 2\n  a: 3\n");
        assert_eq!(
            (fault.code, fault.pointer.to_string().as_str()),
            (Code::DUPLICATE_KEY, "/x/a")
        );
        assert_eq!(fault.span, Some(19..20));
    }

    #[test]
    fn exponential_aliases_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..30 {
            let alias = format!("*a{}", n - 1);
            text += &format!("a{n}: &a{n} [{}]\n", [alias.as_str(); 9].join(", "));
        }
        assert_eq!(fault(&text).code, "too-many-values");
    }

    #[test]
    fn aliases_of_long_text_are_refused() {
        let text = format!(
            "a: &a {}\nb: [{}]",
            "x".repeat(1000),
            ["*a"; 100].join(", ")
        );
        let limits = Limits {
            expansion: 50_000,
            ..Limits::default()
        };
        assert_eq!(fault_with(&text, &limits).code, "too-much-expansion");
        assert!(parse(&text, &Limits::default()).is_ok());
    }

    #[test]
    fn nested_anchors_pay_for_their_copies() {
        let text = format!("{}x{}", "&a [".repeat(150), "]".repeat(150));
        let limits = Limits {
            nodes: 5000,
            ..Limits::default()
        };
        assert_eq!(fault_with(&text, &limits).code, "too-many-values");
    }

    #[test]
    fn an_alias_inside_its_own_value_is_an_error() {
        assert_eq!(fault("a: &a {b: *a}").code, "cyclic-alias");
    }

    #[test]
    fn too_deep_text_is_refused_before_it_hurts() {
        assert_eq!(fault(&"[".repeat(100_000)).code, "too-deep");
        assert_eq!(fault(&"- ".repeat(100_000)).code, "too-deep");
        assert_eq!(fault(&"{a: ".repeat(100_000)).code, "too-deep");
        let deep = format!(
            "a: &a {}{}\nb: {}*a{}",
            "[".repeat(150),
            "]".repeat(150),
            "[".repeat(100),
            "]".repeat(100)
        );
        assert_eq!(fault(&deep).code, "too-deep");
    }

    #[test]
    fn unclear_documents_are_errors() {
        assert_eq!(fault("").code, "empty-document");
        assert_eq!(fault("# only a comment\n").code, "empty-document");
        assert_eq!(fault("a: 1\n---\nb: 2\n").code, "several-documents");
        assert_eq!(fault("a: 1\0b: 2").message, "found a NUL character");
        assert_eq!(fault("[a, b]: 1").code, "invalid-yaml");
        assert_eq!(fault("a: *nowhere").code, "invalid-yaml");
        assert_eq!(fault("a: 1e999").code, "invalid-yaml");
    }

    #[test]
    fn a_tab_as_indentation_is_named() {
        let fault = fault("a:\n\tb: 1\n");
        assert_eq!(
            fault.help.as_deref(),
            Some("indent with spaces: YAML does not allow tabs there")
        );
    }

    #[test]
    fn odd_scalars_are_findings() {
        let read = parse("- .inf\n- !mine 1\n", &Limits::default());
        let read = read.map(|parsed| {
            let places = parsed
                .faults
                .iter()
                .map(|f| (f.code, f.pointer.to_string()));
            (parsed.value, places.collect::<Vec<_>>())
        });
        let findings = vec![
            (Code::NO_JSON_NUMBER, "/0".to_owned()),
            (Code::UNKNOWN_YAML_TAG, "/1".into()),
        ];
        assert_eq!(read, Ok((json!([".inf", 1]), findings)));
    }

    /// The value of a text that is mended, and the places of its findings.
    fn loose(text: &str) -> (Value, Vec<String>) {
        match parse(text, &Limits::default()) {
            Ok(parsed) => {
                let faults = parsed.faults.iter();
                let places = faults.map(|fault| format!("{} {}", fault.code, fault.pointer));
                (parsed.value, places.collect())
            }
            Err(faults) => (json!(faults[0].message), Vec::new()),
        }
    }

    #[test]
    fn what_other_parsers_take_is_a_finding() {
        let text = "a:\n  b: {\n    \"c\": [\n    \"1\"\n    ]\n  }\n  d: 2\n";
        let (value, places) = loose(text);
        assert_eq!(value, json!({"a": {"b": {"c": ["1"]}, "d": 2}}));
        assert_eq!(places, ["loose-yaml /a/b"]);
        let (value, places) = loose("a: 'b\nc\n\n d'# e\nf: \"g\nh\"\n");
        assert_eq!(value, json!({"a": "b c\nd", "f": "g h"}));
        assert_eq!(places, ["loose-yaml /a", "loose-yaml /f"]);
    }

    #[test]
    fn faults_of_a_mended_text_are_where_they_are_written() {
        let text = "a: {\nb: 1\n}\nc: [1\nd: 2\n";
        let fault = fault(text);
        assert_eq!(fault.code, Code::INVALID_YAML);
        assert!(fault.span.is_some_and(|span| span.end <= text.len()));
        let text = "a: {\nb: 1\n}\nc: 1\nc: 2\n";
        assert_eq!(self::fault(text).span, Some(17..18));
    }
}
