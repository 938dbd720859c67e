//! Data types of every shape, as a crate: clippy and rustfmt have nothing to say about it, and what
//! it reads it writes back.

use serde_json::json;
use std::path::Path;
use std::process::Command;
use tilt_codegen::model::{
    Constant, Construction, Conversion, Docs, Enum, EnumRepr, Field, JsonKinds, Module, Presence,
    Rest, Scalar, ScalarKind, Sdk, Shape, Struct, Tag, Type, TypeId, TypeRef, Union, UnionVariant,
    Usage, Variant,
};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

fn ty(name: &str, module: &str, shape: Shape) -> Type {
    Type {
        name: name.into(),
        module: module.into(),
        docs: Docs::default(),
        deprecated: false,
        shape,
        derives: Vec::new(),
        attributes: Vec::new(),
        usage: Usage {
            input: true,
            output: true,
        },
        pointer: format!("/components/schemas/{name}").into(),
        places: Vec::new(),
    }
}

fn field(name: &str, wire: &str, ty: TypeRef, presence: Presence) -> Field {
    Field {
        name: name.into(),
        wire: wire.into(),
        conversion: conversion(&ty),
        setter: presence != Presence::Required && name != "new",
        only_read: false,
        takes_null: presence == Presence::OptionalNullable,
        demanded: false,
        null_setter: (presence == Presence::OptionalNullable).then(|| format!("null_{name}")),
        ty,
        presence,
        fixed: None,
        docs: Docs::default(),
        summary: String::new(),
        sample: None,
        first: None,
        deprecated: false,
    }
}

/// How the types of this file are taken from callers.
fn conversion(ty: &TypeRef) -> Conversion {
    match ty {
        TypeRef::Boxed(inner) => conversion(inner),
        TypeRef::Named(EVERYTHING | LONG | TAGS) | TypeRef::Tuple(_) | TypeRef::Map(_) => {
            Conversion::None
        }
        TypeRef::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Null => Conversion::None,
            _ => Conversion::Into,
        },
        _ => Conversion::Into,
    }
}

fn required(name: &str, ty: TypeRef) -> Field {
    field(name, name, ty, Presence::Required)
}

fn fixed(name: &str, ty: TypeRef, constant: Constant) -> Field {
    Field {
        fixed: Some(constant),
        ..required(name, ty)
    }
}

fn record(fields: Vec<Field>) -> Shape {
    let asked = fields.iter().enumerate();
    let asked = asked.filter(|(_, it)| it.presence == Presence::Required && it.fixed.is_none());
    let arguments: Vec<usize> = asked.map(|(index, _)| index).collect();
    let construction = match arguments.len() {
        0 => Construction::Empty,
        count => Construction::Named {
            arguments,
            positional: count < 4,
        },
    };
    Shape::Struct(Struct {
        fields,
        rest: Rest::Any,
        hidden: Vec::new(),
        takes_any: false,
        construction,
    })
}

fn variants(repr: EnumRepr, values: Vec<(&str, serde_json::Value)>) -> Shape {
    let variant = |(name, value): (&str, _)| Variant {
        name: name.into(),
        value,
        docs: Docs::default(),
    };
    Shape::Enum(Enum {
        repr,
        variants: values.into_iter().map(variant).collect(),
    })
}

fn variant(name: &str, ty: TypeRef, kinds: JsonKinds) -> UnionVariant {
    UnionVariant {
        name: name.into(),
        ty,
        boxed: kinds.object,
        from: true,
        from_text: false,
        from_string: false,
        discriminator_values: Vec::new(),
        schema_names: Vec::new(),
        discriminator_json: None,
        any_other: false,
        tagged: None,
        events: None,
        kinds,
        required: Vec::new(),
        properties: Vec::new(),
        tags: Vec::new(),
        closed: false,
        values: Vec::new(),
        docs: Docs::default(),
    }
}

fn module(name: &str, types: &[usize], imports: &[TypeId]) -> Module {
    Module {
        name: name.into(),
        types: types.iter().copied().map(TypeId).collect(),
        imports: imports.to_vec(),
        ..Module::default()
    }
}

fn scalar(scalar: Scalar) -> TypeRef {
    TypeRef::Scalar(scalar)
}

fn boxed(ty: TypeRef) -> TypeRef {
    TypeRef::Boxed(Box::new(ty))
}

fn list(ty: TypeRef) -> TypeRef {
    TypeRef::List(Box::new(ty))
}

/// Named types refer to each other by these.
const COLOR: TypeId = TypeId(0);
const EVERYTHING: TypeId = TypeId(1);
const LEVEL: TypeId = TypeId(2);
const LONG: TypeId = TypeId(3);
const SHAPE: TypeId = TypeId(4);
const VERSION: TypeId = TypeId(5);
const TAGS: TypeId = TypeId(6);

const LONG_NAME: &str =
    "AnExceedinglyLongNameOfTheKindThatNestedSchemasWithNoNameOfTheirOwnGetFromTheirPlace";

/// Fields of all scalars.
fn scalars() -> Vec<Field> {
    let scalars = [
        ("a_bool", Scalar::Bool),
        ("an_i8", Scalar::I8),
        ("an_i64", Scalar::I64),
        ("a_u64", Scalar::U64),
        ("a_number", Scalar::Number),
        ("a_string", Scalar::String),
        ("a_date_time", Scalar::DateTime),
        ("a_uuid", Scalar::Uuid),
        ("a_base64", Scalar::Base64),
        ("anything", Scalar::Any),
        ("nothing", Scalar::Null),
    ];
    scalars
        .into_iter()
        .map(|(name, ty)| required(name, scalar(ty)))
        .collect()
}

/// Fields of all kinds.
fn everything() -> Vec<Field> {
    let mut everything = scalars();
    everything.extend([
        field(
            "optional",
            "a \"quoted\" name",
            scalar(Scalar::String),
            Presence::Optional,
        ),
        field("nullable", "", scalar(Scalar::I32), Presence::Nullable),
        field(
            "maybe",
            "größe",
            scalar(Scalar::String),
            Presence::OptionalNullable,
        ),
        field("r#type", "type", TypeRef::Named(COLOR), Presence::Optional),
        field("add", "add", scalar(Scalar::String), Presence::Optional),
        field("is_it", "is_it", scalar(Scalar::Bool), Presence::Optional),
        field("to_it", "to_it", scalar(Scalar::String), Presence::Optional),
        field("new", "new", scalar(Scalar::String), Presence::Optional),
        field(
            "itself",
            "itself",
            boxed(TypeRef::Named(EVERYTHING)),
            Presence::Optional,
        ),
    ]);
    everything.extend(nested());
    everything
}

/// Fields with other types in theirs, and with fixed values.
fn nested() -> Vec<Field> {
    vec![
        field(
            "pair",
            "pair",
            TypeRef::Tuple(vec![scalar(Scalar::I64); 2]),
            Presence::Optional,
        ),
        field(
            "holes",
            "holes",
            list(TypeRef::Nullable(Box::new(scalar(Scalar::String)))),
            Presence::Optional,
        ),
        field(
            "map",
            "map",
            TypeRef::Map(Box::new(TypeRef::Named(SHAPE))),
            Presence::Optional,
        ),
        field("tags", "tags", TypeRef::Named(TAGS), Presence::Optional),
        field(
            "a_property_whose_name_goes_on_until_lines_are_long",
            "long",
            TypeRef::Named(LONG),
            Presence::Optional,
        ),
        fixed("kind", TypeRef::Named(COLOR), Constant::Variant(COLOR, 0)),
        fixed("v", scalar(Scalar::I64), Constant::Integer(1)),
        fixed(
            "object",
            scalar(Scalar::String),
            Constant::String("every\"thing".into()),
        ),
    ]
}

fn shape() -> Shape {
    let object = JsonKinds {
        object: true,
        ..JsonKinds::default()
    };
    let string = JsonKinds {
        string: true,
        ..JsonKinds::default()
    };
    Shape::Union(Union {
        variants: vec![
            UnionVariant {
                required: vec!["kind".into()],
                properties: vec!["kind".into(), "optional".into()],
                tags: vec![Tag {
                    property: "kind".into(),
                    values: vec![json!("red")],
                }],
                ..variant("Everything", TypeRef::Named(EVERYTHING), object)
            },
            UnionVariant {
                closed: true,
                properties: vec!["flag".into()],
                ..variant("Long", TypeRef::Named(LONG), object)
            },
            UnionVariant {
                values: vec![json!("red"), json!("dark red")],
                ..variant("Color", TypeRef::Named(COLOR), string)
            },
            UnionVariant {
                from: false,
                ..variant("Text", scalar(Scalar::String), string)
            },
            UnionVariant {
                from: false,
                ..variant("Other", scalar(Scalar::String), string)
            },
            variant(
                "Shape",
                list(TypeRef::Named(SHAPE)),
                JsonKinds {
                    array: true,
                    ..JsonKinds::default()
                },
            ),
        ],
        discriminator: Some("kind".into()),
    })
}

fn long() -> Shape {
    Shape::Struct(Struct {
        fields: vec![fixed("flag", scalar(Scalar::Bool), Constant::Bool(true))],
        rest: Rest::Typed(TypeRef::Named(LEVEL)),
        hidden: Vec::new(),
        takes_any: false,
        construction: Construction::Fixed,
    })
}

/// In the order of their numbers above.
fn named_types() -> Vec<Type> {
    vec![
        ty(
            "Color",
            "color",
            variants(
                EnumRepr::String,
                vec![
                    ("Red", json!("red")),
                    ("DarkRed", json!("dark red")),
                    ("Empty", json!("")),
                ],
            ),
        ),
        ty("Everything", "everything", record(everything())),
        ty(
            "Level",
            "level",
            variants(
                EnumRepr::Integer,
                vec![("Low", json!(-1)), ("High", json!(1))],
            ),
        ),
        ty(LONG_NAME, "long", long()),
        ty("Shape", "shape", shape()),
    ]
}

fn other_types() -> Vec<Type> {
    vec![
        ty(
            "Version",
            "version",
            variants(
                EnumRepr::Any,
                vec![
                    ("V4", json!(4)),
                    ("V41", json!(4.1)),
                    ("Lite", json!("3_\"lite\"")),
                ],
            ),
        ),
        ty(
            "Tags",
            "r#type",
            Shape::Alias(TypeRef::Map(Box::new(scalar(Scalar::String)))),
        ),
        ty("Void", "void", variants(EnumRepr::String, Vec::new())),
        ty(
            "Empty",
            "types",
            record(vec![required("version", TypeRef::Named(VERSION))]),
        ),
        ty("Options", "types", record(Vec::new())),
    ]
}

fn sdk() -> Sdk {
    Sdk {
        types: [named_types(), other_types()].concat(),
        modules: vec![
            module("color", &[0], &[]),
            module("everything", &[1], &[LONG, COLOR, SHAPE, TAGS]),
            module("level", &[2], &[]),
            module("long", &[3], &[LEVEL]),
            module("shape", &[4], &[LONG, COLOR, EVERYTHING]),
            module("r#type", &[6], &[]),
            module("types", &[8, 9], &[VERSION]),
            module("version", &[5], &[]),
            module("void", &[7], &[]),
        ],
        ..Sdk::default()
    }
}

const PROGRAM: &str = r#"//! Everything goes in and comes out.
use rendered_types::types::{Color, Everything, Options, Shape, Version};
use serde_json::{Value, json};

fn through<T: serde::Serialize + serde::de::DeserializeOwned>(value: &Value) {
    let typed: T = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&typed).unwrap(), value);
}

#[test]
fn what_is_read_is_written_back() {
    let everything = json!({
        "a_bool": true, "an_i8": -5, "an_i64": 5, "a_u64": 18446744073709551615_u64,
        "a_number": 5.0, "a_string": "s", "a_date_time": "not a date",
        "a_uuid": "0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11", "a_base64": "aGk=", "anything": null,
        "nothing": null, "a \"quoted\" name": "q", "": null, "größe": null, "type": "purple",
        "holes": ["a", null], "pair": [1, 2], "map": {"z": "red", "a": {"kind": 5}, "m": [["x"]]},
        "long": {"flag": false, "low": -1, "new": 7}, "kind": "red", "v": 1, "object": "o",
        "add": null, "unknown": {"deep": [1.5]},
    });
    through::<Everything>(&everything);
    through::<Shape>(&everything);
    for shape in [json!("dark red"), json!("blue"), json!(null), json!(1e300), json!({})] {
        through::<Shape>(&shape);
    }
    for version in [json!(4), json!(4.1), json!("3_\"lite\""), json!([1])] {
        through::<Version>(&version);
    }
    through::<Options>(&json!({"a": 1}));
    assert_eq!(Version::from(rendered_types::rt::Value::from(4.1)), Version::V41);
}

#[test]
fn unions_tell_their_variants_apart() {
    let shape = |value| serde_json::from_value::<Shape>(value).unwrap();
    assert_eq!(shape(json!("dark red")), Shape::Color(Color::DarkRed));
    assert_eq!(shape(json!("blue")), Shape::Text("blue".into()));
    assert!(matches!(shape(json!({"flag": true})), Shape::Long(_)));
    assert!(matches!(shape(json!({"kind": "red"})), Shape::Unknown(_)));
}

#[test]
fn what_is_required_is_named_when_missing() {
    let error = serde_json::from_value::<Everything>(json!({"a_bool": true})).unwrap_err();
    assert!(error.to_string().contains("`an_i8`"), "{error}");
}
"#;

fn run(dir: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(dir)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("rendered-types"),
        )
        .env_remove("RUSTFLAGS")
        .output()
        .expect("the toolchain can be run");
    assert!(
        output.status.success(),
        "{program} {arguments:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_shape_compiles_without_a_word_and_loses_nothing() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tilt-generated/runtime");
    let runtime = runtime.canonicalize().expect("the runtime is there");
    let mut options = RenderOptions::new("rendered-types");
    options.runtime = RuntimeSource::Path(runtime.to_string_lossy().into_owned());
    for file in render::package(&sdk(), &options) {
        let path = dir.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut contents = file.contents;
        if file.path == "Cargo.toml" {
            contents += "serde = \"1\"\nserde_json = \"1\"\n\n[workspace]\n";
        }
        std::fs::write(path, contents).expect("a file");
    }
    run(dir.path(), "cargo", &["fmt", "--check"]);
    std::fs::create_dir(dir.path().join("tests")).expect("a folder");
    std::fs::write(dir.path().join("tests/round_trip.rs"), PROGRAM).expect("a file");
    // The versions that the workspace was built with: nothing is fetched.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, dir.path().join("Cargo.lock")).expect("a file");

    let strict = [
        "clippy",
        "--quiet",
        "--offline",
        "--",
        "-Dwarnings",
        "-Wmissing-docs",
    ];
    run(dir.path(), "cargo", &strict);
    run(dir.path(), "cargo", &["test", "--quiet", "--offline"]);
}
