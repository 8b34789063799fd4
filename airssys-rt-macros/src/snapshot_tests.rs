//! Snapshot tests of the code that the attributes generate, formatted.
//!
//! `UPDATE_EXPECT=1 cargo test -p airssys-rt-macros` writes the files again; review the difference.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;

use crate::message::MessageKind;

/// Compares the expansion of one attribute on one item with a file.
fn check(
    attribute: fn(TokenStream, TokenStream) -> TokenStream,
    arguments: &str,
    item: &str,
    file: &ExpectFile,
) {
    let parse = |text: &str| text.parse::<TokenStream>().expect("the text is made of tokens");
    let expanded = attribute(parse(arguments), parse(item));
    let parsed = syn::parse2(expanded).expect("the expansion is a file of Rust");
    file.assert_eq(&prettyplease::unparse(&parsed));
}

fn message(arguments: TokenStream, item: TokenStream) -> TokenStream {
    crate::message::expand(MessageKind::Message, arguments, item)
}

fn event(arguments: TokenStream, item: TokenStream) -> TokenStream {
    crate::message::expand(MessageKind::Event, arguments, item)
}

const BALANCE: &str = "impl Account {
    #[handler]
    fn balance(&self, _: GetBalance) -> u64 { self.cents }
}";

#[test]
fn a_unit_message() {
    check(message, "", "pub struct Reset;", &expect_file!["../snapshots/message.rs"]);
}

#[test]
fn a_message_with_a_reply_and_a_name() {
    check(
        message,
        "reply = Result<u64, Overdrawn>, name = \"bank.withdraw\"",
        "pub struct Withdraw<C> where C: Currency { pub amount: C }",
        &expect_file!["../snapshots/message_with_reply.rs"],
    );
}

#[test]
fn an_event() {
    check(event, "", "#[derive(Clone)] pub struct Withdrawn;", &expect_file!["../snapshots/event.rs"]);
}

#[test]
fn a_small_actor() {
    check(crate::actor::expand, "", BALANCE, &expect_file!["../snapshots/actor.rs"]);
}

#[test]
fn a_small_actor_under_wire() {
    crate::impl_serde::test_switch::on(|| {
        check(crate::actor::expand, "", BALANCE, &expect_file!["../snapshots/actor_wire.rs"]);
    });
}

#[test]
fn an_actor_with_everything() {
    check(
        crate::actor::expand,
        "publishes(Withdrawn), asks(Ledger), tells(Audit, any Note), name = \"account\", mailbox(capacity = 8)",
        "impl Account {
            #[pre_start]
            async fn open(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> { Ok(()) }
            #[handler]
            async fn withdraw(&mut self, w: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> { Ok(0) }
            #[cfg(feature = \"reset\")]
            #[handler]
            fn reset(&mut self, _: Reset) {}
            #[on_event]
            fn closed(&mut self, _: Closed) {}
            #[on_terminated]
            fn gone(&mut self, _: Terminated) {}
            #[on_error]
            fn failed(&mut self, _: Fault) -> ErrorAction { ErrorAction::Stop }
            #[post_stop]
            fn close(&mut self) {}
            fn helper(&self) {}
        }",
        &expect_file!["../snapshots/actor_with_everything.rs"],
    );
}

#[test]
fn an_actor_in_the_struct_form() {
    check(
        crate::actor::expand,
        "handles(GetBalance), subscribes(Closed)",
        "pub struct Account { cents: u64, #[cfg(test)] seen: Vec<Self> }",
        &expect_file!["../snapshots/actor_struct_form.rs"],
    );
}

#[test]
fn a_boxed_message() {
    check(
        message,
        "boxed",
        "pub struct Snapshot([u8; 4096]);",
        &expect_file!["../snapshots/message_boxed.rs"],
    );
}

#[test]
fn a_message_that_has_to_be_measured() {
    check(message, "", "pub struct Snapshot([u8; 4096]);", &expect_file!["../snapshots/message_measured.rs"]);
}

#[test]
fn a_generic_actor() {
    check(
        crate::actor::expand,
        "publishes(Taken), tells(any Job<T>)",
        "impl<T> Queue<T> where T: Send + 'static {
            #[handler]
            fn job(&mut self, Job(job): Job<T>) -> Option<T> { None }
        }",
        &expect_file!["../snapshots/actor_generic.rs"],
    );
}

#[test]
fn a_system_without_events() {
    check(
        crate::system::expand,
        "actors(Account)",
        "pub struct Bank;",
        &expect_file!["../snapshots/system.rs"],
    );
}

#[test]
fn a_system_with_events() {
    check(
        crate::system::expand,
        "actors(Account, Queue<u8>, Queue<String> as Names), events(Withdrawn), crate = crate::rt",
        "#[derive(Debug)] pub(crate) struct Bank;",
        &expect_file!["../snapshots/system_with_events.rs"],
    );
}
