use super::workload::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

#[message]
struct Hungry {
    number: usize,
    philosopher: ActorRef<Philosopher>,
}

#[message]
struct Eat;

#[message]
struct Denied;

/// The philosopher with this number has put its forks down.
#[message]
struct Full(usize);

/// The philosopher with this number leaves after `meals` meals.
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
        ctx.tell(&self.arbitrator, Hungry { number: self.number, philosopher: ctx.actor_ref() }).await?;
        Ok(())
    }
}

struct Arbitrator {
    table: Table,
    granted: u64,
    missing: usize,
    meals: Vec<u64>,
    outcome: OutcomeSender<(Vec<u64>, u64)>,
}

#[actor(tells(Philosopher, cycle = "each philosopher waits for one reply, and there are few of them"))]
impl Arbitrator {
    #[handler]
    async fn hungry(
        &mut self,
        Hungry { number, philosopher }: Hungry,
        ctx: &mut ActorContext<Self>,
    ) -> Result<(), Fault> {
        if self.table.take(number) {
            self.granted += 1;
            ctx.tell(&philosopher, Eat).await?;
        } else {
            ctx.tell(&philosopher, Denied).await?;
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
            self.outcome.send((std::mem::take(&mut self.meals), self.granted));
        }
    }
}

#[actor_system(strict, actors(entry Philosopher, entry Arbitrator))]
struct Tavern;

pub(crate) async fn run(workload: Dinner) -> Measured<(Vec<u64>, u64)> {
    let system = ActorSystem::<Tavern>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let arbitrator = Arbitrator {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        outcome: sender,
    };
    let arbitrator = system.spawn(arbitrator).await.expect("the spawn succeeds");
    let forks = Forks::new();
    let mut philosophers = Vec::new();
    for number in 0..PHILOSOPHERS {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        let philosopher = Philosopher { number, hunger: workload.meals, meals: 0, forks, arbitrator };
        philosophers.push(system.spawn(philosopher).await.expect("the spawn succeeds"));
    }
    let begin = Instant::now();
    for philosopher in &philosophers {
        system.tell(philosopher, Begin).await.expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}
