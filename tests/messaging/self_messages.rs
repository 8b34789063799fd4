//! Messages to itself: an actor that sends to itself neither starves other actors nor waits for itself.

use airssys_rt::prelude::*;
use airssys_rt_tests::{paused, with_time_limit};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::SeqCst},
};

/// Counts down: the actor tells itself the next number.
#[message]
#[derive(Clone)]
struct Down(u64);

/// The actor tells itself this many messages in one handler. Answers how many were given back.
#[message(reply = u64)]
#[derive(Clone)]
struct Fill(u64);

#[derive(Default)]
struct SelfSender {
    handled: Arc<AtomicU64>,
}

#[actor(tells(SelfSender))]
impl SelfSender {
    #[handler]
    async fn down(&mut self, Down(n): Down, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.handled.fetch_add(1, SeqCst);
        if n > 0 {
            ctx.tell(&ctx.actor_ref(), Down(n - 1)).await?;
        }
        Ok(())
    }

    #[handler]
    async fn fill(&mut self, Fill(n): Fill, ctx: &mut ActorContext<Self>) -> u64 {
        let mut returned = 0;
        for _ in 0..n {
            returned += u64::from(ctx.tell(&ctx.actor_ref(), Down(0)).await.is_err());
        }
        returned
    }
}

#[actor_system(actors(SelfSender))]
struct TestSystem;

async fn system() -> ActorSystem<TestSystem> {
    ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap()
}

#[test]
fn an_actor_that_tells_itself_yields_to_other_actors() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let sender = SelfSender::default();
            let handled = sender.handled.clone();
            let sender = system.spawn(sender).await.unwrap();
            system.tell(&sender, Down(1_000_000)).await.unwrap();
            tokio::task::yield_now().await;
            let handled = handled.load(SeqCst);
            assert!(handled < 100_000, "{handled} messages before another task ran");
        });
    });
}

#[test]
fn an_actor_whose_own_mailbox_is_full_does_not_wait_for_itself() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = system().await;
            let sender = system.spawn(SelfSender::default()).capacity(2).await.unwrap();
            // The request itself uses one place.
            assert_eq!(system.ask(&sender, Fill(3)).await, Ok(2));
        });
    });
}

/// A message that is given back is no dead letter, and a message that was accepted is handled in its order.
#[tokio::test(start_paused = true)]
async fn messages_to_itself_are_handled_after_earlier_messages() {
    let system = system().await;
    let sender = SelfSender::default();
    let handled = sender.handled.clone();
    let sender = system.spawn(sender).capacity(4).await.unwrap();
    assert_eq!(system.ask(&sender, Fill(9)).await, Ok(6));
    system.idle().await;
    assert_eq!(handled.load(SeqCst), 3);
    assert_eq!((system.counters().sent, system.dead_letters().count()), (4, 0));
}
