//! Tests of every expansion, of valid and invalid input: no attribute panics, and the user's item comes first.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::Visit;

use crate::message::MessageKind;

const ARGUMENTS: [&str; 15] = [
    "",
    "handles(M, b::M, M, AMessage, Self, [u8; 4]), subscribes(M, E<T>), publishes(E)",
    "boxed, boxed = 1, handles, subscribes = A",
    "publishes(A, b::B), asks(C<D>), tells(Self), name = \"x\", crate = ::rt",
    "mailbox(capacity = 8, overflow = Drop)",
    "tells(any A, any, any::B, any<C>, any any, any A, any [u8])",
    "mailbox(unbounded), mailbox(unbounded)",
    "mailbox(capacity = 8, unbounded), mailbox(overflow = Drop), mailbox",
    "actors(A, b::B as C), events(D), crate = crate::rt",
    "actors(A, A, b::A, Event, [u8; 4]), events(D, x::D)",
    "reply = Result<u8, Fault>, name = \"\", reply",
    "replay = u8, publish(A), actor(B), nonsense, crate = rt",
    "= = =, (,), publishes = A, asks, \"text\", 1",
    "publishes(A A), asks(&'a B), tells(dyn C), events(impl D)",
    ",,",
];

const ITEMS: [&str; 20] = [
    "pub struct Bank;",
    "#[message] #[event(name = \"x\")] pub struct A<T: Send = u8>(#[cfg(x)] pub Vec<Self>, T) where T: 'static;",
    "pub enum A { One(M), Two { #[cfg(x)] a: *mut u8 } }",
    "struct M<'a, T: ?Sized, const N: usize>(&'a T) where T: Copy;",
    "enum Empty {}",
    "union U { a: u8 }",
    "pub(crate) async unsafe fn f() {}",
    "trait T { #[handler] fn f(&self); }",
    "impl Default for A { #[handler] fn default() -> Self { A } }",
    "impl<'a> A<'a> { #[handler] fn f(&mut self, m: M) {} }",
    "impl [u8] { #[handler] fn f(&mut self, m: M) {} }",
    "impl A {}",
    "impl A { #![allow(x)] const N: u8 = 1; type T = u8; mac! { } pub fn other<T>(t: T) -> T { t } }",
    "impl A { #[handler] fn a(&mut self, m: M, c: &mut X, d: D) -> impl Y { { } }
              #[handler] #[handler] fn b(self: Box<Self>, (x, y): (X, Y)) -> Self {}
              #[handler(entry)] fn c() {} #[handler = 1] fn d(&self) {} #[rt::on_event] fn e(&self, e: &E) -> u8 {} }",
    "impl A { #[on_event] fn a(&self, e: [u8; 4]) -> Result<u8, Fault> {} #[pre_start] fn b(&self, c: C) -> u8 {}
              #[post_stop] fn c(&self) {} #[post_stop] fn d(&self) {} #[on_error] fn e(&self) {} }",
    "impl A { #[on_terminated] async fn a(&mut self, t: Terminated, ctx: &mut X) -> Result<(), Fault> {} #[handler] fn b(&self, m: Terminated) {} }",
    "impl<T> A<T> { #[on_terminated] fn a(&self) -> u8 {} #[cfg(x)] #[on_terminated] fn b<U>(self, t: &U) {} }",
    "impl<T, const N: usize> r#type<T, N> where T: Copy { #[cfg(x)] #[handler] async fn r#fn(&mut self, m: r#in<T>) {} }",
    "impl A { #[handler] fn a(&mut self, m: AMessage) -> AEvent { } #[handler] unsafe fn b<T>(&mut self, m: T) {} }",
    "impl A { #[handler] fn a(&mut self, m: x::M) {} #[on_event] fn b(&mut self, m: y::M) {} #[handler] fn c(&mut self, m: x::M) {} }",
];

#[test]
fn every_item_comes_out_first() {
    let all = || {
        for item in ITEMS {
            for arguments in ARGUMENTS {
                check(item, arguments);
            }
        }
    };
    all();
    crate::impl_serde::test_switch::on(all);
    crate::editor::test_switch::on(all);
}

/// The names of variables in generated code: one that is also a constant of the program would be a pattern of another kind.
struct Variables(Vec<String>);

impl Visit<'_> for Variables {
    fn visit_pat_ident(&mut self, pattern: &syn::PatIdent) {
        self.0.push(pattern.ident.to_string());
    }
}

#[test]
fn each_variable_of_generated_code_has_a_name_of_its_own() {
    let actor = "impl A {
        #[pre_start] fn open(&mut self) -> Done {}
        #[on_error] fn failed(&mut self, _: Fault) -> ErrorAction {}
        #[on_terminated] async fn gone(&mut self, _: Terminated, _: &mut ActorContext<Self>) -> Done {}
        #[handler] async fn a(&mut self, _: M, _: &mut ActorContext<Self>) -> R {}
        #[on_event] fn b(&self, _: E) -> Done {}
    }";
    let message = "pub enum M { One { a: Vec<N>, b: Option<N> }, Two(N) }";
    let check = |attribute: fn(TokenStream, TokenStream) -> TokenStream, arguments: &str, item: &str| {
        let parse = |text: &str| text.parse::<TokenStream>().expect("the text is made of tokens");
        let file: syn::File = syn::parse2(attribute(parse(arguments), parse(item))).expect("it is a file");
        let mut variables = Variables(Vec::new());
        variables.visit_file(&file);
        let others: Vec<_> = variables.0.iter().filter(|name| !name.starts_with("__")).collect();
        assert!(others.is_empty(), "{others:?} in the code for `{item}`");
    };
    let all = || {
        check(crate::actor::expand, "handles(H), subscribes(S), publishes(E), asks(B), tells(any X)", actor);
        check(crate::actor::expand, "handles(H), subscribes(S), publishes(E)", "pub struct A<T>(Vec<T>);");
        check(crate::system::expand, "strict, actors(A, B), events(E)", "pub struct Bank;");
        check(crate::system::expand, "actors(entry A, B)", "pub struct Bank;");
        check(|args, item| crate::message::expand(MessageKind::Message, args, item), "reply = R", message);
        check(|args, item| crate::message::expand(MessageKind::Event, args, item), "", message);
    };
    all();
    crate::impl_serde::test_switch::on(all);
}

fn check(item: &str, arguments: &str) {
    let item: TokenStream = item.parse().expect("an item of the table is made of tokens");
    let arguments: TokenStream = arguments.parse().expect("arguments of the table are made of tokens");
    let given = (arguments.clone(), item.clone());
    let kept = |out: TokenStream, what: &str| {
        let (out, owned) = (plain(&out), owned(&item));
        let item = plain(&item);
        assert!(
            out.starts_with(&item) || out.starts_with(&owned),
            "`#[{what}({arguments})]` on\n{item}\nbecame\n{out}"
        );
    };
    kept(crate::message::expand(MessageKind::Message, given.0.clone(), given.1.clone()), "message");
    kept(crate::message::expand(MessageKind::Event, given.0.clone(), given.1.clone()), "event");
    let system = crate::system::expand(given.0.clone(), given.1.clone());
    if !is_replaced(&item, &system) {
        kept(system, "actor_system");
    }
    kept(crate::actor::expand(given.0, given.1), "actor");
    kept(crate::actor::misplaced(crate::actor::MethodRole::Handler, &item), "handler");
}

/// The text of an item that borrows, after its lifetimes have been reported.
fn owned(item: &TokenStream) -> String {
    let owned = syn::parse2(item.clone()).map(|item| crate::borrowing::without_lifetimes(&item));
    plain(&owned.unwrap_or_else(|_| item.clone()))
}

/// Whether the item is replaced, with an error: a system without actors by an error type, and one with parameters by one without.
fn is_replaced(item: &TokenStream, system: &TokenStream) -> bool {
    let (visibility, name) = match syn::parse2(item.clone()) {
        Ok(syn::Item::Struct(item)) => (item.vis, item.ident),
        Ok(syn::Item::Enum(item)) => (item.vis, item.ident),
        _ => return false,
    };
    let out = plain(system);
    let starts = [quote!(#visibility type #name =), quote!(#visibility struct #name;)];
    out.contains("compile_error") && starts.iter().any(|start| out.starts_with(&plain(start)))
}

/// The text of the tokens without the attributes that `#[actor]` removes from the methods of its block or adds to them, and without
/// the bounds that it adds.
fn plain(tokens: &TokenStream) -> String {
    let lints = quote! {
        #[allow(
            clippy::missing_const_for_fn,
            clippy::needless_pass_by_ref_mut,
            clippy::needless_pass_by_value,
            clippy::unnecessary_wraps,
            clippy::unused_async,
            clippy::unused_self
        )]
    };
    let bare = |text: String| -> String { text.split_whitespace().collect() };
    let mut text = bare(tokens.to_string()).replace(&bare(lints.to_string()), "");
    for bounds in ["+::core::marker::Send+'static", ":::core::marker::Send+'static"] {
        text = text.replace(bounds, "");
    }
    for role in ["handler", "on_event", "on_terminated", "pre_start", "post_stop", "on_error"] {
        for form in [
            format!("#[{role}]"),
            format!("#[{role}(entry)]"),
            format!("#[{role}=1]"),
            format!("#[rt::{role}]"),
        ] {
            text = text.replace(&form, "");
        }
    }
    text
}
