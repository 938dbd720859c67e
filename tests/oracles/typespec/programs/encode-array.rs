//! Lists that stand in one text.

use crate::scenarios::like;
use serde_json::json;
use spec_encode_array::types::{
    CommaDelimitedArrayProperty, CommaDelimitedEnumArrayProperty,
    CommaDelimitedExtensibleEnumArrayProperty, NewlineDelimitedArrayProperty,
    NewlineDelimitedEnumArrayProperty, NewlineDelimitedExtensibleEnumArrayProperty,
    PipeDelimitedArrayProperty, PipeDelimitedEnumArrayProperty,
    PipeDelimitedExtensibleEnumArrayProperty, SpaceDelimitedArrayProperty,
    SpaceDelimitedEnumArrayProperty, SpaceDelimitedExtensibleEnumArrayProperty,
};

scenarios! { client = client!(spec_encode_array);
    "Encode_Array_Property_commaDelimited" {
        let expected = json!({"value": "blue,red,green"});
        like(
            &client
                .property()
                .comma_delimited(CommaDelimitedArrayProperty::new("blue,red,green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_spaceDelimited" {
        let expected = json!({"value": "blue red green"});
        like(
            &client
                .property()
                .space_delimited(SpaceDelimitedArrayProperty::new("blue red green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_pipeDelimited" {
        let expected = json!({"value": "blue|red|green"});
        like(
            &client
                .property()
                .pipe_delimited(PipeDelimitedArrayProperty::new("blue|red|green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_newlineDelimited" {
        let expected = json!({"value": "blue\nred\ngreen"});
        like(
            &client
                .property()
                .newline_delimited(NewlineDelimitedArrayProperty::new("blue\nred\ngreen"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_enumCommaDelimited" {
        let expected = json!({"value": "blue,red,green"});
        like(
            &client
                .enum_()
                .comma_delimited(CommaDelimitedEnumArrayProperty::new("blue,red,green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_enumSpaceDelimited" {
        let expected = json!({"value": "blue red green"});
        like(
            &client
                .enum_()
                .space_delimited(SpaceDelimitedEnumArrayProperty::new("blue red green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_enumPipeDelimited" {
        let expected = json!({"value": "blue|red|green"});
        like(
            &client
                .enum_()
                .pipe_delimited(PipeDelimitedEnumArrayProperty::new("blue|red|green"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_enumNewlineDelimited" {
        let expected = json!({"value": "blue\nred\ngreen"});
        like(
            &client
                .enum_()
                .newline_delimited(NewlineDelimitedEnumArrayProperty::new("blue\nred\ngreen"))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_extensibleEnumCommaDelimited" {
        let expected = json!({"value": "blue,red,green"});
        like(
            &client
                .extensible_enum()
                .comma_delimited(CommaDelimitedExtensibleEnumArrayProperty::new(
                    "blue,red,green",
                ))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_extensibleEnumSpaceDelimited" {
        let expected = json!({"value": "blue red green"});
        like(
            &client
                .extensible_enum()
                .space_delimited(SpaceDelimitedExtensibleEnumArrayProperty::new(
                    "blue red green",
                ))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_extensibleEnumPipeDelimited" {
        let expected = json!({"value": "blue|red|green"});
        like(
            &client
                .extensible_enum()
                .pipe_delimited(PipeDelimitedExtensibleEnumArrayProperty::new(
                    "blue|red|green",
                ))
                .await?,
            expected,
        )?;
    }
    "Encode_Array_Property_extensibleEnumNewlineDelimited" {
        let expected = json!({"value": "blue\nred\ngreen"});
        like(
            &client
                .extensible_enum()
                .newline_delimited(NewlineDelimitedExtensibleEnumArrayProperty::new(
                    "blue\nred\ngreen",
                ))
                .await?,
            expected,
        )?;
    }
}
