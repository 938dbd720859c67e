//! Values in queries.

scenarios! { client = client!(spec_parameters_query);
    "Parameters_Query_Constant_post" {
        client.query().constant().await?;
    }
    "Parameters_Query_SpecialChar_dollarSign" {
        client
            .special_char()
            .get_dollar_sign("status eq 'active'")
            .await?;
    }
}
