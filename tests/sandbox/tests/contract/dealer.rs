//! A dealer's system without a protocol: what it lists next is what a test says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tilt_sandbox::{InventoryPage, InventoryPages, InventorySource, NextPage, Offer, Vehicle};

/// One list: its pages, and then perhaps an error.
#[derive(Clone, Default)]
pub(crate) struct List {
    pub(crate) pages: Vec<InventoryPage>,
    pub(crate) error: Option<&'static str>,
}

/// The lists to come.
#[derive(Clone, Default)]
pub(crate) struct Dealer(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    lists: VecDeque<List>,
    /// The validators that were known when lists were asked for.
    known: Vec<Option<String>>,
}

impl Dealer {
    pub(crate) fn lists(lists: impl IntoIterator<Item = List>) -> Self {
        let lists = lists.into_iter().collect();
        let known = Vec::new();
        Self(Arc::new(Mutex::new(Inner { lists, known })))
    }

    pub(crate) fn known(&self) -> Vec<Option<String>> {
        self.inner().known.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InventorySource for Dealer {
    fn name(&self) -> String {
        "the dealer <1>".to_owned()
    }

    fn read(&self, known: Option<&str>) -> Box<dyn InventoryPages> {
        let mut inner = self.inner();
        inner.known.push(known.map(str::to_owned));
        let list = inner.lists.pop_front().unwrap_or_default();
        Box::new(Pages(list.pages.into(), list.error))
    }
}

struct Pages(VecDeque<InventoryPage>, Option<&'static str>);

impl InventoryPages for Pages {
    fn next(&mut self) -> NextPage<'_> {
        Box::pin(async move {
            match (self.0.pop_front(), self.1) {
                (None, Some(error)) => Err(error.into()),
                (page, _) => Ok(page),
            }
        })
    }
}

/// A list of one page without a validator.
pub(crate) fn list(offers: &[Offer]) -> List {
    List {
        pages: vec![page(offers, None)],
        error: None,
    }
}

pub(crate) fn page(offers: &[Offer], validator: Option<&str>) -> InventoryPage {
    InventoryPage::Listed {
        offers: offers.to_vec(),
        validator: validator.map(str::to_owned),
    }
}

/// A vehicle with this VIN and price.
pub(crate) fn offer(vin: &str, price_cents: i64) -> Offer {
    Offer {
        place: "/vehicles/0".to_owned(),
        vin: Some(vin.to_owned()),
        vehicle: Ok(Vehicle {
            vin: vin.to_owned(),
            year: 2024,
            make: "Honda".to_owned(),
            model: "Accord".to_owned(),
            price_cents,
            status: "available".to_owned(),
        }),
    }
}
