//! Locations.

use super::super::types;
use tilt_runtime as rt;

/// Locations.
#[derive(Debug, Clone)]
pub(crate) struct Locations {
    client: rt::Client,
}

impl Locations {
    pub(crate) fn new(client: rt::Client) -> Self {
        Self { client }
    }

    /// Lists locations.
    ///
    /// `GET /pos/v1/locations`, needs `tilt/locations:read`.
    pub(crate) fn list(&self) -> ListLocationsCall {
        super::call(self.client.call(&LIST))
    }
}

/// A call of [`Locations::list`].
pub(crate) type ListLocationsCall =
    super::Call<rt::Json<types::LocationPage>, of::ListLocationsCall>;

impl ListLocationsCall {
    /// How many items to give. (Query parameter `limit`.)
    pub(crate) fn limit(mut self, limit: i64) -> Self {
        self.call.set(0, &limit);
        self
    }

    /// Part of a name. (Query parameter `search`.)
    pub(crate) fn search(mut self, search: impl Into<String>) -> Self {
        self.call.set(2, &search.into());
        self
    }

    const PAGES: rt::Pagination = rt::Pagination::new(
        rt::PageStyle::Offset {
            offset: rt::Slot::Parameter(1),
            total: Some(&["total"]),
        },
        &["items"],
    );

    /// All items, over as many requests as it takes.
    pub(crate) fn items(self) -> rt::Items<types::Location> {
        self.call.items(&Self::PAGES)
    }

    /// The list page by page.
    pub(crate) fn pages(self) -> rt::Pages<rt::Json<types::LocationPage>> {
        self.call.pages(&Self::PAGES)
    }
}

static LIST: rt::Operation = rt::Operation {
    id: "listLocations",
    method: rt::Method::Get,
    path: "/pos/v1/locations",
    parameters: &[
        rt::Parameter::query("limit"),
        rt::Parameter::query("offset"),
        rt::Parameter::query("search"),
    ],
    accept: "application/json",
    security: &[&[(0, &["tilt/locations:read"])]],
    ..rt::Operation::NEW
};

/// Types that tell calls apart which are answered alike.
mod of {
    pub enum ListLocationsCall {}
}
