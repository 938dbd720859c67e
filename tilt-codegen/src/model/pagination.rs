//! Lists in pages.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::TypeRef;

/// How to walk a list over several requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    pub style: PaginationStyle,
    /// Type of one item.
    pub item: TypeRef,
    /// Property names from the response's root to the array of items; empty: the response is it.
    pub items: Vec<String>,
    /// Property names to a Boolean that says whether there are more.
    pub more: Option<Vec<String>>,
    /// Property names to a Boolean that says whether this was the last page.
    pub done: Option<Vec<String>>,
}

/// Parameters are indexes into [`Operation::parameters`](super::Operation::parameters); the others are property paths.
#[derive(Debug, Clone, PartialEq)]
pub enum PaginationStyle {
    Offset {
        offset: usize,
        total: Option<Vec<String>>,
    },
    Page {
        page: usize,
        /// The number of the first page.
        first: u64,
        total: Option<Vec<String>>,
    },
    Cursor {
        cursor: usize,
        next: Vec<String>,
    },
    /// By the last item's property at this path.
    LastId {
        after: usize,
        id: Vec<String>,
    },
    Url {
        next: Vec<String>,
    },
    /// By the one of a list of links that says of itself that it is the next.
    Relation {
        links: Vec<String>,
        /// Names of a link's properties: what it is, and where it leads.
        relation: String,
        url: String,
    },
    /// By a header that marks the next page.
    Header {
        parameter: usize,
        header: String,
    },
    /// By the header `Link` (RFC 8288).
    Link,
}
