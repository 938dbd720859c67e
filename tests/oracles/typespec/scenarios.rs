//! The ground of the programs: each calls the scenarios of one spec.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use tilt_runtime::{ApiError, Error as Failure};

pub type Tested = Result<(), Box<dyn Error>>;

/// The outcome of each scenario that was called.
#[derive(Default)]
pub struct Scenarios(BTreeMap<String, Option<String>>);

/// The program of a spec: a client, and of each scenario its name and what calls it.
#[macro_export]
macro_rules! scenarios {
    ($client:ident = $made:expr; $($name:literal $call:block)*) => {
        pub async fn call(scenarios: &mut $crate::scenarios::Scenarios) {
            let $client = $made;
            $(
                let call = async {
                    let () = $call;
                    Ok(())
                };
                scenarios.is($name, call).await;
            )*
        }
    };
}

/// A client of a crate that needs nothing but an address, here one below the server's.
#[macro_export]
macro_rules! client {
    ($sdk:ident) => {
        $crate::client!($sdk, "")
    };
    ($sdk:ident, $below:expr) => {{
        let url = format!("{}{}", $crate::scenarios::url(), $below);
        let client = $sdk::Client::builder($sdk::Environment::custom(url)).build();
        client.expect("a client")
    }};
}

fn argument(number: usize) -> String {
    std::env::args().nth(number).expect("an argument")
}

/// The server's URL.
pub fn url() -> String {
    argument(1)
}

/// A file of the suite.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/{name}", argument(2))).expect("a file of the suite")
}

impl Scenarios {
    /// Calls a scenario.
    pub async fn is(&mut self, name: &str, call: impl Future<Output = Tested>) {
        let fault = call.await.err().map(|error| {
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                text = format!("{text}: {error}");
                source = error.source();
            }
            text
        });
        let known = self.0.insert(name.to_owned(), fault);
        assert!(known.is_none(), "{name} is called twice");
    }

    /// Tells the outcomes as JSON.
    pub fn tell(self) {
        println!("{}", serde_json::json!(self.0));
    }
}

/// An error where two values differ.
pub fn same<A: PartialEq<B> + Debug, B: Debug>(found: A, expected: B) -> Tested {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{found:?}, expected {expected:?}").into()),
    }
}

/// The value that this JSON is of whatever type is asked for.
pub fn made<T: serde::de::DeserializeOwned>(json: serde_json::Value) -> T {
    serde_json::from_value(json).expect("a value of that type")
}

/// An error where a value is not this JSON.
pub fn like<T: serde::Serialize>(found: &T, expected: serde_json::Value) -> Tested {
    same(serde_json::to_value(found)?, expected)
}

/// The API's error of a call that has to fail with this status.
pub fn refused<T>(answer: Result<T, Failure>, status: u16) -> Result<ApiError, Box<dyn Error>> {
    match answer {
        Err(Failure::Api(error)) if error.status() == status => Ok(*error),
        Err(other) => Err(other.into()),
        Ok(_) => Err(format!("succeeds, and {status} was expected").into()),
    }
}
