//! Bodies that are files.

use crate::scenarios::{file, like, same};
use serde_json::json;
use spec_type_file::resources::multiple_content_types::UploadMultipleContentTypesBody as Body;
use spec_type_file::rt;

scenarios! { client = client!(spec_type_file);
    "Type_File_Body_uploadFileSpecificContentType" {
        client
            .request_()
            .upload_specific_content_type(file("image.png"))
            .await?;
    }
    "Type_File_Body_uploadFileJsonContentType" {
        client
            .request_()
            .upload_json_content_type(json!({"message": "test file content"}))
            .await?;
    }
    "Type_File_Body_downloadFileJsonContentType" {
        let expected = json!({"message": "test file content"});
        like(
            &client.response().download_json_content_type().await?,
            expected,
        )?;
    }
    "Type_File_Body_downloadFileSpecificContentType" {
        let answer = client.response().download_specific_content_type().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
    "Type_File_Body_uploadFileMultipleContentTypes" {
        client
            .multiple_content_types()
            .upload(Body::Png(file("image.png").into()))
            .await?;
    }
    "Type_File_Body_downloadFileMultipleContentTypes" {
        let answer = client.multiple_content_types().download().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
    "Type_File_Body_uploadFileDefaultContentType" {
        client
            .request_()
            .upload_default_content_type(rt::Upload::from(file("image.png")).content_type("image/png"))
            .await?;
    }
    "Type_File_Body_downloadFileDefaultContentType" {
        let answer = client.response().download_default_content_type().await?;
        same(answer.bytes().await?, file("image.png"))?;
    }
}
