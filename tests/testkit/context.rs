//! `TestContext` of the test kit: handlers and hooks that run without a system.

use airssys_rt::{
    prelude::*,
    testkit::{Probe, TestContext},
};
use airssys_rt_tests::{
    Clock, Panic, Scribe, Tick, Ticked,
    bank::{Account, Deposit, Moved, Overdrawn, Teller, Transfer, Withdraw},
};

/// N3
#[tokio::test]
async fn a_handler_is_called_without_a_system() {
    let mut account = Account::default();
    let mut context = TestContext::new();
    assert_eq!(context.call(&mut account, Deposit(4)).await.unwrap(), 4);
    assert_eq!(context.call(&mut account, Withdraw(5)).await.unwrap(), Err(Overdrawn));
    assert_eq!(account.cents, 4);
}

/// B7, N3: the asks, tells and events of a handler.
#[tokio::test]
async fn the_asks_and_events_of_a_handler_are_recorded() {
    let (from, to) = (Probe::<Account>::new(), Probe::<Account>::new());
    from.reply_with(|Withdraw(cents)| Ok(100 - cents));
    to.reply_with(|Deposit(cents)| cents);
    let mut context = TestContext::<Teller>::new();
    let transfer = || Transfer { from: from.actor_ref(), to: to.actor_ref(), cents: 40 };
    assert!(context.call(&mut Teller, transfer()).await.unwrap());
    let moved: Vec<Moved> = context.published();
    assert!(matches!(moved[..], [Moved(40)]));
    assert!(context.published::<Moved>().is_empty(), "they were taken");
    assert_eq!((from.seen().len(), to.seen().len()), (1, 1));
    from.reply_with::<Withdraw>(|_| Err(Overdrawn));
    assert!(!context.call(&mut Teller, transfer()).await.unwrap());
    assert_eq!((to.seen().len(), context.has_published()), (1, false));
}

/// N3: a fault is returned, and nothing is published.
#[tokio::test]
async fn a_fault_of_a_handler_is_returned() {
    let mut context = TestContext::new();
    context.call(&mut Clock, Tick { n: 1, fails: false }).await.unwrap();
    let fault = context.call(&mut Clock, Tick { n: 3, fails: true }).await.unwrap_err();
    assert_eq!((fault.to_string().as_str(), fault.message()), ("the spring is broken", Some("Tick")));
    assert_eq!(context.on_error(&mut Clock, fault).await, ErrorAction::Resume);
    let ticked: Vec<_> = context.published::<Ticked>().into_iter().map(|Ticked(n)| n).collect();
    assert_eq!(ticked, [1, 2], "of the first call only");
}

#[tokio::test]
#[should_panic(expected = "out of ink")]
async fn a_panic_of_a_handler_propagates() {
    let _ = TestContext::new().call(&mut Scribe::default(), Panic).await;
}

/// N3: hooks, and methods that are called directly.
#[tokio::test]
async fn hooks_run_in_a_test_context() {
    let mut hooked = airssys_rt_tests::Hooked::default();
    hooked.start = airssys_rt_tests::Hook::Fails;
    let mut context = TestContext::new();
    assert_eq!(context.pre_start(&mut hooked).await.unwrap_err().to_string(), "the disk is full");
    context.post_stop(&mut hooked).await.unwrap();
    assert_eq!(hooked.log.read(), ["pre_start", "post_stop"]);
    context.ctx().stop();
    assert!(context.is_stopping());
}

#[derive(Default)]
struct Echo;

#[message(reply = Option<airssys_rt::id::ActorId>)]
struct GetSender;

#[actor]
impl Echo {
    #[handler]
    fn get_sender(&mut self, _: GetSender, ctx: &mut ActorContext<Self>) -> Option<airssys_rt::id::ActorId> {
        ctx.sender()
    }
}

#[tokio::test]
async fn a_message_can_have_a_sender() {
    let (mut context, sender) = (TestContext::new(), Probe::<Scribe>::new().actor_ref().id());
    assert_eq!(context.call(&mut Echo, GetSender).await.unwrap(), None);
    context.set_sender(Some(sender));
    assert_eq!(context.call(&mut Echo, GetSender).await.unwrap(), Some(sender));
}

/// N3: methods with `#[handler]` and `#[on_event]` can be called as other methods.
#[tokio::test]
async fn a_method_is_called_directly() {
    let (mut clock, mut context) = (Metronome, TestContext::new());
    clock.struck(Ticked(3), context.ctx());
    let published: Vec<_> = context.published::<Ticked>().into_iter().map(|Ticked(n)| n).collect();
    assert_eq!(published, [4]);
}

struct Metronome;

#[actor(publishes(Ticked))]
impl Metronome {
    #[on_event]
    fn struck(&mut self, Ticked(n): Ticked, ctx: &mut ActorContext<Self>) {
        ctx.publish(Ticked(n + 1));
    }
}
