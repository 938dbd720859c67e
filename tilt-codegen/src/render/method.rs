//! The methods of a resource: each begins a call of an operation.

use super::body::{argument, body_argument};
use super::condition::Condition;
use super::lints;
use super::operation::{local, operation};
use super::operation_docs;
use super::quoted::{docs, ident};
use crate::model::{Operation, Sdk};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The method that begins a call of an operation.
pub(super) fn method(sdk: &Sdk, operation: &Operation, condition: Condition<'_>) -> TokenStream {
    let about = docs(&operation_docs::method(sdk, operation));
    let condition = condition.tokens();
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.name);
    let returned = ident(&operation.call);
    let call = local(operation, "call");
    let arguments = Arguments::of(sdk, operation, &call);
    let lints = lints(operation, arguments.declared.len());
    let data = self::operation(sdk, operation);
    let body = body(&call, &arguments.statements);
    let declared = arguments.declared;
    quote! {
        #about
        #condition
        #deprecated
        #lints
        #[inline]
        pub fn #name(&self, #(#declared),*) -> #returned {
            static OPERATION: rt::Operation = #data;
            #body
        }
    }
}

/// The arguments that callers must give, and what they need not.
struct Arguments {
    /// With their types.
    declared: Vec<TokenStream>,
    /// A statement for each, and for each constant, that sets it.
    statements: Vec<TokenStream>,
}

impl Arguments {
    fn of(sdk: &Sdk, operation: &Operation, call: &Ident) -> Self {
        let (mut declared, mut statements) = (Vec::new(), Vec::new());
        for (index, parameter) in operation.parameters.iter().enumerate() {
            if let Some(text) = parameter.constant() {
                let index = Literal::usize_unsuffixed(index);
                statements.push(quote!(#call.set(#index, #text);));
            }
        }
        for (index, parameter) in operation.positional() {
            let name = ident(&parameter.name);
            let (ty, value) = argument(sdk, &name, &parameter.ty, parameter.conversion);
            let index = Literal::usize_unsuffixed(index);
            declared.push(quote!(#name: #ty));
            statements.push(quote!(#call.set(#index, &#value);));
        }
        if let Some(named) = &operation.named {
            let required = local(operation, "required");
            let ty = ident(&named.name);
            let of_body = operation.generic_body().map(|body| {
                let (ty, _) = body_argument(sdk, body, &ident(&body.name), &quote!(#call));
                quote!(<#ty>)
            });
            declared.push(quote!(#required: #ty #of_body));
            for (index, parameter) in operation.named_parameters() {
                let name = ident(&parameter.name);
                let index = Literal::usize_unsuffixed(index);
                statements.push(quote!(#call.set(#index, &#required.#name);));
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.is_argument) {
            let name = ident(&body.name);
            let (ty, statement) = body_argument(sdk, body, &name, &quote!(#call));
            if operation.named_body().is_some() {
                let required = local(operation, "required");
                statements.push(quote!(let #name = #required.#name;));
            } else {
                declared.push(quote!(#name: #ty));
            }
            statements.push(statement);
        }
        Self {
            declared,
            statements,
        }
    }
}

fn lints(operation: &Operation, arguments: usize) -> TokenStream {
    // `self` counts.
    let many = (arguments > 6).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them")]),
    );
    let operator = lints::operator(&operation.name, arguments, true);
    let constructor = (operation.name == "new")
        .then(|| quote!(#[allow(clippy::new_ret_no_self, reason = "the name is the API's")]));
    let placeholder = lints::placeholder(operation.positional().map(|(_, it)| it.name.as_str()));
    quote!(#many #operator #constructor #placeholder)
}

fn body(call: &Ident, statements: &[TokenStream]) -> TokenStream {
    let calling = quote!(self.client.call(&OPERATION));
    match statements.is_empty() {
        true => quote!(super::call(#calling)),
        false => quote!(let mut #call = #calling; #(#statements)* super::call(#call)),
    }
}
