//! Headers by which a server knows a request that it had before.

use spec_special_headers_repeatability::resources::repeatability::RepeatabilityImmediateSuccessRequired;

scenarios! { client = client!(spec_special_headers_repeatability);
    "SpecialHeaders_Repeatability_immediateSuccess" {
        let required = RepeatabilityImmediateSuccessRequired {
            repeatability_request_id: "2378d9bc-1726-11ee-be56-0242ac120002".into(),
            repeatability_first_sent: "Tue, 15 Nov 2022 12:45:26 GMT".into(),
        };
        client.repeatability().immediate_success(required).await?;
    }
}
