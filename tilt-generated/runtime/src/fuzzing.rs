//! Laws of what reads and writes what travels, on any bytes: for the fuzz target `runtime`, and on seeds for
//! the tests.

use crate::client::fuzzing as client;

/// The first byte chooses the law, from `a` on; the others are its input.
pub fn hold(bytes: &[u8]) {
    const LAWS: [fn(&[u8]); 10] = [
        client::events_are_the_same_wherever_the_stream_is_cut,
        client::lines_are_the_same_wherever_the_stream_is_cut,
        client::a_wait_is_bounded,
        client::a_link_gives_a_mark_or_none,
        client::no_parameter_leaves_its_place,
        client::a_form_gives_back_what_it_is_made_of,
        client::a_multipart_form_has_the_parts_that_it_is_made_of,
        client::no_server_variable_changes_the_host,
        webhooks_are_refused_or_delivered_whole,
        client::links_lead_nowhere_but_to_what_stands_in_them,
    ];
    if let [choice, input @ ..] = bytes {
        LAWS[usize::from(choice.wrapping_sub(b'a')) % LAWS.len()](input);
    }
}

#[cfg(feature = "webhooks")]
fn webhooks_are_refused_or_delivered_whole(input: &[u8]) {
    use crate::webhook::fuzzing::{sign, verified};

    let (value, body) = client::split(input);
    assert!(!verified(value, body), "nobody has the secret");
    assert!(verified(&sign(body), body), "what is signed is genuine");
    let several = [value, b",", &sign(body)].concat();
    let words = several.split(|byte| b", \t;".contains(byte)).count();
    if words < 16 && !value.contains(&b'\n') {
        assert!(verified(&several, body), "one of several is enough");
    }
    for path in [&["type"][..], &["a", "b"], &[]] {
        let _: Option<String> = crate::data::event::property(body, path);
    }
    if let Err(error) = crate::data::json::read::<crate::data::Value>(body) {
        let told = crate::data::locate::describe(body, &error);
        assert!(told.len() < 1024, "{told}");
    }
}

#[cfg(not(feature = "webhooks"))]
fn webhooks_are_refused_or_delivered_whole(_: &[u8]) {}

#[cfg(test)]
mod tests {
    use super::hold;
    use proptest::prelude::*;

    /// One of each kind at least; fuzzing starts with these as well.
    fn seeds() -> Vec<Vec<u8>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds");
        let files = std::fs::read_dir(folder).expect("the folder of seeds");
        let mut paths: Vec<_> = files.map(|file| file.expect("a seed").path()).collect();
        paths.sort();
        paths
            .iter()
            .map(|path| std::fs::read(path).expect("a seed"))
            .collect()
    }

    #[test]
    fn the_laws_hold_for_one_input_of_each_kind() {
        let seeds = seeds();
        assert!(seeds.len() > 9);
        seeds.iter().for_each(|seed| hold(seed));
    }

    proptest! {
        #[test]
        fn the_laws_hold_for_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            hold(&bytes);
        }

        #[test]
        fn the_laws_hold_for_changed_seeds(
            seed in proptest::sample::select(seeds()),
            at in any::<proptest::sample::Index>(),
            with in "\\PC{0,3}|[\r\n\0\"\\\\%&,|;=.]{1,3}",
        ) {
            let mut bytes = seed;
            let at = at.index(bytes.len() + 1).max(1).min(bytes.len());
            bytes.splice(at..at, with.bytes());
            hold(&bytes);
        }
    }
}
