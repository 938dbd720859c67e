//! Calls: the type that a method of a resource returns, and what goes with it.

use super::answer::{answer_choice, reply};
use super::body::{argument, body_argument, body_choice};
use super::condition::{Condition, Conditions};
use super::lints;
use super::operation::pagination;
use super::operation_docs;
use super::quoted::{docs, ident, or};
use super::source::Source;
use super::type_ref::TypeRefs;
use crate::identifier::bare;
use crate::model::{Body, Operation, Pagination, Parameter, RequestBody, Resource, Sdk, Success};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The type of a call, its setters, and the enums of its bodies and answers.
pub(super) fn write(
    source: &mut Source,
    sdk: &Sdk,
    resource: &Resource,
    operation: &Operation,
    condition: Condition<'_>,
) {
    declaration(source, sdk, resource, operation, condition);
    named_arguments(source, sdk, resource, operation, condition);
    let name = ident(&operation.call);
    let condition = condition.tokens();
    source.implementation(quote!(#condition impl #name), &methods(sdk, operation));
    let body = operation.body.as_ref().map(|body| &body.body);
    if let Some(Body::Choice { name, variants }) = body {
        body_choice(source, sdk, operation, name, variants, condition.as_ref());
    }
    if let Success::Choice { name, variants } = &operation.success {
        answer_choice(source, sdk, operation, name, variants, condition.as_ref());
    }
}

/// The struct by which callers name arguments.
fn named_arguments(
    source: &mut Source,
    sdk: &Sdk,
    resource: &Resource,
    operation: &Operation,
    condition: Condition<'_>,
) {
    let Some(named) = &operation.named else {
        return;
    };
    let method = bare(&operation.name);
    source.apart();
    source.docs(&format!(
        "The arguments that [`{method}`]({}::{method}) takes by name.",
        resource.type_name
    ));
    condition.write(source);
    let is_generic = operation.generic_body().is_some();
    let parameter = if is_generic { "<B>" } else { "" };
    source.open(&format!("pub struct {}{parameter} {{", named.name));
    for (_, parameter) in operation.named_parameters() {
        source.docs(&operation_docs::setter(parameter));
        let ty = TypeRefs::elsewhere(sdk).text(&parameter.ty);
        let name = format!("pub {}:", super::source::ident(&parameter.name));
        source.split(&name, &format!("{ty},"));
    }
    if let Some(body) = operation.named_body() {
        source.docs(or(&body.docs, "The body of the request."));
        let ty = match is_generic {
            true => "B".to_owned(),
            false => body_argument(sdk, body, &ident(&body.name), &quote!(call))
                .0
                .to_string(),
        };
        let name = format!("pub {}:", super::source::ident(&body.name));
        source.split(&name, &format!("{ty},"));
    }
    source.close("}");
}

/// The type that stands for a call of an operation, also where it has no method of its own: it is the same when it
/// gets one.
fn declaration(
    source: &mut Source,
    sdk: &Sdk,
    resource: &Resource,
    operation: &Operation,
    condition: Condition<'_>,
) {
    let (name, reply) = (&operation.call, reply(sdk, &operation.success));
    let method = bare(&operation.name);
    source.apart();
    source.docs(&format!(
        "A call of [`{method}`]({}::{method}).",
        resource.type_name
    ));
    condition.write(source);
    source.line(&format!(
        "pub type {name} = super::Call<{reply}, of::{name}>;"
    ));
}

/// Types that tell the calls of one resource apart.
pub(super) fn markers(source: &mut Source, resource: &Resource, conditions: Conditions) {
    source.apart();
    source.docs("Types that tell calls apart which are answered alike.");
    source.open("mod of {");
    for operation in &resource.operations {
        conditions.on(&operation.features).write(source);
        source.line(&format!("pub enum {} {{}}", operation.call));
    }
    source.close("}");
}

fn methods(sdk: &Sdk, operation: &Operation) -> Vec<TokenStream> {
    let optional = operation.parameters.iter().enumerate();
    let setters = optional
        .filter(|(_, parameter)| parameter.has_setter())
        .map(|(index, parameter)| setter(sdk, index, parameter));
    let body = operation.body.iter().filter(|body| !body.is_argument);
    let bodies = body.map(|body| body_setter(sdk, body));
    let pages = operation.pagination.iter();
    let walks = pages.flat_map(|pages| walks(sdk, &operation.success, pages));
    setters.chain(bodies).chain(walks).collect()
}

/// The setter of a parameter that is no argument.
fn setter(sdk: &Sdk, index: usize, parameter: &Parameter) -> TokenStream {
    let about = docs(&operation_docs::setter(parameter));
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let operator = lints::operator(&parameter.name, 1, false);
    let placeholder = lints::placeholder(std::iter::once(parameter.name.as_str()));
    let name = ident(&parameter.name);
    let (ty, value) = argument(sdk, &name, &parameter.ty, parameter.conversion);
    let index = Literal::usize_unsuffixed(index);
    quote! {
        #about
        #deprecated
        #operator
        #placeholder
        #[inline]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call.set(#index, &#value);
            self
        }
    }
}

/// The setter of a body that may be left out.
fn body_setter(sdk: &Sdk, body: &RequestBody) -> TokenStream {
    let about = docs(or(&body.docs, "The body of the request."));
    let name = ident(&body.name);
    let (ty, statement) = body_argument(sdk, body, &name, &quote!(self.call));
    quote! {
        #about
        #[inline]
        pub fn #name(mut self, #name: #ty) -> Self {
            #statement
            self
        }
    }
}

/// The walks over a list.
fn walks(sdk: &Sdk, success: &Success, pages: &Pagination) -> [TokenStream; 3] {
    let item = TypeRefs::elsewhere(sdk).tokens(&pages.item);
    let reply = reply(sdk, success).parse::<TokenStream>();
    let reply = reply.expect("the text of a type is tokens");
    let pages = pagination(pages);
    let data = quote! {
        const PAGES: rt::Pagination = #pages;
    };
    let items = quote! {
        /// All items of the list, over as many requests as it takes.
        #[inline]
        pub fn items(self) -> rt::Items<#item> {
            self.call.items(&Self::PAGES)
        }
    };
    let pages = quote! {
        /// All pages of the list, each with what its answer says beside the items.
        #[inline]
        pub fn pages(self) -> rt::Pages<#reply> {
            self.call.pages(&Self::PAGES)
        }
    };
    [data, items, pages]
}
