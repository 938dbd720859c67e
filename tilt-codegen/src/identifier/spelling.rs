//! How any text is spelled in the letters and digits that an identifier has.

use heck::ToSnakeCase;

/// Longest identifier that is still readable; what is longer is cut, with a mark of the whole.
const MAX_LENGTH: usize = 80;

/// `PascalCase` without any reservation.
pub(crate) fn pascal(wire: &str) -> String {
    let spelled = spell(wire);
    let capitalized: Vec<String> = match small_words(&spelled) {
        Some(words) => words.map(capitalized).collect(),
        None => {
            let snake = one_word(&spelled).to_snake_case();
            snake.split('_').map(capitalized).collect()
        }
    };
    let mut name = String::with_capacity(spelled.len());
    for word in capitalized {
        // 12.5 is no 125. Everywhere else, the capital says where a word begins.
        let is_digit = |c: char| c.is_ascii_digit();
        if name.ends_with(is_digit) && word.starts_with(is_digit) {
            name.push('_');
        }
        name.push_str(&word);
    }
    cut(start_legally(name, "N"), "")
}

/// `snake_case` without any reservation; may be a keyword.
pub(crate) fn snake(wire: &str) -> String {
    let spelled = spell(wire);
    let name = match small_words(&spelled) {
        Some(words) => words.collect::<Vec<_>>().join("_"),
        None => one_word(&spelled).to_snake_case(),
    };
    cut(start_legally(name, "n"), "_")
}

/// The words of a name, in lower case.
pub(crate) fn words(wire: &str) -> Vec<String> {
    let spelled = spell(wire);
    if let Some(words) = small_words(&spelled) {
        return words.map(str::to_owned).collect();
    }
    let snake = one_word(&spelled).to_snake_case();
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The words of a text without capitals, which most names are: separators alone tell them apart, and the result is that of
/// `heck` in a tenth of the time.
fn small_words(spelled: &str) -> Option<impl Iterator<Item = &str>> {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let words = spelled.split('_').filter(|word| !word.is_empty());
    spelled.bytes().all(is_small).then_some(words)
}

fn capitalized(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// A name that is too long, without the words in its middle.
pub(crate) fn abbreviated(words: &[String]) -> Vec<String> {
    const MOST: usize = MAX_LENGTH - 4;
    const AT_EACH_END: usize = 36;
    if words.iter().map(String::len).sum::<usize>() <= MOST {
        return words.to_vec();
    }
    let fitting = |words: &mut dyn Iterator<Item = &String>| {
        let mut left = AT_EACH_END;
        words
            .take_while(|word| {
                let fits = word.len() <= left;
                left = left.saturating_sub(word.len());
                fits
            })
            .count()
    };
    let first = fitting(&mut words.iter()).max(1);
    let last = fitting(&mut words.iter().rev()).min(words.len() - first);
    [&words[..first], &words[words.len() - last..]].concat()
}

/// The end of an address, where that is a name: `core` of `http://www.w3.org/ns/hydra/core#`.
pub(crate) fn end_of_address(text: &str) -> Option<&str> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let address = text.split_once("://").map(|(_, address)| address);
    let path = match text.strip_prefix("urn:") {
        Some(name) => name,
        None => address?.split_once('/')?.1,
    };
    let end = path.trim_end_matches(is_sign);
    let end = end.rsplit(['/', '#', ':', '?']).next()?;
    let end = end.split('.').next()?;
    end.starts_with(char::is_alphabetic).then_some(end)
}

/// The words that a sentence begins with, where all of them are too many for a name.
pub(crate) fn beginning(wire: &str) -> Option<String> {
    const SENTENCE: usize = 5;
    const ENOUGH: usize = 40;
    let words: Vec<String> = words(wire);
    let length: usize = words.iter().map(String::len).sum();
    if wire.split_whitespace().count() < SENTENCE || length <= ENOUGH {
        return None;
    }
    let mut left = ENOUGH;
    let fitting = words.into_iter().take_while(|word| {
        let fits = word.len() <= left;
        left = left.saturating_sub(word.len());
        fits
    });
    let fitting: Vec<String> = fitting.collect();
    (!fitting.is_empty()).then(|| fitting.join("_"))
}

/// Words whose capitals mislead about where words begin: `OAuth`, `IPv6`, and several of what capitals stand
/// for, as in `IDs` and `VPCs`.
fn one_word(spelled: &str) -> String {
    let mut text = spelled.to_owned();
    for (misleading, word) in [
        ("OAuth", "Oauth"),
        ("oAuth", "oauth"),
        ("IPv4", "Ipv4"),
        ("IPv6", "Ipv6"),
    ] {
        text = text.replace(misleading, word);
    }
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| !byte.is_ascii_lowercase());
    let is_capital = |byte: &&u8| byte.is_ascii_uppercase();
    let plurals: Vec<(usize, usize)> = (0..bytes.len())
        .filter(|at| bytes[*at] == b's' && ends(at + 1))
        .map(|at| (at, bytes[..at].iter().rev().take_while(is_capital).count()))
        .filter(|(_, capitals)| *capitals > 1)
        .collect();
    for (at, capitals) in plurals {
        text[at + 1 - capitals..at].make_ascii_lowercase();
    }
    text
}

fn start_legally(name: String, prefix: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("{prefix}{name}")
    } else {
        name
    }
}

fn cut(name: String, separator: &str) -> String {
    if name.len() <= MAX_LENGTH {
        return name;
    }
    // All ASCII after `spell`.
    format!(
        "{}{separator}{:08x}",
        name[..MAX_LENGTH - 9].trim_end_matches('_'),
        fingerprint(&name)
    )
}

/// 32-bit FNV-1a: tells names apart, the same on every machine.
pub(crate) fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Writes a character in ASCII. Letters of one word stay one word, also those that become several (`æ`, `ж`);
/// an ideograph or a picture is a word by itself.
fn transliterate(c: char, before: Option<char>, rest: &str, spelled: &mut String) {
    /// The first character behind the alphabets: radicals of ideographs.
    const IDEOGRAPHS: char = '\u{2e80}';
    let ascii = deunicode::deunicode_char(c).unwrap_or("");
    let fits = |c: &char| c.is_ascii_alphanumeric() || *c == ' ';
    let ascii: String = ascii.chars().filter(fits).collect();
    let ascii = ascii.trim();
    if ascii.len() > 1 && !(c.is_alphabetic() && c < IDEOGRAPHS) {
        spelled.push('_');
        spelled.push_str(ascii);
        spelled.push('_');
        return;
    }
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    if is_capital(Some(c)) && (is_capital(before) || is_capital(rest.chars().next())) {
        spelled.push_str(&ascii.to_ascii_uppercase());
    } else {
        spelled.push_str(ascii);
    }
}

/// ASCII letters, digits and separators, with the symbols that carry meaning in words. Never empty.
fn spell(wire: &str) -> String {
    let bracketed = wire.contains('<') && wire.contains('>');
    let mut spelled = String::with_capacity(wire.len() + 8);
    for (index, c) in wire.char_indices() {
        let rest = &wire[index + c.len_utf8()..];
        let leads = index == 0 && rest.starts_with(|c: char| c.is_alphanumeric());
        let word = match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => {
                spelled.push(c);
                continue;
            }
            '+' => "plus",
            '-' if leads => "minus",
            '@' if leads => "at",
            '<' if !bracketed => "lt",
            '>' if !bracketed => "gt",
            '=' => "eq",
            '*' => "star",
            '%' => "percent",
            '&' => "and",
            '!' => "not",
            '~' => "tilde",
            _ if c.is_ascii() => "",
            _ => {
                transliterate(c, wire[..index].chars().next_back(), rest, &mut spelled);
                continue;
            }
        };
        spelled.push('_');
        spelled.push_str(word);
        spelled.push('_');
    }
    if spelled.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return spelled;
    }
    let words: Vec<String> = wire.chars().map(symbol).collect();
    if words.is_empty() {
        "empty".to_owned()
    } else {
        words.join("_")
    }
}

fn symbol(c: char) -> String {
    let word = match c {
        '.' => "dot",
        '-' => "minus",
        '_' => "underscore",
        '/' => "slash",
        '\\' => "backslash",
        ' ' => "space",
        ':' => "colon",
        ';' => "semicolon",
        ',' => "comma",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        '|' => "pipe",
        '^' => "caret",
        '\'' => "quote",
        '"' => "double_quote",
        '`' => "backtick",
        '<' => "lt",
        '>' => "gt",
        '(' => "open",
        ')' => "close",
        '[' => "open_bracket",
        ']' => "close_bracket",
        '{' => "open_brace",
        '}' => "close_brace",
        _ => return format!("u{:x}", u32::from(c)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_in_one_word_begin_no_others() {
        let names = [
            "OAuth",
            "oAuth2",
            "userIDs",
            "VPCs",
            "Floating IPs",
            "reserved IPv6",
            "URLsById",
            "userID",
            "dbSize",
        ];
        let expected = [
            "oauth",
            "oauth2",
            "user_ids",
            "vpcs",
            "floating_ips",
            "reserved_ipv6",
            "urls_by_id",
            "user_id",
            "db_size",
        ];
        assert_eq!(names.map(snake), expected);
    }

    #[test]
    fn numbers_stay_apart() {
        let numbers = ["12.5", "125", "v1.0", "2020-08-27", "IPs", "us-east-1"];
        let names = ["N12_5", "N125", "V1_0", "N2020_08_27", "Ips", "UsEast1"];
        assert_eq!(numbers.map(pascal), names);
    }

    #[test]
    fn letters_of_other_alphabets_stay_in_their_word() {
        for (wire, expected) in [
            ("længde", "laengde"),
            ("Straße", "strasse"),
            ("журнал щи", "zhurnal_shchi"),
            ("ЖУРНАЛ", "zhurnal"),
            ("日本", "ri_ben"),
        ] {
            assert_eq!(snake(wire), expected, "{wire}");
        }
    }

    #[test]
    fn symbols_that_carry_meaning_are_spelled() {
        let names = [
            "+1",
            "-1",
            "<=1y",
            ">1y",
            "StartTime<",
            "StartTime>",
            "*",
            "/",
            "",
            "$filter",
            "@type",
            "name[]",
        ];
        let names: Vec<String> = names.iter().map(|name| snake(name)).collect();
        assert_eq!(
            names,
            [
                "plus_1",
                "minus_1",
                "lt_eq_1y",
                "gt_1y",
                "start_time_lt",
                "start_time_gt",
                "star",
                "slash",
                "empty",
                "filter",
                "at_type",
                "name",
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn names_without_capitals_are_those_of_heck(text in "[a-z0-9_]{0,12}") {
            let words: Vec<&str> = small_words(&text).expect("no capitals").collect();
            proptest::prop_assert_eq!(words.join("_"), text.to_snake_case());
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let a = pascal(&"very_long_name_".repeat(20));
        let b = pascal(&("very_long_name_".repeat(20) + "x"));
        assert!(a.len() <= MAX_LENGTH && b.len() <= MAX_LENGTH);
        assert_ne!(a, b);
    }
}
