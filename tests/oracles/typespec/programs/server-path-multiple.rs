//! A server whose URL has variables.

scenarios! { client = client!(spec_server_path_multiple_v1_0, "/server/path/multiple/v1.0");
    "Server_Path_Multiple_noOperationParams" {
        client.root().get().await?;
    }
    "Server_Path_Multiple_withOperationPathParam" {
        client.root().get_with_operation_path_param("test").await?;
    }
}
