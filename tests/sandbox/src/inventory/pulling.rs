//! One pull: page by page, within limits.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::pull::Pull;
use super::sorted::Sorted;
use super::source::{InventoryPage, InventorySource};
use crate::app::App;

/// The most pages of a list.
const MOST_PAGES: usize = 1_000;

/// The most vehicles of a list.
const MOST_VEHICLES: usize = 10_000;

/// Where vehicles are pulled from, and how often.
#[derive(Clone)]
pub struct Inventory {
    source: Arc<dyn InventorySource>,
    pub(crate) every: Duration,
    most_time: Duration,
}

impl Inventory {
    /// Pulls from a source: at the start, every 15 minutes, and on a button. A pull may take a minute, 1,000 pages and 10,000
    /// vehicles; one that takes more has failed, and changes nothing.
    pub fn from(source: impl InventorySource) -> Self {
        Self {
            source: Arc::new(source),
            every: Duration::from_secs(15 * 60),
            most_time: Duration::from_secs(60),
        }
    }

    /// Pulls so often, by the sandbox's clock; at most once a second.
    #[must_use]
    pub fn every(mut self, interval: Duration) -> Self {
        self.every = interval.max(Duration::from_secs(1));
        self
    }

    /// How long a pull may take, in real time.
    #[must_use]
    pub fn within(mut self, time: Duration) -> Self {
        self.most_time = time;
        self
    }

    pub(crate) fn name(&self) -> String {
        self.source.name()
    }
}

/// A source may have credentials: only its name is shown.
impl fmt::Debug for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inventory")
            .field("source", &self.name())
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

/// All of a list, or that it is the one that is known.
pub(super) enum Read {
    Unchanged,
    Listed {
        pages: usize,
        sorted: Sorted,
        validator: Option<String>,
    },
}

pub(super) type Reading = Result<Read, PullFailure>;

/// Why a list was not read to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum PullFailure {
    #[error("page {page}: {}", chain(&**source))]
    Page {
        page: usize,
        source: Box<dyn Error + Send + Sync>,
    },
    #[error("page {page}: the list is another one than the first page was of")]
    Moved { page: usize },
    #[error("the list is not over after {MOST_PAGES} pages")]
    Pages,
    #[error("the list has more than {MOST_VEHICLES} vehicles")]
    Vehicles,
    #[error("the list was not read within {}", shown(*.most))]
    Time { most: Duration },
}

/// Pulls once; `None` without a source. Nobody pulls at the same time.
pub(crate) async fn pull(app: &App) -> Option<Pull> {
    let inventory = app.inventory.as_ref()?;
    let _alone = app.pulling.lock().await;
    let known = app.read(|state| state.stock.validator());
    let most = inventory.most_time;
    let reading = tokio::time::timeout(most, read(inventory, known.as_deref())).await;
    let reading = reading.unwrap_or(Err(PullFailure::Time { most }));
    Some(app.change(|state, now| state.stock.take(reading, now)))
}

async fn read(inventory: &Inventory, known: Option<&str>) -> Reading {
    let mut list = inventory.source.read(known);
    let (mut pages, mut vehicles, mut first_validator) = (0, 0, None);
    let mut sorted = Sorted::default();
    loop {
        let page = pages + 1;
        let found = list.next().await;
        match found.map_err(|source| PullFailure::Page { page, source })? {
            None => break,
            Some(_) if page > MOST_PAGES => return Err(PullFailure::Pages),
            Some(InventoryPage::Unchanged) if page == 1 => return Ok(Read::Unchanged),
            Some(InventoryPage::Unchanged) => return Err(PullFailure::Moved { page }),
            Some(InventoryPage::Listed { offers, validator }) => {
                if page == 1 {
                    first_validator = validator;
                } else if validator != first_validator {
                    return Err(PullFailure::Moved { page });
                }
                vehicles += offers.len();
                if vehicles > MOST_VEHICLES {
                    return Err(PullFailure::Vehicles);
                }
                offers.into_iter().for_each(|offer| sorted.add(page, offer));
                pages = page;
            }
        }
    }
    Ok(Read::Listed {
        pages,
        sorted,
        validator: first_validator,
    })
}

/// An error with its sources.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        // Some errors show their source themselves.
        if !text.ends_with(&next) {
            text = format!("{text}: {next}");
        }
        source = error.source();
    }
    text
}

/// A duration as people say it: `15 min`.
pub(crate) fn shown(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        seconds if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}
