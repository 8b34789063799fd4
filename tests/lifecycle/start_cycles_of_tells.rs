//! A tell in a `pre_start` to the full mailbox of an actor that waits for that start: the message comes back at once.

use airssys_rt::prelude::*;
use airssys_rt_tests::{Note, paused, with_time_limit};
use tokio::time::Instant;

#[message(reply = Result<u64, String>)]
struct SpawnKid;

struct Parent;

#[actor(spawns(Kid), asks(Kid), mailbox(capacity = 4))]
impl Parent {
    #[handler]
    async fn spawn_kid(&self, _: SpawnKid, ctx: &mut ActorContext<Self>) -> Result<u64, String> {
        let kid = Kid { parent: ctx.actor_ref(), told: 0 };
        let kid = ctx.spawn(kid).await.map_err(|error| error.to_string())?;
        ctx.ask(&kid, Count).await.map_err(|error| error.to_string())
    }

    #[handler]
    fn note(&self, _: Note) {}
}

#[message(reply = u64)]
struct Count;

/// Its `pre_start` tells the parent until the mailbox is full.
struct Kid {
    parent: ActorRef<Parent>,
    told: u64,
}

#[actor(tells(Parent))]
impl Kid {
    #[pre_start]
    async fn start(&mut self, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        loop {
            match ctx.tell(&self.parent, Note(self.told)).await {
                Ok(_) => self.told += 1,
                Err(SendError::Full(Note(n))) if n == self.told => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    #[handler]
    fn count(&self, _: Count) -> u64 {
        self.told
    }
}

#[actor_system(actors(Parent, Kid))]
struct Family;

#[test]
fn a_tell_to_the_full_mailbox_of_the_actor_that_waits_for_the_start() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = ActorSystem::<Family>::start(SystemConfig::default()).await.unwrap();
            let parent = system.spawn(Parent).await.unwrap();
            let begun = Instant::now();
            let told = system.ask(&parent, SpawnKid).await.unwrap().unwrap();
            assert!(told > 0);
            assert_eq!(Instant::now(), begun);
            system.shutdown().await.unwrap();
        });
    });
}
