//! Generates all items of `#[actor]`, in their order.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::ActorPlan;
use super::{checks, enums, impl_actor, impl_member, permissions};
use crate::actor::args::ActorArgs;
use crate::actor::model::ActorModel;
use crate::hygiene;

pub(in crate::actor) fn expand(actor: &ActorModel, args: &ActorArgs) -> TokenStream {
    let plan = ActorPlan::new(actor, args);
    let aliases = plan.aliases.declare();
    let parts = [
        enums::messages(&plan),
        enums::events(&plan),
        impl_actor::implement(&plan),
        permissions::implement(&plan),
        impl_member::implement(&plan),
        checks::assert(&plan),
    ];
    hygiene::const_block(&actor.cfgs, &quote!(#aliases #(#parts)*))
}
