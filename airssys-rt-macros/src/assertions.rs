//! Types that generated code checks where they are named: an actor, a message or an event.
//!
//! `<T as If<{ check::<T>() }>>::Type` is `T`. If the check fails, the constant is an error and the type is an error type:
//! rustc reports the check, at the user's token, and no use of the type.
//!
//! Such a type must not stand where rustc needs the constant to evaluate the check. A check for `Send` cannot be part of a
//! message, because a message may hold an address of the actor whose enum holds the message. Therefore these checks only look
//! for the impl, and not for that of a type with arguments, because its bounds may require any other type.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The type, checked to be an actor.
pub(crate) fn actor(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::assertions);
    checked(ty, &quote!(#check::If), &quote!(#check::is_actor))
}

/// The type, checked to be a message. The check is for `Carried`, which has no bounds except its own, so the type may have
/// arguments, or be an alias of a type that has.
pub(crate) fn message(ty: &TokenStream, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::assertions);
    quote!(<#ty as #check::If<{ #check::is_message::<#ty>() }>>::Type)
}

/// The type, checked to be an event.
pub(crate) fn event(ty: &TokenStream, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::assertions);
    checked(ty, &quote!(#check::If), &quote!(#check::is_event))
}

/// The constant of a system that checks each entry of its lists. If it is an error, every entry is an error type: rustc reports the
/// wrong entry, once, and no use of the system.
pub(crate) fn of_system(
    actors: &[TokenStream],
    events: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let check = quote!(#private::assertions);
    quote!({
        let _ = [true, #(#check::is_actor::<#actors>(),)* #(#check::is_event::<#events>(),)*];
        true
    })
}

/// The type of an entry of a system, checked, for the header of an impl: there rustc normalizes a projection of a type of another
/// crate only if the trait is local.
pub(crate) fn listed(ty: &impl ToTokens, system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(<#ty as __If<{ <#system as #private::Checked>::CHECKED }>>::Type)
}

/// The local trait that `listed` uses.
pub(crate) fn local() -> TokenStream {
    quote! {
        pub trait __If<const HOLDS: ::core::primitive::bool> { type Type; }
        impl<__T> __If<true> for __T { type Type = __T; }
    }
}

/// The message enum of a listed actor.
pub(crate) fn messages(ty: &impl ToTokens, system: &TokenStream, private: &TokenStream) -> TokenStream {
    quote!(#private::assertions::MessageOf<#ty, { <#system as #private::Checked>::CHECKED }>)
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

fn checked(ty: &impl ToTokens, interface: &TokenStream, check: &TokenStream) -> TokenStream {
    let ty = ty.to_token_stream();
    if has_arguments(&ty) {
        return ty;
    }
    quote!(<#ty as #interface<{ #check::<#ty>() }>>::Type)
}

/// Whether the type has generic arguments.
pub(crate) fn has_arguments(ty: &TokenStream) -> bool {
    ty.clone().into_iter().any(|token| token.to_string() == "<")
}
