//! The expansion of `#[actor_system]`.

use proc_macro2::{Ident, TokenStream};
use quote::format_ident;
use syn::{Attribute, Fields, ItemStruct};

use super::args::SystemArgs;
use super::codegen;
use super::model::SystemModel;
use crate::alias_module::{Alias, AliasModule};
use crate::editor;
use crate::errors::Errors;
use crate::list::{self, IncludedList};
use crate::spans;
use crate::tokens::{generated, quote};

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    // Errors are reported with all entries, or here if there is nothing to include.
    let mut errors = Errors::default();
    let read = SystemArgs::read(args.clone(), &mut errors);
    let Some(cfgs) = (!read.includes.is_empty()).then(|| cfgs_of_system(&item)).flatten() else {
        return generate(read, &item, errors, false);
    };
    let private = read.crate_path.private();
    if editor::is_on() {
        let calls = list::begin(&read.includes, &[], &private, args, item.clone());
        return quote!(#item #(#cfgs)* #calls);
    }
    let Ok(system) = syn::parse2::<ItemStruct>(item.clone()) else { return item };
    let names = read.includes.iter().enumerate().map(|(number, list)| list.imported(number, &system.ident));
    let names: Vec<_> = names.collect();
    let imports = read.includes.iter().zip(&names).map(|(include, name)| {
        // rustc reports a wrong path from its first token to the end of the new name.
        let (path, mut name) = (&include.0, name.clone());
        name.set_span(name.span().located_at(spans::last(path)));
        quote!(use #path as #name;)
    });
    let unless_found = unless_found(&system, &names, &cfgs, &private);
    let cfgs = quote!(#(#cfgs)*);
    let calls = list::begin(&read.includes, &names, &private, args, item);
    quote! {
        #(#cfgs #[doc(hidden)] #[allow(unused_imports)] #imports)*
        #unless_found
        #cfgs #calls
    }
}

/// The name of a system of which a list is not found, so that the wrong path is the only error: an alias, which the item takes precedence
/// over because it is imported with `*`. It is made of all lists, and rustc does not report the uses of an alias with a wrong one.
fn unless_found(
    system: &ItemStruct,
    lists: &[Ident],
    cfgs: &[Attribute],
    private: &TokenStream,
) -> TokenStream {
    let ItemStruct { vis, ident, .. } = system;
    let module = format_ident!("__{}_unless_found", spans::plain(ident), span = generated());
    let marker = |number| format_ident!("__{}_list{number}", spans::plain(ident), span = generated());
    let markers: Vec<_> = (0..lists.len()).map(marker).collect();
    let cfgs: Vec<_> = cfgs.iter().collect();
    let all_cfgs = quote!(#(#cfgs)*);
    let alias = Alias {
        name: Ident::new(&ident.to_string(), generated()),
        attributes: TokenStream::new(),
        ty: quote!((#(#markers,)*)),
    };
    let (inside, beside) = AliasModule { vis, cfgs: &cfgs, private }.declare(&[alias]);
    quote! {
        #(#cfgs)* #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types, non_snake_case, private_interfaces, unreachable_pub, unnameable_types)]
        mod #module { #inside }
        #beside
        #(#all_cfgs #[doc(hidden)] #[allow(unused_imports)] use #lists::__Marker as #markers;)*
        #all_cfgs #[doc(hidden)] #[allow(unused_imports, unreachable_pub)]
        #vis use #module::*;
    }
}

/// Continues the expansion with the lists that the system includes. In an editor, the item is there already.
pub(crate) fn expand_with(args: TokenStream, item: TokenStream, lists: Vec<IncludedList>) -> TokenStream {
    let mut errors = Errors::default();
    let mut args = SystemArgs::read(args, &mut errors);
    args.add(&lists);
    generate(args, &item, errors, editor::is_on())
}

/// The `#[cfg(..)]` attributes of a unit struct without parameters; `None` if the attribute is on another item.
fn cfgs_of_system(item: &TokenStream) -> Option<Vec<Attribute>> {
    let item: ItemStruct = syn::parse2(item.clone()).ok()?;
    let is_system = matches!(item.fields, Fields::Unit) && item.generics.params.is_empty();
    is_system.then(|| spans::cfgs(&item.attrs))
}

fn generate(args: SystemArgs, item: &TokenStream, mut errors: Errors, has_item: bool) -> TokenStream {
    let private = args.crate_path.private();
    let system = SystemModel::read(args, item, &mut errors);
    if let Some(name) = system.as_ref().and_then(|system| system.without_actors(&private, &mut errors)) {
        // The first actor is completed before there is one.
        return match editor::is_on() {
            true => {
                let named = editor::named(None, &private);
                quote!(#item #named #errors)
            }
            false => name,
        };
    }
    let item = match (&system, has_item) {
        (_, true) => TokenStream::new(),
        (Some(system), false) => system.item(item),
        (None, false) => item.clone(),
    };
    let generated = system
        .map(|system| editor::unplaced(codegen::expand(&system, &private, errors.is_empty()), &system.ident));
    let named = editor::named(None, &private);
    // The user's item comes first: an editor resolves a token by its first occurrence.
    quote!(#item #named #errors #generated)
}
