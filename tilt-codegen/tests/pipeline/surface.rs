//! Small documents and their surfaces: each fixture makes one point, and its snapshot shows the surface
//! and the findings.

use std::path::{Path, PathBuf};

use tilt_codegen::config::Config;
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, surface};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures");
    let mut fixtures: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a fixture").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    fixtures.sort();
    fixtures
}

fn inputs(path: &Path) -> Inputs {
    let bytes = std::fs::read(path).expect("a fixture that can be read");
    let name = path
        .file_name()
        .expect("a file")
        .to_string_lossy()
        .into_owned();
    let specification = match bytes.starts_with(b"asyncapi") {
        true => Specification::AsyncApi,
        false => Specification::OpenApi,
    };
    Inputs::one(specification, Input::Bytes { name, bytes })
}

#[test]
fn fixtures_have_the_surface_of_their_snapshots() {
    let fixtures = fixtures();
    assert!(fixtures.len() > 20, "fixtures are missing");
    for path in fixtures {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let generator = Generator::new(Config::default());
        let shown = match generator.model(&inputs(&path)) {
            Ok(modelled) => {
                let findings = modelled.findings.to_string();
                format!("{}---\n{findings}", surface(&modelled.sdk))
            }
            Err(diagnostics) => format!("refused\n---\n{diagnostics}"),
        };
        insta::assert_snapshot!(name, shown);
    }
}
