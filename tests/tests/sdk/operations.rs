//! Every operation does what it is documented to do, in documented words.

use std::collections::BTreeSet;

use tilt_generated::types::{
    CreateLaunchToken, CreateOrder, CreatePayment, CreateRefund, LaunchRole, Level3,
    Level3LineItem, LocationId, OrderId, OrderStatus, PaymentId, PaymentStatus, RefundReason,
    RefundStatus,
};
use tilt_generated::{Error, required};
use tilt_tests::api::Api;

use crate::tilt::{Tilt, oracle};

#[tokio::test]
async fn every_operation_is_documented_and_works() -> Result<(), Error> {
    let tilt = Tilt::start().await;
    locations(&tilt).await?;
    let order = order(&tilt).await?;
    let (order_id, payment_id) = payment(&tilt, order).await?;
    refund(&tilt, order_id, payment_id).await?;

    let (order_id, payment_id) = tilt.paid(700).await?;
    let voided = tilt.client.payments().void(order_id, payment_id).await?;
    assert_eq!(voided.status, PaymentStatus::Voided);

    let user = required::CreateLaunchToken {
        external_user_id: "user-1".into(),
        location_id: tilt.location(),
    };
    let user = CreateLaunchToken::from(user)
        .display_name("Ada")
        .role_slug(LaunchRole::LocationSupervisor);
    let launch = tilt.client.launch_tokens().create(user).await?;
    assert!(launch.launch_url.expose().starts_with("http"));

    let seen: BTreeSet<String> = tilt
        .judge()
        .iter()
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(operation, _)| operation.to_owned())
        .collect();
    let documented = oracle(&Api::accepted().expect("the accepted documents")).operations();
    assert_eq!(seen, documented.into_iter().collect());
    Ok(())
}

async fn locations(tilt: &Tilt) -> Result<(), Error> {
    let client = &tilt.client;
    let locations = client
        .locations()
        .list()
        .limit(2)
        .offset(0)
        .search("main")
        .await?;
    assert_eq!(locations.items.len() as i64, locations.total);
    let detail = client.locations().get(tilt.location()).await?;
    assert_eq!(detail.location_id, tilt.location());
    Ok(())
}

/// Creates an order, twice under one key.
async fn order(tilt: &Tilt) -> Result<OrderId, Error> {
    let client = &tilt.client;
    let order = client
        .orders()
        .create(full_order(tilt.location()))
        .idempotency_key("0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11")
        .await?;
    assert_eq!((order.status, order.total_cents), (OrderStatus::Open, 5000));
    let again = client
        .orders()
        .create(full_order(tilt.location()))
        .idempotency_key("0b0d3a0e-6c0f-4b9e-9d2b-0b6a6c0c8d11")
        .await?;
    assert_eq!(again.order_id, order.order_id);
    Ok(order.order_id)
}

/// Pays an order.
async fn payment(tilt: &Tilt, order_id: OrderId) -> Result<(OrderId, PaymentId), Error> {
    let client = &tilt.client;
    let payment = CreatePayment::new(5000).level3(level3());
    let payment = client.payments().create(order_id, payment).await?;
    assert_eq!(payment.status, PaymentStatus::Pending);
    tilt.advance().await;
    let (order_id, payment_id) = (payment.order_id, payment.payment_id);
    let payment = client
        .payments()
        .get(order_id.clone(), payment_id.clone())
        .await?;
    assert_eq!(payment.status, PaymentStatus::Approved);
    let order = client.orders().get(order_id.clone()).await?;
    assert_eq!(order.status, OrderStatus::Paid);
    assert_eq!(order.payments[0].payment_id, payment_id);
    Ok((order.order_id, payment_id))
}

async fn refund(tilt: &Tilt, order_id: OrderId, payment_id: PaymentId) -> Result<(), Error> {
    let client = &tilt.client;
    let refund = CreateRefund::new(1000).reason(RefundReason::CustomerRequest);
    let refund = client
        .refunds()
        .create(order_id.clone(), payment_id.clone(), refund)
        .await?;
    assert_eq!(refund.status, RefundStatus::Pending);
    tilt.advance().await;
    let refund = client
        .refunds()
        .get(order_id, payment_id, refund.refund_id)
        .await?;
    assert_eq!(
        (refund.status, refund.amount_cents),
        (RefundStatus::Approved, 1000)
    );
    Ok(())
}

fn full_order(location: LocationId) -> CreateOrder {
    let mut metadata = tilt_generated::Map::new();
    metadata.insert("z".to_owned(), 1.into());
    metadata.insert("a".to_owned(), true.into());
    CreateOrder::new(location, 5000)
        .description("Two tyres & a \"spare\"")
        .external_reference("PO-17")
        .external_source("dms")
        .external_id("x/1")
        .customer_name("Zoë")
        .customer_phone("+15551234567")
        .customer_email("zoe@example.com")
        .metadata(metadata)
        .level3(level3())
        .return_url("https://shop.example/done?a=b")
        .cancel_url("https://shop.example/cancel")
}

fn level3() -> Level3 {
    let item = required::Level3LineItem {
        description: "Tyre".into(),
        quantity: 2,
        unit_price_cents: 1500,
    };
    let item = Level3LineItem::from(item)
        .product_code("T-1")
        .unit_of_measure("EA");
    Level3::new(0, "12345")
        .freight_amount_cents(10)
        .line_items([item])
}
