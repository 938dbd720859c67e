//! payload-xml

use crate::scenarios::{refused, same};

const DATETIMES: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithDatetime>
  <rfc3339>2022-08-26T18:38:00.000Z</rfc3339>
  <rfc7231>Fri, 26 Aug 2022 14:38:00 GMT</rfc7231>
</ModelWithDatetime>
";

scenarios! { client = client!(spec_payload_xml);
    "Payload_Xml_ModelWithDatetimeValue_get" {
        same(client.xml().get_model_with_datetime().await?, DATETIMES)?;
    }
    "Payload_Xml_ModelWithDatetimeValue_put" {
        client.xml().model_with_datetime(DATETIMES).await?;
    }
    "Payload_Xml_SimpleModelValue_get" {
        same(client.xml().get_simple_model().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<SimpleModel>\n  <name>foo</name>\n  <age>123</age>\n</SimpleModel>\n")?;
    }
    "Payload_Xml_SimpleModelValue_put" {
        client.xml().simple_model("<?xml version='1.0' encoding='UTF-8'?>\n<SimpleModel>\n  <name>foo</name>\n  <age>123</age>\n</SimpleModel>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedPropertyValue_get" {
        same(client.xml().get_model_with_renamed_property().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedProperty>\n  <renamedTitle>foo</renamedTitle>\n  <author>bar</author>\n</ModelWithRenamedProperty>\n")?;
    }
    "Payload_Xml_ModelWithRenamedPropertyValue_put" {
        client.xml().model_with_renamed_property("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedProperty>\n  <renamedTitle>foo</renamedTitle>\n  <author>bar</author>\n</ModelWithRenamedProperty>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedFieldsValue_get" {
        same(client.model_with_renamed_fields().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedFieldsSrc>\n  <InputData>\n    <name>foo</name>\n    <age>123</age>\n  </InputData>\n  <OutputData>\n    <name>bar</name>\n    <age>456</age>\n  </OutputData>\n</ModelWithRenamedFieldsSrc>\n")?;
    }
    "Payload_Xml_ModelWithRenamedFieldsValue_put" {
        client.model_with_renamed_fields().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedFieldsSrc>\n  <InputData>\n    <name>foo</name>\n    <age>123</age>\n  </InputData>\n  <OutputData>\n    <name>bar</name>\n    <age>456</age>\n  </OutputData>\n</ModelWithRenamedFieldsSrc>\n").await?;
    }
    "Payload_Xml_ModelWithNestedModelValue_get" {
        same(client.xml().get_model_with_nested_model().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithNestedModel>\n  <nested>\n    <name>foo</name>\n    <age>123</age>\n  </nested>\n</ModelWithNestedModel>\n")?;
    }
    "Payload_Xml_ModelWithNestedModelValue_put" {
        client.xml().model_with_nested_model("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithNestedModel>\n  <nested>\n    <name>foo</name>\n    <age>123</age>\n  </nested>\n</ModelWithNestedModel>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedNestedModelValue_get" {
        same(client.xml().get_model_with_renamed_nested_model().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedNestedModel>\n  <author>\n    <name>foo</name>\n  </author>\n</ModelWithRenamedNestedModel>\n")?;
    }
    "Payload_Xml_ModelWithRenamedNestedModelValue_put" {
        client.xml().model_with_renamed_nested_model("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedNestedModel>\n  <author>\n    <name>foo</name>\n  </author>\n</ModelWithRenamedNestedModel>\n").await?;
    }
    "Payload_Xml_ModelWithSimpleArraysValue_get" {
        same(client.model_with_simple_arrays().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithSimpleArrays>\n  <colors>\n    <string>red</string>\n    <string>green</string>\n    <string>blue</string>\n  </colors>\n  <counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </counts>\n</ModelWithSimpleArrays>\n")?;
    }
    "Payload_Xml_ModelWithSimpleArraysValue_put" {
        client.model_with_simple_arrays().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithSimpleArrays>\n  <colors>\n    <string>red</string>\n    <string>green</string>\n    <string>blue</string>\n  </colors>\n  <counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </counts>\n</ModelWithSimpleArrays>\n").await?;
    }
    "Payload_Xml_ModelWithUnwrappedArrayValue_get" {
        same(client.xml().get_model_with_unwrapped_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithUnwrappedArray>\n  <colors>red</colors>\n  <colors>green</colors>\n  <colors>blue</colors>\n  <counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </counts>\n</ModelWithUnwrappedArray>\n")?;
    }
    "Payload_Xml_ModelWithUnwrappedArrayValue_put" {
        client.xml().model_with_unwrapped_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithUnwrappedArray>\n  <colors>red</colors>\n  <colors>green</colors>\n  <colors>blue</colors>\n  <counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </counts>\n</ModelWithUnwrappedArray>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedArraysValue_get" {
        same(client.model_with_renamed_arrays().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedArrays>\n  <Colors>red</Colors>\n  <Colors>green</Colors>\n  <Colors>blue</Colors>\n  <Counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </Counts>\n</ModelWithRenamedArrays>\n")?;
    }
    "Payload_Xml_ModelWithRenamedArraysValue_put" {
        client.model_with_renamed_arrays().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedArrays>\n  <Colors>red</Colors>\n  <Colors>green</Colors>\n  <Colors>blue</Colors>\n  <Counts>\n    <int32>1</int32>\n    <int32>2</int32>\n  </Counts>\n</ModelWithRenamedArrays>\n").await?;
    }
    "Payload_Xml_ModelWithWrappedPrimitiveCustomItemNamesValue_get" {
        same(client.model_with_wrapped_primitive_custom_item_names().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithWrappedPrimitiveCustomItemNames>\n  <ItemsTags>\n    <ItemName>fiction</ItemName>\n    <ItemName>classic</ItemName>\n  </ItemsTags>\n</ModelWithWrappedPrimitiveCustomItemNames>\n")?;
    }
    "Payload_Xml_ModelWithWrappedPrimitiveCustomItemNamesValue_put" {
        client.model_with_wrapped_primitive_custom_item_names().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithWrappedPrimitiveCustomItemNames>\n  <ItemsTags>\n    <ItemName>fiction</ItemName>\n    <ItemName>classic</ItemName>\n  </ItemsTags>\n</ModelWithWrappedPrimitiveCustomItemNames>\n").await?;
    }
    "Payload_Xml_ModelWithArrayOfModelValue_get" {
        same(client.xml().get_model_with_array_of_model().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithArrayOfModel>\n  <items>\n    <SimpleModel>\n      <name>foo</name>\n      <age>123</age>\n    </SimpleModel>\n    <SimpleModel>\n      <name>bar</name>\n      <age>456</age>\n    </SimpleModel>\n  </items>\n</ModelWithArrayOfModel>\n")?;
    }
    "Payload_Xml_ModelWithArrayOfModelValue_put" {
        client.xml().model_with_array_of_model("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithArrayOfModel>\n  <items>\n    <SimpleModel>\n      <name>foo</name>\n      <age>123</age>\n    </SimpleModel>\n    <SimpleModel>\n      <name>bar</name>\n      <age>456</age>\n    </SimpleModel>\n  </items>\n</ModelWithArrayOfModel>\n").await?;
    }
    "Payload_Xml_ModelWithUnwrappedModelArrayValue_get" {
        same(client.xml().get_model_with_unwrapped_model_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithUnwrappedModelArray>\n  <items>\n    <name>foo</name>\n    <age>123</age>\n  </items>\n  <items>\n    <name>bar</name>\n    <age>456</age>\n  </items>\n</ModelWithUnwrappedModelArray>\n")?;
    }
    "Payload_Xml_ModelWithUnwrappedModelArrayValue_put" {
        client.xml().model_with_unwrapped_model_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithUnwrappedModelArray>\n  <items>\n    <name>foo</name>\n    <age>123</age>\n  </items>\n  <items>\n    <name>bar</name>\n    <age>456</age>\n  </items>\n</ModelWithUnwrappedModelArray>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedWrappedModelArrayValue_get" {
        same(client.xml().get_model_with_renamed_wrapped_model_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedWrappedModelArray>\n  <AllItems>\n    <SimpleModel>\n      <name>foo</name>\n      <age>123</age>\n    </SimpleModel>\n    <SimpleModel>\n      <name>bar</name>\n      <age>456</age>\n    </SimpleModel>\n  </AllItems>\n</ModelWithRenamedWrappedModelArray>\n")?;
    }
    "Payload_Xml_ModelWithRenamedWrappedModelArrayValue_put" {
        client.xml().model_with_renamed_wrapped_model_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedWrappedModelArray>\n  <AllItems>\n    <SimpleModel>\n      <name>foo</name>\n      <age>123</age>\n    </SimpleModel>\n    <SimpleModel>\n      <name>bar</name>\n      <age>456</age>\n    </SimpleModel>\n  </AllItems>\n</ModelWithRenamedWrappedModelArray>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedUnwrappedModelArrayValue_get" {
        same(client.xml().get_model_with_renamed_unwrapped_model_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedUnwrappedModelArray>\n  <ModelItem>\n    <name>foo</name>\n    <age>123</age>\n  </ModelItem>\n  <ModelItem>\n    <name>bar</name>\n    <age>456</age>\n  </ModelItem>\n</ModelWithRenamedUnwrappedModelArray>\n")?;
    }
    "Payload_Xml_ModelWithRenamedUnwrappedModelArrayValue_put" {
        client.xml().model_with_renamed_unwrapped_model_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedUnwrappedModelArray>\n  <ModelItem>\n    <name>foo</name>\n    <age>123</age>\n  </ModelItem>\n  <ModelItem>\n    <name>bar</name>\n    <age>456</age>\n  </ModelItem>\n</ModelWithRenamedUnwrappedModelArray>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedWrappedAndItemModelArrayValue_get" {
        same(client.xml().get_model_with_renamed_wrapped_and_item_model_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedWrappedAndItemModelArray>\n  <AllBooks>\n    <XmlBook>\n      <title>The Great Gatsby</title>\n    </XmlBook>\n    <XmlBook>\n      <title>Les Miserables</title>\n    </XmlBook>\n  </AllBooks>\n</ModelWithRenamedWrappedAndItemModelArray>\n")?;
    }
    "Payload_Xml_ModelWithRenamedWrappedAndItemModelArrayValue_put" {
        client.xml().model_with_renamed_wrapped_and_item_model_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedWrappedAndItemModelArray>\n  <AllBooks>\n    <XmlBook>\n      <title>The Great Gatsby</title>\n    </XmlBook>\n    <XmlBook>\n      <title>Les Miserables</title>\n    </XmlBook>\n  </AllBooks>\n</ModelWithRenamedWrappedAndItemModelArray>\n").await?;
    }
    "Payload_Xml_ModelWithAttributesValue_get" {
        same(client.model_with_attributes().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithAttributes id1=\"123\" id2=\"foo\">\n  <enabled>true</enabled>\n</ModelWithAttributes>\n")?;
    }
    "Payload_Xml_ModelWithAttributesValue_put" {
        client.model_with_attributes().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithAttributes id1=\"123\" id2=\"foo\">\n  <enabled>true</enabled>\n</ModelWithAttributes>\n").await?;
    }
    "Payload_Xml_ModelWithRenamedAttributeValue_get" {
        same(client.xml().get_model_with_renamed_attribute().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedAttribute xml-id=\"123\">\n  <title>The Great Gatsby</title>\n  <author>F. Scott Fitzgerald</author>\n</ModelWithRenamedAttribute>\n")?;
    }
    "Payload_Xml_ModelWithRenamedAttributeValue_put" {
        client.xml().model_with_renamed_attribute("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithRenamedAttribute xml-id=\"123\">\n  <title>The Great Gatsby</title>\n  <author>F. Scott Fitzgerald</author>\n</ModelWithRenamedAttribute>\n").await?;
    }
    "Payload_Xml_ModelWithNamespaceValue_get" {
        same(client.xml().get_model_with_namespace().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<smp:ModelWithNamespace xmlns:smp=\"http://example.com/schema\">\n  <id>123</id>\n  <title>The Great Gatsby</title>\n</smp:ModelWithNamespace>\n")?;
    }
    "Payload_Xml_ModelWithNamespaceValue_put" {
        client.xml().model_with_namespace("<?xml version='1.0' encoding='UTF-8'?>\n<smp:ModelWithNamespace xmlns:smp=\"http://example.com/schema\">\n  <id>123</id>\n  <title>The Great Gatsby</title>\n</smp:ModelWithNamespace>\n").await?;
    }
    "Payload_Xml_ModelWithNamespaceOnPropertiesValue_get" {
        same(client.model_with_namespace_on_properties().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<smp:ModelWithNamespaceOnProperties xmlns:smp=\"http://example.com/schema\" xmlns:ns2=\"http://example.com/ns2\">\n  <id>123</id>\n  <smp:title>The Great Gatsby</smp:title>\n  <ns2:author>F. Scott Fitzgerald</ns2:author>\n</smp:ModelWithNamespaceOnProperties>\n")?;
    }
    "Payload_Xml_ModelWithNamespaceOnPropertiesValue_put" {
        client.model_with_namespace_on_properties().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<smp:ModelWithNamespaceOnProperties xmlns:smp=\"http://example.com/schema\" xmlns:ns2=\"http://example.com/ns2\">\n  <id>123</id>\n  <smp:title>The Great Gatsby</smp:title>\n  <ns2:author>F. Scott Fitzgerald</ns2:author>\n</smp:ModelWithNamespaceOnProperties>\n").await?;
    }
    "Payload_Xml_ModelWithTextValue_get" {
        same(client.xml().get_model_with_text().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithText language=\"foo\">\n  This is some text.\n</ModelWithText>\n")?;
    }
    "Payload_Xml_ModelWithTextValue_put" {
        client.xml().model_with_text("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithText language=\"foo\">\n  This is some text.\n</ModelWithText>\n").await?;
    }
    "Payload_Xml_ModelWithOptionalFieldValue_get" {
        same(client.xml().get_model_with_optional_field().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithOptionalField>\n  <item>widget</item>\n</ModelWithOptionalField>\n")?;
    }
    "Payload_Xml_ModelWithOptionalFieldValue_put" {
        client.xml().model_with_optional_field("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithOptionalField>\n  <item>widget</item>\n</ModelWithOptionalField>\n").await?;
    }
    "Payload_Xml_ModelWithEmptyArrayValue_get" {
        same(client.xml().get_model_with_empty_array().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEmptyArray>\n  <items />\n</ModelWithEmptyArray>\n")?;
    }
    "Payload_Xml_ModelWithEmptyArrayValue_put" {
        client.xml().model_with_empty_array("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEmptyArray>\n  <items />\n</ModelWithEmptyArray>\n").await?;
    }
    "Payload_Xml_ModelWithDictionaryValue_get" {
        same(client.xml().get_model_with_dictionary().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithDictionary>\n  <metadata>\n    <Color>blue</Color>\n    <Count>123</Count>\n    <Enabled>false</Enabled>\n  </metadata>\n</ModelWithDictionary>\n")?;
    }
    "Payload_Xml_ModelWithDictionaryValue_put" {
        client.xml().model_with_dictionary("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithDictionary>\n  <metadata>\n    <Color>blue</Color>\n    <Count>123</Count>\n    <Enabled>false</Enabled>\n  </metadata>\n</ModelWithDictionary>\n").await?;
    }
    "Payload_Xml_ModelWithEncodedNamesValue_get" {
        same(client.model_with_encoded_names().list().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEncodedNamesSrc>\n  <SimpleModelData>\n    <name>foo</name>\n    <age>123</age>\n  </SimpleModelData>\n  <PossibleColors>\n    <string>red</string>\n    <string>green</string>\n    <string>blue</string>\n  </PossibleColors>\n</ModelWithEncodedNamesSrc>\n")?;
    }
    "Payload_Xml_ModelWithEncodedNamesValue_put" {
        client.model_with_encoded_names().replace_all("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEncodedNamesSrc>\n  <SimpleModelData>\n    <name>foo</name>\n    <age>123</age>\n  </SimpleModelData>\n  <PossibleColors>\n    <string>red</string>\n    <string>green</string>\n    <string>blue</string>\n  </PossibleColors>\n</ModelWithEncodedNamesSrc>\n").await?;
    }
    "Payload_Xml_ModelWithEnumValue_get" {
        same(client.xml().get_model_with_enum().await?, "<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEnum>\n  <status>success</status>\n</ModelWithEnum>\n")?;
    }
    "Payload_Xml_ModelWithEnumValue_put" {
        client.xml().model_with_enum("<?xml version='1.0' encoding='UTF-8'?>\n<ModelWithEnum>\n  <status>success</status>\n</ModelWithEnum>\n").await?;
    }
    "Payload_Xml_XmlErrorValue_get" {
        let error = refused(client.xml().get_error().await, 400)?;
        let text = str::from_utf8(error.body())?;
        same(text.contains("<message>Something went wrong</message>"), true)?;
    }
}
