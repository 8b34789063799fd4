//! A public actor that handles private messages.
#![deny(warnings)]

mod accounts {
    use airssys_rt::prelude::*;

    #[message]
    struct Tick;

    #[message(reply = u64)]
    pub(crate) struct Look;

    #[event]
    #[derive(Clone)]
    struct Ticked;

    #[derive(Default)]
    pub struct Account {
        ticks: u64,
    }

    #[actor(publishes(Ticked), tells(Account))]
    impl Account {
        #[handler]
        async fn tick(&mut self, _: Tick, ctx: &mut ActorContext<Self>) {
            self.ticks += 1;
            ctx.publish(Ticked);
        }

        #[handler]
        async fn look(&mut self, _: Look, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
            let me = ctx.actor_ref();
            ctx.tell(&me, Tick).await?;
            Ok(self.ticks)
        }

        #[on_event]
        fn ticked(&mut self, _: Ticked) {}
    }

    #[actor_system(actors(Account), events(Ticked))]
    pub struct Bank;
}

fn main() {
    let _ = accounts::Account::default();
    let _ = accounts::Look;
    let _ = accounts::Bank;
}
