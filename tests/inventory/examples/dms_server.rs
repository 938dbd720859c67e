//! A dealer management system over SQLite, on the server that is generated from `tests/fixtures/dms/openapi.json`:
//!
//! ```console
//! DEALER_TOKEN=… cargo run -p tilt-inventory --example dms_server
//! cargo xtask sandbox --inventory http://127.0.0.1:9000 --inventory-secret token.txt
//! ```

use std::env::var;
use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};
use subtle::ConstantTimeEq as _;
use tilt_inventory::generated::required;
use tilt_inventory::generated::server::inventory::{
    Inventory, ListInventoryAnswer, ListInventoryRequest,
};
use tilt_inventory::generated::server::service;
use tilt_inventory::generated::server::vehicles::{GetVehicleAnswer, GetVehicleRequest, Vehicles};
use tilt_inventory::generated::types::{self, Pricing, Vehicle, VehiclePage};
use tilt_runtime::Scheme;
use tilt_runtime::http::HeaderValue;
use tilt_runtime::http::header::ETAG;
use tilt_runtime::server::{Authorize, Credential, Operation, Problem, Refusal, Reply};

/// The vehicles on a page that asks for no size.
const PAGE: usize = 50;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let token = Token(var("DEALER_TOKEN")?);
    let lot = Lot::open("vehicles.db")?;
    if lot.behind("", 1)?.0.is_empty() {
        lot.put(&something_to_see())?;
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:9000").await?;
    println!("vehicles at http://{}/vehicles", listener.local_addr()?);
    axum::serve(listener, router(lot, token)).await?;
    Ok(())
}

pub(crate) fn something_to_see() -> Vehicle {
    Vehicle::from(required::Vehicle {
        vin: "1HGCM82633A004352".into(),
        year: 2024,
        make: "Honda".to_owned(),
        model: "Accord".to_owned(),
        pricing: Pricing::new(2_450_000),
        status: "available".into(),
    })
}

/// All operations of the document, for who has the token.
pub(crate) fn router(lot: Lot, token: Token) -> axum::Router {
    service(lot).authorized_by(token).into_router()
}

/// The vehicles of the dealer.
pub(crate) struct Lot {
    database: Mutex<rusqlite::Connection>,
}

impl Lot {
    /// Those in a file, which is made where there is none.
    pub(crate) fn open(path: &str) -> rusqlite::Result<Self> {
        let database = rusqlite::Connection::open(path)?;
        database.execute_batch(
            "CREATE TABLE IF NOT EXISTS vehicles (vin TEXT PRIMARY KEY, year INTEGER NOT NULL, make TEXT NOT NULL,
             model TEXT NOT NULL, list_cents INTEGER NOT NULL, status TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL);
             INSERT INTO version SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM version);",
        )?;
        Ok(Self {
            database: Mutex::new(database),
        })
    }

    fn database(&self) -> MutexGuard<'_, rusqlite::Connection> {
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a vehicle, or changes the one with its VIN; the list has another `ETag` then.
    pub(crate) fn put(&self, vehicle: &Vehicle) -> rusqlite::Result<()> {
        let mut database = self.database();
        let change = database.transaction()?;
        change.execute(
            "INSERT OR REPLACE INTO vehicles VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                vehicle.vin.as_str(),
                vehicle.year,
                &vehicle.make,
                &vehicle.model,
                vehicle.pricing.list_cents,
                vehicle.status.as_str(),
            ),
        )?;
        change.execute("UPDATE version SET number = number + 1", ())?;
        change.commit()
    }

    /// The `ETag` of the whole list.
    fn etag(&self) -> rusqlite::Result<String> {
        let number = "SELECT number FROM version";
        let number: i64 = self.database().query_row(number, (), |row| row.get(0))?;
        Ok(format!("\"{number}\""))
    }

    /// At most so many vehicles, from the one behind a VIN on, and whether there are more.
    fn behind(&self, vin: &str, most: usize) -> rusqlite::Result<(Vec<Vehicle>, bool)> {
        let database = self.database();
        let mut rows = database.prepare("SELECT * FROM vehicles WHERE vin > ?1 ORDER BY vin")?;
        let mut found = rows.query_map((vin,), vehicle)?;
        let vehicles = found.by_ref().take(most).collect::<Result<_, _>>()?;
        Ok((vehicles, found.next().transpose()?.is_some()))
    }

    fn with(&self, vin: &str) -> rusqlite::Result<Vec<Vehicle>> {
        let database = self.database();
        let mut rows = database.prepare("SELECT * FROM vehicles WHERE vin = ?1")?;
        rows.query_map((vin,), vehicle)?.collect()
    }
}

fn vehicle(row: &rusqlite::Row<'_>) -> rusqlite::Result<Vehicle> {
    let text = |column| row.get::<_, String>(column);
    Ok(Vehicle::from(required::Vehicle {
        vin: text("vin")?,
        year: row.get("year")?,
        make: text("make")?,
        model: text("model")?,
        pricing: Pricing::new(row.get("list_cents")?),
        status: text("status")?.into(),
    }))
}

/// Details are for the log of the server, and not for who asks.
fn internal(error: rusqlite::Error) -> Problem {
    eprintln!("the database: {error}");
    Problem::internal()
}

impl Inventory for Lot {
    async fn list(&self, request: ListInventoryRequest) -> Result<ListInventoryAnswer, Problem> {
        let etag = self.etag().map_err(internal)?;
        if request.if_none_match.as_ref() == Some(&etag) {
            return Ok(ListInventoryAnswer::NotModified(().into()));
        }
        let most = request.limit.and_then(|it| usize::try_from(it).ok());
        let most = most.unwrap_or(PAGE).clamp(1, 200);
        let from = request.cursor.unwrap_or_default();
        let (vehicles, goes_on) = self.behind(&from, most).map_err(internal)?;
        let last = vehicles.last().map(|it| it.vin.as_str().to_owned());
        let mut page = VehiclePage::new(vehicles);
        page.next_cursor = last.filter(|_| goes_on);
        let etag = HeaderValue::from_str(&etag).map_err(|_| Problem::internal())?;
        Ok(ListInventoryAnswer::Success(
            Reply::new(page).header(ETAG, etag),
        ))
    }
}

impl Vehicles for Lot {
    async fn get(&self, request: GetVehicleRequest) -> Result<GetVehicleAnswer, Problem> {
        let mut found = self.with(request.vin.as_str()).map_err(internal)?;
        Ok(match found.pop() {
            Some(vehicle) => GetVehicleAnswer::Success(vehicle.into()),
            None => GetVehicleAnswer::NotFound(types::Problem::new("No such vehicle").into()),
        })
    }
}

/// The token of those who may read.
pub(crate) struct Token(pub(crate) String);

impl Authorize for Token {
    type Principal = ();

    async fn authorize(
        &self,
        _: &'static Scheme,
        credential: Credential<'_>,
        _: &'static [&'static str],
        _: &'static Operation,
    ) -> Result<(), Refusal> {
        let given = match credential {
            Credential::Bearer(token) | Credential::ApiKey(token) => token,
            _ => return Err(Refusal::Unauthorized),
        };
        // However much of it is right, it takes as long.
        match given.as_bytes().ct_eq(self.0.as_bytes()).into() {
            true => Ok(()),
            false => Err(Refusal::Unauthorized),
        }
    }
}
