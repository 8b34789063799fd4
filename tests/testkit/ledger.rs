//! The ledger of the test kit: finds lost and duplicated messages, and tasks, actors and names that are left.

use crate::{assert_contains, panic_of};
use airssys_rt::{
    broker::{InMemoryMessageBroker, Published, Rejected},
    envelope::Envelope,
    prelude::*,
    testkit::Ledger,
};
use airssys_rt_tests::{
    AskAround, Clock, Double, Fail, Hold, Hook, Hooked, Listener, Note, Panic, Pass, Relay, Scribe, Tick,
    bank::{Account, Auditor, Balance, BankMessage, Deposit, Moved, Withdraw, bank_with},
    lab, on_every_runtime, poll_once, settle, until,
};
use std::{pin::pin, time::Duration};

/// I1, I2, I3
#[test]
fn the_ledger_of_a_system_adds_up() {
    on_every_runtime(|| async {
        let lab = lab().await;
        let before = lab.spawn(Scribe { resumes: true, ..Scribe::default() }).await.unwrap();
        let ledger = Ledger::of(&lab).counting_tasks();
        let relay = lab.spawn(Relay { to: before.clone() }).named("relay").await.unwrap();
        let (clock, _) = (lab.spawn(Clock).await.unwrap(), lab.spawn(Listener::default()).await.unwrap());
        lab.spawn(Listener::default()).await.unwrap();
        for n in 0..10 {
            lab.tell(&relay, Pass(n)).await.unwrap();
            lab.ask(&clock, Tick { n, fails: n % 5 == 0 }).await.unwrap_or_default();
            lab.ask(&relay, AskAround).await.unwrap().unwrap();
        }
        lab.ask(&before, Fail).await.unwrap_err();
        lab.ask(&before, Panic).await.unwrap_err();
        lab.ask_timeout(&before, Double(1), Duration::ZERO).await.unwrap_err();
        let settled = ledger.settle(&lab).await;
        // Ten ticks, ten messages to the relay and ten from it, and two that fail. The last message was never sent.
        assert_eq!((settled.asks, settled.answered, settled.withdrawn), (32, 28, 0));
        assert_eq!((settled.counters.sent, settled.counters.failed), (10 + 10 + 32 + 8 * 4, 4));
    });
}

/// I2: a send that is dropped while it waits for capacity has no outcome, and a message that is left in a mailbox has one.
#[tokio::test(start_paused = true)]
async fn a_send_that_is_dropped_before_it_is_accepted_has_no_outcome() {
    let lab = lab().await;
    let ledger = Ledger::of(&lab);
    let scribe = lab.spawn(Scribe::default()).capacity(2).await.unwrap();
    let (hold, held, _release) = Hold::new();
    lab.tell(&scribe, hold).await.unwrap();
    held.await.unwrap();
    lab.tell(&scribe, Note(1)).await.unwrap();
    lab.ask_timeout(&scribe, Double(1), Duration::from_secs(1)).await.unwrap_err();
    lab.tell_timeout(&scribe, Note(2), Duration::from_secs(1)).await.unwrap_err();
    lab.kill(&scribe).await;
    let settled = ledger.settle(&lab).await;
    assert_eq!((settled.asks, settled.answered, settled.withdrawn), (1, 0, 1));
    assert_eq!((settled.counters.sent, settled.counters.dead), (2, 2));
}

/// A broker that delivers a tell twice, and reports a delivery that it did not make.
#[derive(Clone)]
struct Faulty(InMemoryMessageBroker<BankMessage>);

impl MessageBroker<BankMessage> for Faulty {
    type Error = airssys_rt::broker::InMemoryError;

    async fn attach(&self, route: airssys_rt::broker::Route<BankMessage>) -> Result<(), Self::Error> {
        self.0.attach(route).await
    }

    async fn publish(
        &self,
        envelope: Envelope<BankMessage>,
    ) -> Result<Published, Rejected<BankMessage, Self::Error>> {
        match envelope.meta().message_type() {
            "Deposit" => drop(self.0.publish(envelope.clone()).await?),
            "Withdraw" => return Ok(Published::to(1)),
            _ => {}
        }
        self.0.publish(envelope).await
    }

    fn subscribe(
        &self,
        capacity: usize,
    ) -> Result<airssys_rt::broker::MessageStream<BankMessage>, Self::Error> {
        self.0.subscribe(capacity)
    }

    async fn detach(&self) {
        self.0.detach().await;
    }
}

/// I2: a message with two outcomes or none is found.
#[tokio::test(start_paused = true)]
async fn a_ledger_finds_lost_and_duplicated_messages() {
    let bank = bank_with(Faulty(InMemoryMessageBroker::new())).await;
    let ledger = Ledger::of(&bank);
    let account = bank.spawn(Account::default()).await.unwrap();
    bank.ask(&account, Balance).await.unwrap();
    bank.tell(&account, Deposit(1)).await.unwrap();
    bank.ask(&account, Withdraw(1)).await.unwrap_err();
    let wrong = panic_of(ledger.settle(&bank)).await;
    assert_contains(
        &wrong,
        &[
            "testkit/ledger.rs",
            "the ledger of ActorSystem(Bank) does not balance",
            "tell 2, a `Deposit`",
            "ask 3, a `Withdraw`",
        ],
    );
    assert!(!wrong.contains("Balance"), "{wrong}");
}

/// A broker that delivers in tasks of its own, also when the sender has dropped its future.
#[derive(Clone)]
struct Background(InMemoryMessageBroker<BankMessage>);

impl MessageBroker<BankMessage> for Background {
    type Error = airssys_rt::broker::InMemoryError;

    async fn attach(&self, route: airssys_rt::broker::Route<BankMessage>) -> Result<(), Self::Error> {
        self.0.attach(route).await
    }

    async fn publish(
        &self,
        envelope: Envelope<BankMessage>,
    ) -> Result<Published, Rejected<BankMessage, Self::Error>> {
        let broker = self.0.clone();
        tokio::spawn(async move { broker.publish(envelope).await }).await.unwrap()
    }

    fn subscribe(
        &self,
        capacity: usize,
    ) -> Result<airssys_rt::broker::MessageStream<BankMessage>, Self::Error> {
        self.0.subscribe(capacity)
    }

    async fn detach(&self) {
        self.0.detach().await;
    }
}

/// I2: a message that is cancelled and then delivered is found, also if it is an event.
#[tokio::test(start_paused = true)]
async fn a_ledger_finds_a_message_that_is_cancelled_and_handled() {
    let bank = bank_with(Background(InMemoryMessageBroker::new())).await;
    let ledger = Ledger::of(&bank);
    let account = bank.spawn(Account::default()).await.unwrap();
    bank.spawn(Auditor::default()).await.unwrap();
    assert!(poll_once(pin!(bank.publish(Moved(1)))).is_pending());
    assert!(poll_once(pin!(bank.tell(&account, Deposit(1)))).is_pending());
    settle().await;
    let wrong = panic_of(ledger.settle(&bank)).await;
    assert_contains(&wrong, &["event 1, a `Moved`", "tell 2, a `Deposit`"]);
}

/// N5, I3: a task that is left is found.
#[tokio::test(start_paused = true)]
async fn a_ledger_finds_a_task_that_is_left() {
    let lab = lab().await;
    let ledger = Ledger::of(&lab).counting_tasks().with_deadline(Duration::from_secs(1));
    let left = tokio::spawn(std::future::pending::<()>());
    let wrong = panic_of(ledger.settle(&lab)).await;
    assert_contains(&wrong, &["the runtime has 1 tasks where it had 0"]);
    left.abort();
}

/// Reports that its handler runs, and blocks its thread until the other end of the channel is dropped.
#[message]
struct Block(std::sync::mpsc::Sender<()>, std::sync::mpsc::Receiver<()>);

struct Blocker;

#[actor]
impl Blocker {
    #[handler]
    fn block(&mut self, Block(runs, end): Block) {
        let _ = runs.send(());
        let _ = end.recv();
    }
}

#[actor_system(actors(Blocker))]
struct Threads;

/// I3: an actor that is left is found with its name: here an actor whose handler does not let go of its thread.
#[tokio::test(start_paused = true)]
async fn a_ledger_finds_an_actor_and_a_name_that_are_left() {
    let threads = ActorSystem::<Threads>::start(SystemConfig::default()).await.unwrap();
    let ledger = Ledger::of(&threads);
    let blocker = threads.spawn(Blocker).named("late").on_thread().await.unwrap();
    let (end, ended) = std::sync::mpsc::channel();
    let (runs, running) = std::sync::mpsc::channel();
    threads.tell(&blocker, Block(runs, ended)).await.unwrap();
    until("the handler runs", || running.try_recv().is_ok()).await;
    let wrong = panic_of(ledger.settle(&threads)).await;
    assert_contains(&wrong, &["aborted: Blocker", "(late) [stuck]", "actors: 1, names: [\"late\"]"]);
    drop(end);
}

/// I3: a `pre_start` that never ends, and whose spawn is not dropped, leaves nothing: the shutdown ends it.
#[tokio::test(start_paused = true)]
async fn a_ledger_finds_nothing_left_of_a_spawn_that_is_not_dropped() {
    let lab = lab().await;
    let ledger = Ledger::of(&lab);
    let mut hanging = Hooked::default();
    hanging.start = Hook::Hangs;
    let mut spawn = Box::pin(lab.spawn(hanging).named("late"));
    assert!(poll_once(spawn.as_mut()).is_pending());
    std::mem::forget(spawn);
    let wrong = panic_of(ledger.settle(&lab)).await;
    assert_contains(&wrong, &["had to be aborted: Hooked", "(late)"]);
    assert!(!wrong.contains("stuck") && !wrong.contains("left after the shutdown"), "{wrong}");
}

/// The ledger names an actor that does not stop.
#[tokio::test(start_paused = true)]
async fn a_ledger_names_an_actor_that_does_not_stop() {
    let lab = lab().await;
    let ledger = Ledger::of(&lab);
    let scribe = lab.spawn(Scribe::default()).await.unwrap();
    lab.tell(&scribe, airssys_rt_tests::Never).await.unwrap();
    let wrong = panic_of(ledger.settle(&lab)).await;
    assert_contains(&wrong, &["had to be aborted: Scribe"]);
}

/// A ledger that were settled with another system would compare the messages of one with the actors of the other.
#[tokio::test(start_paused = true)]
async fn a_ledger_is_settled_with_its_own_system() {
    let (one, two) = (lab().await, lab().await);
    let ledger = Ledger::of(&one);
    let wrong = panic_of(async { ledger.settle(&two).await }).await;
    assert_contains(&wrong, &["the ledger observes another system"]);
    let ledger = Ledger::of(&one);
    ledger.settle(&one.clone()).await;
    two.shutdown().await.unwrap();
}

/// A ledger that is not settled checks nothing.
#[tokio::test(start_paused = true)]
async fn a_ledger_that_is_dropped_and_not_settled_is_an_error() {
    let lab = lab().await;
    let ledger = Ledger::of(&lab);
    let wrong = panic_of(async { drop(ledger) }).await;
    assert_contains(&wrong, &["testkit/ledger.rs", "was not settled"]);
    lab.shutdown().await.unwrap();
}
