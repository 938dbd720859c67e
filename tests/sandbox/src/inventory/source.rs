//! The side of whoever can read a dealer's system.

use std::error::Error;
use std::pin::Pin;

use super::vehicle::Vehicle;

/// A dealer's system that vehicles are pulled from, by a client for it.
pub trait InventorySource: Send + Sync + 'static {
    /// For people, such as its address: it is shown, and has no secret in it.
    fn name(&self) -> String;

    /// The whole list, of which nothing is asked for yet. `known` is the [validator](InventoryPage::Listed) of the list
    /// that was read last: while it is still that one, there is only one page, which says so.
    fn read(&self, known: Option<&str>) -> Box<dyn InventoryPages>;
}

/// A list, page by page.
pub trait InventoryPages: Send {
    /// The next page; `None` at the end. It is not asked again after an error.
    fn next(&mut self) -> NextPage<'_>;
}

/// A page on its way. An error is shown to people with all its sources, and has no secret in it.
pub type NextPage<'a> = Pin<
    Box<
        dyn Future<Output = Result<Option<InventoryPage>, Box<dyn Error + Send + Sync>>>
            + Send
            + 'a,
    >,
>;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InventoryPage {
    /// The list is the one that is known.
    Unchanged,
    /// Some of its vehicles.
    Listed {
        /// As they stand there.
        offers: Vec<Offer>,
        /// The name of this state of the whole list, such as an `ETag`; that of the first page counts.
        validator: Option<String>,
    },
}

/// A vehicle as it was found, or why it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Where it stands, such as `/vehicles/3` of the page.
    pub place: String,
    /// Its identification number, as far as that can be read.
    pub vin: Option<String>,
    /// The vehicle, or the place and the reason of each fault.
    pub vehicle: Result<Vehicle, Vec<(String, String)>>,
}
