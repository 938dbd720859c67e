//! encode-array

use crate::scenarios::like;
use serde_json::json;
use spec_encode_array::types::{CommaDelimitedArrayProperty, CommaDelimitedEnumArrayProperty, CommaDelimitedExtensibleEnumArrayProperty, NewlineDelimitedArrayProperty, NewlineDelimitedEnumArrayProperty, NewlineDelimitedExtensibleEnumArrayProperty, PipeDelimitedArrayProperty, PipeDelimitedEnumArrayProperty, PipeDelimitedExtensibleEnumArrayProperty, SpaceDelimitedArrayProperty, SpaceDelimitedEnumArrayProperty, SpaceDelimitedExtensibleEnumArrayProperty};

scenarios! { client = client!(spec_encode_array);
    "Encode_Array_Property_commaDelimited" {
        like(&client.property().comma_delimited(CommaDelimitedArrayProperty::new("blue,red,green")).await?, json!({"value":"blue,red,green"}))?;
    }
    "Encode_Array_Property_spaceDelimited" {
        like(&client.property().space_delimited(SpaceDelimitedArrayProperty::new("blue red green")).await?, json!({"value":"blue red green"}))?;
    }
    "Encode_Array_Property_pipeDelimited" {
        like(&client.property().pipe_delimited(PipeDelimitedArrayProperty::new("blue|red|green")).await?, json!({"value":"blue|red|green"}))?;
    }
    "Encode_Array_Property_newlineDelimited" {
        like(&client.property().newline_delimited(NewlineDelimitedArrayProperty::new("blue\nred\ngreen")).await?, json!({"value":"blue\nred\ngreen"}))?;
    }
    "Encode_Array_Property_enumCommaDelimited" {
        like(&client.enum_().comma_delimited(CommaDelimitedEnumArrayProperty::new("blue,red,green")).await?, json!({"value":"blue,red,green"}))?;
    }
    "Encode_Array_Property_enumSpaceDelimited" {
        like(&client.enum_().space_delimited(SpaceDelimitedEnumArrayProperty::new("blue red green")).await?, json!({"value":"blue red green"}))?;
    }
    "Encode_Array_Property_enumPipeDelimited" {
        like(&client.enum_().pipe_delimited(PipeDelimitedEnumArrayProperty::new("blue|red|green")).await?, json!({"value":"blue|red|green"}))?;
    }
    "Encode_Array_Property_enumNewlineDelimited" {
        like(&client.enum_().newline_delimited(NewlineDelimitedEnumArrayProperty::new("blue\nred\ngreen")).await?, json!({"value":"blue\nred\ngreen"}))?;
    }
    "Encode_Array_Property_extensibleEnumCommaDelimited" {
        like(&client.extensible_enum().comma_delimited(CommaDelimitedExtensibleEnumArrayProperty::new("blue,red,green")).await?, json!({"value":"blue,red,green"}))?;
    }
    "Encode_Array_Property_extensibleEnumSpaceDelimited" {
        like(&client.extensible_enum().space_delimited(SpaceDelimitedExtensibleEnumArrayProperty::new("blue red green")).await?, json!({"value":"blue red green"}))?;
    }
    "Encode_Array_Property_extensibleEnumPipeDelimited" {
        like(&client.extensible_enum().pipe_delimited(PipeDelimitedExtensibleEnumArrayProperty::new("blue|red|green")).await?, json!({"value":"blue|red|green"}))?;
    }
    "Encode_Array_Property_extensibleEnumNewlineDelimited" {
        like(&client.extensible_enum().newline_delimited(NewlineDelimitedExtensibleEnumArrayProperty::new("blue\nred\ngreen")).await?, json!({"value":"blue\nred\ngreen"}))?;
    }
}
