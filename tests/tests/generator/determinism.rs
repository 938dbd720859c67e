//! The same input gives the same output, in every order of its maps.

use tilt_codegen::render::File;
use tilt_tests::api::Api;
use tilt_tests::random::Random;
use tilt_tests::shuffle::shuffled;

const SEEDS: u64 = 2;

/// Larger documents of a corpus cost more time than they show.
const MOST_BYTES: u64 = 400 << 10;

fn apis() -> Vec<Api> {
    let mut apis = Api::all().expect("the documents of this project");
    apis.extend(Api::corpus(MOST_BYTES).expect("the corpus"));
    apis
}

fn shuffled_api(api: &Api, seed: u64) -> Api {
    let mut random = Random::new(seed);
    let mut api = api.clone();
    for document in api.documents_mut() {
        *document = shuffled(document, &mut random);
    }
    api
}

#[test]
fn two_runs_give_the_same_files() {
    for api in Api::all().expect("the documents of this project") {
        assert!(!files(&api).is_empty());
        assert_eq!(files(&api), files(&api), "{}", api.name);
    }
}

#[test]
fn the_order_of_maps_does_not_show_in_the_files() {
    let mut differences = Vec::new();
    for api in apis() {
        if api.surface().is_err() {
            continue;
        }
        let expected = files(&api);
        for seed in 0..2 {
            let files = files(&shuffled_api(&api, seed));
            let paths = |files: &[File]| {
                files
                    .iter()
                    .map(|file| file.path.clone())
                    .collect::<Vec<_>>()
            };
            assert_eq!(paths(&files), paths(&expected), "{}", api.name);
            let pairs = expected.iter().zip(&files);
            for (one, other) in pairs.filter(|(one, other)| one != other) {
                let name = format!("{} {}", api.name, one.path);
                differences.extend(difference(&name, &one.contents, &other.contents));
            }
        }
    }
    differences.sort();
    differences.dedup();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn files(api: &Api) -> Vec<File> {
    let generated = api.generator().generate(&api.inputs());
    let generated = generated
        .map_err(|error| format!("{}: {error}", api.name))
        .expect("no fault");
    generated.files
}

#[test]
fn the_order_of_maps_does_not_show_in_the_surface() {
    let mut differences = Vec::new();
    for api in apis() {
        let Ok(expected) = api.surface() else {
            continue;
        };
        for seed in 0..SEEDS {
            let surface = shuffled_api(&api, seed)
                .surface()
                .expect("the same document");
            differences.extend(difference(&api.name, &expected, &surface));
        }
    }
    differences.sort();
    differences.dedup();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn difference(name: &str, expected: &str, surface: &str) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (expected, surface) = (lines(expected), lines(surface));
    let gone = expected.iter().filter(|line| !surface.contains(line));
    let new = surface.iter().filter(|line| !expected.contains(line));
    gone.map(|line| format!("{name} - {line}"))
        .chain(new.map(|line| format!("{name} + {line}")))
        .collect()
}
