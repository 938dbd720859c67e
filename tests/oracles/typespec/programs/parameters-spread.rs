//! Parameters and properties that the spec takes from one model.

use spec_parameters_spread::required;
use spec_parameters_spread::resources::{
    alias::{AliasInnerModelParameterRequired, InnerAliasParameterRequired},
    composite_request::ReplaceCompositeRequestRequired,
    composite_request_mix::ReplaceCompositeRequestMixRequired,
    composite_request_without_body::AddCompositeRequestWithoutBodyRequired,
    multiple_parameters::ReplaceMultipleParameterRequired,
    request_parameter::ReplaceRequestParameterRequired,
};
use spec_parameters_spread::types::{BodyParameter, ReplaceMultipleParameter};

fn name() -> String {
    "foo".to_owned()
}

fn bar() -> String {
    "bar".to_owned()
}

scenarios! { client = client!(spec_parameters_spread);
    "Parameters_Spread_Model_spreadAsRequestBody" {
        client
            .model()
            .replace_request_body(BodyParameter::new("foo"))
            .await?;
    }
    "Parameters_Spread_Model_spreadCompositeRequestOnlyWithBody" {
        client
            .model()
            .replace_composite_request_only_with_body(BodyParameter::new("foo"))
            .await?;
    }
    "Parameters_Spread_Model_spreadCompositeRequestWithoutBody" {
        let required = AddCompositeRequestWithoutBodyRequired { test_header: bar() };
        client
            .composite_request_without_body()
            .add("foo", required)
            .await?;
    }
    "Parameters_Spread_Model_spreadCompositeRequest" {
        let required = ReplaceCompositeRequestRequired { test_header: bar() };
        client
            .composite_request()
            .replace("foo", required, BodyParameter::new("foo"))
            .await?;
    }
    "Parameters_Spread_Model_spreadCompositeRequestMix" {
        let required = ReplaceCompositeRequestMixRequired { test_header: bar() };
        let body = required::CompositeRequestMix { prop: name() };
        client
            .composite_request_mix()
            .replace("foo", required, body)
            .await?;
    }
    "Parameters_Spread_Alias_spreadAsRequestBody" {
        client
            .alias()
            .replace_request_body(required::ReplaceAliasRequestBody { name: name() })
            .await?;
    }
    "Parameters_Spread_Alias_spreadAsRequestParameter" {
        let required = ReplaceRequestParameterRequired {
            x_ms_test_header: bar(),
        };
        let body = required::ReplaceRequestParameter { name: name() };
        client
            .request_parameter()
            .replace("1", required, body)
            .await?;
    }
    "Parameters_Spread_Alias_spreadWithMultipleParameters" {
        let required = ReplaceMultipleParameterRequired {
            x_ms_test_header: bar(),
        };
        let body = ReplaceMultipleParameter::new(vec![1, 2], "foo")
            .optional_int(1)
            .optional_string_list(vec![name(), bar()]);
        client
            .multiple_parameters()
            .replace("1", required, body)
            .await?;
    }
    "Parameters_Spread_Alias_spreadParameterWithInnerModel" {
        let required = AliasInnerModelParameterRequired {
            x_ms_test_header: bar(),
        };
        let body = required::AliasInnerModel { name: name() };
        client
            .alias()
            .inner_model_parameter("1", required, body)
            .await?;
    }
    "Parameters_Spread_Alias_spreadParameterWithInnerAlias" {
        let required = InnerAliasParameterRequired {
            x_ms_test_header: bar(),
        };
        let body = required::InnerAliasParameter {
            name: name(),
            age: 1,
        };
        client
            .alias()
            .inner_alias_parameter("1", required, body)
            .await?;
    }
}
