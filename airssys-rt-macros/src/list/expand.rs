//! The expansion of `#[actor_list]`: a module with a name for each entry, and a macro of the same name that passes the entries on.
//!
//! The names are aliases beside the list, so that the types of the entries are read in the scope in which they are written.

use std::hash::{DefaultHasher, Hash, Hasher};

use proc_macro2::{Ident, Punct, Spacing, TokenStream};
use quote::{ToTokens, format_ident};
use syn::parse::ParseStream;
use syn::{Attribute, Fields, Item, LitStr, Visibility};

use super::data::{ListData, ListedName};
use super::include::IncludePath;
use crate::alias_module::inside;
use crate::attr_args::{self, Keys};
use crate::crate_path::CratePath;
use crate::errors::Errors;
use crate::spans::{self, quoted};
use crate::system::{SystemEntry, distinct};
use crate::tokens::{generated, quote};

const KEYS: Keys = Keys {
    attribute: "#[actor_list]",
    known: &["actors", "events", "include", "crate"],
    lists: &["actors", "events", "include"],
};

/// The end of the name of an item beside the list, which an error has in its text.
const MARKER: &str = "must_be_in_a_module_not_in_the_body_of_a_function";

const PLACE: &str = "`#[actor_list]` goes on a unit struct, `pub struct Actors;`: the name of the list";

/// The parsed arguments.
struct ListArgs {
    crate_path: CratePath,
    includes: Vec<IncludePath>,
    actors: Vec<SystemEntry>,
    events: Vec<SystemEntry>,
}

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let id = id(&args, &item);
    let tokens = item.clone();
    let args = ListArgs::read(args, &mut errors);
    let item = match syn::parse2::<Item>(item.clone()) {
        Ok(read) => Named::read(read, &mut errors),
        Err(error) => {
            errors.push(error);
            None
        }
    };
    let Some(item) = item else {
        if errors.is_empty() {
            errors.at(spans::keyword(&tokens), PLACE);
        }
        return quote!(#errors #tokens);
    };
    let is_empty = args.includes.is_empty() && args.actors.is_empty() && args.events.is_empty();
    if is_empty && errors.is_empty() {
        let name = &item.ident;
        let text = format!("the list `{name}` has no entries\nadd them: `#[actor_list(actors(..))]`");
        errors.at(name, text);
    }
    let list = List { args, item, id };
    let generated = list.generate();
    quote!(#errors #generated)
}

/// A number that no other list has, as a text.
fn id(args: &TokenStream, item: &TokenStream) -> String {
    let mut hasher = DefaultHasher::new();
    let place = item.clone().into_iter().next().map(|token| format!("{:?}", token.span()));
    let package =
        ["CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_CRATE_NAME"].map(|name| std::env::var(name).ok());
    (args.to_string(), item.to_string(), place, package).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl ListArgs {
    fn read(args: TokenStream, errors: &mut Errors) -> Self {
        let mut read = Self {
            crate_path: CratePath::DEFAULT,
            includes: Vec::new(),
            actors: Vec::new(),
            events: Vec::new(),
        };
        KEYS.read(args, errors, |ident, key, input, errors| {
            let entries = |input: ParseStream<'_>, errors: &mut Errors| {
                attr_args::list(ident, key, input, errors, |input, errors| {
                    SystemEntry::read(key, input, errors)
                })
            };
            match key {
                "actors" => read.actors.extend(entries(input, errors)?),
                "events" => read.events.extend(entries(input, errors)?),
                "include" => read
                    .includes
                    .extend(attr_args::list(ident, key, input, errors, |input, _| IncludePath::read(input))?),
                _ => read.crate_path.read(input)?,
            }
            Ok(())
        });
        read.actors = distinct(read.actors, "actors", errors);
        read.events = distinct(read.events, "events", errors);
        read
    }
}

/// A list with its name.
struct List {
    args: ListArgs,
    item: Named,
    id: String,
}

/// The item of the attribute.
struct Named {
    attrs: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
}

impl Named {
    /// Reads the item. One that is no unit struct is reported, and read as one, so that its uses are no errors as well.
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        match item {
            Item::Struct(item) => {
                if !matches!(item.fields, Fields::Unit) {
                    errors.at(&item.fields, PLACE);
                } else if !item.generics.params.is_empty() {
                    errors.at(&item.generics, PLACE);
                }
                Some(Self { attrs: item.attrs, vis: item.vis, ident: item.ident })
            }
            Item::Enum(item) => {
                errors.at(item.enum_token, PLACE);
                Some(Self { attrs: item.attrs, vis: item.vis, ident: item.ident })
            }
            Item::Mod(item) => {
                errors.at(item.mod_token, PLACE);
                Some(Self { attrs: item.attrs, vis: item.vis, ident: item.ident })
            }
            _ => None,
        }
    }
}

impl List {
    fn generate(&self) -> TokenStream {
        let Named { attrs, vis, ident } = &self.item;
        let (cfgs, others): (Vec<&Attribute>, Vec<_>) =
            attrs.iter().partition(|attribute| attribute.path().is_ident("cfg"));
        let aliases = self.aliases(&cfgs);
        let (includes, macro_name) = (self.includes(&cfgs), self.macro_name());
        let [checked, marker] = ["CHECKED", MARKER].map(|name| self.alias(&Ident::new(name, generated())));
        let names = self.names(&marker, &checked);
        let (checks, passes_on) = (self.checks(&checked, &cfgs), self.passes_on(&macro_name, &cfgs));
        quote! {
            #(#aliases)*
            #(#includes)*
            #(#cfgs)* #(#others)*
            #[allow(dead_code, deprecated, non_snake_case, private_interfaces, unused_imports, unreachable_pub)]
            #vis mod #ident {
                #names
                #[doc(hidden)] pub const __PATH: &::core::primitive::str = ::core::module_path!();
            }
            #(#cfgs)* #[doc(hidden)] #[allow(dead_code, non_camel_case_types)]
            #vis type #marker = ();
            #passes_on
            #(#cfgs)* #[doc(hidden)] #[allow(unused_imports)]
            #vis use #macro_name as #ident;
            #checks
        }
    }

    /// The names in the module. They are one import: in the body of a function, where there is no path from the module to the aliases
    /// beside it, this is one error, and rustc reports no use of the names. The first name says why.
    fn names(&self, marker: &Ident, checked: &Ident) -> TokenStream {
        let inside = inside(&self.item.vis);
        let entries = self.entries().map(|entry| (self.alias(&entry.name), label(entry)));
        let includes = (0..self.args.includes.len()).map(include_name);
        let includes = includes.map(|name| (self.alias(&name), name));
        let (aliases, names): (Vec<_>, Vec<_>) = entries.chain(includes).unzip();
        quote! {
            #inside use super::{#marker as __Marker, #(#aliases as #names,)* #checked as __CHECKED};
        }
    }

    fn entries(&self) -> impl Iterator<Item = &SystemEntry> {
        self.args.actors.iter().chain(&self.args.events)
    }

    /// A name beside the list.
    fn alias(&self, name: &Ident) -> Ident {
        format_ident!("__{}_{}", spans::plain(&self.item.ident), spans::plain(name), span = generated())
    }

    fn macro_name(&self) -> Ident {
        format_ident!("__actors_{}", self.id, span = generated())
    }

    /// The aliases of the types. A type that is less visible than the list is an error there.
    fn aliases<'a>(&'a self, cfgs: &'a [&Attribute]) -> impl Iterator<Item = TokenStream> + 'a {
        let vis = &self.item.vis;
        self.entries().map(move |entry| {
            let (alias, ty) = (self.alias(&entry.name), &entry.ty);
            // rustc reports an item of which all tokens are at one place there.
            let place = spans::first(ty);
            let (declared, end) =
                (spans::located(quote!(#vis type #alias =), place), spans::located(quote!(;), place));
            quote! {
                #(#cfgs)* #[doc(hidden)] #[allow(dead_code, non_camel_case_types)] #[deny(private_interfaces)]
                #declared #ty #end
            }
        })
    }

    fn includes<'a>(&'a self, cfgs: &'a [&Attribute]) -> impl Iterator<Item = TokenStream> + 'a {
        let vis = &self.item.vis;
        self.args.includes.iter().enumerate().map(move |(number, IncludePath(path))| {
            let alias = self.alias(&include_name(number));
            quote!(#(#cfgs)* #[doc(hidden)] #[allow(unused_imports)] #vis use #path as #alias;)
        })
    }

    /// The constant that checks that each entry is an actor or an event. If it is an error, rustc reports that here, and no use of it.
    fn checks(&self, name: &Ident, cfgs: &[&Attribute]) -> TokenStream {
        let private = self.args.crate_path.private();
        let of = |entries: &[SystemEntry], check: &TokenStream| -> TokenStream {
            let checks = entries.iter().map(|entry| {
                let alias = Ident::new(&self.alias(&entry.name).to_string(), spans::first(&entry.ty));
                quote!(#private::assertions::#check::<#alias>();)
            });
            checks.collect()
        };
        let (actors, events) = (of(&self.args.actors, &quote!(actor)), of(&self.args.events, &quote!(event)));
        let vis = &self.item.vis;
        quote! {
            #(#cfgs)* #[doc(hidden)] #[allow(non_upper_case_globals)]
            #vis const #name: ::core::primitive::bool = { #actors #events true };
        }
    }

    /// The macro that passes the entries on.
    fn passes_on(&self, name: &Ident, cfgs: &[&Attribute]) -> TokenStream {
        let text = |text: &str| LitStr::new(text, generated());
        let listed = |entries: &[SystemEntry]| -> Vec<_> {
            let listed = entries.iter().map(|entry| ListedName {
                is_entry: entry.is_entry,
                name: label(entry),
                written: text(&quoted(&entry.ty)),
            });
            listed.collect()
        };
        let includes = self.args.includes.iter().enumerate().map(|(number, include)| ListedName {
            is_entry: false,
            name: include_name(number),
            written: text(&include.text()),
        });
        let data = ListData {
            id: text(&self.id),
            includes: includes.collect(),
            actors: listed(&self.args.actors),
            events: listed(&self.args.events),
        };
        let data = data.tokens();
        let is_public = matches!(self.item.vis, Visibility::Public(_));
        let export = is_public.then(|| quote!(#[macro_export]));
        let dollar = Punct::new('$', Spacing::Alone).to_token_stream();
        quote! {
            #(#cfgs)* #[doc(hidden)] #export #[allow(unused_macros)]
            macro_rules! #name {
                ({ #dollar(#dollar then:tt)* } #dollar(#dollar state:tt)*) => {
                    #dollar(#dollar then)* ! { #data #dollar(#dollar state)* }
                };
            }
        }
    }
}

/// The name of an entry in the module of the list.
fn label(entry: &SystemEntry) -> Ident {
    Ident::new(&entry.name.to_string(), generated())
}

/// The name of an included list in the module of the list.
fn include_name(number: usize) -> Ident {
    format_ident!("__Include{number}", span = generated())
}
