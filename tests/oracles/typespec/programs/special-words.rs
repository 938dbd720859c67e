//! Words that languages reserve, as names of everything.

use crate::scenarios::like;
use serde_json::json;
use spec_special_words::required;
use spec_special_words::types::{
    ExtensibleStringsExtensibleString, ModelPropertiesModelWithList, ModelPropertiesSameAsModel,
    ModelsAnd, ModelsAs, ModelsAssert, ModelsAsync, ModelsAwait, ModelsBreak, ModelsClass,
    ModelsConstructor, ModelsContinue, ModelsDef, ModelsDel, ModelsElif, ModelsElse, ModelsExcept,
    ModelsExec, ModelsFinally, ModelsFor, ModelsFrom, ModelsGlobal, ModelsIf, ModelsImport,
    ModelsIn, ModelsIs, ModelsLambda, ModelsNot, ModelsOr, ModelsPass, ModelsRaise, ModelsReturn,
    ModelsTry, ModelsWhile, ModelsWith, ModelsYield, OperationBodyParamReserved,
};

scenarios! { client = client!(spec_special_words);
    "SpecialWords_ModelProperties_sameAsModel" {
        client
            .model_properties()
            .same_as_model(ModelPropertiesSameAsModel::new("ok"))
            .await?;
    }
    "SpecialWords_ModelProperties_dictMethods" {
        client
            .dict_methods()
            .create(required::ModelPropertiesDictMethods {
                clear: "ok".to_owned(),
                copy: "ok".to_owned(),
                get: "ok".to_owned(),
                items: "ok".to_owned(),
                keys: "ok".to_owned(),
                pop: "ok".to_owned(),
                popitem: "ok".to_owned(),
                setdefault: "ok".to_owned(),
                update: "ok".to_owned(),
                values: "ok".to_owned(),
            })
            .await?;
    }
    "SpecialWords_ModelProperties_withList" {
        client
            .model_properties()
            .list(ModelPropertiesModelWithList::new("ok"))
            .await?;
    }
    "SpecialWords_Models_and" {
        client.models().and(ModelsAnd::new("ok")).await?;
    }
    "SpecialWords_Models_as" {
        client.models().r#as(ModelsAs::new("ok")).await?;
    }
    "SpecialWords_Models_assert" {
        client.models().assert(ModelsAssert::new("ok")).await?;
    }
    "SpecialWords_Models_async" {
        client.models().r#async(ModelsAsync::new("ok")).await?;
    }
    "SpecialWords_Models_await" {
        client.models().r#await(ModelsAwait::new("ok")).await?;
    }
    "SpecialWords_Models_break" {
        client.models().r#break(ModelsBreak::new("ok")).await?;
    }
    "SpecialWords_Models_class" {
        client.models().class(ModelsClass::new("ok")).await?;
    }
    "SpecialWords_Models_constructor" {
        client
            .models()
            .constructor(ModelsConstructor::new("ok"))
            .await?;
    }
    "SpecialWords_Models_continue" {
        client
            .models()
            .r#continue(ModelsContinue::new("ok"))
            .await?;
    }
    "SpecialWords_Models_def" {
        client.models().def(ModelsDef::new("ok")).await?;
    }
    "SpecialWords_Models_del" {
        client.models().del(ModelsDel::new("ok")).await?;
    }
    "SpecialWords_Models_elif" {
        client.models().elif(ModelsElif::new("ok")).await?;
    }
    "SpecialWords_Models_else" {
        client.models().r#else(ModelsElse::new("ok")).await?;
    }
    "SpecialWords_Models_except" {
        client.models().except(ModelsExcept::new("ok")).await?;
    }
    "SpecialWords_Models_exec" {
        client.models().exec(ModelsExec::new("ok")).await?;
    }
    "SpecialWords_Models_finally" {
        client.models().finally(ModelsFinally::new("ok")).await?;
    }
    "SpecialWords_Models_for" {
        client.models().r#for(ModelsFor::new("ok")).await?;
    }
    "SpecialWords_Models_from" {
        client.models().from(ModelsFrom::new("ok")).await?;
    }
    "SpecialWords_Models_global" {
        client.models().global(ModelsGlobal::new("ok")).await?;
    }
    "SpecialWords_Models_if" {
        client.models().r#if(ModelsIf::new("ok")).await?;
    }
    "SpecialWords_Models_import" {
        client.models().import(ModelsImport::new("ok")).await?;
    }
    "SpecialWords_Models_in" {
        client.models().r#in(ModelsIn::new("ok")).await?;
    }
    "SpecialWords_Models_is" {
        client.models().is(ModelsIs::new("ok")).await?;
    }
    "SpecialWords_Models_lambda" {
        client.models().lambda(ModelsLambda::new("ok")).await?;
    }
    "SpecialWords_Models_not" {
        client.models().not(ModelsNot::new("ok")).await?;
    }
    "SpecialWords_Models_or" {
        client.models().or(ModelsOr::new("ok")).await?;
    }
    "SpecialWords_Models_pass" {
        client.models().pass(ModelsPass::new("ok")).await?;
    }
    "SpecialWords_Models_raise" {
        client.models().raise(ModelsRaise::new("ok")).await?;
    }
    "SpecialWords_Models_return" {
        client.models().r#return(ModelsReturn::new("ok")).await?;
    }
    "SpecialWords_Models_try" {
        client.models().r#try(ModelsTry::new("ok")).await?;
    }
    "SpecialWords_Models_while" {
        client.models().r#while(ModelsWhile::new("ok")).await?;
    }
    "SpecialWords_Models_with" {
        client.models().with(ModelsWith::new("ok")).await?;
    }
    "SpecialWords_Models_yield" {
        client.models().r#yield(ModelsYield::new("ok")).await?;
    }
    "SpecialWords_Operations_and" {
        client.operations().get_and().await?;
    }
    "SpecialWords_Operations_as" {
        client.operations().get_as().await?;
    }
    "SpecialWords_Operations_assert" {
        client.operations().get_assert().await?;
    }
    "SpecialWords_Operations_async" {
        client.operations().get_async().await?;
    }
    "SpecialWords_Operations_await" {
        client.operations().get_await().await?;
    }
    "SpecialWords_Operations_break" {
        client.operations().get_break().await?;
    }
    "SpecialWords_Operations_class" {
        client.operations().get_class().await?;
    }
    "SpecialWords_Operations_constructor" {
        client.operations().get_constructor().await?;
    }
    "SpecialWords_Operations_continue" {
        client.operations().get_continue().await?;
    }
    "SpecialWords_Operations_def" {
        client.operations().get_def().await?;
    }
    "SpecialWords_Operations_del" {
        client.operations().get_del().await?;
    }
    "SpecialWords_Operations_elif" {
        client.operations().get_elif().await?;
    }
    "SpecialWords_Operations_else" {
        client.operations().get_else().await?;
    }
    "SpecialWords_Operations_except" {
        client.operations().get_except().await?;
    }
    "SpecialWords_Operations_exec" {
        client.operations().get_exec().await?;
    }
    "SpecialWords_Operations_finally" {
        client.operations().get_finally().await?;
    }
    "SpecialWords_Operations_for" {
        client.operations().get_for().await?;
    }
    "SpecialWords_Operations_from" {
        client.operations().get_from().await?;
    }
    "SpecialWords_Operations_global" {
        client.operations().get_global().await?;
    }
    "SpecialWords_Operations_if" {
        client.operations().get_if().await?;
    }
    "SpecialWords_Operations_import" {
        client.operations().import().await?;
    }
    "SpecialWords_Operations_in" {
        client.operations().get_in().await?;
    }
    "SpecialWords_Operations_is" {
        client.operations().get_is().await?;
    }
    "SpecialWords_Operations_lambda" {
        client.operations().get_lambda().await?;
    }
    "SpecialWords_Operations_not" {
        client.operations().get_not().await?;
    }
    "SpecialWords_Operations_or" {
        client.operations().get_or().await?;
    }
    "SpecialWords_Operations_pass" {
        client.operations().get_pass().await?;
    }
    "SpecialWords_Operations_raise" {
        client.operations().get_raise().await?;
    }
    "SpecialWords_Operations_return" {
        client.operations().get_return().await?;
    }
    "SpecialWords_Operations_try" {
        client.operations().get_try().await?;
    }
    "SpecialWords_Operations_while" {
        client.operations().get_while().await?;
    }
    "SpecialWords_Operations_with" {
        client.operations().get_with().await?;
    }
    "SpecialWords_Operations_yield" {
        client.operations().get_yield().await?;
    }
    "SpecialWords_Parameters_and" {
        client.parameters().get_and("ok").await?;
    }
    "SpecialWords_Parameters_as" {
        client.parameters().get_as("ok").await?;
    }
    "SpecialWords_Parameters_assert" {
        client.parameters().get_assert("ok").await?;
    }
    "SpecialWords_Parameters_async" {
        client.parameters().get_async("ok").await?;
    }
    "SpecialWords_Parameters_await" {
        client.parameters().get_await("ok").await?;
    }
    "SpecialWords_Parameters_break" {
        client.parameters().get_break("ok").await?;
    }
    "SpecialWords_Parameters_class" {
        client.parameters().get_class("ok").await?;
    }
    "SpecialWords_Parameters_constructor" {
        client.parameters().get_constructor("ok").await?;
    }
    "SpecialWords_Parameters_continue" {
        client.parameters().get_continue("ok").await?;
    }
    "SpecialWords_Parameters_def" {
        client.parameters().get_def("ok").await?;
    }
    "SpecialWords_Parameters_del" {
        client.parameters().get_del("ok").await?;
    }
    "SpecialWords_Parameters_elif" {
        client.parameters().get_elif("ok").await?;
    }
    "SpecialWords_Parameters_else" {
        client.parameters().get_else("ok").await?;
    }
    "SpecialWords_Parameters_except" {
        client.parameters().get_except("ok").await?;
    }
    "SpecialWords_Parameters_exec" {
        client.parameters().get_exec("ok").await?;
    }
    "SpecialWords_Parameters_finally" {
        client.parameters().get_finally("ok").await?;
    }
    "SpecialWords_Parameters_for" {
        client.parameters().get_for("ok").await?;
    }
    "SpecialWords_Parameters_from" {
        client.parameters().get_from("ok").await?;
    }
    "SpecialWords_Parameters_global" {
        client.parameters().get_global("ok").await?;
    }
    "SpecialWords_Parameters_if" {
        client.parameters().get_if("ok").await?;
    }
    "SpecialWords_Parameters_import" {
        client.parameters().get_import("ok").await?;
    }
    "SpecialWords_Parameters_in" {
        client.parameters().get_in("ok").await?;
    }
    "SpecialWords_Parameters_is" {
        client.parameters().get_is("ok").await?;
    }
    "SpecialWords_Parameters_lambda" {
        client.parameters().get_lambda("ok").await?;
    }
    "SpecialWords_Parameters_not" {
        client.parameters().get_not("ok").await?;
    }
    "SpecialWords_Parameters_or" {
        client.parameters().get_or("ok").await?;
    }
    "SpecialWords_Parameters_pass" {
        client.parameters().get_pass("ok").await?;
    }
    "SpecialWords_Parameters_raise" {
        client.parameters().get_raise("ok").await?;
    }
    "SpecialWords_Parameters_return" {
        client.parameters().get_return("ok").await?;
    }
    "SpecialWords_Parameters_try" {
        client.parameters().get_try("ok").await?;
    }
    "SpecialWords_Parameters_while" {
        client.parameters().get_while("ok").await?;
    }
    "SpecialWords_Parameters_with" {
        client.parameters().get_with("ok").await?;
    }
    "SpecialWords_Parameters_yield" {
        client.parameters().get_yield("ok").await?;
    }
    "SpecialWords_Parameters_cancellationToken" {
        client.parameters().get_cancellation_token("ok").await?;
    }
    "SpecialWords_ReservedOperationBodyParams_withItems" {
        client
            .operations()
            .body_param_reserved(OperationBodyParamReserved::new(vec!["item".to_owned()]))
            .await?;
    }
    "SpecialWords_ExtensibleStrings_putExtensibleStringValue" {
        let expected = json!("class");
        like(
            &client
                .extensible_strings()
                .replace_string(ExtensibleStringsExtensibleString::Class)
                .await?,
            expected,
        )?;
    }
}
