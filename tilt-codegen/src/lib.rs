//! Rust SDKs from OpenAPI 3.x and AsyncAPI 2.x documents.
//!
//! ```text
//! bytes ─ source ─► documents ─ overlay ─► dialect ─► model ─► render ─► files
//! ```
//!
//! [`Generator`] runs the pipeline. It knows no network, no clock and no environment: documents in,
//! files and findings out, the same bytes for the same input.
//!
//! ```
//! use tilt_codegen::{Generator, Inputs, config::Config, source::Input};
//!
//! let document = br#"{
//!     "openapi": "3.1.0",
//!     "info": {"title": "Greetings", "version": "1"},
//!     "paths": {"/greetings/{id}": {"get": {
//!         "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
//!         "responses": {"200": {"description": "One greeting"}}
//!     }}}
//! }"#;
//! let inputs = Inputs {
//!     openapi: Some(Input::Bytes { name: "greetings.json".into(), bytes: document.to_vec() }),
//!     ..Inputs::default()
//! };
//! let generated = Generator::new(Config::default()).generate(&inputs)?;
//! assert!(generated.files.iter().any(|file| file.path == "mod.rs"));
//! assert!(tilt_codegen::surface(&generated.sdk).contains("greetings.get"));
//! # Ok::<(), tilt_codegen::diagnostic::Diagnostics>(())
//! ```

mod code_span;
pub mod config;
pub mod diagnostic;
mod dialect;
pub mod drift;
mod file;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod identifier;
mod jsonpath;
mod limits;
mod lock;
mod lower;
mod manifest;
#[doc(hidden)]
// for the tests of this workspace, which compare what is in an SDK with its documents
pub mod model;
pub mod output;
mod overlay;
mod place;
#[doc(hidden)] // for the commands of this workspace
pub mod recognize;
pub mod render;
#[cfg(test)]
mod reserved_tests;
mod rust_text;
pub mod source;
mod stack;
pub mod surface;
#[cfg(feature = "cli")]
#[doc(hidden)] // for the commands of this workspace
pub mod terminal;
mod visible;

pub use surface::surface;

/// The names of everything, kept from one generation to the next: `names.lock`.
pub mod names {
    pub use crate::lock::{FILE_NAME, Names};
}

use config::Config;
use diagnostic::{Code, Diagnostics, Problems};
use drift::{Drift, NotComparable};
use lock::Names;
use model::Sdk;
use recognize::Specification;
use source::{DocumentId, Documents, Input, Limits};
use stack::on_a_large_stack;
use std::collections::BTreeMap;

/// The sources of an SDK; at least one document.
///
/// Not all of it is there in every program, and more may come: end with `..Inputs::default()`.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// OpenAPI 3.0 to 3.2.
    pub openapi: Option<Input>,
    /// Further OpenAPI documents of the same API: operations of all are in one SDK, and a schema that several have under one
    /// name is one type where it is the same. Names are given to those before them first.
    pub further: Vec<Input>,
    /// AsyncAPI 2.0 to 2.6.
    pub asyncapi: Option<Input>,
    /// OpenAPI Overlay 1.0 documents for the first OpenAPI document, applied in this order.
    pub overlays: Vec<Input>,
    /// The names so far: the [`Names`] of the generation before, as text. Without it,
    /// everything is named afresh.
    pub names: Option<Input>,
}

impl Inputs {
    /// One document of a kind, and nothing beside it.
    #[doc(hidden)] // for the tests and tools of this workspace, which take either kind
    pub fn one(specification: Specification, document: Input) -> Inputs {
        let mut inputs = Inputs::default();
        match specification {
            Specification::OpenApi => inputs.openapi = Some(document),
            Specification::AsyncApi => inputs.asyncapi = Some(document),
        }
        inputs
    }
}

/// Documents in, an SDK out.
#[derive(Debug, Clone, Default)]
pub struct Generator {
    config: Config,
}

/// An SDK before it is source text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Modelled {
    /// The SDK as data: for [`surface()`] and [`render::package`]. Its content may change.
    pub sdk: Sdk,
    /// The names of everything in it: keep them, and give them to the next generation.
    pub names: Names,
    /// Parts of the documents that it does not show.
    pub findings: Diagnostics,
}

/// An SDK as source text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The SDK as data: for [`surface()`] and [`render::package`]. Its content may change.
    pub sdk: Sdk,
    /// The names of everything in it: keep them, and give them to the next generation.
    pub names: Names,
    /// Parts of the documents that it does not show.
    pub findings: Diagnostics,
    /// The source tree, for a folder that is the generator's own.
    pub files: Vec<render::File>,
}

impl Generator {
    /// A generator with the limits of its configuration.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// With other limits on what a document may cost.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.config.limits = limits;
        self
    }

    /// Reads the documents and decides what the SDK is.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the documents, each with its place.
    pub fn model(&self, inputs: &Inputs) -> Result<Modelled, Diagnostics> {
        on_a_large_stack(|| {
            let loaded = Loaded::load(inputs, &self.config.limits)?;
            let names = match &inputs.names {
                Some(names) => lock::read(names, &self.config.limits)?,
                None => Names::default(),
            };
            self.lower(&loaded, &names, |_| true)
        })
    }

    /// Decides what the SDK of loaded documents is. The places of findings that are not told are not looked up.
    fn lower(
        &self,
        loaded: &Loaded,
        names: &Names,
        is_told: impl Fn(Code) -> bool,
    ) -> Result<Modelled, Diagnostics> {
        let Loaded {
            documents,
            openapi,
            asyncapi,
            ..
        } = loaded;
        let limits = &self.config.limits;
        let mut findings = loaded.findings.clone();
        let mut problems = Problems::within(limits);
        problems.extend(documents.findings().iter().cloned());
        if is_told(Code::LOOSE_REFERENCE) || is_told(Code::REPEATED_ID) {
            problems.extend(documents.loose_references());
        }
        let sources = lower::Sources {
            documents,
            openapi,
            asyncapi: *asyncapi,
        };
        let mut lowered = lower::lower(sources, &self.config, names, problems);
        lowered.problems.keep_findings(is_told);
        findings.merge(Diagnostics::new(lowered.settings, limits.errors));
        findings.merge(documents.locate(lowered.problems));
        if findings.has_errors() {
            Err(findings)
        } else {
            Ok(Modelled {
                sdk: lowered.sdk,
                names: lowered.names,
                findings,
            })
        }
    }

    /// Generates the source tree of an SDK: see [`render::package`] for a crate around it.
    ///
    /// # Errors
    ///
    /// As [`Generator::model`]; what could be read can be rendered.
    pub fn generate(&self, inputs: &Inputs) -> Result<Generated, Diagnostics> {
        let Modelled {
            sdk,
            names,
            findings,
        } = self.model(inputs)?;
        let files = on_a_large_stack(|| render::sources(&sdk));
        Ok(Generated {
            sdk,
            names,
            findings,
            files,
        })
    }
}

/// Compares two states of the documents: what changed, what that does to programs in use, and what to those who upgrade.
///
/// Things keep the names that `old.names` gives them, in both SDKs; `new.names` is not read.
///
/// # Errors
///
/// Documents that no SDK can be made of, states that have different kinds of documents, and those with several OpenAPI
/// documents.
pub fn diff(old: &Inputs, new: &Inputs, config: &Config) -> Result<Drift, NotComparable> {
    NotComparable::unlike(old.openapi.is_some(), new.openapi.is_some(), "OpenAPI")?;
    NotComparable::several(old.further.len() + new.further.len())?;
    NotComparable::unlike(old.asyncapi.is_some(), new.asyncapi.is_some(), "AsyncAPI")?;
    on_a_large_stack(|| {
        let generator = Generator::new(config.clone());
        let limits = &config.limits;
        let names = match &old.names {
            Some(names) => lock::read(names, limits).map_err(NotComparable::Old)?,
            None => Names::default(),
        };
        let was = Loaded::load(old, limits).map_err(NotComparable::Old)?;
        let old = generator.lower(&was, &names, drift::is_told);
        let old = old.map_err(NotComparable::Old)?;
        let is = Loaded::load(new, limits).map_err(NotComparable::New)?;
        let new = generator.lower(&is, &old.names, drift::is_told);
        let new = new.map_err(NotComparable::New)?;
        let make = |values| {
            let loaded = was.with_values(values)?;
            let modelled = generator.lower(&loaded, &old.names, |_| false).ok()?;
            Some(modelled.sdk)
        };
        Ok(drift::compare(
            was.state(&old, config),
            is.state(&new, config),
            &make,
        ))
    })
}

/// The wire outline of the documents: a sorted line for each operation, parameter, body, status, header, property, scope,
/// server, event and binding, with all that is said of it but words. Every edit that is more than editorial changes a line.
///
/// # Errors
///
/// As [`Generator::model`].
pub fn outline(inputs: &Inputs, config: &Config) -> Result<String, Diagnostics> {
    on_a_large_stack(|| {
        let loaded = Loaded::load(inputs, &config.limits)?;
        Ok(drift::outline(
            &loaded.documents,
            &loaded.openapi,
            loaded.asyncapi,
        ))
    })
}

/// Documents that are known to be what they should be.
#[derive(Debug)]
struct Loaded {
    documents: Documents,
    openapi: Vec<DocumentId>,
    asyncapi: Option<DocumentId>,
    /// Of the overlays, and of the form of the documents.
    findings: Diagnostics,
}

impl Loaded {
    fn state<'d>(&'d self, modelled: &'d Modelled, config: &Config) -> drift::State<'d> {
        drift::State {
            documents: &self.documents,
            openapi: self.openapi.first().copied(),
            asyncapi: self.asyncapi,
            events: config.events.operations,
            sdk: &modelled.sdk,
            findings: &modelled.findings,
        }
    }

    /// The same documents with other values.
    fn with_values(&self, values: BTreeMap<DocumentId, serde_json::Value>) -> Option<Loaded> {
        Some(Loaded {
            documents: self.documents.with_values(values)?,
            openapi: self.openapi.clone(),
            asyncapi: self.asyncapi,
            findings: Diagnostics::default(),
        })
    }

    fn load(inputs: &Inputs, limits: &Limits) -> Result<Loaded, Diagnostics> {
        let mut documents = Documents::new(limits);
        let mut findings = Diagnostics::default();
        let first = load(
            &mut documents,
            &inputs.openapi,
            Specification::OpenApi,
            &inputs.overlays,
            &mut findings,
        )?;
        let mut openapi: Vec<DocumentId> = first.into_iter().collect();
        for input in inputs.further.iter().cloned().map(Some) {
            let kind = Specification::OpenApi;
            openapi.extend(load(&mut documents, &input, kind, &[], &mut findings)?);
        }
        let asyncapi = load(
            &mut documents,
            &inputs.asyncapi,
            Specification::AsyncApi,
            &[],
            &mut findings,
        )?;
        documents.restore_texts(dialect::texts::restore);
        let roots: Vec<DocumentId> = openapi.iter().copied().chain(asyncapi).collect();
        dialect::dynamic::settle(&mut documents, &roots);
        findings.merge(dialect::beside::take_out(&mut documents, &roots));
        Ok(Loaded {
            documents,
            openapi,
            asyncapi,
            findings,
        })
    }
}

/// Adds one of the documents, with the overlays for it.
fn load(
    documents: &mut Documents,
    input: &Option<Input>,
    kind: Specification,
    overlays: &[Input],
    findings: &mut Diagnostics,
) -> Result<Option<DocumentId>, Diagnostics> {
    let Some(input) = input else {
        return Ok(None);
    };
    let root = documents.add(input.clone())?;
    for overlay in overlays {
        findings.merge(overlay::apply(documents, root, overlay.clone())?);
    }
    findings.merge(recognize::recognize(documents, root, kind)?);
    Ok(Some(root))
}
