use super::workload::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Hungry {
    number: usize,
    philosopher: ActorRef<Philosopher>,
}

struct Eat;

struct Denied;

/// The philosopher with this number has put its forks down.
struct Full(usize);

/// The philosopher with this number leaves after `meals` meals.
struct Leave {
    number: usize,
    meals: u64,
}

#[derive(Actor)]
struct Philosopher {
    number: usize,
    hunger: u64,
    meals: u64,
    forks: Forks,
    arbitrator: ActorRef<Arbitrator>,
}

impl Philosopher {
    async fn want(&self, ctx: &Context<Self, ()>) {
        let hungry = Hungry { number: self.number, philosopher: ctx.actor_ref().clone() };
        self.arbitrator.tell(hungry).await.expect("the arbitrator is alive");
    }
}

impl Message<Begin> for Philosopher {
    type Reply = ();

    async fn handle(&mut self, _: Begin, ctx: &mut Context<Self, ()>) {
        self.want(ctx).await;
    }
}

impl Message<Eat> for Philosopher {
    type Reply = ();

    async fn handle(&mut self, _: Eat, ctx: &mut Context<Self, ()>) {
        self.forks.eat(self.number);
        self.meals += 1;
        self.arbitrator.tell(Full(self.number)).await.expect("the arbitrator is alive");
        if self.meals < self.hunger {
            return self.want(ctx).await;
        }
        let leave = Leave { number: self.number, meals: self.meals };
        self.arbitrator.tell(leave).await.expect("the arbitrator is alive");
    }
}

impl Message<Denied> for Philosopher {
    type Reply = ();

    async fn handle(&mut self, _: Denied, ctx: &mut Context<Self, ()>) {
        self.want(ctx).await;
    }
}

#[derive(Actor)]
struct Arbitrator {
    table: Table,
    granted: u64,
    missing: usize,
    meals: Vec<u64>,
    outcome: OutcomeSender<(Vec<u64>, u64)>,
}

impl Message<Hungry> for Arbitrator {
    type Reply = ();

    async fn handle(&mut self, Hungry { number, philosopher }: Hungry, _: &mut Context<Self, ()>) {
        if self.table.take(number) {
            self.granted += 1;
            philosopher.tell(Eat).await.expect("the philosopher is alive");
        } else {
            philosopher.tell(Denied).await.expect("the philosopher is alive");
        }
    }
}

impl Message<Full> for Arbitrator {
    type Reply = ();

    async fn handle(&mut self, Full(number): Full, _: &mut Context<Self, ()>) {
        self.table.put(number);
    }
}

impl Message<Leave> for Arbitrator {
    type Reply = ();

    async fn handle(&mut self, Leave { number, meals }: Leave, _: &mut Context<Self, ()>) {
        self.meals[number] = meals;
        self.missing -= 1;
        if self.missing == 0 {
            self.outcome.send((std::mem::take(&mut self.meals), self.granted));
        }
    }
}

pub(crate) async fn run(workload: Dinner) -> Measured<(Vec<u64>, u64)> {
    let (sender, outcome) = outcome_channel();
    let arbitrator = spawn::kameo(Arbitrator {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        outcome: sender,
    });
    let forks = Forks::new();
    let philosopher = |number| {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        spawn::kameo(Philosopher { number, hunger: workload.meals, meals: 0, forks, arbitrator })
    };
    let philosophers: Vec<_> = (0..PHILOSOPHERS).map(philosopher).collect();
    let begin = Instant::now();
    for philosopher in &philosophers {
        philosopher.tell(Begin).await.expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
