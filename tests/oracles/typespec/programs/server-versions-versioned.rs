//! Versions as parameters of an API that has some.

scenarios! { client = client!(spec_server_versions_versioned_2022_12_01_preview);
    "Server_Versions_Versioned_withoutApiVersion" {
        client.versions().head_versioned_without_api_version().await?;
    }
    "Server_Versions_Versioned_withPathApiVersion" {
        client
            .with_path_api_version()
            .head("2022-12-01-preview")
            .await?;
    }
    "Server_Versions_Versioned_withQueryOldApiVersion" {
        client
            .versions()
            .head_versioned_with_query_old_api_version("2021-01-01-preview")
            .await?;
    }
    "Server_Versions_Versioned_withQueryApiVersion" {
        client
            .versions()
            .head_versioned_with_query_api_version("2022-12-01-preview")
            .await?;
    }
}
