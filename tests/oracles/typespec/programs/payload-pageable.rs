//! Lists in pages.

use crate::scenarios::{like, same, url};
use serde_json::json;
use spec_payload_pageable::rt;
use spec_payload_pageable::types::ServerDrivenPaginationAlternateInitialVerbFilter;

const PETS: [&str; 4] = ["dog", "cat", "bird", "fish"];

scenarios! { client = client!(spec_payload_pageable);
    "Payload_Pageable_ServerDrivenPagination_link" {
        let mut items = client.server_driven_pagination().get_link().items();
        let mut names = Vec::new();
        while let Some(pet) = items.try_next().await? {
            names.push(pet.name);
        }
        same(names, PETS)?;
    }
    "Payload_Pageable_ServerDrivenPagination_linkString" {
        let mut items = client.server_driven_pagination().get_link_string().items();
        let mut names = Vec::new();
        while let Some(pet) = items.try_next().await? {
            names.push(pet.name);
        }
        same(names, PETS)?;
    }
    "Payload_Pageable_ServerDrivenPagination_nestedLink" {
        let mut items = client.server_driven_pagination().get_nested_link().items();
        let mut names = Vec::new();
        while let Some(pet) = items.try_next().await? {
            names.push(pet.name);
        }
        same(names, PETS)?;
    }
    "Payload_Pageable_ServerDrivenPagination_AlternateInitialVerb_post" {
        let filter = ServerDrivenPaginationAlternateInitialVerbFilter::new("foo eq bar");
        let first = client.link().initial_post(filter).await?;
        let next = first.next.ok_or("no second page")?;
        let next = next.strip_prefix(&url()).ok_or("another server")?;
        let second = client.request(rt::Method::Get, next).await?;
        let pets = json!([{"id": "3", "name": "bird"}, {"id": "4", "name": "fish"}]);
        let second: serde_json::Value = serde_json::from_slice(second.body())?;
        same(&second["pets"], &pets)?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestQueryResponseBody" {
        let mut items = client
            .continuation_token()
            .get_request_query_response_body()
            .bar("bar")
            .foo("foo")
            .items();
        let mut names = Vec::new();
        while let Some(pet) = items.try_next().await? {
            names.push(pet.name);
        }
        same(names, PETS)?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestHeaderResponseBody" {
        let expected = json!({
            "pets": [{"id": "1", "name": "dog"}, {"id": "2", "name": "cat"}],
            "nextToken": "page2"
        });
        like(
            &client
                .continuation_token()
                .get_request_header_response_body()
                .bar("bar")
                .foo("foo")
                .await?,
            expected,
        )?;
        let expected = json!({"pets": [{"id": "3", "name": "bird"}, {"id": "4", "name": "fish"}]});
        like(
            &client
                .continuation_token()
                .get_request_header_response_body()
                .bar("bar")
                .foo("foo")
                .token("page2")
                .await?,
            expected,
        )?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestQueryResponseHeader" {
        let expected = json!({"pets": [{"id": "1", "name": "dog"}, {"id": "2", "name": "cat"}]});
        like(
            &client
                .continuation_token()
                .get_request_query_response_header()
                .bar("bar")
                .foo("foo")
                .await?,
            expected,
        )?;
        let expected = json!({"pets": [{"id": "3", "name": "bird"}, {"id": "4", "name": "fish"}]});
        like(
            &client
                .continuation_token()
                .get_request_query_response_header()
                .bar("bar")
                .foo("foo")
                .token("page2")
                .await?,
            expected,
        )?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestHeaderResponseHeader" {
        let expected = json!({"pets": [{"id": "1", "name": "dog"}, {"id": "2", "name": "cat"}]});
        like(
            &client
                .continuation_token()
                .get_request_header_response_header()
                .bar("bar")
                .foo("foo")
                .await?,
            expected,
        )?;
        let expected = json!({"pets": [{"id": "3", "name": "bird"}, {"id": "4", "name": "fish"}]});
        like(
            &client
                .continuation_token()
                .get_request_header_response_header()
                .bar("bar")
                .foo("foo")
                .token("page2")
                .await?,
            expected,
        )?;
    }
    "Payload_Pageable_PageSize_listWithoutContinuation" {
        let expected = json!({
            "pets": [
                {"id": "1", "name": "dog"},
                {"id": "2", "name": "cat"},
                {"id": "3", "name": "bird"},
                {"id": "4", "name": "fish"}
            ]
        });
        like(
            &client.page_size().list_without_continuation().await?,
            expected,
        )?;
    }
    "Payload_Pageable_PageSize_listWithPageSize" {
        let expected = json!({"pets": [{"id": "1", "name": "dog"}, {"id": "2", "name": "cat"}]});
        like(&client.page_size().list().page_size(2).await?, expected)?;
        let expected = json!({
            "pets": [
                {"id": "1", "name": "dog"},
                {"id": "2", "name": "cat"},
                {"id": "3", "name": "bird"},
                {"id": "4", "name": "fish"}
            ]
        });
        like(&client.page_size().list().page_size(4).await?, expected)?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestQueryNestedResponseBody" {
        let mut items = client
            .continuation_token()
            .get_request_query_nested_response_body()
            .bar("bar")
            .foo("foo")
            .items();
        let mut names = Vec::new();
        while let Some(pet) = items.try_next().await? {
            names.push(pet.name);
        }
        same(names, PETS)?;
    }
    "Payload_Pageable_ServerDrivenPagination_ContinuationToken_requestHeaderNestedResponseBody" {
        let expected = json!({
            "nestedItems": {"pets": [{"id": "1", "name": "dog"}, {"id": "2", "name": "cat"}]},
            "nestedNext": {"nextToken": "page2"}
        });
        like(
            &client
                .continuation_token()
                .get_request_header_nested_response_body()
                .bar("bar")
                .foo("foo")
                .await?,
            expected,
        )?;
        let expected = json!({
            "nestedItems": {"pets": [{"id": "3", "name": "bird"}, {"id": "4", "name": "fish"}]}
        });
        like(
            &client
                .continuation_token()
                .get_request_header_nested_response_body()
                .bar("bar")
                .foo("foo")
                .token("page2")
                .await?,
            expected,
        )?;
    }
    "Payload_Pageable_XmlPagination_listWithContinuation" {
        let first = client.xml().list_with_continuation().await?;
        same(first.contains("<NextMarker>page2</NextMarker>"), true)?;
        let second = client
            .xml()
            .list_with_continuation()
            .marker("page2")
            .await?;
        same(second.contains("<Name>bird</Name>"), true)?;
    }
    "Payload_Pageable_XmlPagination_listWithNextLink" {
        let first = client.xml().list_with_next_link().await?;
        let (_, next) = first.split_once("<NextLink>").ok_or("no second page")?;
        let next = next
            .split('<')
            .next()
            .and_then(|it| it.strip_prefix(&url()));
        let second = client
            .request(rt::Method::Get, next.ok_or("another server")?)
            .await?;
        same(
            str::from_utf8(second.body())?.contains("<Name>bird</Name>"),
            true,
        )?;
    }
}
