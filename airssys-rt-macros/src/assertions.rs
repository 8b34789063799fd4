//! Checks of the types that a user names, in constants.
//!
//! `<T as If<{ CHECKED }>>::Type` is `T`. If the constant `CHECKED` is an error, because a check in it fails, the type is an error
//! type: rustc reports the check, at the user's token, and no use of the type. An actor, a message and a system have one such
//! constant each, so that one mistake is one error.

use crate::tokens::quote;
use proc_macro2::TokenStream;
use quote::ToTokens;

/// The constant of a system that checks each entry of its lists; `lists` are those of included lists. If it is an error, every entry is an error type: rustc reports the
/// wrong entry, once, and no use of the system.
pub(crate) fn of_system(
    actors: &[TokenStream],
    events: &[TokenStream],
    lists: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let check = quote!(#private::assertions);
    quote!({
        let _ = [true, #(#lists,)* #(#check::is_actor::<#actors>(),)* #(#check::is_event::<#events>(),)*];
        true
    })
}

/// The check that the system hosts the actors and routes the events that one of its actors names.
pub(crate) fn members(actors: &[TokenStream], system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!({ #(#private::member::<#actors, #system>();)* true })
}

/// The type of a listed actor, after that check.
pub(crate) fn member(ty: &impl ToTokens, system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(<<#system as #private::Checked>::Complete as #private::assertions::Then<#ty>>::Type)
}

/// The type of an entry of a system, checked, for the header of an impl: there rustc normalizes a projection of a type of another
/// crate only if the trait is local.
pub(crate) fn listed(ty: &impl ToTokens, system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(<<#system as #private::Checked>::Valid as __Then<#ty>>::Type)
}

/// The local traits that `listed` uses.
pub(crate) fn local() -> TokenStream {
    quote! {
        pub trait __If<const HOLDS: ::core::primitive::bool> { type Type; }
        impl<__T> __If<true> for __T { type Type = __T; }
        pub trait __Then<__T> { type Type; }
        impl<__T> __Then<__T> for () { type Type = __T; }
    }
}

/// The message enum of a listed actor.
pub(crate) fn messages(ty: &impl ToTokens, system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(#private::assertions::MessageOf<#ty, #system>)
}

/// The check of the state of an actor, which is moved to its task: it must be `Send`.
pub(crate) fn state(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    quote!({ #private::assertions::send::<#ty>(); true })
}

/// The same check, reported at the field that is not `Send`, unless the actor has its own `Send` impl.
pub(crate) fn state_of_fields(
    ty: &impl ToTokens,
    fields: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let check = quote!(#private::assertions);
    quote! {
        {
            use #check::NotSend as _;
            const __IS_SEND: ::core::primitive::bool = #check::SendTest::<#ty>::IS_SEND;
            #(#fields)*
            true
        }
    }
}
