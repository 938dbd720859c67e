//! The surface of the Tilt SDK.

use tilt_tests::api::Api;

#[test]
fn the_surface_of_the_accepted_documents() {
    let api = Api::accepted().expect("the accepted documents");
    insta::assert_snapshot!(api.surface().expect("an SDK"));
}

/// Beside the surface, which says nothing of what is on the wire alone: every edit of the documents that is more than
/// editorial changes a line of one of the two.
#[test]
fn the_wire_outline_of_the_accepted_documents() {
    let api = Api::accepted().expect("the accepted documents");
    let outline = tilt_codegen::outline(&api.inputs(), &api.config);
    insta::assert_snapshot!(outline.expect("documents that can be read"));
}

/// With the names of types that their settings give back; one of them has narrower integers.
#[test]
fn the_variants_have_the_same_operations_and_events() {
    let surface = |api: &Api| {
        let surface = api.surface().expect("an SDK");
        let operations = surface
            .lines()
            .filter(|line| line.starts_with("operation "));
        // A type of events is named in one document where there are seven in another.
        let events = surface.lines().filter(|line| line.starts_with("event "));
        let events = events
            .filter_map(|line| line.rsplit_once(' '))
            .map(|(event, _)| event);
        let lines = operations
            .chain(events)
            .map(|line| line.replace("i32", "i64"));
        lines.collect::<Vec<_>>()
    };
    let apis = Api::all().expect("the documents of this project");
    let expected = surface(&apis[0]);
    for api in &apis[1..] {
        assert_eq!(surface(api), expected, "{}", api.name);
    }
}
