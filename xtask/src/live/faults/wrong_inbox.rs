//! Inboxes as they are often written, which lose events: controls that the reconciliation has to find.

use super::effects::record;
use axum::http::StatusCode;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tilt_generated::rt::inbox::sqlite::rusqlite::{Connection, Result as Sql};
use tilt_generated::webhooks::Delivery;
use xtask::cli::Control;

/// An inbox that is wrong.
#[derive(Clone)]
pub(super) struct WrongInbox(Arc<Shared>);

struct Shared {
    mistake: Mistake,
    database: Mutex<Connection>,
    /// Events that are being handled.
    in_work: Mutex<HashSet<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mistake {
    /// The mark is there before the effect, and stays when that fails.
    MarkFirst,
    /// Success is answered while the event is in work.
    AcceptInWork,
}

impl WrongInbox {
    /// The inbox of a control, where it is one of receivers.
    pub(super) fn of(control: Option<Control>, database: &Path) -> Sql<Option<Self>> {
        let mistake = match control {
            Some(Control::MarkFirst) => Mistake::MarkFirst,
            Some(Control::AcceptInWork) => Mistake::AcceptInWork,
            _ => return Ok(None),
        };
        let database = Connection::open(database)?;
        database.execute_batch(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE marks (event TEXT PRIMARY KEY);",
        )?;
        Ok(Some(Self(Arc::new(Shared {
            mistake,
            database: Mutex::new(database),
            in_work: Mutex::default(),
        }))))
    }

    /// Handles a delivery, during which something befalls; the status of the answer.
    pub(super) async fn handle(
        &self,
        delivery: &Delivery,
        befalls: impl Future<Output = Result<(), ()>>,
    ) -> StatusCode {
        let id = delivery.id().unwrap_or_default().to_owned();
        let handled = match self.0.mistake {
            Mistake::MarkFirst => self.marked_first(&id, delivery, befalls).await,
            Mistake::AcceptInWork => self.accepted(&id, delivery, befalls).await,
        };
        match handled {
            Ok(true) => StatusCode::OK,
            Ok(false) | Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> Sql<T>) -> Sql<T> {
        let database = &self.0.database;
        work(&database.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the event had no mark before.
    fn mark(&self, id: &str) -> Sql<bool> {
        let sql = "INSERT OR IGNORE INTO marks VALUES (?1)";
        Ok(self.with(|database| database.execute(sql, [id]))? == 1)
    }

    async fn marked_first(
        &self,
        id: &str,
        delivery: &Delivery,
        befalls: impl Future<Output = Result<(), ()>>,
    ) -> Sql<bool> {
        if !self.mark(id)? {
            return Ok(true);
        }
        if befalls.await.is_err() {
            return Ok(false);
        }
        self.with(|database| record(database, delivery))?;
        Ok(true)
    }

    async fn accepted(
        &self,
        id: &str,
        delivery: &Delivery,
        befalls: impl Future<Output = Result<(), ()>>,
    ) -> Sql<bool> {
        let is_marked = "SELECT count(*) FROM marks WHERE event = ?1";
        if self.with(|it| it.query_row(is_marked, [id], |row| row.get::<_, u32>(0)))? > 0 {
            return Ok(true);
        }
        let Some(_in_work) = InWork::begin(&self.0, id) else {
            return Ok(true);
        };
        if befalls.await.is_err() {
            return Ok(false);
        }
        self.with(|database| record(database, delivery))?;
        self.mark(id)?;
        Ok(true)
    }
}

/// An event is in work while this is there.
struct InWork<'a>(&'a Shared, &'a str);

impl<'a> InWork<'a> {
    fn begin(shared: &'a Shared, id: &'a str) -> Option<Self> {
        let mut in_work = shared
            .in_work
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Made only where it was not in work: dropped, it would end that.
        in_work.insert(id.to_owned()).then(|| Self(shared, id))
    }
}

impl Drop for InWork<'_> {
    fn drop(&mut self) {
        let in_work = &self.0.in_work;
        let mut in_work = in_work.lock().unwrap_or_else(PoisonError::into_inner);
        in_work.remove(self.1);
    }
}
