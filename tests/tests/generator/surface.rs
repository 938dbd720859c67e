//! What users of the Tilt SDK see.

use tilt_tests::api::Api;

#[test]
fn the_surface_of_the_accepted_documents() {
    let api = Api::accepted().expect("the accepted documents");
    insta::assert_snapshot!(api.surface().expect("an SDK"));
}

#[test]
fn the_variants_have_the_same_operations_and_events() {
    let surface = |api: &Api| {
        let surface = api.surface().expect("an SDK");
        let lines = surface.lines().map(str::to_owned);
        lines
            .filter(|line| line.starts_with("operation ") || line.starts_with("event "))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let apis = Api::all().expect("the documents of this project");
    let expected = surface(&apis[0]);
    for api in &apis[1..] {
        assert_eq!(surface(api), expected, "{}", api.name);
    }
}
