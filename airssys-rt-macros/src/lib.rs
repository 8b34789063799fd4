//! The attributes of [`airssys-rt`](https://docs.rs/airssys-rt), which re-exports them. Use them from there.
//!
//! [`message`] and [`event`] stand on types, [`actor`] on the impl block of an actor, [`actor_system`] on a unit struct that lists actors and events. Inside an
//! [`actor`] block, [`handler`], [`on_event`], [`pre_start`], [`post_stop`] and [`on_error`] mark methods.
//!
//! What is generated names the runtime as `::airssys_rt`. Where the crate has another name, each attribute takes `crate = ::path`.

mod actor;
mod errors;
mod keys;
mod message;
mod spans;
mod system;

use proc_macro::TokenStream;

/// Makes a struct or an enum a message.
///
/// A message goes to one actor, which has a method for it, and may be answered. It owns what it holds, because it is moved to another task. A generic message is a
/// message for every argument that can be sent.
///
/// | key | meaning |
/// |---|---|
/// | `reply = Type` | what whoever asks gets back; `()` without it |
/// | `name = "text"` | the stable name, instead of module path and type name |
/// | `crate = ::path` | where the runtime is |
///
/// The reply may be a `Result`: the error is then an answer, and the actor is fine. It may not be `Result<_, Fault>`: a fault is the failure of an actor, and every
/// handler may return it by itself.
///
/// Generated is the impl of `Message`, and nothing else: add `#[derive(Clone)]` or serde where a message tap or a network wants them.
///
/// ```text
/// #[message(reply = Result<Balance, Overdrawn>)]
/// pub struct Withdraw {
///     pub cents: u64,
/// }
/// ```
#[proc_macro_attribute]
pub fn message(args: TokenStream, item: TokenStream) -> TokenStream {
    message::expand(message::Role::Message, args.into(), item.into()).into()
}

/// Makes a struct or an enum an event.
///
/// An event goes to every actor that has an [`on_event`] method for it, and nobody answers. Each gets a clone of its own, so the type must be `Clone`.
///
/// | key | meaning |
/// |---|---|
/// | `name = "text"` | the stable name, instead of module path and type name |
/// | `crate = ::path` | where the runtime is |
///
/// Generated is the impl of `Event`.
///
/// ```text
/// #[event]
/// #[derive(Clone)]
/// pub struct Withdrawn {
///     pub owner: String,
///     pub cents: u64,
/// }
/// ```
#[proc_macro_attribute]
pub fn event(args: TokenStream, item: TokenStream) -> TokenStream {
    message::expand(message::Role::Event, args.into(), item.into()).into()
}

/// Makes a type an actor. Stands once per actor, on an inherent impl block.
///
/// Methods of the block are marked with [`handler`], [`on_event`], [`pre_start`], [`post_stop`] and [`on_error`]; the others stay as they are. The actor does not name
/// its system: a system lists its actors.
///
/// | key | meaning |
/// |---|---|
/// | `publishes(Type, ..)` | the events that its context may publish |
/// | `asks(Type, ..)` | the actors that its context may ask |
/// | `tells(Type, ..)` | the actors that its context may tell |
/// | `name = "text"` | the name in errors, logs and the graph, instead of the type's |
/// | `mailbox(capacity = 64, overflow = Drop)` | the mailbox, instead of the system's default; `overflow` is `Block`, `Drop` or `Error` |
/// | `mailbox(unbounded)` | a mailbox without a limit |
/// | `crate = ::path` | where the runtime is |
///
/// Generated are a hidden enum with one variant for each message and each event that the actor receives, another with the events that it publishes, the impl of `Actor`,
/// and the evidence of what it handles, publishes, asks and tells, by which a wrong message does not compile. The enums can be cloned if everything in them can.
///
/// `#[cfg(..)]` on a method configures everything that is generated for it. On generic actors the message enum is generic if one of the messages mentions a parameter.
///
/// ```text
/// #[actor(publishes(Withdrawn), asks(Ledger))]
/// impl Account {
///     #[handler]
///     async fn withdraw(&mut self, Withdraw { cents }: Withdraw, ctx: &mut ActorContext<Self>) -> Result<Balance, Overdrawn> {
///         self.cents = self.cents.checked_sub(cents).ok_or(Overdrawn)?;
///         ctx.publish(Withdrawn { owner: self.owner.clone(), cents });
///         Ok(Balance(self.cents))
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn actor(args: TokenStream, item: TokenStream) -> TokenStream {
    actor::expand(args.into(), item.into()).into()
}

/// Makes a unit struct a system: the list of the actors that run together and of the events between them.
///
/// | key | meaning |
/// |---|---|
/// | `actors(Type, ..)` | the actors; `Type as Name` where two would have one name |
/// | `events(Type, ..)` | the events that any of them publishes or subscribes to |
/// | `crate = ::path` | where the runtime is |
///
/// For `struct Bank;` generated are `BankMessage`, an enum of every message of every actor and of the events; `BankEvent`, an enum of the events; the ways from both to the
/// mailboxes; and `Bank::topology()`, the graph of who sends what to whom. Both enums have the visibility of the struct and can be cloned if everything in them can.
/// The variant `Event` is taken by the events.
///
/// It does not compile if an actor publishes or subscribes to an event that is not listed, or reaches an actor that is not listed.
///
/// ```text
/// #[actor_system(actors(Account, Ledger, Auditor), events(Withdrawn))]
/// pub struct Bank;
/// ```
#[proc_macro_attribute]
pub fn actor_system(args: TokenStream, item: TokenStream) -> TokenStream {
    system::expand(args.into(), item.into()).into()
}

/// Marks the method of an [`actor`] that handles a message.
///
/// It takes `&mut self` or `&self`, the message by value, and then, if it wants, `ctx: &mut ActorContext<Self>`; it may be `async`. It returns the reply of the message, or
/// `Result<Reply, Fault>`. `#[handler(entry)]` says that the message comes from outside of the system, so that nobody inside needs to send it.
///
/// ```text
/// #[handler]
/// async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<Statement, Fault> {
///     Ok(ctx.ask(&self.ledger, Draw { owner: self.owner.clone() }).await?)
/// }
/// ```
#[proc_macro_attribute]
pub fn handler(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::Handler, &item.into()).into()
}

/// Marks the method of an [`actor`] that receives an event. With it the actor subscribes; there is no call to forget.
///
/// It takes `&mut self` or `&self`, the event by value, and then, if it wants, `ctx: &mut ActorContext<Self>`; it may be `async`. It returns nothing or
/// `Result<(), Fault>`.
///
/// ```text
/// #[on_event]
/// fn withdrawn(&mut self, event: Withdrawn) {
///     self.total += event.cents;
/// }
/// ```
#[proc_macro_attribute]
pub fn on_event(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::OnEvent, &item.into()).into()
}

/// Marks the method of an [`actor`] that runs before its first message. A fault fails the spawn.
///
/// It takes `&mut self` or `&self` and then, if it wants, `ctx: &mut ActorContext<Self>`; it may be `async`. It returns nothing or `Result<(), Fault>`.
///
/// ```text
/// #[pre_start]
/// async fn open(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
///     self.store = Store::open(ctx.name()).await?;
///     Ok(())
/// }
/// ```
#[proc_macro_attribute]
pub fn pre_start(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::PreStart, &item.into()).into()
}

/// Marks the method of an [`actor`] that runs once after its last message, however it ends.
///
/// It has the form of a [`pre_start`] method.
///
/// ```text
/// #[post_stop]
/// async fn close(&mut self) {
///     self.store.close().await;
/// }
/// ```
#[proc_macro_attribute]
pub fn post_stop(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::PostStop, &item.into()).into()
}

/// Marks the method of an [`actor`] that decides what happens after a handler returned a fault or panicked. Without one the actor stops.
///
/// It takes `&mut self` or `&self`, the fault, and then, if it wants, `ctx: &mut ActorContext<Self>`; it may be `async`. It returns `ErrorAction`.
///
/// ```text
/// #[on_error]
/// fn failed(&mut self, fault: Fault) -> ErrorAction {
///     ErrorAction::Stop
/// }
/// ```
#[proc_macro_attribute]
pub fn on_error(_: TokenStream, item: TokenStream) -> TokenStream {
    actor::misplaced(actor::Role::OnError, &item.into()).into()
}
