//! The bodies, as the suite has them.

pub const DATETIMES: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithDatetime>
  <rfc3339>2022-08-26T18:38:00.000Z</rfc3339>
  <rfc7231>Fri, 26 Aug 2022 14:38:00 GMT</rfc7231>
</ModelWithDatetime>
";

pub const SIMPLE_MODEL: &str = "<?xml version='1.0' encoding='UTF-8'?>
<SimpleModel>
  <name>foo</name>
  <age>123</age>
</SimpleModel>
";

pub const MODEL_WITH_RENAMED_PROPERTY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedProperty>
  <renamedTitle>foo</renamedTitle>
  <author>bar</author>
</ModelWithRenamedProperty>
";

pub const MODEL_WITH_RENAMED_FIELDS_SRC: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedFieldsSrc>
  <InputData>
    <name>foo</name>
    <age>123</age>
  </InputData>
  <OutputData>
    <name>bar</name>
    <age>456</age>
  </OutputData>
</ModelWithRenamedFieldsSrc>
";

pub const MODEL_WITH_NESTED_MODEL: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithNestedModel>
  <nested>
    <name>foo</name>
    <age>123</age>
  </nested>
</ModelWithNestedModel>
";

pub const MODEL_WITH_RENAMED_NESTED_MODEL: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedNestedModel>
  <author>
    <name>foo</name>
  </author>
</ModelWithRenamedNestedModel>
";

pub const MODEL_WITH_SIMPLE_ARRAYS: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithSimpleArrays>
  <colors>
    <string>red</string>
    <string>green</string>
    <string>blue</string>
  </colors>
  <counts>
    <int32>1</int32>
    <int32>2</int32>
  </counts>
</ModelWithSimpleArrays>
";

pub const MODEL_WITH_UNWRAPPED_ARRAY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithUnwrappedArray>
  <colors>red</colors>
  <colors>green</colors>
  <colors>blue</colors>
  <counts>
    <int32>1</int32>
    <int32>2</int32>
  </counts>
</ModelWithUnwrappedArray>
";

pub const MODEL_WITH_RENAMED_ARRAYS: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedArrays>
  <Colors>red</Colors>
  <Colors>green</Colors>
  <Colors>blue</Colors>
  <Counts>
    <int32>1</int32>
    <int32>2</int32>
  </Counts>
</ModelWithRenamedArrays>
";

pub const MODEL_WITH_WRAPPED_PRIMITIVE_CUSTOM_ITEM_NAMES: &str =
    "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithWrappedPrimitiveCustomItemNames>
  <ItemsTags>
    <ItemName>fiction</ItemName>
    <ItemName>classic</ItemName>
  </ItemsTags>
</ModelWithWrappedPrimitiveCustomItemNames>
";

pub const MODEL_WITH_ARRAY_OF_MODEL: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithArrayOfModel>
  <items>
    <SimpleModel>
      <name>foo</name>
      <age>123</age>
    </SimpleModel>
    <SimpleModel>
      <name>bar</name>
      <age>456</age>
    </SimpleModel>
  </items>
</ModelWithArrayOfModel>
";

pub const MODEL_WITH_UNWRAPPED_MODEL_ARRAY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithUnwrappedModelArray>
  <items>
    <name>foo</name>
    <age>123</age>
  </items>
  <items>
    <name>bar</name>
    <age>456</age>
  </items>
</ModelWithUnwrappedModelArray>
";

pub const MODEL_WITH_RENAMED_WRAPPED_MODEL_ARRAY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedWrappedModelArray>
  <AllItems>
    <SimpleModel>
      <name>foo</name>
      <age>123</age>
    </SimpleModel>
    <SimpleModel>
      <name>bar</name>
      <age>456</age>
    </SimpleModel>
  </AllItems>
</ModelWithRenamedWrappedModelArray>
";

pub const MODEL_WITH_RENAMED_UNWRAPPED_MODEL_ARRAY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedUnwrappedModelArray>
  <ModelItem>
    <name>foo</name>
    <age>123</age>
  </ModelItem>
  <ModelItem>
    <name>bar</name>
    <age>456</age>
  </ModelItem>
</ModelWithRenamedUnwrappedModelArray>
";

pub const MODEL_WITH_RENAMED_WRAPPED_AND_ITEM_MODEL_ARRAY: &str =
    "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedWrappedAndItemModelArray>
  <AllBooks>
    <XmlBook>
      <title>The Great Gatsby</title>
    </XmlBook>
    <XmlBook>
      <title>Les Miserables</title>
    </XmlBook>
  </AllBooks>
</ModelWithRenamedWrappedAndItemModelArray>
";

pub const MODEL_WITH_ATTRIBUTES: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<ModelWithAttributes id1="123" id2="foo">
  <enabled>true</enabled>
</ModelWithAttributes>
"#;

pub const MODEL_WITH_RENAMED_ATTRIBUTE: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<ModelWithRenamedAttribute xml-id="123">
  <title>The Great Gatsby</title>
  <author>F. Scott Fitzgerald</author>
</ModelWithRenamedAttribute>
"#;

pub const SMP: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<smp:ModelWithNamespace xmlns:smp="http://example.com/schema">
  <id>123</id>
  <title>The Great Gatsby</title>
</smp:ModelWithNamespace>
"#;

pub const SMP_2: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<smp:ModelWithNamespaceOnProperties xmlns:smp="http://example.com/schema" xmlns:ns2="http://example.com/ns2">
  <id>123</id>
  <smp:title>The Great Gatsby</smp:title>
  <ns2:author>F. Scott Fitzgerald</ns2:author>
</smp:ModelWithNamespaceOnProperties>
"#;

pub const MODEL_WITH_TEXT: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<ModelWithText language="foo">
  This is some text.
</ModelWithText>
"#;

pub const MODEL_WITH_OPTIONAL_FIELD: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithOptionalField>
  <item>widget</item>
</ModelWithOptionalField>
";

pub const MODEL_WITH_EMPTY_ARRAY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithEmptyArray>
  <items />
</ModelWithEmptyArray>
";

pub const MODEL_WITH_DICTIONARY: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithDictionary>
  <metadata>
    <Color>blue</Color>
    <Count>123</Count>
    <Enabled>false</Enabled>
  </metadata>
</ModelWithDictionary>
";

pub const MODEL_WITH_ENCODED_NAMES_SRC: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithEncodedNamesSrc>
  <SimpleModelData>
    <name>foo</name>
    <age>123</age>
  </SimpleModelData>
  <PossibleColors>
    <string>red</string>
    <string>green</string>
    <string>blue</string>
  </PossibleColors>
</ModelWithEncodedNamesSrc>
";

pub const MODEL_WITH_ENUM: &str = "<?xml version='1.0' encoding='UTF-8'?>
<ModelWithEnum>
  <status>success</status>
</ModelWithEnum>
";
