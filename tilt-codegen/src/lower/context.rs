//! The things that all passes share.

use super::budget::{Cost, Spent};
use super::mapped::MappedTypes;
use super::previous::PreviousNames;
use super::sources::Sources;
use crate::config::{Config, Setting};
use crate::diagnostic::{Code, Diagnostic, Place, Problem, Problems};
use crate::dialect::keyword;
use crate::lock::Names;
use crate::lower::docs;
use crate::model::{Docs, Operation};
use crate::source::{Documents, Node};

/// The documents and how they are to be read, what is found on the way, and what may still be spent.
pub(in crate::lower) struct Context<'d> {
    pub sources: Sources<'d>,
    pub config: &'d Config,
    pub previous: PreviousNames<'d>,
    /// Types that settings name in place of generated ones.
    pub mapped: MappedTypes<'d>,
    pub problems: Problems,
    /// Errors and findings about settings, each where its setting stands.
    pub settings: Vec<Diagnostic>,
    spent: Spent,
}

impl<'d> Context<'d> {
    pub(in crate::lower) fn new(
        sources: Sources<'d>,
        config: &'d Config,
        previous: &'d Names,
        problems: Problems,
    ) -> Self {
        Self {
            sources,
            config,
            previous: PreviousNames::new(previous, sources),
            mapped: MappedTypes::new(config),
            problems,
            settings: Vec::new(),
            spent: Spent::default(),
        }
    }

    pub(in crate::lower) fn documents(&self) -> &'d Documents {
        self.sources.documents
    }

    /// Whether the documents have a property or parameter of this name that may not be in the SDK, for not all of their
    /// operations are.
    pub(in crate::lower) fn may_be_left_out(&self, name: &str) -> bool {
        let select = &self.config.select;
        let is_whole = select.include.is_empty() && select.exclude.is_empty();
        !is_whole
            && self.documents().any(&|node| {
                let is_parameter = keyword::location(node).is_some();
                let mut properties = keyword::properties(node).into_iter().flatten();
                is_parameter && keyword::name(node) == Some(name)
                    || properties.any(|(property, _)| property == name)
            })
    }

    /// The place of an operation of the model.
    pub(in crate::lower) fn place_of(&self, operation: &Operation) -> Place {
        let documents = self.documents();
        let roots = self.sources.openapi.iter().copied();
        let mut stating = roots.filter(|root| documents.at(*root, &operation.pointer).is_some());
        let document = stating.next().unwrap_or(documents.root().id);
        Place::Pointer(document, operation.pointer.clone())
    }

    pub(in crate::lower) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds a problem where a setting stands.
    pub(in crate::lower) fn at_setting(
        &mut self,
        setting: Setting<'_>,
        code: Code,
        message: String,
        help: String,
    ) {
        let written = &self.config.written;
        let told = written.diagnostic(setting, code, message, help);
        self.settings.push(told);
    }

    /// Whether nothing was too much yet.
    pub(in crate::lower) fn within_limits(&self) -> bool {
        self.spent.within_limits()
    }

    /// Spends one of `cost`. Where there is no more, says so the first time.
    pub(in crate::lower) fn afford(&mut self, cost: Cost, node: Node<'_>) -> bool {
        self.spend(cost, 1, node)
    }

    /// Spends several of `cost`.
    pub(in crate::lower) fn spend(&mut self, cost: Cost, count: usize, node: Node<'_>) -> bool {
        let limits = self.sources.documents.limits();
        let spent = self.spent.spend(cost, count, node, limits);
        self.told(spent)
    }

    /// Takes back one of [`Cost::Depth`], when a schema is done.
    pub(in crate::lower) fn leave(&mut self) {
        self.spent.leave();
    }

    /// Spends the bytes of a name or text that becomes part of the model.
    pub(in crate::lower) fn hold(&mut self, node: Node<'_>, bytes: usize) -> bool {
        let limits = self.sources.documents.limits();
        let spent = self.spent.hold(node, bytes, limits);
        self.told(spent)
    }

    /// The documentation that `write` makes; none where there was too much.
    pub(in crate::lower) fn documented(
        &mut self,
        node: Node<'_>,
        write: impl FnOnce() -> Docs,
    ) -> Docs {
        if !self.within_limits() {
            return Docs::default();
        }
        let docs = write();
        match self.hold(node, docs.0.len()) {
            true => docs,
            false => Docs::default(),
        }
    }

    /// The text that an object of a document says of itself.
    pub(in crate::lower) fn described(&mut self, node: Node<'_>, text: Option<&str>) -> Docs {
        self.documented(node, || text.map(docs::clean).unwrap_or_default())
    }

    /// Whether something could be spent; what was found on the way to "no" is a problem.
    fn told(&mut self, spent: Result<(), Option<Problem>>) -> bool {
        if let Err(Some(problem)) = &spent {
            self.problem(problem.clone());
        }
        spent.is_ok()
    }
}
