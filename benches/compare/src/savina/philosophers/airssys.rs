use super::rules::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message]
struct Hungry {
    number: usize,
    who: ActorRef<Philosopher>,
}

#[message]
struct Eat;

#[message]
struct Denied;

/// This one has put its forks down.
#[message]
struct Full(usize);

/// This one has had so many meals.
#[message]
struct Leave {
    number: usize,
    meals: u64,
}

struct Philosopher {
    number: usize,
    hunger: u64,
    meals: u64,
    forks: Forks,
    arbitrator: ActorRef<Arbitrator>,
}

#[actor(tells(Arbitrator))]
impl Philosopher {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.want(ctx).await
    }

    #[handler]
    async fn eat(&mut self, _: Eat, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.forks.eat(self.number);
        self.meals += 1;
        ctx.tell(&self.arbitrator, Full(self.number)).await?;
        if self.meals < self.hunger {
            return self.want(ctx).await;
        }
        ctx.tell(&self.arbitrator, Leave { number: self.number, meals: self.meals }).await?;
        Ok(())
    }

    #[handler]
    async fn denied(&mut self, _: Denied, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.want(ctx).await
    }

    async fn want(&self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.arbitrator, Hungry { number: self.number, who: ctx.actor_ref() }).await?;
        Ok(())
    }
}

struct Arbitrator {
    table: Table,
    granted: u64,
    missing: usize,
    meals: Vec<u64>,
    finish: Finish<(Vec<u64>, u64)>,
}

#[actor(tells(Philosopher, cycle = "each philosopher waits for one answer, and there are few of them"))]
impl Arbitrator {
    #[handler]
    async fn hungry(
        &mut self,
        Hungry { number, who }: Hungry,
        ctx: &mut ActorContext<Self>,
    ) -> Result<(), Fault> {
        if self.table.take(number) {
            self.granted += 1;
            ctx.tell(&who, Eat).await?;
        } else {
            ctx.tell(&who, Denied).await?;
        }
        Ok(())
    }

    #[handler]
    fn full(&mut self, Full(number): Full) {
        self.table.put(number);
    }

    #[handler]
    fn leave(&mut self, Leave { number, meals }: Leave) {
        self.meals[number] = meals;
        self.missing -= 1;
        if self.missing == 0 {
            self.finish.say((std::mem::take(&mut self.meals), self.granted));
        }
    }
}

#[actor_system(strict, actors(entry Philosopher, entry Arbitrator))]
struct Tavern;

pub(crate) async fn run(rules: Dinner) -> Played<(Vec<u64>, u64)> {
    let system = ActorSystem::<Tavern>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let arbitrator = Arbitrator {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        finish,
    };
    let arbitrator = system.spawn(arbitrator).await.expect("nothing can fail");
    let forks = Forks::new();
    let mut guests = Vec::new();
    for number in 0..PHILOSOPHERS {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        let guest = Philosopher { number, hunger: rules.meals, meals: 0, forks, arbitrator };
        guests.push(system.spawn(guest).await.expect("nothing can fail"));
    }
    let begin = Instant::now();
    for guest in &guests {
        system.tell(guest, Begin).await.expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}
