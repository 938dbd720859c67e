//! A server whose URL is a variable.

scenarios! { client = client!(spec_server_path_single);
    "Server_Path_Single_myOp" {
        client.single().head_my_op().await?;
    }
}
