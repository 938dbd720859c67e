//! Scalars of YAML that are numbers by its rules, and texts by those of a schema.

use super::*;
use tilt_codegen::model::{EnumRepr, Shape};

#[test]
fn a_number_that_is_meant_as_text_is_the_text_that_is_written() {
    let modelled = model(&[(
        "api.yaml",
        "openapi: 3.1.0\ninfo: {title: T, version: 1.10}\npaths: {}\ncomponents:\n  schemas:\n    \
         Version: {type: string, enum: [1.10, 0x1F, True, 2, '3']}\n    \
         Number: {type: number, enum: [1.10, 2.50]}\n    \
         One: {type: string, enum: [1.0e2]}\n",
    )]);
    assert_eq!(modelled.sdk.info.version, "1.10");
    let values = |name: &str| -> Vec<String> {
        let ty = modelled.sdk.types.iter().find(|ty| ty.name == name);
        let Some(Shape::Enum(values)) = ty.map(|ty| &ty.shape) else {
            panic!("no enum: {name}")
        };
        assert_eq!(values.repr == EnumRepr::String, name != "Number", "{name}");
        let values = values.variants.iter().filter_map(|it| it.value.as_str());
        values.map(str::to_owned).collect()
    };
    assert_eq!(values("Version"), ["1.10", "0x1F", "True", "2", "3"]);
    assert_eq!(values("One"), ["1.0e2"]);
}
