//! What a dead message owns is let go where it dies. A letter keeps the payload only if its type says so.

use airssys_rt::{
    broker::{
        InMemoryMessageBroker,
        dead_letters::{Reason, StoredLetter},
        hook::{Hook, Hooked, Verdict},
    },
    envelope::Envelope,
    prelude::*,
};
use airssys_rt_tests::{Hold, Log, on_every_runtime, paused, poll_once, settle, until};
use std::{pin::pin, sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// Owns the end of a channel, as a message does that is answered past the reply.
#[message]
#[derive(Debug)]
struct Parcel(#[allow(dead_code)] oneshot::Sender<()>);

/// Owns an end of a channel, a permit and a value that notes its end. It is not `Debug`.
#[message]
struct Crate {
    _to: mpsc::Sender<u8>,
    _permit: OwnedSemaphorePermit,
    _alive: Arc<()>,
}

/// Holds a handle of the system that it is sent to.
#[message(reply = ())]
struct Inspect(#[allow(dead_code)] ActorSystem<Port>);

#[message]
struct Bulk(#[allow(dead_code)] Vec<u8>, #[allow(dead_code)] Arc<()>);

#[message(keep_payload = |load| load.0.capacity())]
#[derive(Debug, Clone)]
struct Load(Vec<u8>);

#[message(keep_payload)]
#[derive(Debug)]
struct Slip(u64);

#[message(keep_payload, boxed)]
struct Container([u8; 4096]);

/// The function of its key panics.
#[message(keep_payload = |_| panic!("no scales"))]
struct Unweighable(#[allow(dead_code)] Arc<()>);

#[event(keep_payload)]
#[derive(Debug, Clone)]
struct Arrived(u64);

#[event]
#[derive(Debug, Clone)]
struct Left(#[allow(dead_code)] Arc<()>);

#[derive(Default)]
struct Dock {
    seen: Log,
    /// Dropped with the system.
    _alive: Option<Arc<()>>,
}

#[actor]
impl Dock {
    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn parcel(&mut self, _: Parcel) {}

    #[handler]
    fn unload(&mut self, _: Crate) {}

    #[handler]
    fn inspect(&mut self, _: Inspect) {}

    #[handler]
    fn bulk(&mut self, _: Bulk) {}

    #[handler]
    fn load(&mut self, Load(bytes): Load) {
        self.seen.add(format!("load of {}", bytes.len()));
    }

    #[handler]
    fn slip(&mut self, Slip(n): Slip) {
        self.seen.add(format!("slip {n}"));
    }

    #[handler]
    fn container(&mut self, Container(bytes): Container) {
        self.seen.add(format!("container of {}", bytes[0]));
    }

    #[handler]
    fn unweighable(&mut self, _: Unweighable) {}

    #[on_event]
    fn arrived(&mut self, Arrived(n): Arrived) {
        self.seen.add(format!("arrived {n}"));
    }

    #[on_event]
    fn left(&mut self, _: Left) {}
}

#[actor_system(actors(Dock), events(entry Arrived, entry Left))]
struct Port;

async fn port() -> ActorSystem<Port> {
    port_with(SystemConfig::default()).await
}

async fn port_with(config: SystemConfig) -> ActorSystem<Port> {
    ActorSystem::<Port>::start(config).await.unwrap()
}

/// A dock whose handler waits until it is released, with a mailbox of this capacity.
async fn held<B: MessageBroker<PortMessage>>(
    port: &ActorSystem<Port, B>,
    capacity: u32,
    overflow: Overflow,
) -> (ActorRef<Dock>, Log, oneshot::Sender<()>) {
    let seen = Log::default();
    let dock = Dock { seen: seen.clone(), _alive: None };
    let dock = port.spawn(dock).capacity(capacity).overflow(overflow).await.unwrap();
    let (hold, is_held, release) = Hold::new();
    port.tell(&dock, hold).await.unwrap();
    is_held.await.unwrap();
    (dock, seen, release)
}

/// A dock that has stopped: each message to it is dead at once.
async fn stopped(port: &ActorSystem<Port>) -> ActorRef<Dock> {
    let dock = port.spawn(Dock::default()).await.unwrap();
    port.stop(&dock).await;
    dock
}

/// The letter of a message that a full mailbox drops.
async fn dropped<M: airssys_rt::actor::HandledBy<Dock>>(message: M) -> StoredLetter<PortMessage> {
    let port = port().await;
    let (dock, _, _release) = held(&port, 1, Overflow::Drop).await;
    assert!(matches!(port.try_tell(&dock, message), Ok(Sent::Dropped)));
    port.dead_letters().drain().remove(0)
}

/// Checks that the other end of a parcel knows that it is dead, and that its letter is stored.
async fn check_is_let_go<B: MessageBroker<PortMessage>>(
    port: &ActorSystem<Port, B>,
    reason: Reason,
    delivery: oneshot::Receiver<()>,
) {
    let waited = tokio::time::timeout(Duration::from_secs(5), delivery).await;
    assert!(waited.unwrap_or_else(|_| panic!("the parcel is kept: {reason}")).is_err());
    until("the letter is stored", || !port.dead_letters().is_empty()).await;
    let letters = port.dead_letters().inspect();
    let letter = letters.iter().find(|letter| letter.message_type == "Parcel").unwrap();
    assert_eq!(letter.reason, reason);
    let text = port.dead_letters().text_of(letter.id).unwrap();
    assert!(text.starts_with("Parcel(Sender"), "{text}");
}

fn parcel() -> (Parcel, oneshot::Receiver<()>) {
    let (sender, receiver) = oneshot::channel();
    (Parcel(sender), receiver)
}

/// DL-02, DL-12: the sender of a channel in a queued message is dropped by each end of its actor.
#[test]
fn each_end_of_an_actor_lets_go_of_what_its_messages_own() {
    on_every_runtime(|| async {
        for kills in [false, true] {
            let port = port().await;
            let (dock, _, release) = held(&port, 8, Overflow::Block).await;
            let (parcel, delivery) = parcel();
            port.tell(&dock, parcel).await.unwrap();
            let end = async {
                if kills {
                    port.kill(&dock).await;
                } else {
                    let mut stop = pin!(port.stop(&dock));
                    assert!(poll_once(stop.as_mut()).is_pending());
                    release.send(()).unwrap();
                    stop.await;
                }
            };
            end.await;
            check_is_let_go(&port, Reason::Stopped, delivery).await;
        }
        let config = SystemConfig::default()
            .with_drain_timeout(Duration::from_millis(10))
            .with_stop_timeout(Duration::from_millis(10));
        let port = port_with(config).await;
        let (dock, _, _release) = held(&port, 8, Overflow::Block).await;
        let (parcel, delivery) = parcel();
        port.tell(&dock, parcel).await.unwrap();
        port.shutdown().await.unwrap_err();
        check_is_let_go(&port, Reason::ShuttingDown, delivery).await;
    });
}

/// DL-04: the teller has `Ok(Dropped)`, and what the message owned is dropped as well.
#[test]
fn a_full_mailbox_that_drops_lets_go() {
    on_every_runtime(|| async {
        let port = port().await;
        let (dock, _, _release) = held(&port, 1, Overflow::Drop).await;
        let (parcel, delivery) = parcel();
        assert!(matches!(port.tell(&dock, parcel).await, Ok(Sent::Dropped)));
        check_is_let_go(&port, Reason::Full, delivery).await;

        let (to, mut from) = mpsc::channel(1);
        let (permits, alive) = (Arc::new(Semaphore::new(1)), Arc::new(()));
        let permit = permits.clone().try_acquire_owned().unwrap();
        let carried = Crate { _to: to, _permit: permit, _alive: alive.clone() };
        assert!(matches!(port.try_tell(&dock, carried), Ok(Sent::Dropped)));
        assert_eq!(from.recv().await, None);
        assert_eq!((permits.available_permits(), Arc::strong_count(&alive)), (1, 1));
        let letter = port.dead_letters().drain().remove(1);
        assert_eq!(
            (letter.letter.message_type, letter.text, letter.message.is_none()),
            ("Crate", None, true)
        );
    });
}

/// DL-06: Expired
#[tokio::test(start_paused = true)]
async fn a_message_that_expires_lets_go() {
    let port = port().await;
    let (dock, _, release) = held(&port, 8, Overflow::Block).await;
    let (parcel, delivery) = parcel();
    port.tell(&dock, parcel).ttl(Duration::from_secs(1)).await.unwrap();
    tokio::time::advance(Duration::from_secs(2)).await;
    release.send(()).unwrap();
    port.idle().await;
    check_is_let_go(&port, Reason::Expired, delivery).await;
}

/// Drops each parcel.
struct NoParcels;

impl<M: Send + 'static> Hook<M> for NoParcels {
    fn before(&self, envelope: &mut Envelope<M>) -> Verdict {
        match envelope.meta().message_type() {
            "Parcel" => Verdict::Drop,
            _ => Verdict::Pass,
        }
    }
}

/// DL-05: Refused
#[test]
fn a_message_that_a_hook_drops_lets_go() {
    on_every_runtime(|| async {
        let broker = Hooked::new(InMemoryMessageBroker::new()).with(NoParcels);
        let port = ActorSystem::<Port, _>::with_broker(SystemConfig::default(), broker).await.unwrap();
        let dock = port.spawn(Dock::default()).await.unwrap();
        let (parcel, delivery) = parcel();
        assert!(matches!(port.tell(&dock, parcel).await, Ok(Sent::Dropped)));
        check_is_let_go(&port, Reason::Refused, delivery).await;
    });
}

/// DL-02: an ask has no owner for its message. It carries a handle of the system, which ends with the last handle.
#[test]
fn an_ask_that_is_dead_lets_go_of_its_system() {
    on_every_runtime(|| async {
        let port = port().await;
        let alive = Arc::new(());
        port.spawn(Dock { seen: Log::default(), _alive: Some(alive.clone()) }).await.unwrap();
        let dock = stopped(&port).await;
        port.ask(&dock, Inspect(port.clone())).await.unwrap_err();
        assert_eq!(port.dead_letters().count_of(Reason::Stopped), 1);
        drop(port);
        until("the system has ended", || Arc::strong_count(&alive) == 1).await;
    });
}

/// DL-09: an event without a subscriber, and one in the mailbox of a subscriber that ends.
#[test]
fn a_dead_event_lets_go_unless_its_type_says_otherwise() {
    on_every_runtime(|| async {
        let port = port_with(SystemConfig::default().with_unsubscribed_events_as_dead_letters(true)).await;
        let alive = Arc::new(());
        port.publish(Left(alive.clone())).await.unwrap();
        port.publish(Arrived(7)).await.unwrap();
        let (dock, _, _release) = held(&port, 8, Overflow::Block).await;
        port.publish(Left(alive.clone())).await.unwrap();
        port.publish(Arrived(8)).await.unwrap();
        port.kill(&dock).await;
        assert_eq!(Arc::strong_count(&alive), 1);
        let mut letters = port.dead_letters().drain();
        letters.retain(|letter| letter.letter.message_type != "Hold");
        let known: Vec<_> = letters
            .iter()
            .map(|letter| (letter.text.as_deref().unwrap(), letter.message.is_some()))
            .collect();
        let expected = [("Left(())", false), ("Arrived(7)", true), ("Left(())", false), ("Arrived(8)", true)];
        assert_eq!(known, expected);

        let seen = Log::default();
        port.spawn(Dock { seen: seen.clone(), _alive: None }).await.unwrap();
        // The second is the copy of an actor that has ended.
        assert_eq!(port.replay(letters).await, 1);
        port.idle().await;
        assert_eq!(seen.read(), ["arrived 7"]);
    });
}

/// A message that a restart discards, and each further one until the store is full.
#[test]
fn many_large_messages_keep_no_memory() {
    on_every_runtime(|| async {
        let port = port().await;
        let (dock, _, _release) = held(&port, 1, Overflow::Drop).await;
        let alive = Arc::new(());
        for _ in 0..500 {
            let bulk = Bulk(vec![0; 100 << 10], alive.clone());
            assert!(matches!(port.try_tell(&dock, bulk), Ok(Sent::Dropped)));
        }
        assert_eq!((port.dead_letters().len(), Arc::strong_count(&alive)), (500, 1));
    });
}

/// H2: a type with the key is replayed.
#[test]
fn a_letter_keeps_the_payload_of_a_type_that_says_so() {
    on_every_runtime(|| async {
        let port = port().await;
        let (dock, seen, release) = held(&port, 1, Overflow::Drop).await;
        port.try_tell(&dock, Slip(7)).unwrap();
        port.try_tell(&dock, Load(vec![0; 100])).unwrap();
        port.try_tell(&dock, Container([9; 4096])).unwrap();
        port.try_tell(&dock, Bulk(Vec::new(), Arc::default())).unwrap();
        release.send(()).unwrap();
        port.idle().await;
        let letters = port.dead_letters().drain();
        let kept: Vec<_> = letters.iter().map(|letter| letter.message.is_some()).collect();
        assert_eq!(kept, [true, true, true, false]);
        assert_eq!(letters[0].text.as_deref(), Some("Slip(7)"));
        assert_eq!(letters[2].text, None);
        for letter in letters {
            port.replay(vec![letter]).await;
            port.idle().await;
        }
        assert_eq!(seen.read(), ["slip 7", "load of 100", "container of 9"]);
    });
}

/// The payloads have a limit in bytes. The oldest are let go first, and their letters stay.
#[test]
fn kept_payloads_are_within_the_limit_in_bytes() {
    on_every_runtime(|| async {
        let port = port_with(SystemConfig::default().with_dead_letter_bytes(1 << 20)).await;
        let (dock, _, _release) = held(&port, 1, Overflow::Drop).await;
        for _ in 0..500 {
            port.try_tell(&dock, Load(vec![0; 100 << 10])).unwrap();
        }
        let letters = port.dead_letters();
        assert_eq!((letters.len(), letters.evicted(), letters.released()), (500, 0, 490));
        let kept: Vec<_> = letters.drain().iter().map(|letter| letter.message.is_some()).collect();
        assert_eq!(kept, [vec![false; 490], vec![true; 10]].concat());
        // The limit counts the payloads that are stored now.
        port.try_tell(&dock, Load(vec![0; 1000 << 10])).unwrap();
        port.try_tell(&dock, Load(vec![0; 1 << 20])).unwrap();
        let kept: Vec<_> = letters.drain().iter().map(|letter| letter.message.is_some()).collect();
        assert_eq!(kept, [true, false], "the second is larger than the limit");
        // The box of a message counts as well.
        let port = port_with(SystemConfig::default().with_dead_letter_bytes(10_000)).await;
        let (dock, _, _release) = held(&port, 1, Overflow::Drop).await;
        for _ in 0..4 {
            port.try_tell(&dock, Container([0; 4096])).unwrap();
        }
        assert_eq!(port.dead_letters().released(), 2);
    });
}

/// The function that returns the bytes is the user's code.
#[test]
fn a_payload_whose_size_is_unknown_is_let_go() {
    paused().block_on(async {
        let alive = Arc::new(());
        let letter = dropped(Unweighable(alive.clone())).await;
        assert_eq!((letter.message.is_none(), Arc::strong_count(&alive)), (true, 1));
    });
}

/// A message that is dead while an ask of it waits: the asker is answered, and the message is let go.
#[tokio::test(start_paused = true)]
async fn a_queued_ask_is_answered_and_let_go() {
    let port = port().await;
    let (dock, _, _release) = held(&port, 8, Overflow::Block).await;
    let mut ask = pin!(port.ask(&dock, Inspect(port.clone())));
    assert!(poll_once(ask.as_mut()).is_pending());
    settle().await;
    port.kill(&dock).await;
    ask.await.unwrap_err();
    let letters = port.dead_letters().drain();
    assert!(letters.iter().all(|letter| letter.message.is_none()));
}
