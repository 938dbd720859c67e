//! A dealer's system whose list is another one each time: a vehicle is cheaper, one is gone, one cannot be read.

use std::sync::atomic::{AtomicI64, Ordering};

use tilt_sandbox::{InventoryPage, InventoryPages, InventorySource, NextPage, Offer, Vehicle};

#[derive(Default)]
pub(crate) struct Dealer {
    lists: AtomicI64,
}

impl InventorySource for Dealer {
    fn name(&self) -> String {
        "http://dms.example/".to_owned()
    }

    fn read(&self, _: Option<&str>) -> Box<dyn InventoryPages> {
        let before = self.lists.fetch_add(1, Ordering::Relaxed);
        let mut offers = vec![offer("1HGCM82633A004352", 2_499_900 - before * 150_000)];
        if before == 0 {
            offers.push(offer("5YJSA1E26HF000337", 5_990_000));
        } else {
            offers.push(unreadable());
        }
        Box::new(Page(Some(offers)))
    }
}

struct Page(Option<Vec<Offer>>);

impl InventoryPages for Page {
    fn next(&mut self) -> NextPage<'_> {
        let page = self.0.take().map(|offers| InventoryPage::Listed {
            offers,
            validator: None,
        });
        Box::pin(async { Ok(page) })
    }
}

fn offer(vin: &str, price_cents: i64) -> Offer {
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

fn unreadable() -> Offer {
    let reason = "value does not match \"^[A-HJ-NPR-Z0-9]{17}$\"".to_owned();
    Offer {
        place: "/vehicles/1".to_owned(),
        vin: Some("A-VIN-THAT-IS-FAR-TOO-LONG-FOR-A-PHONE-TO-SHOW-IN-ONE-LINE".to_owned()),
        vehicle: Err(vec![("/vehicles/1/vin".to_owned(), reason)]),
    }
}
