//! The singular of English nouns.

/// Words that end like plurals, or are the same in both.
const UNCHANGED: &[&str] = &[
    "address",
    "access",
    "alias",
    "analysis",
    "basis",
    "bus",
    "business",
    "canvas",
    "census",
    "class",
    "cors",
    "contains",
    "corpus",
    "dns",
    "ethos",
    "exists",
    "gas",
    "https",
    "ids",
    "kubernetes",
    "lens",
    "mms",
    "news",
    "os",
    "pos",
    "plus",
    "process",
    "progress",
    "radius",
    "rbs",
    "series",
    "settings",
    "sms",
    "species",
    "status",
    "success",
    "tls",
    "virus",
    "vs",
    "aws",
    "gps",
    "sis",
    "its",
    "this",
    "yes",
    "ios",
    "has",
    "is",
    "was",
    "always",
    "canvass",
    "metrics",
    "statistics",
    "stats",
    "analytics",
    "diagnostics",
    "atlas",
    "bias",
    "chaos",
    "cosmos",
    "ftps",
    "jenkins",
    "kudos",
    "logistics",
    "mathematics",
    "physics",
    "postgres",
    "smtps",
];

/// Plurals that end as `basis` does. All other words with that ending are singular, but for short ones, which are
/// abbreviations: `apis`.
const PLURAL_IN_IS: &[&str] = &["alibis", "emojis", "rabbis", "safaris", "taxis", "wikis"];

/// Words of four letters that end so and are no abbreviations.
const SHORT_IN_IS: &[&str] = &["axis", "ibis", "iris"];

/// Whether a word ends in `is` and is no plural: `redis`, `hypothesis`.
fn is_singular_in_is(word: &str) -> bool {
    const SHORT: usize = 4;
    let is_abbreviation = |word: &str| ["apis", "uris"].iter().any(|it| word.ends_with(it));
    match word.len() {
        ..=SHORT => SHORT_IN_IS.contains(&word),
        _ => word.ends_with("is") && !is_abbreviation(word) && !PLURAL_IN_IS.contains(&word),
    }
}

/// The singular of an English noun in `snake_case` (its last word): `orders` to `order`.
pub(crate) fn singular(name: &str) -> String {
    let (head, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    format!("{head}{}", singular_word(last))
}

fn singular_word(word: &str) -> String {
    if matches!(word, "ids" | "ips" | "vms") {
        return word[..2].to_owned();
    }
    if UNCHANGED.contains(&word) || word.ends_with("ss") || word.ends_with("us") || word.len() < 4 {
        return word.to_owned();
    }
    // `redis`, and software as a service.
    if is_singular_in_is(word) || word.ends_with("aas") {
        return word.to_owned();
    }
    match word {
        "people" => return "person".to_owned(),
        "calves" | "halves" | "hooves" | "leaves" | "loaves" | "scarves" | "selves" | "shelves"
        | "thieves" | "wolves" => {
            return format!("{}f", &word[..word.len() - 3]);
        }
        "knives" | "lives" | "wives" => return format!("{}fe", &word[..word.len() - 3]),
        "children" => return "child".to_owned(),
        "men" => return "man".to_owned(),
        "indices" => return "index".to_owned(),
        "vertices" => return "vertex".to_owned(),
        "matrices" => return "matrix".to_owned(),
        "statuses" => return "status".to_owned(),
        "aliases" => return "alias".to_owned(),
        "movies" | "cookies" | "ties" | "zombies" => return word[..word.len() - 1].to_owned(),
        _ => {}
    }
    for (ending, replacement) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("zzes", "zz"),
    ] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}{replacement}");
        }
    }
    word.strip_suffix('s')
        .map_or_else(|| word.to_owned(), str::to_owned)
}

/// The plural of an English noun in `snake_case`: `shelf` to `shelves`. A word that has no other form stays.
pub(crate) fn plural(name: &str) -> String {
    let endings = [
        ("f", "ves"),
        ("fe", "ves"),
        ("y", "ies"),
        ("", "es"),
        ("", "s"),
    ];
    let irregular = [
        "people", "children", "men", "indices", "vertices", "matrices",
    ];
    let (head, last) = match name.rfind('_') {
        Some(at) => name.split_at(at + 1),
        None => ("", name),
    };
    let regular = endings.into_iter().filter_map(|(ending, plural)| {
        let stem = last.strip_suffix(ending)?;
        Some(format!("{stem}{plural}"))
    });
    let is_of_vowel = |text: &String| {
        let stem = text.strip_suffix("ies").unwrap_or_default();
        stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    };
    let mut plurals = irregular.map(str::to_owned).into_iter().chain(regular);
    let plural = plurals.find(|plural| singular_word(plural) == last && !is_of_vowel(plural));
    plural
        .filter(|_| !is_plural(name))
        .map_or_else(|| name.to_owned(), |plural| format!("{head}{plural}"))
}

/// Whether the last word of a `snake_case` name is a plural.
pub(crate) fn is_plural(name: &str) -> bool {
    singular(name) != name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_is_what_has_the_singular() {
        for (one, many) in [
            ("order", "orders"),
            ("launch_token", "launch_tokens"),
            ("shelf", "shelves"),
            ("entity", "entities"),
            ("key", "keys"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("address", "addresses"),
            ("status", "statuses"),
            ("person", "people"),
            ("case", "cases"),
            ("orders", "orders"),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn singular_knows_the_usual_endings() {
        for (plural, expected) in [
            ("orders", "order"),
            ("shelves", "shelf"),
            ("knives", "knife"),
            ("archives", "archive"),
            ("launch_tokens", "launch_token"),
            ("entities", "entity"),
            ("addresses", "address"),
            ("address", "address"),
            ("statuses", "status"),
            ("boxes", "box"),
            ("branches", "branch"),
            ("cases", "case"),
            ("business", "business"),
            ("bundle_ids", "bundle_id"),
            ("dns", "dns"),
            ("redis", "redis"),
            ("postgres", "postgres"),
            ("hypothesis", "hypothesis"),
            ("axis", "axis"),
            ("saas", "saas"),
            ("apis", "api"),
            ("emojis", "emoji"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}
