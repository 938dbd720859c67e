//! A first page of code for each of some real APIs, as their own quick starts have it. It compiles
//! with the features that it names and without a warning. With a folder of their documents only.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};
use tilt_tests::{api, crates};

use super::lists::settings;

/// A program in `tests/fixtures/programs`.
struct Program {
    name: &'static str,
    /// Of the corpus.
    document: &'static str,
    /// Of the crate, for less to compile: what the program calls.
    features: &'static [&'static str],
}

const PROGRAMS: [Program; 8] = [
    Program {
        name: "adyen-payout",
        document: "adyen-payout",
        features: &["all"],
    },
    Program {
        name: "digitalocean",
        document: "digitalocean",
        features: &["droplets", "ssh-keys"],
    },
    Program {
        name: "github",
        document: "github-2021",
        features: &["issues", "repos"],
    },
    Program {
        name: "lago",
        document: "lago",
        features: &["customers", "events", "invoices", "subscriptions"],
    },
    Program {
        name: "mollie",
        document: "mollie",
        features: &["payments-api", "refunds-api"],
    },
    Program {
        name: "stripe",
        document: "stripe",
        features: &["customers", "events", "payment-intents", "refunds"],
    },
    Program {
        name: "train-travel",
        document: "train-travel",
        features: &["all"],
    },
    Program {
        name: "twilio-messaging",
        document: "twilio-messaging-v1",
        features: &["messaging-v1-phone-number", "messaging-v1-service"],
    },
];

#[test]
fn first_programs_for_real_apis_compile() {
    let Some(corpus) = std::env::var_os(api::CORPUS) else {
        eprintln!("not run: {} names no folder of documents", api::CORPUS);
        return;
    };
    let corpus = api::root().join(corpus);
    // The target folder of this very build, where dependencies may be compiled already.
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = scratch.parent().expect("the target folder");
    let folder = scratch.join("programs");

    let mut members = String::new();
    std::thread::scope(|scope| {
        for program in &PROGRAMS {
            let path = corpus.join(program.document).with_extension("json");
            if !path.exists() {
                eprintln!("not run: there is no {}", path.display());
                continue;
            }
            // Writing to a string does not fail.
            let _ = write!(members, "\"{0}/sdk\", \"{0}\", ", program.name);
            let dir = folder.join(program.name);
            scope.spawn(move || program.write(&path, &dir));
        }
    });
    assert!(!members.is_empty(), "{}: no documents", corpus.display());
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    crates::write(&folder.join("Cargo.toml"), &manifest).expect("the manifest");
    crates::write_lock(&folder).expect("the lock file");
    check(&folder, target);
}

impl Program {
    /// Writes the crate of the API, and the program as one that depends on it.
    fn write(&self, document: &Path, dir: &Path) {
        let inputs = Inputs {
            openapi: Some(Input::Bytes {
                name: "openapi.json".to_owned(),
                bytes: std::fs::read(document).expect("a document"),
            }),
            ..Inputs::default()
        };
        let generator = Generator::new(settings(self.name).unwrap_or_default());
        let sdk = generator.model(&inputs).expect("a model").sdk;
        let name = format!("sdk-{}", self.name);
        crates::write_sdk(&sdk, &name, &dir.join("sdk")).expect("written sources");

        let fixtures = api::root().join("tests/fixtures/programs");
        let source = fixtures.join(self.name).with_extension("rs");
        let source = std::fs::read_to_string(source).expect("the program");
        crates::write(&dir.join("src/main.rs"), &source).expect("the program");
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n\
             {name} = {{ path = \"sdk\", default-features = false, features = {:?} }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n",
            self.name,
            [&["client"], self.features].concat(),
        );
        crates::write(&dir.join("Cargo.toml"), &manifest).expect("the manifest");
    }
}

/// Compiles all programs as far as `cargo check` does.
fn check(folder: &Path, target: &Path) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(folder)
        .args(["check", "--workspace", "--bins", "--keep-going"])
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert!(!messages.contains("warning:"), "{messages}");
}
