//! Words of a document, which change nothing.

use spec_documentation::types::{ListsBulletPointsEnum, ListsBulletPointsModel, ModelBulletPoint};

scenarios! { client = client!(spec_documentation);
    "Documentation_Lists_bulletPointsOp" {
        client.bullet_points().get_op().await?;
    }
    "Documentation_Lists_bulletPointsModel" {
        client
            .bullet_points()
            .model(ModelBulletPoint::new(ListsBulletPointsModel::new(
                ListsBulletPointsEnum::Simple,
            )))
            .await?;
    }
    "Documentation_Lists_numbered" {
        client.lists().get_numbered().await?;
    }
    "Documentation_TextFormatting_boldText" {
        client.text_formatting().get_bold().await?;
    }
    "Documentation_TextFormatting_italicText" {
        client.text_formatting().get_italic().await?;
    }
    "Documentation_TextFormatting_combinedFormatting" {
        client.text_formatting().get_combined().await?;
    }
}
