//! A user's program against generated unions.

use std::path::Path;

use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

use super::*;
use crate::cargo;

const PROGRAM: &str = r#"
use serde_json::{Value, json, to_value, from_value};
use unions::types::*;

/// Reads a value, and sees it written as it was.
fn read<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) -> T {
    let read: T = from_value(value.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), value);
    read
}

#[test]
fn a_value_of_a_base_is_the_heir_that_its_discriminator_names() {
    assert!(matches!(read(json!({"kind": "dog", "bark": true})), Pet::Dog(dog) if dog.bark == Some(true)));
    assert!(matches!(read(json!({"kind": "Fish"})), Pet::Fish(_)));
    let Pet::Cat(cat) = read(json!({"kind": "Siamese", "eyes": "blue"})) else { panic!() };
    assert!(matches!(*cat, Cat::Siamese(siamese) if siamese.eyes.as_deref() == Some("blue")));
    assert!(matches!(read(json!({"kind": "cat", "lives": 9})), Pet::Cat(cat) if matches!(*cat, Cat::CatBase(_))));
    // New kinds have what all have.
    let friend = json!({"kind": "dog"});
    let Pet::PetBase(other) = read(json!({"kind": "bird", "friend": friend, "wings": 2})) else { panic!() };
    assert!(matches!(other.friend.as_deref(), Some(Pet::Dog(_))));
    let _: Pet = read(json!({"wings": 2}));
}

#[test]
fn an_heir_is_made_without_saying_what_it_is() {
    let pet = Pet::from(Dog::new().bark(true));
    assert_eq!(to_value(pet).unwrap(), json!({"bark": true, "kind": "dog"}));
    let cat = Pet::from(Cat::from(Siamese::new()));
    assert_eq!(to_value(cat).unwrap(), json!({"kind": "Siamese"}));
}

#[test]
fn a_union_writes_the_discriminator_that_its_variant_has_not() {
    let square = Shape::from(Square::new().side(2));
    assert_eq!(to_value(&square).unwrap(), json!({"side": 2, "shape": "square"}));
    let mut circle = Circle::new();
    assert_eq!(to_value(&circle).unwrap(), json!({"shape": "circle"}));
    circle.shape = None;
    assert_eq!(to_value(&circle).unwrap(), json!({}));
    assert_eq!(to_value(Shape::from(circle)).unwrap(), json!({"shape": "circle"}));
    assert!(matches!(read(json!({"shape": "square", "side": 1})), Shape::Square(_)));
    let _: Shape = read(json!({"side": 1}));
    let _: Shape = read(json!({"shape": "circle"}));
}

#[test]
fn constants_of_every_type_tell_variants_apart() {
    for (name, flag) in [("Plain", false), ("Http", true)] {
        let told: Told = read(json!({"is_http": flag}));
        assert!(format!("{told:?}").starts_with(name), "{told:?}");
        let mapped: Mapped = read(json!({"is_http": flag}));
        assert!(format!("{mapped:?}").starts_with(name), "{mapped:?}");
    }
}

#[test]
fn a_discriminator_that_looks_like_a_number_is_written_as_its_property_is() {
    let written = |it: Level| to_value(it).unwrap();
    assert_eq!(written(Level::from(One::new())), json!({"v": 1}));
    assert_eq!(written(Level::from(Two::new())), json!({"v": 2}));
    assert_eq!(written(Level::from(Three::new())), json!({"v": 3}));
    assert_eq!(written(Level::from(Four::new())), json!({"v": "4"}));
    assert_eq!(written(Level::from(Five::new())), json!({"v": "5"}));
    assert_eq!(written(Level::from(Six::new())), json!({"v": true}));
    assert_eq!(to_value(Two::new()).unwrap(), json!({"v": 2}));
    assert!(matches!(read(json!({"v": 3})), Level::Three(_)));
    assert!(matches!(read(json!({"v": "4"})), Level::Four(_)));
}

#[test]
fn a_union_inside_a_union_is_selected_by_what_selects_in_it() {
    let Beast::Feline(feline) = read(json!({"kind": "tom", "paws": 4})) else { panic!() };
    assert!(matches!(*feline, Feline::Tom(_)));
    assert!(matches!(read(json!({"kind": "rex", "paws": 4})), Beast::Rex(_)));
    let tabby = Beast::from(Feline::from(Tabby::new()));
    assert_eq!(to_value(tabby).unwrap(), json!({"kind": "Tabby"}));
}

#[test]
fn constants_and_objects_are_alternatives() {
    for (value, variant) in [
        (json!("auto"), "Auto"), (json!("none"), "Words"), (json!("most"), "Words"),
        (json!(0), "Integer"), (json!(false), "Bool"), (json!({"n": 1}), "N"), (json!({}), "N"),
        (json!([1]), "Unknown"),
    ] {
        let read: Tool = read(value.clone());
        assert!(format!("{read:?}").starts_with(variant), "{value}: {read:?}");
    }
    assert!(matches!(read(json!({})), NothingOrN::Nothing(_)));
    assert!(matches!(read(json!({"n": 1})), NothingOrN::N(_)));
    assert!(matches!(read(json!({"m": 1})), NothingOrN::N(_)));
}

#[test]
fn any_text_becomes_a_text_by_another_name() {
    let key = Key::from("first");
    assert_eq!(key, Key::from(String::from("first")));
    assert!(matches!(key, Key::Fingerprint(text) if text == "first"));
}

#[test]
fn what_fits_only_through_an_unknown_is_the_last_to_be_tried() {
    assert!(matches!(read(json!({"data": {"type": "people"}})), Document::PeopleDocument(_)));
    assert!(matches!(read(json!({"data": {"type": "articles"}})), Document::ArticleDocument(_)));
    assert!(matches!(read(json!({"data": {"type": "else"}})), Document::ArticleDocument(_)));
    let Outer::Second(second) = read(json!({"type": "C"})) else { panic!() };
    assert!(matches!(*second, Second::C(_)));
}
"#;

fn tagged(value: &str) -> Value {
    object(
        &["type"],
        json!({"type": {"type": "string", "enum": [value]}}),
    )
}

fn flagged(flag: bool) -> Value {
    object(
        &["is_http"],
        json!({"is_http": {"type": "boolean", "enum": [flag]}}),
    )
}

fn one_of(names: &[&str]) -> Value {
    let branches: Vec<Value> = names.iter().map(|name| to(name)).collect();
    json!({"oneOf": branches})
}

fn discriminated(names: &[&str], property: &str, mapping: Value) -> Value {
    let mut union = one_of(names);
    union["discriminator"] = json!({"propertyName": property, "mapping": mapping});
    union
}

fn document() -> Value {
    let mut schemas = pets();
    let shape =
        json!({"square": "#/components/schemas/Square", "circle": "#/components/schemas/Circle"});
    let paws = || object(&[], json!({"paws": {"type": "integer"}}));
    let data = |kind: &str| object(&["data"], json!({"data": tagged(kind)}));
    let more = json!({
        "Square": object(&[], json!({"side": {"type": "integer"}})),
        "Circle": object(&[], json!({"radius": {"type": "integer"}, "shape": text()})),
        "Shape": discriminated(&["Square", "Circle"], "shape", shape),
        "Http": flagged(true),
        "Plain": flagged(false),
        "Told": one_of(&["Http", "Plain"]),
        "Mapped": discriminated(&["Http", "Plain"], "is_http", json!({"true": "Http", "false": "Plain"})),
        "ArticleDocument": data("articles"),
        "PeopleDocument": data("people"),
        "Document": one_of(&["ArticleDocument", "PeopleDocument"]),
        "A": tagged("A"), "B": tagged("B"), "C": tagged("C"), "D": tagged("D"),
        "First": discriminated(&["A", "B"], "type", json!({})),
        "Second": discriminated(&["C", "D"], "type", json!({})),
        "Outer": one_of(&["First", "Second"]),
        "Rex": paws(), "Tom": paws(), "Tabby": paws(),
        "Feline": discriminated(&["Tabby", "Tom"], "kind", json!({"tom": "Tom"})),
        "Beast": discriminated(&["Rex", "Feline"], "kind", json!({"rex": "Rex", "tom": "Tom"})),
        "Fingerprint": text(),
        "One": object(&["v"], json!({"v": {"type": "integer", "const": 1}})),
        "Two": object(&["v"], json!({"v": {"type": "integer"}})),
        "Three": object(&[], json!({"v": {"type": "integer", "format": "int32"}})),
        "Four": object(&[], json!({"v": text()})),
        "Five": object(&[], json!({"n": text()})),
        "Six": object(&[], json!({"v": {"type": "boolean"}})),
        "Level": discriminated(
            &["One", "Two", "Three", "Four", "Five", "Six"],
            "v",
            json!({"1": "One", "2": "Two", "3": "Three", "4": "Four", "5": "Five", "true": "Six"}),
        ),
        "N": object(&[], json!({"n": {"type": "integer"}})),
        "Nothing": {"type": "object", "additionalProperties": false},
        "NothingOrN": one_of(&["Nothing", "N"]),
        "Words": {"type": "string", "enum": ["none", "most"]},
        "Tool": {"oneOf": [{"const": "auto"}, to("Words"), {"const": 0}, {"const": false}, to("N")]},
        "Key": {"anyOf": [{"type": "integer"}, to("Fingerprint")]},
    });
    let (Some(all), Value::Object(more)) = (schemas.as_object_mut(), more) else {
        panic!("objects");
    };
    all.extend(more);
    api(
        &[
            "Pet", "Shape", "Told", "Mapped", "Document", "Outer", "Circle", "Beast", "Level",
        ],
        schemas,
    )
}

fn package(dir: &Path) {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().expect("the runtime is there");
    let mut options = RenderOptions::new("unions");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    for file in render::package(&model(&document(), None).sdk, &options) {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut contents = file.contents;
        if file.path == "Cargo.toml" {
            let needed = "[dev-dependencies]\nserde = \"1\"\nserde_json = \"1\"\n";
            contents = contents.replace("[dev-dependencies]\n", needed) + "\n[workspace]\n";
        }
        std::fs::write(path, contents).expect("a file");
    }
    cargo::lock(dir);
    std::fs::create_dir(dir.join("tests")).expect("a folder");
    std::fs::write(dir.join("tests/program.rs"), PROGRAM).expect("a file");
}

#[test]
fn a_program_reads_and_writes_the_variants_of_unions() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    package(dir.path());
    let output = cargo::run(
        dir.path(),
        &[
            "test",
            "--quiet",
            "--offline",
            "--no-default-features",
            "--features",
            "all,schemars",
        ],
    );
    let text = String::from_utf8_lossy(&output.stderr);
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{out}{text}");
}
