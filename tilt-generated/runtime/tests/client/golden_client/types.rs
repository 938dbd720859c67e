//! Data types: here only as much as the rest needs.

use serde::{Deserialize, Serialize};
use tilt_runtime as rt;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub(crate) struct Order {
    pub(crate) order_id: String,
    pub(crate) total_cents: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub(crate) struct CreateOrder {
    pub(crate) location_id: String,
    pub(crate) total_cents: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) customer_name: Option<String>,
}

impl CreateOrder {
    pub(crate) fn new(location_id: impl Into<String>, total_cents: i64) -> Self {
        Self {
            location_id: location_id.into(),
            total_cents,
            customer_name: None,
        }
    }

    pub(crate) fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
        self.customer_name = Some(customer_name.into());
        self
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub(crate) struct Location {
    pub(crate) location_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub(crate) struct LocationPage {
    pub(crate) items: Vec<Location>,
    pub(crate) total: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub(crate) struct PaymentEvent {
    pub(crate) event_id: String,
    pub(crate) event_kind: String,
}

impl rt::Wire for Order {}
impl rt::Wire for CreateOrder {}
impl rt::Wire for Location {}
impl rt::Wire for LocationPage {}
impl rt::Wire for PaymentEvent {}
