//! Values in paths.

scenarios! { client = client!(spec_parameters_path);
    "Parameters_Path_normal" {
        client.normal().get("foo").await?;
    }
    "Parameters_Path_optional" {
        // BAD no operation for get /parameters/path/optional/foo
        client.optional().get("").await?;
        // no operation for get /parameters/path/optional/foo
    }
}
