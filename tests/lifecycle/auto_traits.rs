//! Auto traits: which public futures and handles are `Send`, `Sync` and `Unpin`.
//!
//! The compiler checks the tables; nothing runs.

use airssys_rt::{
    actor::{
        ActorHandle, ActorState, Ask, AskAny, ChildFailed, Lifecycle, LifecycleEvent, Spawn, Stop, Tell,
        TellAny, TellTimeout, Watch,
    },
    broker::{
        AtomicRecorder, BrokerMetrics, InMemoryError, InMemoryMessageBroker, MessageStream, Observation,
        Outcome, Pending, Received, Rejected, Request, Route, TapFeed, TapStream, TryRecvError, Undelivered,
        dead_letters::{DeadLetter, DeadLetters, Reason, StoredLetter},
        hook::{Counting, Hooked, NoHooks, Tracing},
    },
    envelope::{Envelope, Meta},
    id::{CorrelationId, MessageId},
    prelude::*,
    reply::{Asked, ReplySlot},
    supervisor::{
        ChildInfo, ControlError, DynamicRef, DynamicSupervisor, Escalated, SpecError, SuperviseError,
    },
    system::{Aborted, ActorInfo, ConfigError, Publish, ShutdownReport, StartError, Tree},
    topology::Topology,
};
use std::{cell::Cell, future::Future, marker::PhantomPinned, time::Duration};

/// A message that is `Send`, `Sync` and `Unpin`.
#[message(reply = u64)]
#[derive(Clone)]
struct Plain;

/// A message that is `Send`, and neither `Sync` nor `Unpin`.
#[message(reply = Cell<u64>)]
#[derive(Clone)]
struct Odd(Cell<u64>, PhantomPinned);

#[event]
#[derive(Clone)]
struct OddEvent(Cell<u64>, PhantomPinned);

#[derive(Default)]
struct Host {
    state: Cell<u64>,
}

#[actor(publishes(OddEvent))]
impl Host {
    #[handler]
    fn plain(&mut self, _: Plain) -> u64 {
        self.state.get()
    }

    #[handler]
    fn odd(&mut self, Odd(n, _): Odd) -> Cell<u64> {
        n
    }

    #[on_event]
    fn event(&mut self, OddEvent(n, _): OddEvent) {
        self.state = n;
    }
}

#[actor_system(actors(Host), events(OddEvent))]
struct Zoo;

/// `T: Send & !Sync`: the traits that the type has, and those that it does not have.
macro_rules! is {
    ($($type:ty: $($rule:tt)&+;)+) => { $($( is!(@ $type, $rule); )+)+ };
    (@ $type:ty, [$bound:ident]) => {
        const _: fn() = || {
            trait AmbiguousIf<T> {
                fn item() {}
            }
            struct Bound;
            impl<T: ?Sized> AmbiguousIf<()> for T {}
            impl<T: ?Sized + $bound> AmbiguousIf<Bound> for T {}
            let _ = <$type as AmbiguousIf<_>>::item;
        };
    };
    (@ $type:ty, $bound:ident) => {
        const _: fn() = || {
            fn check<T: ?Sized + $bound>() {}
            check::<$type>();
        };
    };
}

type M = ZooMessage;
type Bus = InMemoryMessageBroker<M>;

/// RB-06: handles are `Send` and `Sync` for all messages. In brackets: the traits that the type does not have.
#[test]
fn handles_are_send_and_sync_for_all_messages() {
    is! {
        ActorSystem<Zoo>: Send & Sync & Unpin;
        SupervisorRef<Zoo>: Send & Sync & Unpin & Clone;
        DynamicRef<Host>: Send & Sync & Unpin & Clone;
        Supervisor<Zoo>: Send;
        DynamicSupervisor<Host>: Send & Sync & Unpin;
        Child<Host>: Send;
        ActorSystem<Zoo, Hooked<Bus>>: Send & Sync & Unpin;
        ActorRef<Host>: Send & Sync & Unpin & Clone;
        ActorHandle<Host>: Send & Sync & Unpin & Clone;
        Publisher<Host>: Send & Sync & Unpin & Clone;
        Recipient<Odd>: Send & Sync & Unpin;
        ActorContext<Host>: Send;
        Bus: Send & Sync & Unpin;
        Hooked<Bus, NoHooks>: Send & Sync & Unpin;
        Route<M>: Send & Sync & Unpin;
        DeadLetters<M>: Send & Sync;
        MessageStream<M>: Send & Sync & Unpin;
        TapStream<Observation>: Send & Sync & Unpin;
        TapStream<DeadLetter>: Send & Sync & Unpin;
        TapFeed<Envelope<M>>: Send & Sync & Unpin;
        Counting: Send & Sync & Unpin;
        Tracing: Send & Sync & Unpin;
        AtomicRecorder: Send & Sync & Unpin;
    }
}

/// RB-06: a reference and a handle say nothing about the type of the actor, which may be any.
#[test]
fn references_are_send_and_sync_for_every_type() {
    fn check<T: Send + Sync + Clone + Unpin>() {}
    /// Without any bound on `A`.
    fn check_all<A: 'static>() {
        check::<ActorRef<A>>();
        check::<ActorHandle<A>>();
    }
    check_all::<std::rc::Rc<u8>>();
    check_all::<*const Host>();
}

/// RB-06: futures can be polled by any task, and are `Unpin` unless they contain a timer.
#[test]
fn futures_are_send() {
    is! {
        Tell<'static, Host, Plain>: Send & Unpin;
        Tell<'static, Host, Odd>: Send & [Sync] & Unpin;
        TellTimeout<'static, Host, Odd>: Send & [Sync] & [Unpin];
        TellAny<Odd>: Send & Unpin;
        Ask<'static, Host, u64>: Send & [Unpin];
        Ask<'static, Host, Cell<u64>>: Send & [Sync] & [Unpin];
        AskAny<Cell<u64>>: Send & Unpin;
        Spawn<Host>: Send & Unpin;
        Publish<Zoo, Bus, OddEvent>: Send & Unpin;
        Watch: Send & Unpin;
        Stop: Send & Unpin;
        Request<M, Cell<u64>>: Send;
        Pending<M, Cell<u64>>: Send & Unpin;
        ReplySlot<Cell<u64>>: Send & Unpin;
    }
}

/// RB-06: types that only hold data are `Send` and `Sync` if the messages in them are.
#[test]
fn types_with_messages_have_the_auto_traits_of_the_messages() {
    is! {
        ActorId: Send & Sync & Unpin & Copy;
        MessageId: Send & Sync & Unpin & Copy;
        CorrelationId: Send & Sync & Unpin & Copy;
        ActorAddress: Send & Sync & Unpin & Clone;
        Envelope<u64>: Send & Sync & Unpin & Clone;
        Envelope<Odd>: Send & [Sync] & [Unpin] & Clone;
        Meta: Send & Sync & Unpin & Clone;
        Received<Meta>: Send & Sync & Unpin & Clone;
        Observation: Send & Sync & Unpin & Clone;
        Outcome: Send & Sync & Unpin & Copy;
        StoredLetter<u64>: Send & Sync & Unpin & Clone;
        StoredLetter<Odd>: Send & [Sync];
        DeadLetter: Send & Sync & Unpin & Clone;
        Reason: Send & Sync & Unpin & Copy;
        BrokerMetrics: Send & Sync & Unpin & Copy;
        ActorInfo: Send & Sync & Unpin & Clone;
        ChildInfo: Send & Sync & Unpin & Clone;
        LifecycleEvent: Send & Sync & Unpin & Clone;
        Tree: Send & Sync & Unpin & Clone;
        ActorState: Send & Sync & Unpin & Copy;
        Lifecycle: Send & Sync & Unpin & Clone;
        Terminated: Send & Sync & Unpin & Clone;
        Exit: Send & Sync & Unpin & Clone;
        ExitReason: Send & Sync & Unpin & Clone;
        Counters: Send & Sync & Unpin & Copy;
        SystemConfig: Send & Sync & Unpin & Clone;
        ShutdownReport: Send & Sync & Unpin & Clone;
        Aborted: Send & Sync & Unpin & Clone;
        Topology: Send & Sync & Unpin;
    }
}

/// RB-06: errors are `Send` and `'static`, so `?` converts them; an error that gives a message back is `Sync` if the message is.
#[test]
fn errors_can_be_boxed() {
    trait Failure: std::error::Error {}
    impl<E: std::error::Error> Failure for E {}
    is! {
        SendError<u64>: Send & Sync & Unpin & Failure;
        SendError<Odd>: Send & [Sync] & Failure;
        PublishError<OddEvent>: Send & [Sync] & Failure;
        AskError: Send & Sync & Unpin & Failure & Clone;
        Asked: Send & Sync & Unpin & Clone;
        ControlError: Send & Sync & Unpin & Failure & Clone;
        Escalated: Send & Sync & Unpin & Failure & Clone;
        SpecError: Send & Sync & Unpin & Failure & Clone;
        SuperviseError: Send & Sync & Unpin & Failure & Clone;
        ChildFailed: Send & Sync & Unpin & Failure & Clone;
        SpawnError: Send & Sync & Unpin & Failure & Clone;
        StartError: Send & Sync & Unpin & Failure;
        ConfigError: Send & Sync & Unpin & Failure;
        ShutdownError: Send & Sync & Unpin & Failure & Clone;
        InMemoryError: Send & Sync & Unpin & Failure & Copy;
        TryRecvError: Send & Sync & Unpin & Failure & Copy;
        Rejected<u64, InMemoryError>: Send & Sync & Unpin;
        Undelivered<u64>: Send & Sync & Unpin;
        Fault: Send & [Sync] & Unpin & [Failure];
        FaultReport: Send & Sync & Unpin & Failure & Clone;
    }
}

/// RB-06: unnamed futures.
#[test]
fn futures_of_async_methods_are_send() {
    fn send<F: Future + Send>(_: F) {}
    let _never_run = |zoo: ActorSystem<Zoo>, host: ActorRef<Host>, mut tap: MessageStream<M>| {
        send(ActorSystem::<Zoo>::start(SystemConfig::default()));
        send(ActorSystem::<Zoo, _>::with_broker(SystemConfig::default(), Bus::new()));
        send(zoo.stop(&host));
        send(zoo.kill(&host));
        send(zoo.drain(&host));
        send(zoo.idle());
        send(zoo.shutdown());
        send(zoo.run());
        send(zoo.supervise(Supervisor::one_for_one("zoo")));
        send(zoo.supervise_dynamic(DynamicSupervisor::<Host>::new("hosts")));
        send(zoo.replay(zoo.dead_letters().drain()));
        send(tap.recv());
        send(zoo.broker().publish_request(zoo.request(&host, Plain), Duration::MAX));
        send(zoo.request(&host, Plain).into_parts().1.answer());
    };
}
