//! Bodies in XML, which are texts.

use crate::scenarios::{refused, same};
use texts::*;

#[path = "payload-xml/texts.rs"]
mod texts;

scenarios! { client = client!(spec_payload_xml);
    "Payload_Xml_ModelWithDatetimeValue_get" {
        same(client.xml().get_model_with_datetime().await?, DATETIMES)?;
    }
    "Payload_Xml_ModelWithDatetimeValue_put" {
        client.xml().model_with_datetime(DATETIMES).await?;
    }
    "Payload_Xml_SimpleModelValue_get" {
        same(client.xml().get_simple_model().await?, SIMPLE_MODEL)?;
    }
    "Payload_Xml_SimpleModelValue_put" {
        client.xml().simple_model(SIMPLE_MODEL).await?;
    }
    "Payload_Xml_ModelWithRenamedPropertyValue_get" {
        same(
            client.xml().get_model_with_renamed_property().await?,
            MODEL_WITH_RENAMED_PROPERTY,
        )?;
    }
    "Payload_Xml_ModelWithRenamedPropertyValue_put" {
        client
            .xml()
            .model_with_renamed_property(MODEL_WITH_RENAMED_PROPERTY)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedFieldsValue_get" {
        same(
            client.model_with_renamed_fields().list().await?,
            MODEL_WITH_RENAMED_FIELDS_SRC,
        )?;
    }
    "Payload_Xml_ModelWithRenamedFieldsValue_put" {
        client
            .model_with_renamed_fields()
            .replace_all(MODEL_WITH_RENAMED_FIELDS_SRC)
            .await?;
    }
    "Payload_Xml_ModelWithNestedModelValue_get" {
        same(
            client.xml().get_model_with_nested_model().await?,
            MODEL_WITH_NESTED_MODEL,
        )?;
    }
    "Payload_Xml_ModelWithNestedModelValue_put" {
        client
            .xml()
            .model_with_nested_model(MODEL_WITH_NESTED_MODEL)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedNestedModelValue_get" {
        same(
            client.xml().get_model_with_renamed_nested_model().await?,
            MODEL_WITH_RENAMED_NESTED_MODEL,
        )?;
    }
    "Payload_Xml_ModelWithRenamedNestedModelValue_put" {
        client
            .xml()
            .model_with_renamed_nested_model(MODEL_WITH_RENAMED_NESTED_MODEL)
            .await?;
    }
    "Payload_Xml_ModelWithSimpleArraysValue_get" {
        same(
            client.model_with_simple_arrays().list().await?,
            MODEL_WITH_SIMPLE_ARRAYS,
        )?;
    }
    "Payload_Xml_ModelWithSimpleArraysValue_put" {
        client
            .model_with_simple_arrays()
            .replace_all(MODEL_WITH_SIMPLE_ARRAYS)
            .await?;
    }
    "Payload_Xml_ModelWithUnwrappedArrayValue_get" {
        same(
            client.xml().get_model_with_unwrapped_array().await?,
            MODEL_WITH_UNWRAPPED_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithUnwrappedArrayValue_put" {
        client
            .xml()
            .model_with_unwrapped_array(MODEL_WITH_UNWRAPPED_ARRAY)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedArraysValue_get" {
        same(
            client.model_with_renamed_arrays().list().await?,
            MODEL_WITH_RENAMED_ARRAYS,
        )?;
    }
    "Payload_Xml_ModelWithRenamedArraysValue_put" {
        client
            .model_with_renamed_arrays()
            .replace_all(MODEL_WITH_RENAMED_ARRAYS)
            .await?;
    }
    "Payload_Xml_ModelWithWrappedPrimitiveCustomItemNamesValue_get" {
        same(
            client
                .model_with_wrapped_primitive_custom_item_names()
                .list()
                .await?,
            MODEL_WITH_WRAPPED_PRIMITIVE_CUSTOM_ITEM_NAMES,
        )?;
    }
    "Payload_Xml_ModelWithWrappedPrimitiveCustomItemNamesValue_put" {
        client
            .model_with_wrapped_primitive_custom_item_names()
            .replace_all(MODEL_WITH_WRAPPED_PRIMITIVE_CUSTOM_ITEM_NAMES)
            .await?;
    }
    "Payload_Xml_ModelWithArrayOfModelValue_get" {
        same(
            client.xml().get_model_with_array_of_model().await?,
            MODEL_WITH_ARRAY_OF_MODEL,
        )?;
    }
    "Payload_Xml_ModelWithArrayOfModelValue_put" {
        client
            .xml()
            .model_with_array_of_model(MODEL_WITH_ARRAY_OF_MODEL)
            .await?;
    }
    "Payload_Xml_ModelWithUnwrappedModelArrayValue_get" {
        same(
            client.xml().get_model_with_unwrapped_model_array().await?,
            MODEL_WITH_UNWRAPPED_MODEL_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithUnwrappedModelArrayValue_put" {
        client
            .xml()
            .model_with_unwrapped_model_array(MODEL_WITH_UNWRAPPED_MODEL_ARRAY)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedWrappedModelArrayValue_get" {
        same(
            client
                .xml()
                .get_model_with_renamed_wrapped_model_array()
                .await?,
            MODEL_WITH_RENAMED_WRAPPED_MODEL_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithRenamedWrappedModelArrayValue_put" {
        client
            .xml()
            .model_with_renamed_wrapped_model_array(MODEL_WITH_RENAMED_WRAPPED_MODEL_ARRAY)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedUnwrappedModelArrayValue_get" {
        same(
            client
                .xml()
                .get_model_with_renamed_unwrapped_model_array()
                .await?,
            MODEL_WITH_RENAMED_UNWRAPPED_MODEL_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithRenamedUnwrappedModelArrayValue_put" {
        client
            .xml()
            .model_with_renamed_unwrapped_model_array(MODEL_WITH_RENAMED_UNWRAPPED_MODEL_ARRAY)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedWrappedAndItemModelArrayValue_get" {
        same(
            client
                .xml()
                .get_model_with_renamed_wrapped_and_item_model_array()
                .await?,
            MODEL_WITH_RENAMED_WRAPPED_AND_ITEM_MODEL_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithRenamedWrappedAndItemModelArrayValue_put" {
        client
            .xml()
            .model_with_renamed_wrapped_and_item_model_array(
                MODEL_WITH_RENAMED_WRAPPED_AND_ITEM_MODEL_ARRAY,
            )
            .await?;
    }
    "Payload_Xml_ModelWithAttributesValue_get" {
        same(
            client.model_with_attributes().list().await?,
            MODEL_WITH_ATTRIBUTES,
        )?;
    }
    "Payload_Xml_ModelWithAttributesValue_put" {
        client
            .model_with_attributes()
            .replace_all(MODEL_WITH_ATTRIBUTES)
            .await?;
    }
    "Payload_Xml_ModelWithRenamedAttributeValue_get" {
        same(
            client.xml().get_model_with_renamed_attribute().await?,
            MODEL_WITH_RENAMED_ATTRIBUTE,
        )?;
    }
    "Payload_Xml_ModelWithRenamedAttributeValue_put" {
        client
            .xml()
            .model_with_renamed_attribute(MODEL_WITH_RENAMED_ATTRIBUTE)
            .await?;
    }
    "Payload_Xml_ModelWithNamespaceValue_get" {
        same(client.xml().get_model_with_namespace().await?, SMP)?;
    }
    "Payload_Xml_ModelWithNamespaceValue_put" {
        client.xml().model_with_namespace(SMP).await?;
    }
    "Payload_Xml_ModelWithNamespaceOnPropertiesValue_get" {
        same(
            client.model_with_namespace_on_properties().list().await?,
            SMP_2,
        )?;
    }
    "Payload_Xml_ModelWithNamespaceOnPropertiesValue_put" {
        client
            .model_with_namespace_on_properties()
            .replace_all(SMP_2)
            .await?;
    }
    "Payload_Xml_ModelWithTextValue_get" {
        same(client.xml().get_model_with_text().await?, MODEL_WITH_TEXT)?;
    }
    "Payload_Xml_ModelWithTextValue_put" {
        client.xml().model_with_text(MODEL_WITH_TEXT).await?;
    }
    "Payload_Xml_ModelWithOptionalFieldValue_get" {
        same(
            client.xml().get_model_with_optional_field().await?,
            MODEL_WITH_OPTIONAL_FIELD,
        )?;
    }
    "Payload_Xml_ModelWithOptionalFieldValue_put" {
        client
            .xml()
            .model_with_optional_field(MODEL_WITH_OPTIONAL_FIELD)
            .await?;
    }
    "Payload_Xml_ModelWithEmptyArrayValue_get" {
        same(
            client.xml().get_model_with_empty_array().await?,
            MODEL_WITH_EMPTY_ARRAY,
        )?;
    }
    "Payload_Xml_ModelWithEmptyArrayValue_put" {
        client
            .xml()
            .model_with_empty_array(MODEL_WITH_EMPTY_ARRAY)
            .await?;
    }
    "Payload_Xml_ModelWithDictionaryValue_get" {
        same(
            client.xml().get_model_with_dictionary().await?,
            MODEL_WITH_DICTIONARY,
        )?;
    }
    "Payload_Xml_ModelWithDictionaryValue_put" {
        client
            .xml()
            .model_with_dictionary(MODEL_WITH_DICTIONARY)
            .await?;
    }
    "Payload_Xml_ModelWithEncodedNamesValue_get" {
        same(
            client.model_with_encoded_names().list().await?,
            MODEL_WITH_ENCODED_NAMES_SRC,
        )?;
    }
    "Payload_Xml_ModelWithEncodedNamesValue_put" {
        client
            .model_with_encoded_names()
            .replace_all(MODEL_WITH_ENCODED_NAMES_SRC)
            .await?;
    }
    "Payload_Xml_ModelWithEnumValue_get" {
        same(client.xml().get_model_with_enum().await?, MODEL_WITH_ENUM)?;
    }
    "Payload_Xml_ModelWithEnumValue_put" {
        client.xml().model_with_enum(MODEL_WITH_ENUM).await?;
    }
    "Payload_Xml_XmlErrorValue_get" {
        let error = refused(client.xml().get_error().await, 400)?;
        let text = str::from_utf8(error.body())?;
        same(
            text.contains("<message>Something went wrong</message>"),
            true,
        )?;
    }
}
