//! A document without a server.

scenarios! { client = client!(spec_server_endpoint_not_defined);
    "Server_Endpoint_NotDefined_valid" {
        client.not_defined().head_valid().await?;
    }
}
