//! Schemas with a discriminator on which others build by `allOf`.

use super::*;
use tilt_codegen::model::Shape;

/// The variants of a union, each with what selects it; nothing where the type is none.
fn variants(modelled: &Modelled, name: &str) -> Vec<String> {
    let ty = modelled.sdk.types.iter().find(|ty| ty.name == name);
    let Some(Shape::Union(union)) = ty.map(|ty| &ty.shape) else {
        return Vec::new();
    };
    let variants = union.variants.iter();
    variants
        .map(|it| format!("{} {}", it.name, it.discriminator_values.join(",")))
        .collect()
}

fn is_struct(modelled: &Modelled, name: &str) -> bool {
    let ty = modelled.sdk.types.iter().find(|ty| ty.name == name);
    matches!(ty.map(|ty| &ty.shape), Some(Shape::Struct(_)))
}

#[test]
fn a_schema_that_others_build_on_is_a_union_where_it_is_used() {
    let mut schemas = pets();
    let list = json!({"type": "array", "items": to("Pet")});
    schemas["Home"] = object(&["first"], json!({"first": to("Pet"), "all": list}));
    let modelled = model(&api(&["Home"], schemas), None);
    assert_eq!(
        variants(&modelled, "Pet"),
        ["Cat cat,Siamese", "Dog dog", "Fish Fish", "PetBase "]
    );
    assert_eq!(
        variants(&modelled, "Cat"),
        ["Siamese Siamese", "CatBase cat"]
    );
    for name in ["PetBase", "CatBase", "Siamese", "Dog", "Fish", "Home"] {
        assert!(is_struct(&modelled, name), "{name}");
    }
}

#[test]
fn a_list_of_all_kinds_in_the_base_selects_each_heir_by_its_own() {
    let kind = json!({"type": "string", "enum": ["cat", "dog"]});
    let mut base = object(&["kind"], json!({"kind": kind}));
    base["discriminator"] = json!({"propertyName": "kind"});
    let schemas =
        json!({"Pet": base, "Cat": heir("Pet", json!({})), "Dog": heir("Pet", json!({}))});
    let modelled = model(&api(&["Pet"], schemas), None);
    assert_eq!(
        variants(&modelled, "Pet"),
        ["Cat cat", "Dog dog", "PetBase "]
    );
}

#[test]
fn what_is_no_discriminator_of_its_objects_makes_no_union() {
    let mut elsewhere = object(&["name"], json!({"name": text()}));
    elsewhere["discriminator"] = json!({"propertyName": "kind"});
    let plain = object(&["kind"], json!({"kind": text()}));
    for base in [elsewhere, plain] {
        let schemas = json!({"Pet": base, "Cat": heir("Pet", json!({"lives": text()}))});
        assert!(is_struct(&model(&api(&["Pet"], schemas), None), "Pet"));
    }
    // Nobody builds on it.
    let schemas = json!({"Pet": pet(), "Cat": object(&[], json!({"a": text()})), "Dog": text()});
    assert!(is_struct(&model(&api(&["Pet"], schemas), None), "Pet"));
}

#[test]
fn the_first_heir_changes_no_program_and_a_further_one_is_a_variant() {
    let lonely = json!({"Pet": pet(), "Cat": text(), "Dog": text()});
    let before = model(&api(&["Pet"], lonely), None);
    let names = before.names.to_string();
    let document = api(&["Pet"], pets());
    assert!(is_struct(&model(&document, Some(names)), "Pet"));

    let mut fewer = pets();
    if let Some(all) = fewer.as_object_mut() {
        all.remove("Fish");
    }
    let before = model(&api(&["Pet"], fewer), None);
    let after = model(&document, Some(before.names.to_string()));
    assert_eq!(
        variants(&after, "Pet"),
        ["Cat cat,Siamese", "Dog dog", "Fish Fish", "PetBase "]
    );
    has(
        &after,
        surface(&before.sdk)
            .lines()
            .find(|it| it.contains("PetBase"))
            .unwrap(),
    );
}

#[test]
fn an_heir_of_a_variant_that_stays_a_struct_is_a_variant_beside_it() {
    let mut fewer = pets();
    if let Some(all) = fewer.as_object_mut() {
        all.remove("Siamese");
    }
    let before = model(&api(&["Pet", "Cat"], fewer), None);
    assert!(is_struct(&before, "Cat"));
    let names = before.names.to_string();
    let after = model(&api(&["Pet", "Cat"], pets()), Some(names));
    assert!(is_struct(&after, "Cat"));
    assert_eq!(
        variants(&after, "Pet"),
        [
            "Cat cat",
            "Dog dog",
            "Fish Fish",
            "Siamese Siamese",
            "PetBase "
        ]
    );
}

#[test]
fn a_program_that_says_what_an_heir_is_goes_on_saying_it() {
    let schemas = json!({
        "Cat": object(&["kind"], json!({"kind": text()})),
        "Dog": object(&["kind"], json!({"kind": text(), "bark": text()})),
    });
    let alone = api(&["Cat"], schemas.clone());
    let asked = |modelled: &Modelled| {
        let surface = surface(&modelled.sdk);
        let mut lines = surface.lines();
        lines.any(|it| it.contains("Cat") && it.contains("kind") && it.contains("new"))
    };
    let before = model(&alone, None);
    let mut schemas = schemas;
    schemas["Pet"] = json!({
        "oneOf": [to("Cat"), to("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}},
    });
    let together = api(&["Cat", "Pet"], schemas);
    assert!(asked(&before));
    assert!(asked(&model(&together, Some(before.names.to_string()))));
    assert!(!asked(&model(&together, None)));
}
