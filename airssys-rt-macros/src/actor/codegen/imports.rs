//! Generates the use of the attributes that `#[actor]` reads, so that rustc does not report their imports as unused.

use proc_macro2::TokenStream;
use quote::format_ident;

use super::plan::{ActorPlan, InputKind};
use crate::actor::role::MethodRole;
use crate::tokens::{generated, quote};

/// Statements for a function that is rarely called: a function of their own would take rustc longer. Whether an attribute was imported
/// by its name, only rustc knows: see `attribute_imports` in the library.
pub(super) fn used(plan: &ActorPlan<'_>) -> Option<TokenStream> {
    let private = &plan.private;
    let methods = plan.inputs.iter().filter(|input| input.call.is_some());
    let mut roles: Vec<_> = methods
        .map(|input| match input.kind {
            InputKind::Message => MethodRole::Handler,
            InputKind::Event => MethodRole::OnEvent,
            InputKind::Terminated => MethodRole::OnTerminated,
        })
        .collect();
    roles.extend(plan.actor.hooks.iter().map(|(role, _)| *role));
    roles.dedup();
    let calls = roles.iter().map(|role| {
        let method = format_ident!("__{}", role.attribute(), span = generated());
        quote!(#private::Attributes.#method();)
    });
    (!roles.is_empty()).then(|| {
        quote! {
            use #private::NotImported as _;
            #(#calls)*
        }
    })
}
