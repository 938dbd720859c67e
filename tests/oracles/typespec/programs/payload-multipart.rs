//! Forms of parts: files, objects, lists, and what is said of each.

use crate::scenarios::file;
use spec_payload_multipart::types::{Address, MultiPartOptionalRequest};
use spec_payload_multipart::{required, rt};

fn jpg() -> rt::Part {
    rt::Part::from(file("image.jpg")).file_name("image.jpg")
}

fn png() -> rt::Part {
    rt::Part::from(file("image.png")).file_name("image.png")
}

fn hello() -> rt::Part {
    rt::Part::from(file("image.jpg"))
        .file_name("hello.jpg")
        .content_type("image/jpg")
}

scenarios! { client = client!(spec_payload_multipart);
    "Payload_MultiPart_FormData_basic" {
        let body = required::MultiPartRequest {
            id: "123".into(),
            profile_image: jpg(),
        };
        client.mixed_parts().create(body).await?;
    }
    "Payload_MultiPart_FormData_withWireName" {
        let body = required::MultiPartRequestWithWireName {
            id: "123".into(),
            profile_image: jpg(),
        };
        client.form_data().mixed_parts_with_wire_name(body).await?;
    }
    "Payload_MultiPart_FormData_optionalParts" {
        let body = MultiPartOptionalRequest::new;
        client.optional_parts().create(body().id("123")).await?;
        client
            .optional_parts()
            .create(body().profile_image(jpg()))
            .await?;
        client
            .optional_parts()
            .create(body().id("123").profile_image(jpg()))
            .await?;
    }
    "Payload_MultiPart_FormData_fileArrayAndBasic" {
        let body = required::ComplexPartsRequest {
            id: "123".into(),
            address: Address::new("X"),
            profile_image: jpg(),
            pictures: vec![png(), png()],
        };
        client.complex_parts().create(body).await?;
    }
    "Payload_MultiPart_FormData_jsonPart" {
        let body = required::JsonPartRequest {
            address: Address::new("X"),
            profile_image: jpg(),
        };
        client.form_data().json_part(body).await?;
    }
    "Payload_MultiPart_FormData_binaryArrayParts" {
        let body = required::BinaryArrayPartsRequest {
            id: "123".into(),
            pictures: vec![png(), png()],
        };
        client.binary_array_parts().create(body).await?;
    }
    "Payload_MultiPart_FormData_multiBinaryParts" {
        let body = || spec_payload_multipart::types::MultiBinaryPartsRequest::new(jpg());
        client.multi_binary_parts().create(body()).await?;
        client
            .multi_binary_parts()
            .create(body().picture(png()))
            .await?;
    }
    "Payload_MultiPart_FormData_checkFileNameAndContentType" {
        let body = required::MultiPartRequest {
            id: "123".into(),
            profile_image: hello(),
        };
        client
            .form_data()
            .check_filename_and_content_type(body)
            .await?;
    }
    "Payload_MultiPart_FormData_anonymousModel" {
        let body = required::FormDataAnonymousModel {
            profile_image: jpg(),
        };
        client.form_data().anonymous_model(body).await?;
    }
    "Payload_MultiPart_FormData_HttpParts_ContentType_imageJpegContentType" {
        let body = required::FileWithHttpPartSpecificContentTypeRequest {
            profile_image: rt::Part::from(file("image.jpg")).file_name("hello.jpg"),
        };
        client
            .form_data()
            .check_filename_and_specific_content_type_with_httppart(body)
            .await?;
    }
    "Payload_MultiPart_FormData_HttpParts_ContentType_requiredContentType" {
        let profile_image = jpg().content_type("application/octet-stream");
        let body = required::FileWithHttpPartRequiredContentTypeRequest { profile_image };
        client
            .form_data()
            .check_filename_and_required_content_type_with_httppart(body)
            .await?;
    }
    "Payload_MultiPart_FormData_HttpParts_ContentType_optionalContentType" {
        let body = required::FileWithHttpPartOptionalContentTypeRequest {
            profile_image: jpg(),
        };
        client
            .form_data()
            .file_with_http_part_optional_content_type(body)
            .await?;
    }
    "Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray" {
        let body = required::ComplexHttpPartsModelRequest {
            id: "123".into(),
            address: Address::new("X"),
            previous_addresses: vec![Address::new("Y"), Address::new("Z")],
            profile_image: jpg(),
            pictures: vec![png(), png()],
        };
        client.form_data().complex_parts_with_httppart(body).await?;
    }
    "Payload_MultiPart_FormData_HttpParts_NonString_float" {
        let body = required::FormDataNonStringFloat {
            temperature: 0.5.into(),
        };
        client.form_data().non_string_float(body).await?;
    }
    "Payload_MultiPart_FormData_File_uploadFileSpecificContentType" {
        client
            .file()
            .upload_specific_content_type(required::UploadFileSpecificContentType { file: png() })
            .await?;
    }
    "Payload_MultiPart_FormData_File_uploadFileRequiredFilename" {
        client
            .file()
            .upload_required_filename(required::UploadFileRequiredFilename { file: png() })
            .await?;
    }
    "Payload_MultiPart_FormData_File_uploadFileArray" {
        client
            .file()
            .upload_array(required::UploadFileArray {
                files: vec![png(), png()],
            })
            .await?;
    }
}
