//! Versions as parameters of an API that has none itself.

scenarios! { client = client!(spec_server_versions_not_versioned);
    "Server_Versions_NotVersioned_withoutApiVersion" {
        client.not_versioned().head_without_api_version().await?;
    }
    "Server_Versions_NotVersioned_withPathApiVersion" {
        client.with_path_api_version().head("v1.0").await?;
    }
    "Server_Versions_NotVersioned_withQueryApiVersion" {
        client
            .not_versioned()
            .head_with_query_api_version("v1.0")
            .await?;
    }
}
