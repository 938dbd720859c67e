//! Mappings of discriminators, by every way to name a schema.

use super::*;
use tilt_codegen::model::{Shape, UnionVariant};

const DOG: (&str, &str) = (
    "dog.yaml",
    "{type: object, properties: {bark: {type: string}}}",
);
const CAT: (&str, &str) = (
    "cat.yaml",
    "{type: object, properties: {meow: {type: string}}}",
);

fn variants(modelled: &Modelled) -> &[UnionVariant] {
    let pet = modelled.sdk.types.iter().find(|ty| ty.name == "Pet");
    let Some(Shape::Union(union)) = pet.map(|ty| &ty.shape) else {
        panic!("no union: {:?}", modelled.sdk.types);
    };
    &union.variants
}

/// The names of schemas that select the variants of `Pet` beside what is mapped.
fn names(modelled: &Modelled) -> Vec<Option<&str>> {
    let variants = variants(modelled).iter();
    variants
        .map(|it| it.schema_names.first().map(String::as_str))
        .collect()
}

/// The variants of `Pet`, each with what selects it.
fn pets(modelled: &Modelled) -> Vec<String> {
    let variants = variants(modelled).iter();
    variants
        .map(|it| format!("{} {}", it.name, it.discriminator_values.join(",")))
        .collect()
}

/// A document whose only answer is a `Pet`, with these other components.
fn document(components: &str) -> String {
    format!(
        "openapi: 3.0.3\n\
         info: {{title: T, version: '1'}}\n\
         paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          \
         content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}\n\
         components:\n  schemas:\n{components}"
    )
}

#[test]
fn a_file_is_the_same_however_it_is_spelled() {
    let document = document("    Pet: {$ref: 'schemas/pet.yaml'}\n");
    let pet = "oneOf: [{$ref: ./dog.yaml}, {$ref: 'cat.yaml#'}]\n\
               discriminator: {propertyName: kind, mapping: {d: dog.yaml, c: ../schemas/cat.yaml, k: 'cat.yaml#/'}}\n";
    let modelled = model(&[
        ("api.yaml", &document),
        ("schemas/pet.yaml", pet),
        ("schemas/dog.yaml", DOG.1),
        ("schemas/cat.yaml", CAT.1),
    ]);
    assert_eq!(pets(&modelled), ["Dog d", "Cat c"]);
    assert_eq!(findings(&modelled, "idle-mapping").len(), 1);
}

#[test]
fn a_schema_is_selected_by_its_name_beside_what_is_mapped() {
    let schemas = |more: &str| {
        format!(
            "    Pet:\n      oneOf: [{{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Cat'}}]\n      \
             discriminator: {{propertyName: kind, mapping: {{d: Dog{more}}}}}\n    Dog: {}\n    Cat: {}\n",
            DOG.1, CAT.1
        )
    };
    let modelled = model(&[("api.yaml", &document(&schemas("")))]);
    assert_eq!(pets(&modelled), ["Dog d", "Cat Cat"]);
    assert_eq!(names(&modelled), [Some("Dog"), None]);
    let modelled = model(&[("api.yaml", &document(&schemas(", Dog: Cat")))]);
    assert_eq!(pets(&modelled), ["Dog d", "Cat Dog"]);
    assert_eq!(names(&modelled), [None, Some("Cat")]);
}

#[test]
fn the_name_of_a_union_selects_it_beside_what_is_inside() {
    let schemas = |kind: &str| {
        format!(
            "    Pet:\n      oneOf: [{{$ref: '#/components/schemas/Canine'}}, {{$ref: '#/components/schemas/Cat'}}]\n      \
             discriminator: {{propertyName: kind}}\n    \
             Canine:\n      oneOf: [{{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Wolf'}}]\n      \
             discriminator: {{propertyName: kind}}\n    Dog: {{type: object, properties: {{kind: {kind}, bark: {{}}}}}}\n    \
             Wolf: {{type: object, properties: {{kind: {kind}, howl: {{}}}}}}\n    Cat: {}\n",
            CAT.1
        )
    };
    let modelled = model(&[("api.yaml", &document(&schemas("{type: string}")))]);
    assert_eq!(pets(&modelled), ["Canine Dog,Wolf", "Cat Cat"]);
    assert_eq!(names(&modelled), [Some("Canine"), None]);
    // No value inside is the union's name.
    let modelled = model(&[("api.yaml", &document(&schemas("{enum: [d, w]}")))]);
    assert_eq!(names(&modelled), [None, None]);
}

#[test]
fn a_component_that_is_a_file_is_known_by_both_names() {
    let document = document(
        "    Pet:\n      oneOf: [{$ref: dog.yaml}, {$ref: '#/components/schemas/Tom'}]\n      \
         discriminator: {propertyName: kind, mapping: {d: Rex, c: cat.yaml}}\n    \
         Rex: {$ref: dog.yaml}\n    Tom: {$ref: ./cat.yaml}\n",
    );
    let modelled = model(&[("api.yaml", &document), DOG, CAT]);
    let selected: Vec<String> = pets(&modelled);
    let values: Vec<&str> = selected
        .iter()
        .filter_map(|it| it.split(' ').nth(1))
        .collect();
    assert_eq!(values, ["d", "c"], "{selected:?}");
    assert_eq!(findings(&modelled, "idle-mapping"), [""; 0]);
}

#[test]
fn an_heir_may_be_in_a_file_that_only_the_mapping_names() {
    let document = document(
        "    Pet:\n      type: object\n      required: [kind]\n      properties: {kind: {type: string}}\n      \
         discriminator: {propertyName: kind, mapping: {d: ./rex.yaml}}\n",
    );
    let heir =
        "allOf: [{$ref: 'api.yaml#/components/schemas/Pet'}, {properties: {bark: {type: string}}}]";
    let modelled = model(&[("api.yaml", &document), ("rex.yaml", heir)]);
    assert_eq!(pets(&modelled), ["Rex d", "PetBase "]);
}

#[test]
fn a_value_that_selects_nothing_is_a_finding() {
    let document = document(
        "    Pet:\n      oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]\n      \
         discriminator: {propertyName: kind, mapping: {a: dog.yaml, b: '#/components/schemas/Other', d: Dog}}\n    \
         Dog: {type: object, properties: {bark: {type: string}}}\n    \
         Cat: {type: object, properties: {meow: {type: string}}}\n    \
         Other: {type: object}\n",
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert_eq!(pets(&modelled), ["Dog d", "Cat Cat"]);
    assert_eq!(
        findings(&modelled, "idle-mapping"),
        [
            "`a` is mapped to `dog.yaml`, which leads nowhere: it selects none",
            "`b` is mapped to `#/components/schemas/Other`, which is none of the alternatives: it selects none",
        ]
    );
}

#[test]
fn a_file_that_is_no_more_is_the_schema_of_its_name() {
    let document = document(
        "    Pet:\n      oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]\n      \
         discriminator: {propertyName: kind, mapping: {d: ./schemas/Dog.yml, c: Cat}}\n    \
         Dog: {type: object, properties: {bark: {type: string}}}\n    \
         Cat: {type: object, properties: {meow: {type: string}}}\n",
    );
    let modelled = model(&[("api.yaml", &document)]);
    assert_eq!(pets(&modelled), ["Dog d", "Cat c"]);
    assert_eq!(findings(&modelled, "idle-mapping"), [""; 0]);
    let message = "`./schemas/Dog.yml` is read as the name `Dog`";
    assert_eq!(findings(&modelled, "loose-reference"), [message]);
}

#[test]
fn a_value_of_an_alternative_inside_an_alternative_selects_it() {
    let tagged = |name: &str, value: &str| {
        format!(
            "    {name}: {{type: object, required: [kind], properties: {{kind: {{type: string, enum: [{value}]}}}}}}\n"
        )
    };
    let of_kinds = |outer: &str, inner: &str, schemas: &str| {
        let to = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
        model(&[(
            "api.yaml",
            &document(&format!(
                "    Pet:\n      oneOf: [{}, {}]\n      discriminator: {{propertyName: kind{outer}}}\n    \
                 Cat:\n      oneOf: [{}, {}]\n{inner}{schemas}",
                to("Dog"),
                to("Cat"),
                to("Tabby"),
                to("Siamese")
            )),
        )])
    };
    let schemas: String = [("Dog", "d"), ("Tabby", "t"), ("Siamese", "s")]
        .map(|(name, value)| tagged(name, value))
        .concat();
    let mapping = ", mapping: {d: Dog, t: Tabby, s: '#/components/schemas/Siamese'}";
    for (outer, inner) in [
        (mapping, ""),
        ("", ""),
        (
            "",
            "      discriminator: {propertyName: kind, mapping: {t: Tabby, s: Siamese}}\n",
        ),
    ] {
        let modelled = of_kinds(outer, inner, &schemas);
        assert_eq!(pets(&modelled), ["Dog d", "Cat s,t"], "{outer}{inner}");
        assert_eq!(findings(&modelled, "idle-mapping"), [""; 0]);
    }
    // Names, where nothing else is said; and what no value in it would tell from the others is not selected.
    let open = "    Dog: {type: object}\n    Tabby: {type: object, properties: {a: {}}}\n    Siamese: {type: object}\n";
    let by_name = of_kinds("", "      discriminator: {propertyName: kind}\n", open);
    assert_eq!(pets(&by_name), ["Dog Dog", "Cat Siamese,Tabby"]);
    let untold = of_kinds(mapping, "", open);
    assert_eq!(findings(&untold, "idle-mapping").len(), 2);
}

#[test]
fn a_default_takes_what_selects_nothing() {
    let pet = |default: &str| {
        document(&format!(
            "    Pet:\n      oneOf: [{{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Cat'}}]\n      \
             discriminator: {{propertyName: kind, mapping: {{d: Dog, c: Cat}}, defaultMapping: {default}}}\n    \
             Dog: {{type: object, properties: {{bark: {{type: string}}}}}}\n    \
             Cat: {{type: object, properties: {{meow: {{type: string}}}}}}\n",
        ))
    };
    let any_other = |modelled: &Modelled| -> Vec<bool> {
        let pet = modelled.sdk.types.iter().find(|ty| ty.name == "Pet");
        let Some(Shape::Union(union)) = pet.map(|ty| &ty.shape) else {
            panic!("no union")
        };
        union.variants.iter().map(|it| it.any_other).collect()
    };
    let modelled = model(&[("api.yaml", &pet("'#/components/schemas/Cat'"))]);
    assert_eq!(any_other(&modelled), [false, true]);
    assert_eq!(findings(&modelled, "idle-mapping"), [""; 0]);
    let modelled = model(&[("api.yaml", &pet("Bird"))]);
    assert_eq!(any_other(&modelled), [false, false]);
    let message = "`defaultMapping` leads to none of the alternatives: it selects none";
    assert_eq!(findings(&modelled, "idle-mapping"), [message]);
}
