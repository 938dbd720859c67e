//! Lists in queries and headers.

scenarios! { client = client!(spec_parameters_collection_format);
    "Parameters_CollectionFormat_Query_multi" {
        client
            .collection_format()
            .query_multi(vec![
                "blue".to_owned(),
                "red".to_owned(),
                "green".to_owned(),
            ])
            .await?;
    }
    "Parameters_CollectionFormat_Query_csv" {
        client
            .collection_format()
            .query_csv(vec![
                "blue".to_owned(),
                "red".to_owned(),
                "green".to_owned(),
            ])
            .await?;
    }
    "Parameters_CollectionFormat_Query_ssv" {
        client
            .collection_format()
            .query_ssv(vec![
                "blue".to_owned(),
                "red".to_owned(),
                "green".to_owned(),
            ])
            .await?;
    }
    "Parameters_CollectionFormat_Query_pipes" {
        client
            .collection_format()
            .query_pipes(vec![
                "blue".to_owned(),
                "red".to_owned(),
                "green".to_owned(),
            ])
            .await?;
    }
    "Parameters_CollectionFormat_Header_csv" {
        client
            .header()
            .get_csv(vec![
                "blue".to_owned(),
                "red".to_owned(),
                "green".to_owned(),
            ])
            .await?;
    }
}
