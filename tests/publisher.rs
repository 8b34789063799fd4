//! A publisher lets a task that works for an actor send what the actor may send.

use airssys_rt::{broker::Received, prelude::*};
use airssys_rt_tests::{Log, Note, on_every_runtime};

#[message]
struct Work;

#[message(reply = u64)]
struct Count;

#[event]
#[derive(Clone)]
struct Worked(u64);

/// Hands its work to a helper, and goes on.
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
    while log.read().len() < ALL.len() {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_helper_sends_in_the_name_of_its_actor() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        office.tell(&boss, Work).await.unwrap();
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
    });
}

/// Also when somebody looks: then what it sends belongs to the affair of the message that it works on.
#[test]
fn what_a_helper_sends_belongs_to_the_affair_of_its_message() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        let mut monitor = office.monitor(100);
        office.tell(&boss, Work).await.unwrap();
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
        let mut affairs = Vec::new();
        while let Some(Received::Item(seen)) = monitor.recv().await {
            affairs.push(seen.meta.correlation());
        }
        affairs.sort_by_key(ToString::to_string);
        affairs.dedup();
        assert_eq!(affairs.len(), 1, "all of it is one affair");
    });
}

/// The one that it is made for may be gone.
#[test]
fn a_helper_outlives_its_actor() {
    on_every_runtime(|| async {
        let (office, boss, log) = office().await;
        office.tell(&boss, Work).await.unwrap();
        office.drain(&boss).await;
        until_counted(&log).await;
        assert_eq!(log.read(), ALL);
        office.shutdown().await.unwrap();
    });
}
