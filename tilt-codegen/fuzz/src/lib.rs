//! Shared by all targets: bytes as a document, and a crate from its model.

use tilt_codegen::Inputs;
use tilt_codegen::model::Sdk;
use tilt_codegen::recognize::Specification;
use tilt_codegen::render::{self, File, RenderOptions};
use tilt_codegen::source::Input;

/// Bytes as an OpenAPI or AsyncAPI document, whichever they could be.
pub fn inputs(bytes: &[u8]) -> Inputs {
    let input = Input::Bytes {
        name: "api.yaml".into(),
        bytes: bytes.to_vec(),
    };
    let specification = match bytes.windows(8).any(|word| word == b"asyncapi") {
        true => Specification::AsyncApi,
        false => Specification::OpenApi,
    };
    Inputs::one(specification, input)
}

/// The files of a crate.
pub fn package(sdk: &Sdk) -> Vec<File> {
    render::package(sdk, &RenderOptions::new("api"))
}
