//! Generates the checks of the types that the user names: messages, events and actors.
//!
//! For an explicit generic argument rustc points at the argument, which is the user's own token.

use proc_macro2::TokenStream;

use super::plan::{ActorPlan, InputKind, InputVariant};
use crate::tokens::quote;

/// The checks, as statements. Each is a check of one kind for one type; a type that is listed twice is checked once.
pub(super) fn statements(plan: &ActorPlan<'_>) -> TokenStream {
    let check = &{
        let private = &plan.private;
        quote!(#private::assertions)
    };
    let mut seen = std::collections::HashSet::new();
    let mut once = |kind: &str, ty: &TokenStream| seen.insert(format!("{kind} {ty}"));
    let mut statements = TokenStream::new();
    for InputVariant { cfgs, user_ty, kind, .. } in &plan.inputs {
        let check = match kind {
            InputKind::Message if once("message", user_ty) => quote!(#check::check_message),
            InputKind::Event if once("event", user_ty) => quote!(#check::event),
            _ => continue,
        };
        statements.extend(quote!(#(#cfgs)* #check::<#user_ty>();));
    }
    for event in &plan.published {
        let user_ty = event.user_ty;
        if once("event", &quote!(#user_ty)) {
            statements.extend(quote!(#check::event::<#user_ty>();));
        }
    }
    for any in &plan.tells_any {
        let user_ty = &any.user_ty;
        if once("message", user_ty) {
            statements.extend(quote!(#check::check_message::<#user_ty>();));
        }
    }
    for target in plan.asks.iter().chain(&plan.tells).chain(&plan.spawns) {
        let user_ty = &target.user_ty;
        if once("actor", user_ty) {
            statements.extend(quote!(#check::actor::<#user_ty>();));
        }
    }
    statements
}
