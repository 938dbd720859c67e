//! Whether an operation answers with one thing or with many, before any type has a name: `GET /endpoint/headers` may get
//! all headers as one object.

use crate::dialect::media_type;
use crate::dialect::openapi::Operation;
use crate::dialect::schema::{Additional, JsonType, Types};
use crate::identifier;
use crate::lower::draft::Conjunction;
use crate::lower::naming::parts::last_text;
use crate::lower::naming::unnamed::{Answer, Sent};
use crate::lower::operation::needs_content;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::flatten::Flat;
use crate::model::{HttpMethod, Location, StatusRange};
use crate::source::Node;

/// So deep are alternatives and envelopes looked into.
const DEEPEST: usize = 3;

/// Properties that hold what an answer is about.
const ENVELOPES: &[&str] = &[
    "_embedded",
    "data",
    "embedded",
    "items",
    "list",
    "payload",
    "records",
    "response",
    "result",
    "results",
    "rows",
    "values",
];

/// How many things a GET answers with.
pub(in crate::lower) fn answer<'d>(
    types: &mut TypeBuilder<'d, '_>,
    operation: &Operation<'d>,
) -> Answer {
    let success = operation.responses.iter();
    let mut contents = success
        .filter(|(status, _)| {
            matches!(status, StatusRange::Code(200..=299) | StatusRange::Class(2))
        })
        .flat_map(|(_, response)| &response.content)
        .filter(|media| media_type::may_be_json(media.media_type));
    let schema = contents.find_map(|media| media.schema);
    let Some(schema) = schema.filter(|_| operation.method == HttpMethod::Get) else {
        return Answer::Unknown;
    };
    let noun = last_text(operation.path).unwrap_or_default();
    match of_schema(types, schema, noun, DEEPEST) {
        Answer::Many if is_list(types, schema, noun) => Answer::List,
        answer => answer,
    }
}

/// How many things a body is.
pub(in crate::lower) fn sent<'d>(
    types: &mut TypeBuilder<'d, '_>,
    operation: &Operation<'d>,
) -> Sent {
    let Some(body) = &operation.body else {
        return Sent::Nothing;
    };
    let mut contents = body.content.iter();
    let schema = contents.find_map(|media| {
        let schema = media.schema?;
        media_type::may_be_json(media.media_type).then_some(schema)
    });
    let Some(schema) = schema else {
        return Sent::Unknown;
    };
    // Many operations send one schema: it is looked through once.
    let target = types.sole_reference(&Conjunction::one(schema));
    let key = target.unwrap_or(schema).key();
    if let Some(known) = types.sent.get(&key) {
        return *known;
    }
    let is_one = !has_list(types, schema) && of_schema(types, schema, "", DEEPEST) == Answer::One;
    let sent = match is_one {
        true => Sent::One,
        false => Sent::Unknown,
    };
    types.sent.insert(key, sent);
    sent
}

/// Whether a schema is a list, or has one among its properties.
fn has_list<'d>(types: &mut TypeBuilder<'d, '_>, node: Node<'d>) -> bool {
    let flat = types.flatten(&Conjunction::one(node));
    let properties = flat
        .leaves
        .iter()
        .flat_map(|leaf| leaf.schema.properties.clone());
    let properties: Vec<_> = properties.collect();
    let mut around = [node]
        .into_iter()
        .chain(properties.into_iter().map(|(_, node)| node));
    around.any(|node| {
        let flat = types.flatten(&Conjunction::one(node));
        flat.proper_types().has(JsonType::Array)
    })
}

/// Whether a request has to say more than the path does.
pub(in crate::lower) fn picks<'d>(
    types: &mut TypeBuilder<'d, '_>,
    operation: &Operation<'d>,
) -> bool {
    let body = operation.body.as_ref();
    let needs_body =
        body.is_some_and(|body| body.required.unwrap_or_else(|| needs_content(types, body)));
    let mut parameters = operation.parameters.iter();
    needs_body || parameters.any(|it| it.required && it.location == Location::Query)
}

/// Whether an answer is a list of objects, or holds one beside what tells of its pages. Where nothing tells of them, the
/// list is called so, or as the path is: `sections` of `/config` are parts of one thing.
fn is_list<'d>(types: &mut TypeBuilder<'d, '_>, node: Node<'d>, noun: &str) -> bool {
    let flat = types.flatten(&Conjunction::one(node));
    if flat.leaves.iter().any(|leaf| leaf.schema.items.is_some()) {
        return is_of_objects(types, &flat);
    }
    let leaves = flat.leaves.iter();
    let properties: Vec<_> = leaves
        .flat_map(|leaf| leaf.schema.properties.clone())
        .collect();
    let (pages, others): (Vec<_>, Vec<_>) = properties
        .into_iter()
        .partition(|(name, _)| is_about_pages(name));
    let [(name, node)] = others.as_slice() else {
        return false;
    };
    let one = |text: &str| identifier::singular(&identifier::snake(text));
    let is_named = is_envelope(name) || one(noun).ends_with(&one(name));
    let list = types.flatten(&Conjunction::one(*node));
    if !is_named && pages.is_empty() {
        return false;
    }
    // `Data: {Account: […]}`
    let inside = list.leaves.iter();
    let inside: Vec<_> = inside
        .flat_map(|leaf| leaf.schema.properties.clone())
        .collect();
    match inside.as_slice() {
        [(_, inner)] if is_envelope(name) && !pages.is_empty() => {
            let inner = types.flatten(&Conjunction::one(*inner));
            is_of_objects(types, &inner)
        }
        _ => is_of_objects(types, &list),
    }
}

fn is_envelope(name: &str) -> bool {
    ENVELOPES.contains(&name) || ENVELOPES.contains(&identifier::snake(name).as_str())
}

/// Whether a schema is a list of objects.
fn is_of_objects<'d>(types: &mut TypeBuilder<'d, '_>, flat: &Flat<'d>) -> bool {
    let items = flat.leaves.iter().find_map(|leaf| leaf.schema.items);
    items.is_some_and(|items| {
        let kinds = types.flatten(&Conjunction::one(items)).proper_types();
        kinds.has(JsonType::Object)
    })
}

/// Whether a property of an answer tells of its list or its pages.
fn is_about_pages(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "count",
        "cursor",
        "has",
        "is",
        "limit",
        "link",
        "links",
        "meta",
        "metadata",
        "more",
        "next",
        "object",
        "offset",
        "page",
        "pages",
        "pagination",
        "paging",
        "prev",
        "previous",
        "size",
        "total",
    ];
    let words = identifier::words(name);
    words
        .first()
        .is_some_and(|word| WORDS.contains(&word.as_str()))
}

fn of_schema<'d>(
    types: &mut TypeBuilder<'d, '_>,
    node: Node<'d>,
    noun: &str,
    left: usize,
) -> Answer {
    let flat = types.flatten(&Conjunction::one(node));
    let leaves = || flat.leaves.iter().map(|leaf| &leaf.schema);
    let kinds = flat.proper_types();
    if kinds.has(JsonType::Array) || leaves().any(|schema| schema.items.is_some()) {
        return Answer::Many;
    }
    let alternatives: Vec<Node<'d>> = leaves()
        .flat_map(|schema| schema.one_of.iter().chain(&schema.any_of))
        .copied()
        .collect();
    let properties: Vec<_> = leaves().flat_map(|it| it.properties.clone()).collect();
    let is_scalar = kinds != Types::default() && !kinds.has(JsonType::Object);
    if is_scalar && alternatives.is_empty() {
        return Answer::One;
    }
    if properties.is_empty() && alternatives.is_empty() {
        return of_map(&flat);
    }
    if left == 0 {
        return Answer::Unknown;
    }
    let is_counted = properties.iter().any(|(name, _)| {
        let words = identifier::words(name);
        words.first().is_some_and(|word| word == "total") || words == ["has", "more"]
    });
    if is_counted {
        return Answer::Many;
    }
    let mut answers: Vec<Answer> = Vec::new();
    for alternative in alternatives {
        answers.push(of_schema(types, alternative, noun, left - 1));
    }
    for (name, node) in &properties {
        // A list alone, and `tags` of `/dagTags`.
        let is_named =
            properties.len() == 1 || identifier::words(noun).ends_with(&identifier::words(name));
        answers.push(of_property(
            types,
            *node,
            is_named,
            is_envelope(name),
            (noun, left),
        ));
    }
    for several in [Answer::Many, Answer::Keyed, Answer::Unknown] {
        if answers.contains(&several) {
            return several;
        }
    }
    Answer::One
}

/// An object without properties: one whose keys are data has many.
fn of_map(flat: &Flat<'_>) -> Answer {
    let is_map = flat.leaves.iter().any(|leaf| match leaf.schema.additional {
        Additional::Schema(_) => true,
        _ => !leaf.schema.pattern_properties.is_empty(),
    });
    match is_map {
        true => Answer::Keyed,
        false => Answer::Unknown,
    }
}

/// Lists of words are of no things, unless they are what is asked for.
fn of_property<'d>(
    types: &mut TypeBuilder<'d, '_>,
    node: Node<'d>,
    is_named: bool,
    is_envelope: bool,
    (noun, left): (&str, usize),
) -> Answer {
    let flat = types.flatten(&Conjunction::one(node));
    let items = flat.leaves.iter().find_map(|leaf| leaf.schema.items);
    let is_list = items.is_some() || flat.proper_types().has(JsonType::Array);
    let Some(items) = items else {
        return match (is_list, is_named || is_envelope) {
            (true, _) => Answer::Many,
            (false, true) => of_schema(types, node, noun, left - 1),
            (false, false) => Answer::One,
        };
    };
    let words = types.flatten(&Conjunction::one(items)).proper_types();
    let is_of_words = [JsonType::String, JsonType::Integer, JsonType::Number]
        .into_iter()
        .any(|kind| words.has(kind));
    match is_of_words && !is_named && !is_envelope {
        true => Answer::One,
        false => Answer::Many,
    }
}
