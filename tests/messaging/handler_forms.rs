//! Handler forms: methods of a block and trait impls of `Handler` and `Subscriber` behave alike.

use airssys_rt::prelude::*;
use airssys_rt_tests::on_every_runtime;

#[message(reply = u64)]
struct Add(u64);

#[message(reply = u64)]
struct Halve(u64);

/// A message with a payload that is too large for a mailbox slot.
#[message(reply = usize, boxed)]
struct Page([u8; 4096]);

#[event]
#[derive(Clone)]
struct Added(u64);

/// All of its handlers are trait impls.
#[actor(handles(Add, Halve), publishes(Added))]
#[derive(Default)]
struct Abacus {
    sum: u64,
}

impl Handler<Add> for Abacus {
    async fn handle(&mut self, Add(n): Add, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
        self.sum += n;
        ctx.publish(Added(n));
        Ok(self.sum)
    }
}

impl Handler<Halve> for Abacus {
    async fn handle(&mut self, Halve(n): Halve, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        if n % 2 == 0 { Ok(n / 2) } else { Err(Fault::new("it is odd")) }
    }
}

/// Some of its handlers are methods, others are trait impls.
#[derive(Default)]
struct Clerk {
    heard: u64,
}

#[actor(handles(Halve), subscribes(Added))]
impl Clerk {
    #[handler]
    fn read(&self, Page(page): Page) -> usize {
        page.iter().filter(|byte| **byte > 0).count()
    }

    #[handler]
    fn add(&self, Add(n): Add) -> u64 {
        self.heard + n
    }
}

impl Handler<Halve> for Clerk {
    async fn handle(&mut self, Halve(n): Halve, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(n / 2)
    }
}

impl Subscriber<Added> for Clerk {
    async fn on_event(&mut self, Added(n): Added, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.heard += n;
        Ok(())
    }
}

#[actor_system(actors(Abacus, Clerk), events(Added))]
struct Office;

/// B1, D12
#[test]
fn an_actor_handles_several_types_by_methods_and_by_impls() {
    on_every_runtime(|| async {
        let office = ActorSystem::<Office>::start(SystemConfig::default()).await.unwrap();
        let abacus = office.spawn(Abacus::default()).await.unwrap();
        let clerk = office.spawn(Clerk::default()).await.unwrap();
        assert_eq!(office.ask(&abacus, Add(3)).await, Ok(3));
        assert_eq!(office.ask(&abacus, Halve(8)).await, Ok(4));
        assert_eq!(office.ask(&clerk, Halve(9)).await, Ok(4));
        office.idle().await;
        assert_eq!(office.ask(&clerk, Add(1)).await, Ok(4), "it has received the 3");
        let mut page = [0; 4096];
        page[..7].fill(1);
        assert_eq!(office.ask(&clerk, Page(page)).await, Ok(7));
        // A trait impl can fail as a method can, and without an `on_error` the actor then stops.
        assert!(matches!(office.ask(&abacus, Halve(7)).await, Err(AskError::Failed(_, Some(_)))));
        assert!(matches!(office.stop(&abacus).await.reason(), ExitReason::Failed(_)));
    });
}
