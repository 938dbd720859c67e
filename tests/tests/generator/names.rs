//! Names stay, whatever is added: with a names file.

use std::collections::BTreeSet;
use std::sync::Mutex;

use tilt_codegen::{Modelled, surface};
use tilt_tests::api::Api;
use tilt_tests::growth::{GROWTHS, Growth, REGROUPINGS, RIVALS};
use tilt_tests::random::Random;
use tilt_tests::shuffle::shuffled;

const MOST_BYTES: u64 = 60 << 10;

/// How many times an API grows, one after the other.
const GENERATIONS: usize = 4;

const SEEDS: u64 = 2;

#[test]
fn nothing_that_is_added_takes_a_name_away() {
    let lines = RIVALS
        .iter()
        .map(|(what, growth)| (*what, *growth, Look::Lines));
    // Inline types that were one may become two, and who refers to which of them changes.
    let names = GROWTHS.iter().chain(&REGROUPINGS);
    let names = names.map(|(what, growth)| (*what, *growth, Look::Names));
    let ways: Vec<(&str, Growth, Look)> = lines.chain(names).collect();
    let changes = of_each_api(|api| {
        let mut changes = BTreeSet::new();
        let Ok(before) = model(api) else {
            return changes;
        };
        for (number, (what, growth, look)) in ways.iter().enumerate() {
            for seed in 0..SEEDS {
                let mut random = Random::new(seed * 1000 + number as u64);
                let mut after = api.clone();
                let Some(added) = growth(&mut after, &mut random) else {
                    continue;
                };
                after.names = Some(before.names.to_string());
                let context = format!("{}, after {what} ({added})", api.name);
                changes.extend(lost(&before, &mut after, &context, *look));
            }
        }
        changes
    });
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn names_stay_over_generations() {
    let ways: Vec<(&str, Growth)> = GROWTHS
        .iter()
        .chain(&RIVALS)
        .chain(&REGROUPINGS)
        .copied()
        .collect();
    let changes = of_each_api(|api| {
        let mut changes = BTreeSet::new();
        for seed in 0..SEEDS {
            let mut random = Random::new(seed);
            let mut api = api.clone();
            let mut added = api.name.clone();
            let mut first: Option<Modelled> = None;
            for _ in 0..GENERATIONS {
                let Ok(modelled) = model(&api) else {
                    break;
                };
                if let Some(first) = &first {
                    changes.extend(lost(first, &mut api.clone(), &added, Look::Names));
                }
                api.names = Some(modelled.names.to_string());
                first.get_or_insert(modelled);
                if let Some((what, growth)) = random.pick(&ways)
                    && let Some(more) = growth(&mut api, &mut random)
                {
                    added = format!("{added}, {what} ({more})");
                }
            }
        }
        changes
    });
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn every_way_to_grow_finds_a_place_in_some_api() {
    let apis = Api::all().expect("the documents of this project");
    for (what, growth) in RIVALS.iter().chain(&REGROUPINGS) {
        let elsewhere = [
            "an alternative of the same title, before it",
            "a message that becomes the same name",
            "a security scheme before the others",
        ];
        if elsewhere.contains(what) {
            // Only APIs of other people have a place for these: see the corpus.
            continue;
        }
        let grows = |api: &Api| {
            (0..40).any(|seed| growth(&mut api.clone(), &mut Random::new(seed)).is_some())
        };
        assert!(apis.iter().any(grows), "{what}");
    }
}

#[test]
fn a_names_file_changes_nothing_of_what_it_was_written_for() {
    let changes = of_each_api(|api| {
        let mut changes = BTreeSet::new();
        let Ok(before) = api.generator().generate(&api.inputs()) else {
            return changes;
        };
        for seed in 0..2 {
            let mut again = api.clone();
            again.names = Some(before.names.to_string());
            let mut random = Random::new(seed);
            for document in again.documents_mut() {
                *document = shuffled(document, &mut random);
            }
            match again.generator().generate(&again.inputs()) {
                Err(diagnostics) => {
                    changes.insert(format!("{}: {diagnostics}", api.name));
                }
                Ok(after) => {
                    let name = &api.name;
                    let old = before.names.to_string();
                    let new = after.names.to_string();
                    changes.extend(gone(&old, &new).map(|line| format!("{name} - {line}")));
                    changes.extend(gone(&new, &old).map(|line| format!("{name} + {line}")));
                    if after.files != before.files {
                        changes.insert(format!("{name}: other files"));
                    }
                }
            }
        }
        changes
    });
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

/// The part of two surfaces that is compared.
#[derive(Debug, Clone, Copy)]
enum Look {
    Lines,
    Names,
}

fn of_each_api(find: impl Fn(&Api) -> BTreeSet<String> + Sync) -> Vec<String> {
    let apis = Api::all().expect("the documents of this project");
    let corpus = Api::corpus(MOST_BYTES).expect("the corpus");
    let tried = Mutex::new(apis.iter().chain(&corpus));
    let found = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let next = tried.lock().expect("what is left").next();
                    let Some(api) = next else {
                        return;
                    };
                    let changes = find(api);
                    found.lock().expect("what was found").extend(changes);
                }
            });
        }
    });
    found
        .into_inner()
        .expect("what was found")
        .into_iter()
        .collect()
}

fn model(api: &Api) -> Result<Modelled, String> {
    let modelled = api.generator().model(&api.inputs());
    modelled.map_err(|diagnostics| diagnostics.to_string())
}

/// Lines that were there before and are no longer.
fn lost(before: &Modelled, after: &mut Api, context: &str, look: Look) -> Vec<String> {
    match model(after) {
        Err(diagnostics) => {
            // An API that nobody could generate has no names to lose.
            after.names = None;
            let is_lost = model(after).is_ok();
            let lost = is_lost.then(|| format!("{context}: {diagnostics}"));
            lost.into_iter().collect()
        }
        Ok(after) => {
            let [before, after] = [before, &after].map(|modelled| {
                let surface = surface(&modelled.sdk);
                let lines = surface.lines().flat_map(|line| look.at(line));
                lines.collect::<Vec<_>>().join("\n")
            });
            let gone = gone(&before, &after);
            gone.map(|line| format!("{context}: {line}")).collect()
        }
    }
}

fn gone<'t>(before: &'t str, after: &'t str) -> impl Iterator<Item = &'t str> {
    let after: BTreeSet<&str> = after.lines().collect();
    before.lines().filter(move |line| !after.contains(line))
}

impl Look {
    /// The pieces of a line that are to stay.
    fn at(self, line: &str) -> Vec<String> {
        // The first program and the order of channels are no names.
        if line.starts_with("example ") || line.starts_with("channels ") {
            return Vec::new();
        }
        // The values that select a union's variant may become more.
        let line = line.split(" for [").next().unwrap_or(line);
        let Look::Names = self else {
            return vec![line.to_owned()];
        };
        let word = |text: &str| {
            text.split([':', '(', ' '])
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        if let Some(operation) = line.strip_prefix("operation ") {
            let (name, rest) = operation.split_once('(').unwrap_or((operation, ""));
            let (arguments, _) = rest.split_once(") -> ").unwrap_or((rest, ""));
            let path = line.rsplit(" = ").next().unwrap_or(line);
            let arguments = arguments.split(", ").map(word);
            return arguments
                .map(|argument| format!("{path} = {name}, {argument}"))
                .collect();
        }
        if let Some(ty) = line.strip_prefix("type ") {
            let (owner, variant) = ty.split_once("::").unwrap_or((ty, ""));
            return vec![format!("{}::{}", word(owner), word(variant))];
        }
        if line.starts_with("event ") {
            return vec![
                line.rsplit_once(' ')
                    .map_or(line, |(event, _)| event)
                    .to_owned(),
            ];
        }
        vec![line.to_owned()]
    }
}
