//! Types that are checked where they are named.
//!
//! `<T as If<{ check::<T>() }>>::Type` is `T`. If the check fails, the constant is an error, so the type is
//! an error type: rustc reports the check, at the user's token, and nothing that is made of the type.
//!
//! Such a type must not stand where rustc needs the constant to find out what the check asks. A check whether
//! something is `Send` cannot be part of a message, because a message may hold an address of the actor whose
//! enum holds it. That is why only the impl is looked for here, and not in a type with arguments, whose
//! bounds may lead anywhere.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The actor, if it is one.
pub(crate) fn actor(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::check);
    listed(ty, &quote!(#check::If), &quote!(#check::is_actor))
}

/// The message, if it is one. Only that it is carried is asked, which has no bounds but its own: it may have arguments, or
/// be an alias of a type that has.
pub(crate) fn message(ty: &TokenStream, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::check);
    quote!(<#ty as #check::If<{ #check::is_message::<#ty>() }>>::Type)
}

/// The event, if it is one.
pub(crate) fn event(ty: &TokenStream, private: &TokenStream) -> TokenStream {
    let check = quote!(#private::check);
    listed(ty, &quote!(#check::If), &quote!(#check::is_event))
}

/// The actor, for the header of an impl, where rustc looks through a projection of a type of another crate
/// only if the trait is local.
pub(crate) fn local_actor(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    listed(ty, &quote!(__If), &quote!(#private::check::is_actor))
}

/// The event, for the header of an impl.
pub(crate) fn local_event(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    listed(ty, &quote!(__If), &quote!(#private::check::is_event))
}

/// What `local_actor` and `local_event` need.
pub(crate) fn local() -> TokenStream {
    quote! {
        trait __If<const HOLDS: ::core::primitive::bool> { type Type; }
        impl<__T> __If<true> for __T { type Type = __T; }
    }
}

/// The messages of an actor.
pub(crate) fn messages(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    let ty = ty.to_token_stream();
    if has_arguments(&ty) {
        return quote!(<#ty as #private::Actor>::Message);
    }
    quote!(#private::check::MessageOf<#ty, { #private::check::is_actor::<#ty>() }>)
}

/// The state of an actor, which must be sent to its task. Only for the inside of functions, see above.
pub(crate) fn state(ty: &impl ToTokens, private: &TokenStream) -> TokenStream {
    quote!(<#ty as #private::check::If<{ #private::check::send::<#ty>(); true }>>::Type)
}

/// The same, reported at the field that cannot be sent, unless the actor says that it can.
pub(crate) fn state_of_fields(
    ty: &impl ToTokens,
    fields: &[TokenStream],
    private: &TokenStream,
) -> TokenStream {
    let check = quote!(#private::check);
    quote! {
        <#ty as #check::If<{
            use #check::NotSend as _;
            const __IS_SEND: ::core::primitive::bool = #check::State::<#ty>::IS_SEND;
            #(#fields)*
            true
        }>>::Type
    }
}

fn listed(ty: &impl ToTokens, interface: &TokenStream, check: &TokenStream) -> TokenStream {
    let ty = ty.to_token_stream();
    if has_arguments(&ty) {
        return ty;
    }
    quote!(<#ty as #interface<{ #check::<#ty>() }>>::Type)
}

pub(crate) fn has_arguments(ty: &TokenStream) -> bool {
    ty.clone().into_iter().any(|token| token.to_string() == "<")
}
