//! All orders, within a budget of memory.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Order;

/// Orders in the order of their arrival. When they outgrow the budget, the oldest are forgotten.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Order>", into = "Vec<Order>")]
pub(crate) struct Orders {
    by_arrival: BTreeMap<u64, Order>,
    arrivals: HashMap<Uuid, u64>,
    next: u64,
    bytes: usize,
    budget: usize,
}

impl Default for Orders {
    fn default() -> Self {
        Self::with_budget(64 << 20)
    }
}

impl From<Vec<Order>> for Orders {
    fn from(arrived: Vec<Order>) -> Self {
        let mut orders = Self::default();
        for order in arrived {
            orders.add(order);
        }
        orders
    }
}

impl From<Orders> for Vec<Order> {
    fn from(orders: Orders) -> Self {
        orders.by_arrival.into_values().collect()
    }
}

impl Orders {
    fn with_budget(budget: usize) -> Self {
        Self {
            by_arrival: BTreeMap::new(),
            arrivals: HashMap::new(),
            next: 0,
            bytes: 0,
            budget,
        }
    }

    pub(crate) fn get(&self, id: Uuid) -> Option<&Order> {
        self.by_arrival.get(self.arrivals.get(&id)?)
    }

    pub(crate) fn get_mut(&mut self, id: Uuid) -> Option<&mut Order> {
        self.by_arrival.get_mut(self.arrivals.get(&id)?)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Order> {
        self.by_arrival.values()
    }

    /// The order that a payment belongs to.
    pub(crate) fn of_payment(&self, payment: Uuid) -> Option<&Order> {
        self.iter().find(|order| order.payment(payment).is_some())
    }

    /// Adds an order; gives the ids of those that made room for it.
    pub(crate) fn add(&mut self, order: Order) -> Vec<Uuid> {
        self.bytes += order.bytes;
        self.arrivals.insert(order.order_id, self.next);
        self.by_arrival.insert(self.next, order);
        self.next += 1;
        self.make_room()
    }

    /// Counts `bytes` more to an order that grew; gives the ids of those that made room for it.
    pub(crate) fn grow(&mut self, id: Uuid, bytes: usize) -> Vec<Uuid> {
        if let Some(order) = self.get_mut(id) {
            order.bytes += bytes;
            self.bytes += bytes;
        }
        self.make_room()
    }

    fn make_room(&mut self) -> Vec<Uuid> {
        let mut evicted = Vec::new();
        while self.bytes > self.budget && self.by_arrival.len() > 1 {
            let Some((_, order)) = self.by_arrival.pop_first() else {
                break;
            };
            self.arrivals.remove(&order.order_id);
            self.bytes -= order.bytes;
            evicted.push(order.order_id);
        }
        evicted
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn order(id: u128, bytes: usize) -> Order {
        Order {
            order_id: Uuid::from_u128(id),
            partner: Uuid::nil(),
            location_id: Uuid::nil(),
            total_cents: 1,
            description: None,
            external_reference: None,
            customer_name: None,
            payments: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
            bytes,
        }
    }

    #[test]
    fn the_oldest_orders_make_room() {
        let mut orders = Orders::with_budget(10);
        assert!(orders.add(order(1, 4)).is_empty());
        assert!(orders.add(order(2, 4)).is_empty());
        assert_eq!(orders.add(order(3, 4)), [Uuid::from_u128(1)]);
        assert_eq!(
            orders.grow(Uuid::from_u128(3), 3),
            [Uuid::from_u128(2)],
            "a growing order counts"
        );
        assert!(orders.get(Uuid::from_u128(2)).is_none());
        assert!(orders.get(Uuid::from_u128(3)).is_some());
    }
}
