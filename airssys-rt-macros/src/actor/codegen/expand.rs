//! Generates all items of `#[actor]`, in their order.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::plan::ActorPlan;
use super::{impl_actor, impl_member, permissions, types};
use crate::actor::args::ActorArgs;
use crate::actor::model::ActorModel;
use crate::errors::Errors;
use crate::tokens::quote;
use crate::{editor, hygiene, spans};

/// Writes the generated items. `errors`: the errors of the attribute, if they make every check of the actor fail.
pub(in crate::actor) fn expand(actor: &ActorModel, args: &ActorArgs, errors: Option<&Errors>) -> TokenStream {
    let library = args.crate_path.private();
    let plan = ActorPlan::new(actor, args, quote!(__rt));
    let aliases = plan.aliases.declare();
    let parts = [
        impl_actor::checked(&plan, errors).unwrap_or_default(),
        plan.enums().unwrap_or_default(),
        types::declare(&plan),
        impl_actor::implement(&plan),
        permissions::implement(&plan),
        impl_member::implement(&plan),
    ];
    // A short name for the path, which stands in most of the generated tokens.
    hygiene::const_block(&actor.cfgs, &quote!(use #library as __rt; #aliases #(#parts)*))
}

/// Writes the items that only an editor gets.
pub(in crate::actor) fn for_editor(actor: &ActorModel, library: &TokenStream) -> TokenStream {
    if !editor::is_on() {
        return TokenStream::new();
    }
    let self_ty = spans::at_call_site(&actor.self_ty);
    let named = editor::named(Some((&actor.generics, &self_ty)), library);
    let inputs = actor.inputs.iter().map(|input| actor.without_self(input.ty.to_token_stream()));
    let handled = inputs.map(|ty| editor::handled(&actor.generics, &self_ty, &ty, library));
    quote!(#named #(#handled)*)
}
