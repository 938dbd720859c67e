//! Values in queries.

use spec_parameters_query::types::ConstantQueryParam;

scenarios! { client = client!(spec_parameters_query);
    "Parameters_Query_Constant_post" {
        client
            .query()
            .constant(ConstantQueryParam::ConstantValue)
            .await?;
    }
    "Parameters_Query_SpecialChar_dollarSign" {
        client
            .special_char()
            .get_dollar_sign("status eq 'active'")
            .await?;
    }
}
