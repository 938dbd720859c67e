//! Parameters in paths and queries, by the forms of RFC 6570.

use spec_routes::required;
use spec_routes::rt::Map;

fn list() -> Vec<String> {
    vec!["a".to_owned(), "b".to_owned()]
}

fn record() -> Map<i32> {
    Map::from_iter([("a".to_owned(), 1), ("b".to_owned(), 2)])
}

scenarios! { client = client!(spec_routes);
    "Routes_InInterface" {
        client.in_interface().get_fixed().await?;
    }
    "Routes_fixed" {
        client.routes().get_fixed().await?;
    }
    "Routes_PathParameters_templateOnly" {
        client.template_only().get("a").await?;
    }
    "Routes_PathParameters_explicit" {
        client.explicit().get("a").await?;
    }
    "Routes_PathParameters_annotationOnly" {
        client.annotation_only().get("a").await?;
    }
    "Routes_PathParameters_SimpleExpansion_Standard_primitive" {
        client.primitive().get_for_simple_standard("a").await?;
    }
    "Routes_PathParameters_SimpleExpansion_Standard_array" {
        client.array().get_for_simple_standard(list()).await?;
    }
    "Routes_PathParameters_SimpleExpansion_Standard_record" {
        client.standard().record_for_simple(record()).await?;
    }
    "Routes_PathParameters_SimpleExpansion_Explode_primitive" {
        client.primitive().get_for_simple_explode("a").await?;
    }
    "Routes_PathParameters_SimpleExpansion_Explode_array" {
        client.array().get_for_simple_explode(list()).await?;
    }
    "Routes_PathParameters_SimpleExpansion_Explode_record" {
        client.explode().record_for_simple(record()).await?;
    }
    "Routes_PathParameters_LabelExpansion_Standard_primitive" {
        client.primitive().get_for_standard("a").await?;
    }
    "Routes_PathParameters_LabelExpansion_Standard_array" {
        client.array().get_for_standard(list()).await?;
    }
    "Routes_PathParameters_LabelExpansion_Standard_record" {
        client.standard().record_for_label(record()).await?;
    }
    "Routes_PathParameters_LabelExpansion_Explode_primitive" {
        client.primitive().get("a").await?;
    }
    "Routes_PathParameters_LabelExpansion_Explode_array" {
        client.array().get(list()).await?;
    }
    "Routes_PathParameters_LabelExpansion_Explode_record" {
        client.explode().record_for_label(record()).await?;
    }
    "Routes_PathParameters_MatrixExpansion_Standard_primitive" {
        client.primitive().get_for_matrix_standard("a").await?;
    }
    "Routes_PathParameters_MatrixExpansion_Standard_array" {
        client.array().get_for_matrix_standard(list()).await?;
    }
    "Routes_PathParameters_MatrixExpansion_Standard_record" {
        client.standard().record_for_matrix(record()).await?;
    }
    "Routes_PathParameters_MatrixExpansion_Explode_primitive" {
        client.primitive().get_for_explode("a").await?;
    }
    "Routes_PathParameters_MatrixExpansion_Explode_array" {
        client.array().get_for_explode(list()).await?;
    }
    "Routes_PathParameters_MatrixExpansion_Explode_record" {
        client.explode().record_for_matrix(record()).await?;
    }
    "Routes_QueryParameters_templateOnly" {
        client.routes().query_template_only("a").await?;
    }
    "Routes_QueryParameters_explicit" {
        client.routes().query_explicit("a").await?;
    }
    "Routes_QueryParameters_annotationOnly" {
        client.routes().query_annotation_only("a").await?;
    }
    "Routes_QueryParameters_QueryExpansion_Standard_primitive" {
        client.standard().get_primitive("a").await?;
    }
    "Routes_QueryParameters_QueryExpansion_Standard_array" {
        client.standard().get_array(list()).await?;
    }
    "Routes_QueryParameters_QueryExpansion_Standard_record" {
        client.standard().record(record()).await?;
    }
    "Routes_QueryParameters_QueryExpansion_Explode_primitive" {
        client.explode().get_primitive("a").await?;
    }
    "Routes_QueryParameters_QueryExpansion_Explode_array" {
        client.explode().get_array(list()).await?;
    }
    "Routes_QueryParameters_QueryExpansion_Explode_record" {
        client.explode().record(record()).await?;
    }
    "Routes_QueryParameters_QueryExpansion_Explode_model" {
        let param = required::ExpandParameters {
            field: "status".to_owned(),
            value: "active".to_owned(),
        };
        client.explode().get_model(param).await?;
    }
}
