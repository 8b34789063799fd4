//! Sends whose future is dropped while it waits: one fate for each message, whether the mailbox has accepted it or not.

use airssys_rt::{
    broker::{
        AtomicRecorder, InMemoryError, InMemoryMessageBroker, MessageStream, Observation, Outcome,
        PublishStep, Published, Received, Recording, Rejected, Route, TapStream,
        dead_letters::Reason,
        hook::{Counting, Hooked},
    },
    envelope::Envelope,
    prelude::*,
    testkit::Ledger,
};
use airssys_rt_tests::{
    Clock, Double, Hold, Lab, LabMessage, Listener, Note, Scribe, Tick, Ticked,
    bank::{Account, Bank, BankMessage, Deposit, bank, bank_with},
    poll_once, settle,
    test_broker::{Decision, Dice, TestBroker},
    two_threads,
};
use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};
use tokio::sync::oneshot;

const MINUTE: Duration = Duration::from_secs(60);

type Bus = InMemoryMessageBroker<LabMessage>;

/// The steps of all messages of one type.
fn steps(monitor: &mut TapStream<Observation>, name: &str) -> Vec<Outcome> {
    let mut steps = Vec::new();
    while let Ok(received) = monitor.try_recv() {
        let Received::Item(observation) = received else { panic!("the monitor is too small") };
        if observation.meta.message_type() == name {
            steps.push(observation.outcome);
        }
    }
    steps
}

async fn lab_on<B: MessageBroker<LabMessage>>(broker: B) -> ActorSystem<Lab, B> {
    ActorSystem::with_broker(SystemConfig::default(), broker).await.expect("the broker attaches")
}

/// A scribe whose mailbox is full, and the sender that lets it continue.
async fn full_scribe<B: MessageBroker<LabMessage>>(
    lab: &ActorSystem<Lab, B>,
) -> (ActorRef<Scribe>, oneshot::Sender<()>) {
    let scribe = lab.spawn(Scribe::default()).capacity(1).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    (scribe, release)
}

/// A listener whose mailbox is full, and the sender that lets it continue.
async fn full_listener<B: MessageBroker<LabMessage>>(lab: &ActorSystem<Lab, B>) -> oneshot::Sender<()> {
    let listener = lab.spawn(Listener::default()).capacity(1).await.unwrap();
    let (hold, held, release) = Hold::new();
    lab.tell(&listener, hold).await.unwrap();
    held.await.unwrap();
    release
}

type Send<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Each way in which code sends one message and waits for capacity, with the name of the message.
fn sends<'a, B: MessageBroker<LabMessage>>(
    lab: &'a ActorSystem<Lab, B>,
    to: &'a ActorRef<Scribe>,
    any: &'a Recipient<Note>,
) -> Vec<(&'static str, Send<'a>)> {
    let handle = lab.handle(to);
    vec![
        ("Note", Box::pin(async { drop(lab.tell(to, Note(1)).await) })),
        ("Note", Box::pin(async { drop(lab.tell_timeout(to, Note(1), MINUTE).await) })),
        ("Note", Box::pin(async { drop(lab.tell_any(any, Note(1)).await) })),
        ("Note", Box::pin(async { drop(lab.tell_to::<Scribe, _>(to.id(), Note(1)).await) })),
        ("Note", Box::pin(async move { drop(handle.tell(Note(1)).await) })),
        ("Double", Box::pin(async { drop(lab.ask(to, Double(1)).await) })),
        ("Double", Box::pin(async { drop(lab.ask_timeout(to, Double(1), MINUTE).await) })),
        ("Double", Box::pin(async { drop(lab.ask_to::<Scribe, _, _>(to.id(), Double(1)).await) })),
    ]
}

const WAYS: usize = 8;

/// Each way, on a broker of `make`: the message is let in, and then its sender is dropped without another poll.
async fn let_in_and_dropped<B: MessageBroker<LabMessage>>(make: impl Fn() -> B) {
    for way in 0..WAYS {
        let lab = lab_on(make()).await;
        let ledger = Ledger::of(&lab);
        let (scribe, release) = full_scribe(&lab).await;
        let any = Recipient::from(scribe.clone());
        let mut monitor = lab.monitor(100);
        let (name, mut send) = sends(&lab, &scribe, &any).swap_remove(way);
        assert!(poll_once(send.as_mut()).is_pending());
        assert_eq!(steps(&mut monitor, name), [Outcome::Published]);
        release.send(()).unwrap();
        settle().await;
        let handled = Outcome::Handled { answered: name == "Double" };
        assert_eq!(steps(&mut monitor, name), [Outcome::Delivered { receivers: 1 }, handled], "way {way}");
        drop(send);
        assert_eq!(steps(&mut monitor, name), [], "way {way}");
        ledger.settle(&lab).await;
    }
}

/// Each way, on a broker of `make`: the sender is dropped while the mailbox is full.
async fn dropped_while_full<B: MessageBroker<LabMessage>>(make: impl Fn() -> B) {
    for way in 0..WAYS {
        let lab = lab_on(make()).await;
        let ledger = Ledger::of(&lab);
        let (scribe, release) = full_scribe(&lab).await;
        let any = Recipient::from(scribe.clone());
        let mut monitor = lab.monitor(100);
        let (name, mut send) = sends(&lab, &scribe, &any).swap_remove(way);
        assert!(poll_once(send.as_mut()).is_pending());
        drop(send);
        release.send(()).unwrap();
        settle().await;
        assert_eq!(steps(&mut monitor, name), [Outcome::Published, Outcome::Cancelled], "way {way}");
        ledger.settle(&lab).await;
    }
}

/// A message whose sender is dropped after the mailbox has accepted it is delivered, and not cancelled.
#[tokio::test(start_paused = true)]
async fn a_message_that_was_let_in_is_delivered_although_its_sender_is_dropped() {
    let_in_and_dropped(Bus::new).await;
    let_in_and_dropped(|| Hooked::new(Bus::new()).with(Counting::new())).await;
    let_in_and_dropped(|| TestBroker::<LabMessage>::new(|_, _| Decision::Deliver)).await;
}

/// A message whose sender is dropped before that is cancelled, and not delivered.
#[tokio::test(start_paused = true)]
async fn a_message_that_was_not_let_in_is_cancelled_when_its_sender_is_dropped() {
    dropped_while_full(Bus::new).await;
    dropped_while_full(|| Hooked::new(Bus::new()).with(Counting::new())).await;
    dropped_while_full(|| TestBroker::<LabMessage>::new(|_, _| Decision::Deliver)).await;
}

/// `Delivered` is reported when the mailbox accepts the message, not when the sender is polled, and hooks and metrics count it so.
#[tokio::test(start_paused = true)]
async fn hooks_and_metrics_count_a_delivery_when_the_mailbox_accepts_the_message() {
    let (counting, recorder) = (Counting::new(), Arc::new(AtomicRecorder::new()));
    let lab = lab_on(Hooked::new(Bus::new()).with(counting.clone()).with(Recording(recorder.clone()))).await;
    let (scribe, release) = full_scribe(&lab).await;
    let (second, held, release_second) = Hold::new();
    let mut tell = Box::pin(lab.tell(&scribe, second));
    assert!(poll_once(tell.as_mut()).is_pending());
    assert_eq!((recorder.broker().delivered, recorder.broker().in_flight), (1, 1));
    release.send(()).unwrap();
    held.await.unwrap(); // its handler runs, and the sender has not been polled again
    assert_eq!((recorder.broker().delivered, recorder.broker().in_flight), (2, 0));
    drop(tell);
    release_second.send(()).unwrap();
    lab.idle().await;
    let holds = counting.read()["Hold"];
    assert_eq!((holds.published, holds.delivered, holds.handled, holds.returned), (2, 2, 2, 0));
    let broker = recorder.broker();
    assert_eq!((broker.sent, broker.delivered, broker.returned, broker.failed), (2, 2, 0, 0));
    assert_eq!(recorder.mailboxes().received, recorder.mailboxes().handled);
}

/// The mailbox reports the delivery also to a sender that is never polled again and never dropped.
#[tokio::test(start_paused = true)]
async fn a_message_of_a_forgotten_sender_is_delivered() {
    let lab = lab_on(Bus::new()).await;
    let ledger = Ledger::of(&lab);
    let (scribe, release) = full_scribe(&lab).await;
    let mut monitor = lab.monitor(100);
    let mut tell = Box::pin(lab.tell(&scribe, Note(1)));
    assert!(poll_once(tell.as_mut()).is_pending());
    std::mem::forget(tell);
    release.send(()).unwrap();
    settle().await;
    let expected =
        [Outcome::Published, Outcome::Delivered { receivers: 1 }, Outcome::Handled { answered: false }];
    assert_eq!(steps(&mut monitor, "Note"), expected);
    ledger.settle(&lab).await;
}

/// A sender that has sent, and is dropped while it yields to other tasks.
#[tokio::test(start_paused = true)]
async fn a_message_whose_sender_is_dropped_while_it_yields_is_delivered() {
    let bank = bank().await;
    let (ledger, mut monitor) = (Ledger::of(&bank), bank.monitor(1000));
    let account = bank.spawn(Account::default()).await.unwrap();
    // This task has no budget left, so a send that yields does not end in the poll in which it begins.
    while poll_once(pin!(tokio::task::consume_budget())).is_ready() {}
    let pending = (0..64).filter(|n| poll_once(pin!(bank.tell(&account, Deposit(*n)))).is_pending());
    assert_eq!(pending.count(), 1);
    bank.idle().await;
    let steps = steps(&mut monitor, "Deposit");
    let count = |outcome| steps.iter().filter(|step| **step == outcome).count();
    assert_eq!((count(Outcome::Delivered { receivers: 1 }), count(Outcome::Cancelled)), (64, 0));
    ledger.settle(&bank).await;
}

/// An event that is dropped is delivered to the subscribers that have it, and cancelled if none has it.
#[tokio::test(start_paused = true)]
async fn an_event_whose_publish_is_dropped_is_delivered_to_those_that_have_it() {
    on_both(async |lab, monitor| {
        lab.spawn(Listener::default()).await.unwrap();
        let _release = full_listener(lab).await;
        let mut publish = Box::pin(lab.publish(Ticked(1)));
        assert!(poll_once(publish.as_mut()).is_pending());
        drop(publish);
        settle().await;
        let steps = steps(monitor, "Ticked");
        let expected =
            [Outcome::Published, Outcome::Delivered { receivers: 1 }, Outcome::Handled { answered: false }];
        assert_eq!(steps, expected);
    })
    .await;
}

/// A subscriber that has let the event in has it, although the publish has not been polled since.
#[tokio::test(start_paused = true)]
async fn an_event_that_was_let_in_is_delivered_although_its_publish_is_dropped() {
    on_both(async |lab, monitor| {
        let releases = [full_listener(lab).await, full_listener(lab).await];
        let _full = full_listener(lab).await;
        let mut publish = Box::pin(lab.publish(Ticked(1)));
        assert!(poll_once(publish.as_mut()).is_pending());
        for release in releases {
            release.send(()).unwrap();
        }
        settle().await;
        drop(publish);
        let mut steps = steps(monitor, "Ticked");
        steps.retain(|step| !matches!(step, Outcome::Handled { .. }));
        assert_eq!(steps, [Outcome::Published, Outcome::Delivered { receivers: 2 }]);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_event_that_no_subscriber_has_is_cancelled_when_its_publish_is_dropped() {
    on_both(async |lab, monitor| {
        let _release = full_listener(lab).await;
        let mut publish = Box::pin(lab.publish(Ticked(1)));
        assert!(poll_once(publish.as_mut()).is_pending());
        drop(publish);
        assert_eq!(steps(monitor, "Ticked"), [Outcome::Published, Outcome::Cancelled]);
    })
    .await;
}

/// An actor that is killed while its event waits: the copy that waits is a dead letter.
#[tokio::test(start_paused = true)]
async fn the_event_of_a_killed_actor_is_delivered_to_the_subscribers_that_have_it() {
    on_both(async |lab, monitor| {
        let clock = lab.spawn(Clock).await.unwrap();
        lab.spawn(Listener::default()).await.unwrap();
        let _release = full_listener(lab).await;
        lab.ask(&clock, Tick { n: 1, fails: false }).await.unwrap();
        settle().await;
        lab.kill(&clock).await;
        let mut steps = steps(monitor, "Ticked");
        steps.retain(|step| !matches!(step, Outcome::Handled { .. }));
        let dead = Outcome::Undelivered(Reason::Stopped);
        assert_eq!(steps, [Outcome::Published, dead, Outcome::Delivered { receivers: 1 }]);
    })
    .await;
}

/// What a broker does with an envelope, besides its delivery.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// The system delivers it.
    Begins,
    /// The broker delivers it over its route.
    Delivers,
    /// The broker waits for a minute after the delivery.
    Waits,
    /// The transport fails after the delivery.
    Fails,
}

/// A broker around the one in memory.
#[derive(Clone)]
struct Transport {
    bus: Bus,
    after: After,
}

impl MessageBroker<LabMessage> for Transport {
    type Error = InMemoryError;

    async fn attach(&self, route: Route<LabMessage>) -> Result<(), InMemoryError> {
        self.bus.attach(route).await
    }

    async fn publish(
        &self,
        envelope: Envelope<LabMessage>,
    ) -> Result<Published, Rejected<LabMessage, InMemoryError>> {
        let first = envelope.meta().id().as_u64() == 1; // makes the mailbox full
        let published = self.bus.publish(envelope).await?;
        match self.after {
            After::Waits if !first => tokio::time::sleep(MINUTE).await,
            After::Fails if !first => {
                return Err(Rejected::Transport { error: InMemoryError::Ended, envelope: None });
            }
            _ => {}
        }
        Ok(published)
    }

    fn begin(&self, envelope: Envelope<LabMessage>) -> PublishStep<LabMessage, InMemoryError> {
        if self.after == After::Begins {
            return self.bus.begin(envelope);
        }
        let broker = self.clone();
        PublishStep::Pending(Box::pin(async move { broker.publish(envelope).await }))
    }

    fn subscribe(&self, capacity: usize) -> Result<MessageStream<LabMessage>, InMemoryError> {
        unreachable!("no test subscribes: {capacity}")
    }

    async fn detach(&self) {
        self.bus.detach().await;
    }
}

/// Runs a test on each path through a broker. The messages of each system balance.
async fn on_both(test: impl AsyncFn(&ActorSystem<Lab, Transport>, &mut TapStream<Observation>)) {
    for after in [After::Begins, After::Delivers] {
        let lab = lab_on(Transport { bus: Bus::new(), after }).await;
        let (ledger, mut monitor) = (Ledger::of(&lab), lab.monitor(100));
        test(&lab, &mut monitor).await;
        ledger.settle(&lab).await;
    }
}

/// A broker that has delivered a message and is not done yet.
#[tokio::test(start_paused = true)]
async fn a_message_that_its_broker_has_delivered_is_not_cancelled() {
    let lab = lab_on(Transport { bus: Bus::new(), after: After::Waits }).await;
    let (ledger, mut monitor) = (Ledger::of(&lab), lab.monitor(100));
    let (scribe, release) = full_scribe(&lab).await;
    let mut waits = Box::pin(lab.ask(&scribe, Double(1)));
    assert!(poll_once(waits.as_mut()).is_pending());
    release.send(()).unwrap();
    settle().await;
    let mut is_accepted_at_once = Box::pin(lab.tell(&scribe, Note(1)));
    assert!(poll_once(is_accepted_at_once.as_mut()).is_pending());
    let mut event = Box::pin(lab.publish(Ticked(1)));
    lab.spawn(Listener::default()).await.unwrap();
    assert!(poll_once(event.as_mut()).is_pending());
    settle().await;
    drop((waits, is_accepted_at_once, event));
    lab.idle().await;
    let mut seen = Vec::new();
    while let Ok(Received::Item(observation)) = monitor.try_recv() {
        seen.push((observation.meta.message_type(), observation.outcome));
    }
    for (name, answered) in [("Double", true), ("Note", false), ("Ticked", false)] {
        let mut steps: Vec<_> = seen.iter().filter(|step| step.0 == name).map(|step| step.1).collect();
        steps.sort_by_key(|step| matches!(step, Outcome::Handled { .. }));
        let expected =
            [Outcome::Published, Outcome::Delivered { receivers: 1 }, Outcome::Handled { answered }];
        assert_eq!(steps, expected, "{name}");
    }
    ledger.settle(&lab).await;
}

/// A transport that fails after the delivery: the message is handled, and it is no dead letter.
#[tokio::test(start_paused = true)]
async fn a_message_that_was_delivered_before_its_transport_failed_is_not_lost() {
    let lab = lab_on(Transport { bus: Bus::new(), after: After::Fails }).await;
    let (ledger, mut monitor) = (Ledger::of(&lab), lab.monitor(100));
    let (scribe, release) = full_scribe(&lab).await;
    release.send(()).unwrap();
    assert!(matches!(lab.tell(&scribe, Note(1)).await, Err(SendError::Lost)));
    lab.idle().await;
    let expected =
        [Outcome::Published, Outcome::Delivered { receivers: 1 }, Outcome::Handled { answered: false }];
    assert_eq!(steps(&mut monitor, "Note"), expected);
    assert_eq!((lab.counters().sent, lab.counters().handled, lab.counters().dead), (2, 2, 0));
    ledger.settle(&lab).await;
}

/// Tells and asks an account, and waits for each.
async fn chatter<B: MessageBroker<BankMessage>>(bank: ActorSystem<Bank, B>, account: ActorRef<Account>) {
    for n in 0.. {
        let _ = bank.tell(&account, Deposit(n)).await;
        let _ = bank.ask(&account, Deposit(n)).await;
    }
}

/// Aborts senders at random moments, while the actor lets their messages in on another thread.
async fn abort_senders<B: MessageBroker<BankMessage>>(bank: ActorSystem<Bank, B>, seed: u64) {
    let (ledger, mut dice) = (Ledger::of(&bank), Dice::new(seed));
    let account = bank.spawn(Account::default()).capacity(2).await.unwrap();
    let mut senders: Vec<_> = (0..8).map(|_| tokio::spawn(chatter(bank.clone(), account.clone()))).collect();
    let mut aborted = Vec::new();
    for _ in 0..100 {
        for _ in 0..dice.throw(4) {
            tokio::task::yield_now().await;
        }
        let at = usize::try_from(dice.throw(8)).unwrap();
        let sender =
            std::mem::replace(&mut senders[at], tokio::spawn(chatter(bank.clone(), account.clone())));
        sender.abort();
        aborted.push(sender);
    }
    // Each has dropped its send before the system is shut down.
    for sender in senders.into_iter().chain(aborted) {
        sender.abort();
        assert!(sender.await.unwrap_err().is_cancelled());
    }
    ledger.settle(&bank).await;
}

/// Ledger I2, with senders that are aborted.
#[test]
fn the_messages_of_aborted_senders_balance() {
    for seed in 0..20 {
        println!("seed {seed}");
        two_threads().block_on(async {
            let hooked = Hooked::new(InMemoryMessageBroker::new()).with(Counting::new());
            abort_senders(bank_with(hooked).await, seed).await;
            let broker = TestBroker::<BankMessage>::new(|_, n| Decision::Yield((n % 3) as u32));
            abort_senders(bank_with(broker).await, seed).await;
        });
    }
}
