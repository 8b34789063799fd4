//! `Publisher`: a helper task of an actor sends what the actor may send, also after the actor and during a shutdown.

use airssys_rt::{broker::Received, prelude::*};
use airssys_rt_tests::{Hold, Log, Note, on_every_runtime, until};

#[message]
struct Work;

#[message(reply = u64)]
struct Count;

#[event]
#[derive(Clone)]
struct Worked(u64);

/// Spawns a helper task for its work, and goes on.
struct Boss {
    clerk: ActorRef<Clerk>,
    log: Log,
}

#[actor(tells(Clerk, any Note), asks(Clerk), publishes(Worked))]
impl Boss {
    #[handler]
    fn work(&mut self, _: Work, ctx: &mut ActorContext<Self>) {
        let (publisher, clerk, log) = (ctx.publisher(), self.clerk.clone(), self.log.clone());
        assert_eq!((publisher.id(), publisher.actor_ref()), (ctx.id(), ctx.actor_ref()));
        tokio::spawn(async move {
            publisher.tell(&clerk, Note(1)).await.unwrap();
            publisher.try_tell(&clerk, Note(2)).unwrap();
            publisher.tell_any(&clerk.clone().into(), Note(3)).await.unwrap();
            publisher.publish(Worked(4)).await;
            log.add(format!("counted {}", publisher.ask(&clerk, Count).await.unwrap()));
        });
    }
}

struct Clerk {
    log: Log,
    boss: Option<ActorId>,
    count: u64,
}

impl Clerk {
    fn note(&mut self, n: u64, sender: Option<ActorId>) {
        self.count += 1;
        assert_eq!(*self.boss.get_or_insert(sender.unwrap()), sender.unwrap());
        self.log.add(format!("note {n}"));
    }
}

#[actor]
impl Clerk {
    #[handler]
    fn noted(&mut self, Note(n): Note, ctx: &mut ActorContext<Self>) {
        self.note(n, ctx.sender());
    }

    #[handler]
    fn count(&self, _: Count) -> u64 {
        self.count
    }

    #[on_event]
    fn worked(&mut self, Worked(n): Worked, ctx: &mut ActorContext<Self>) {
        self.note(n, ctx.sender());
    }
}

#[actor_system(actors(Boss, Clerk), events(Worked))]
struct Office;

async fn office() -> (ActorSystem<Office>, ActorRef<Boss>, Log) {
    let office = ActorSystem::<Office>::start(SystemConfig::default()).await.unwrap();
    let log = Log::default();
    let clerk = office.spawn(Clerk { log: log.clone(), boss: None, count: 0 }).await.unwrap();
    let boss = office.spawn(Boss { clerk, log: log.clone() }).await.unwrap();
    (office, boss, log)
}

const ALL: [&str; 5] = ["note 1", "note 2", "note 3", "note 4", "counted 4"];

async fn until_counted(log: &Log) {
    until("all messages are counted", || log.read().len() >= ALL.len()).await;
}

#[test]
fn a_helper_task_sends_in_the_name_of_its_actor() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        office.tell(&boss, Work).await.unwrap();
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
    });
}

/// Under a monitor as well: the messages of the helper task then have the correlation id of the message that it works on.
#[test]
fn messages_of_a_helper_task_have_the_correlation_id_of_its_message() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        let mut monitor = office.monitor(100);
        office.tell(&boss, Work).await.unwrap();
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
        let mut correlations = Vec::new();
        while let Some(Received::Item(seen)) = monitor.recv().await {
            correlations.push(seen.meta.correlation());
        }
        correlations.sort_by_key(ToString::to_string);
        correlations.dedup();
        assert_eq!(correlations.len(), 1, "all messages have one correlation id");
    });
}

/// The actor of a publisher may have stopped.
#[test]
fn a_helper_task_outlives_its_actor() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        office.tell(&boss, Work).await.unwrap();
        office.drain(&boss).await;
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
    });
}

/// Gives its publisher to the test, which acts as the helper task.
struct Owner {
    lent: Option<tokio::sync::oneshot::Sender<Publisher<Owner>>>,
    log: Log,
}

#[message]
struct Lend;

#[actor(
    mailbox(capacity = 1),
    tells(Owner, cycle = "only its helpers do"),
    asks(Owner, cycle = "only its helpers do"),
    publishes(Worked, cycle = "only its helpers do")
)]
impl Owner {
    #[handler(entry)]
    fn lend(&mut self, _: Lend, ctx: &mut ActorContext<Self>) {
        if let Some(lent) = self.lent.take() {
            assert!(lent.send(ctx.publisher()).is_ok());
        }
    }

    #[handler]
    async fn hold(&mut self, Hold { started, release }: Hold) {
        let _ = started.send(());
        let _ = release.await;
    }

    #[handler]
    fn noted(&mut self, Note(n): Note) {
        self.log.add(format!("note {n}"));
    }

    #[handler]
    fn count(&self, _: Count) -> u64 {
        self.log.read().len() as u64
    }

    #[on_event]
    fn worked(&mut self, Worked(n): Worked) {
        self.log.add(format!("worked {n}"));
    }
}

#[actor_system(strict, actors(entry Owner), events(Worked))]
struct TestSystem;

async fn system() -> (ActorSystem<TestSystem>, ActorRef<Owner>, Publisher<Owner>, Log) {
    let system = ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap();
    let (log, (lent, publisher)) = (Log::default(), tokio::sync::oneshot::channel());
    let owner = system.spawn(Owner { lent: Some(lent), log: log.clone() }).await.unwrap();
    system.tell(&owner, Lend).await.unwrap();
    (system, owner, publisher.await.unwrap(), log)
}

fn is_sent_and_shared<T: Send + Sync + Clone + 'static>(_: &T) {}

/// The actor goes on meanwhile, so the helper task can ask it, and a tell waits when it is full. An event for a full actor is
/// lost, as when the actor publishes it.
#[test]
fn a_helper_task_reaches_its_own_actor() {
    on_every_runtime(|| async {
        let (system, owner, publisher, log) = system().await;
        is_sent_and_shared(&publisher);
        assert_eq!(publisher.ask(&owner, Count).await.unwrap(), 0);
        let (hold, started, release) = Hold::new();
        publisher.tell(&owner, hold).await.unwrap();
        started.await.unwrap();
        let full = publisher.try_tell(&owner, Note(1));
        assert!(matches!(full, Err(SendError::Full(Note(1)))), "{full:?}");
        let helper = publisher.clone();
        let waiting = tokio::spawn(async move {
            helper.publish(Worked(2)).await;
            helper.tell(&helper.actor_ref(), Note(3)).await
        });
        until("the event is dead, because the mailbox is full", || system.counters().dead > 0).await;
        assert!(log.read().is_empty());
        release.send(()).unwrap();
        waiting.await.unwrap().unwrap();
        assert_eq!(publisher.ask(&owner, Count).await.unwrap(), 1);
        assert_eq!(log.read(), ["note 3"]);
        system.idle().await; // the mailbox has capacity again
        publisher.publish(Worked(4)).await;
        assert_eq!(publisher.ask(&owner, Count).await.unwrap(), 2);
        assert_eq!(log.read(), ["note 3", "worked 4"]);
        system.shutdown().await.unwrap();
    });
}

/// A future that is dropped before its first poll has no effect.
#[test]
fn a_publish_that_is_not_awaited_has_no_effect() {
    on_every_runtime(|| async {
        let (system, owner, publisher, log) = system().await;
        drop(publisher.publish(Worked(1)));
        drop(publisher.tell(&owner, Note(2)));
        drop(publisher.ask(&owner, Count));
        assert_eq!(publisher.ask(&owner, Count).await.unwrap(), 0);
        assert!(log.read().is_empty());
        system.shutdown().await.unwrap();
    });
}

/// While a shutdown waits for quiet, helper tasks still send; a stopped actor accepts nothing, which is an error and no panic.
#[test]
fn a_helper_task_sends_during_a_shutdown_and_not_after_it() {
    on_every_runtime(|| async {
        let (system, owner, publisher, log) = system().await;
        let (hold, started, release) = Hold::new();
        publisher.tell(&owner, hold).await.unwrap();
        started.await.unwrap();
        let ending = tokio::spawn({
            let system = system.clone();
            async move { system.shutdown().await }
        });
        until("the shutdown begins", || system.is_shutting_down()).await;
        assert!(matches!(system.try_tell(&owner, Lend), Err(SendError::ShuttingDown(Lend))));
        let (helper, to) = (publisher.clone(), publisher.actor_ref());
        let mut told = Box::pin(async move { helper.tell(&to, Note(1)).await });
        let sent = airssys_rt_tests::poll_once(told.as_mut()); // it may wait for capacity
        release.send(()).unwrap();
        match sent {
            std::task::Poll::Ready(sent) => sent.unwrap(),
            std::task::Poll::Pending => told.await.unwrap(),
        };
        assert_eq!(ending.await.unwrap().unwrap().stopped, 1);
        assert_eq!(log.read(), ["note 1"]);
        drop(system);

        let stopped = publisher.tell(&owner, Note(2)).await;
        assert!(matches!(stopped, Err(SendError::Stopped(Note(2)))), "{stopped:?}");
        let stopped = publisher.try_tell(&owner, Note(3));
        assert!(matches!(stopped, Err(SendError::Stopped(Note(3)))), "{stopped:?}");
        let stopped = publisher.ask(&owner, Count).await;
        assert!(stopped.is_err(), "{stopped:?}");
        publisher.publish(Worked(4)).await;
        assert_eq!(log.read(), ["note 1"]);
    });
}

/// The same, with every message on the full path.
#[test]
fn a_helper_task_of_an_observed_system_sends_nothing_after_its_end() {
    on_every_runtime(|| async {
        let (system, owner, publisher, log) = system().await;
        let monitor = system.monitor(100);
        system.shutdown().await.unwrap();
        let stopped = publisher.tell(&owner, Note(2)).await;
        assert!(matches!(stopped, Err(SendError::Stopped(Note(2)))), "{stopped:?}");
        publisher.publish(Worked(4)).await;
        drop(monitor);
        drop(system);
        let stopped = publisher.tell(&owner, Note(2)).await;
        assert!(matches!(stopped, Err(SendError::Stopped(Note(2)))), "{stopped:?}");
        publisher.publish(Worked(4)).await;
        assert!(log.read().is_empty());
    });
}
