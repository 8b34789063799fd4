//! What the attributes generate for an editor.
//!
//! rust-analyzer runs the attributes in a process of its own. Only there
//!
//! - a key, a word and the name of a helper attribute lead to their documentation, and are completed;
//! - the types of a list stand outside of the generated block, so that its names are not among their completions;
//! - "go to implementation" of a message leads to its handlers;
//! - all other generated tokens have the place of the attribute, so that a token of the user leads to one definition.
//!
//! The compiler gets none of this: its errors need the places of the user's tokens, and the items would take time.

use std::cell::{Cell, RefCell};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote as quote_user;
use syn::{Generics, Type};

use crate::spans;
use crate::tokens::{generated, quote};

/// The variable that rust-analyzer sets for the process.
const VARIABLE: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static PLACE: Cell<Option<Span>> = const { Cell::new(None) };
    static TYPES: RefCell<TokenStream> = RefCell::default();
    static IMPORTS: RefCell<TokenStream> = RefCell::default();
}

/// Begins the expansion of an item.
pub(crate) fn begin(item: &TokenStream) {
    start(std::env::var_os(VARIABLE).is_some() && !is_in_rustc(), item);
}

/// Whether a span is one of rustc: the variable may also be set for a build.
fn is_in_rustc() -> bool {
    format!("{:?}", Span::call_site()).contains("bytes(")
}

fn start(is_on: bool, item: &TokenStream) {
    IS_ON.set(is_on);
    PLACE.set(if is_on { punctuation(item) } else { None });
    TYPES.take();
    IMPORTS.take();
}

/// The first brace or parenthesis of the item after its name, or its semicolon: a token for which an editor shows nothing.
fn punctuation(item: &TokenStream) -> Option<Span> {
    let keyword = spans::keyword(item)?.to_string();
    let tokens = item.clone().into_iter().skip_while(|token| token.to_string() != keyword);
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(group.span_open()),
        TokenTree::Punct(punct) if punct.as_char() == ';' => Some(punct.span()),
        _ => None,
    })
}

/// Whether the expansion is for an editor.
pub(crate) fn is_on() -> bool {
    IS_ON.get()
}

/// Records a key or a word of an attribute; `folder` is the module of `airssys_rt::keys` that documents it. An unknown word is
/// recorded as well: its completions are the names in the module.
pub(crate) fn word(folder: &str, word: &Ident) {
    if is_on() {
        let folder = Ident::new(folder.trim_matches(['#', '[', ']']), generated());
        let path = if word == "crate" {
            // It is not the name of an item.
            let word = Ident::new("krate", word.span());
            quote!(__keys::#word,)
        } else {
            quote!(__keys::#folder::#word,)
        };
        TYPES.with_borrow_mut(|types| types.extend(path));
    }
}

/// Records a name of the crate that is not a type: a helper attribute, or a variant.
pub(crate) fn import(folder: &str, name: &Ident) {
    if is_on() {
        let folder = Ident::new(folder, generated());
        IMPORTS.with_borrow_mut(|imports| imports.extend(quote!(#folder::#name as _,)));
    }
}

/// Records a type that an argument names.
pub(crate) fn named_type(ty: &Type) {
    if is_on() {
        TYPES.with_borrow_mut(|types| types.extend(quote_user!(#ty,)));
    }
}

/// The items that name all that has been recorded. `item`: the parameters and the type that has the attribute, if it is known.
/// They stand directly after the user's item: rust-analyzer compares the expansions before and after it inserts a word.
pub(crate) fn named(item: Option<(&Generics, &TokenStream)>, private: &TokenStream) -> TokenStream {
    if !is_on() {
        return TokenStream::new();
    }
    let (types, imports) = (with_path(TYPES.take(), private), IMPORTS.take());
    let imports = (!imports.is_empty()).then(|| quote!(use #private::keys::{#imports};));
    let types = match item {
        Some((generics, self_ty)) if !generics.params.is_empty() => {
            let (parameters, _, bounds) = generics.split_for_impl();
            let header = placed(quote!(impl #parameters #private::keys::Names));
            let target = placed(quote!(for #self_ty #bounds {}));
            quote!(#header<(#types)> #target)
        }
        _ => {
            let unnamed = Ident::new("_", generated());
            let marker = quote!(::core::marker::PhantomData);
            quote!(const #unnamed: #marker<(#types)> = #marker;)
        }
    };
    quote!(#imports #types)
}

/// Replaces the placeholder by the path of the keys, which is not known before all keys are read.
fn with_path(types: TokenStream, private: &TokenStream) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(ident) if ident == "__keys" => quote!(#private::keys),
        token => token.into(),
    };
    types.into_iter().flat_map(replace).collect()
}

/// An impl for a message or an event: "go to implementation" leads to `ty`, the parameter of the handler or the entry of the list.
pub(crate) fn handled(
    generics: &Generics,
    self_ty: &TokenStream,
    ty: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let (parameters, ..) = generics.split_for_impl();
    let header = placed(quote!(impl #parameters #private::keys::HandledIn<#self_ty> for));
    // For the place of a type, rust-analyzer also reads the token after it.
    let body = spans::braces(ty, TokenStream::new());
    quote!(#header #ty #body)
}

/// An attribute that takes a generated type out of completions, where it would stand between the user's types. A program names it
/// through its system.
pub(crate) fn unlisted() -> Option<TokenStream> {
    is_on().then(|| quote!(#[unstable]))
}

/// Gives the tokens the place of the item's punctuation.
fn placed(tokens: TokenStream) -> TokenStream {
    spans::located(tokens, PLACE.get().unwrap_or_else(generated))
}

/// Gives all tokens the place of the attribute, except an error, which is reported where it is. Names are resolved as before.
///
/// The public names, and the types of impls, have the place of a punctuation of the item: they lead to the item. The place of the attribute
/// is for rust-analyzer the definition of the attribute.
pub(crate) fn unplaced(tokens: TokenStream, own: &Ident) -> TokenStream {
    match PLACE.get() {
        Some(place) if is_on() => {
            let own = spans::plain(own);
            let public =
                [format!("{own}Message"), format!("{own}Event"), "get".to_owned(), "topology".to_owned()];
            Unplaced { public, place }.all(tokens)
        }
        _ => tokens,
    }
}

struct Unplaced {
    public: [String; 4],
    place: Span,
}

impl Unplaced {
    fn all(&self, tokens: TokenStream) -> TokenStream {
        let mut moved = TokenStream::new();
        let mut tokens = tokens.into_iter();
        let mut before = String::new();
        while let Some(token) = tokens.next() {
            let text = token.to_string();
            match token {
                TokenTree::Ident(ident) if ident == "compile_error" => {
                    moved.extend([TokenTree::from(ident)]);
                    // The `!` and the text.
                    moved.extend(tokens.by_ref().take(2));
                }
                TokenTree::Ident(mut ident) if self.is_public(&before, &text) => {
                    ident.set_span(self.place);
                    moved.extend([TokenTree::from(ident)]);
                    if before == "enum"
                        && let Some(TokenTree::Group(variants)) = tokens.next()
                    {
                        moved.extend([TokenTree::from(self.variants(&variants))]);
                    }
                }
                TokenTree::Ident(mut ident) if before == "for" => {
                    ident.set_span(self.place);
                    moved.extend([TokenTree::from(ident)]);
                    moved.extend(self.end_of_type(tokens.by_ref()));
                }
                TokenTree::Group(group) => moved.extend([TokenTree::from(self.group(&group))]),
                token => moved.extend(spans::at_call_site(&token)),
            }
            before = text;
        }
        moved
    }

    /// The arguments of a type, and one more token: for the place of a type, rust-analyzer also reads the token after it.
    fn end_of_type(&self, tokens: impl Iterator<Item = TokenTree>) -> TokenStream {
        let (mut moved, mut depth) = (TokenStream::new(), 0);
        for mut token in tokens {
            let text = token.to_string();
            if let TokenTree::Group(group) = token {
                token = self.group(&group).into();
            }
            token.set_span(self.place);
            moved.extend([token]);
            match text.as_str() {
                "<" => depth += 1,
                ">" => depth -= 1,
                _ if depth == 0 => break,
                _ => {}
            }
        }
        moved
    }

    /// The variants of a public enum: a name and its type in parentheses.
    fn variants(&self, group: &Group) -> Group {
        let mut moved = TokenStream::new();
        for mut token in self.group(group).stream() {
            if matches!(token, TokenTree::Ident(_)) {
                token.set_span(self.place);
            }
            moved.extend([token]);
        }
        Group::new(Delimiter::Brace, moved)
    }

    fn is_public(&self, before: &str, text: &str) -> bool {
        matches!(before, "enum" | "struct" | "fn") && self.public.iter().any(|name| name == text)
    }

    fn group(&self, group: &Group) -> Group {
        let mut moved = Group::new(group.delimiter(), self.all(group.stream()));
        moved.set_span(Span::call_site().resolved_at(group.span()));
        moved
    }
}

#[cfg(test)]
pub(crate) mod test_switch {
    /// Runs a test with the expansions for an editor.
    pub(crate) fn on(test: impl FnOnce()) {
        super::start(
            true,
            &quote::quote!(
                struct Any;
            ),
        );
        test();
        super::start(false, &proc_macro2::TokenStream::new());
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use syn::{Item, ItemMod};

    use crate::message::MessageKind;

    const BLOCK: &str =
        "impl A { #[handler(entry)] fn first(&mut self, m: M) {} #[on_event] fn second(&mut self, e: E) {} }";

    fn parse(text: &str) -> TokenStream {
        text.parse().expect("the text is made of tokens")
    }

    fn actor() -> String {
        let expanded =
            crate::actor::expand(parse("asks(B, cycle = \"why\"), mailbox(capacity = 1)"), parse(BLOCK));
        expanded.to_string().replace(' ', "")
    }

    fn module<'a>(items: &'a [Item], name: &str) -> Option<&'a ItemMod> {
        items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == name => Some(module),
            _ => None,
        })
    }

    /// The keys of an attribute, from its error for an unknown one.
    fn keys(error: &TokenStream) -> Vec<String> {
        let text = error.to_string();
        let (_, listed) = text.split_once("expected one of: ").expect("the error lists the keys");
        let (listed, _) = listed.split_once('"').expect("the error ends");
        listed.split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
    }

    #[test]
    fn each_key_is_documented() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../airssys-rt/src/keys.rs");
        let text = std::fs::read_to_string(file).expect("the library is beside its macros");
        let file = syn::parse_file(&text).expect("the file is Rust");
        let (unknown, unit) = (parse("unknown_key"), parse("struct A;"));
        for (attribute, error) in [
            ("message", crate::message::expand(MessageKind::Message, unknown.clone(), unit.clone())),
            ("event", crate::message::expand(MessageKind::Event, unknown.clone(), unit.clone())),
            ("actor", crate::actor::expand(unknown.clone(), parse(BLOCK))),
            ("actor_list", crate::list::expand(unknown.clone(), unit.clone())),
            ("actor_system", crate::system::expand(unknown, unit)),
        ] {
            let (_, items) =
                module(&file.items, attribute).and_then(|module| module.content.clone()).expect(attribute);
            for key in keys(&error) {
                let (items, key) = match key.as_str() {
                    "crate" => (&file.items, "krate"),
                    key => (&items, key),
                };
                let found = module(items, key).is_some_and(|module| !module.attrs.is_empty());
                assert!(found, "`{key}` of `#[{attribute}]` has no documentation in airssys-rt/src/keys.rs");
            }
        }
    }

    #[test]
    fn only_an_editor_gets_names_for_keys_and_handlers() {
        assert!(!actor().contains("keys::"), "{}", actor());
        super::test_switch::on(|| {
            let text = actor();
            for part in [
                "keys::{methods::handleras_,methods::on_eventas_,}",
                "keys::handler::entry,",
                "keys::actor::asks,B,",
                "keys::entry::cycle,",
                "keys::mailbox::capacity,",
                "HandledIn<A>forM{}",
                "HandledIn<A>forE{}",
            ] {
                assert!(text.contains(part), "`{part}` is not in\n{text}");
            }
        });
    }
}
