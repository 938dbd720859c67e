//! The client's books, in a file that outlives its process: what it was to do, and what it believes it did.

use super::tag::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use tilt_generated::rt::inbox::sqlite::rusqlite::{Connection, OptionalExtension, Result};

/// The belief of a client about a request that was to be carried out once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Belief {
    /// It was, and made this.
    Made(String),
    /// It was not, and will not be.
    NotMade(String),
    /// Nobody can tell: a person has to look.
    Undecided(String),
}

/// In place of the id of what was made, where no read shows one.
pub(super) const WITHOUT_ID: &str = "it shows in the payment";

/// The verdict on an answer to another request that the SDK took for one to this.
pub(super) const MISTAKEN: &str = "another's answer was taken for its own";

/// All beliefs, and how it came to them.
#[derive(Debug, Default)]
pub(super) struct Believed {
    pub(super) beliefs: BTreeMap<(u32, Step), Belief>,
    /// Outcomes that were unknown: the kind of request, the verdict, and how often.
    pub(super) verdicts: BTreeMap<(String, String), u64>,
    /// Orders of which all was done that could be.
    pub(super) done: u64,
}

pub(super) struct Books(Connection);

impl Books {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let database = Connection::open(path)?;
        // Enough for a process that is killed; the machine goes on.
        database.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = OFF;
             CREATE TABLE IF NOT EXISTS beliefs (number INTEGER, step TEXT, belief TEXT, PRIMARY KEY (number, step));
             CREATE TABLE IF NOT EXISTS verdicts (kind TEXT, verdict TEXT);
             CREATE TABLE IF NOT EXISTS done (number INTEGER PRIMARY KEY);",
        )?;
        Ok(Self(database))
    }

    pub(super) fn belief(&self, number: u32, step: Step) -> Result<Option<Belief>> {
        let sql = "SELECT belief FROM beliefs WHERE number = ?1 AND step = ?2";
        let text: Option<String> = self
            .0
            .query_row(sql, (number, step.name()), |row| row.get(0))
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(super) fn believe(&self, number: u32, step: Step, belief: &Belief) -> Result<()> {
        let text = serde_json::to_string(belief).unwrap_or_default();
        let sql = "INSERT OR REPLACE INTO beliefs VALUES (?1, ?2, ?3)";
        self.0.execute(sql, (number, step.name(), text))?;
        Ok(())
    }

    /// The outcome of a request was unknown, and came to this verdict.
    pub(super) fn verdict(&self, kind: &str, verdict: &str) -> Result<()> {
        let sql = "INSERT INTO verdicts VALUES (?1, ?2)";
        self.0.execute(sql, (kind, verdict))?;
        Ok(())
    }

    pub(super) fn done(&self, number: u32) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO done VALUES (?1)";
        self.0.execute(sql, [number])?;
        Ok(())
    }

    /// Orders of which something is still to be done.
    pub(super) fn open_orders(&self, orders: u32) -> Result<Vec<u32>> {
        let mut statement = self.0.prepare("SELECT number FROM done")?;
        let done = statement.query_map([], |row| row.get(0))?;
        let done: std::collections::HashSet<u32> = done.collect::<Result<_>>()?;
        Ok((0..orders).filter(|it| !done.contains(it)).collect())
    }

    pub(super) fn believed(&self) -> Result<Believed> {
        let mut believed = Believed::default();
        let mut statement = self.0.prepare("SELECT number, step, belief FROM beliefs")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (step, text): (String, String) = (row.get(1)?, row.get(2)?);
            let step = Step::ALL.into_iter().find(|it| it.name() == step);
            if let (Some(step), Ok(belief)) = (step, serde_json::from_str(&text)) {
                let key = (row.get(0)?, step);
                believed.beliefs.insert(key, belief);
            }
        }
        let sql = "SELECT kind, verdict, count(*) FROM verdicts GROUP BY kind, verdict";
        let mut statement = self.0.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = (row.get(0)?, row.get(1)?);
            let times: u32 = row.get(2)?;
            believed.verdicts.insert(key, times.into());
        }
        let done = "SELECT count(*) FROM done";
        let done: u32 = self.0.query_row(done, [], |row| row.get(0))?;
        believed.done = done.into();
        Ok(believed)
    }
}
