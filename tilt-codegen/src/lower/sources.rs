//! The documents of an SDK, and which of its roots each belongs to.

use crate::source::{DocumentId, Documents};

/// The documents that an SDK is made of, loaded and overlaid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sources<'d> {
    pub documents: &'d Documents,
    /// The roots of OpenAPI 3.x; names are given to the first of them first.
    pub openapi: &'d [DocumentId],
    /// The root of AsyncAPI 2.x.
    pub asyncapi: Option<DocumentId>,
}

impl Sources<'_> {
    /// Whether a document belongs to an OpenAPI document, and not to the AsyncAPI document.
    pub(in crate::lower) fn is_openapi(&self, document: DocumentId) -> bool {
        self.rank(document) < self.openapi.len()
    }

    /// The number of the root that a document belongs to: those of OpenAPI in their order, then that of AsyncAPI.
    pub(in crate::lower) fn rank(&self, document: DocumentId) -> usize {
        let root = self.documents.root_of(document);
        let mut roots = self.openapi.iter();
        roots
            .position(|it| *it == root)
            .unwrap_or(self.openapi.len())
    }

    /// The file of an OpenAPI document beside the first: its name, with as many of its folders as tell it from the others.
    pub(in crate::lower) fn file_of(&self, rank: usize) -> String {
        let parts = |root: &DocumentId| -> Vec<&str> {
            let name = &self.documents.get(*root).name;
            name.rsplit(['/', '\\']).collect()
        };
        let all: Vec<Vec<&str>> = self.openapi.iter().map(parts).collect();
        let Some(own) = all.get(rank) else {
            return String::new();
        };
        let is_alone = |length: &usize| {
            let same = all
                .iter()
                .filter(|it| it.iter().take(*length).eq(own.iter().take(*length)));
            same.count() == 1
        };
        let length = (1..own.len()).find(is_alone).unwrap_or(own.len());
        let file: Vec<&str> = own.iter().take(length).rev().copied().collect();
        file.join("/")
    }
}
