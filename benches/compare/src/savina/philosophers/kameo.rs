use super::rules::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

struct Hungry {
    number: usize,
    who: ActorRef<Philosopher>,
}

struct Eat;

struct Denied;

/// This one has put its forks down.
struct Full(usize);

/// This one has had so many meals.
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
        let hungry = Hungry { number: self.number, who: ctx.actor_ref().clone() };
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
    finish: Finish<(Vec<u64>, u64)>,
}

impl Message<Hungry> for Arbitrator {
    type Reply = ();

    async fn handle(&mut self, Hungry { number, who }: Hungry, _: &mut Context<Self, ()>) {
        if self.table.take(number) {
            self.granted += 1;
            who.tell(Eat).await.expect("the philosopher is alive");
        } else {
            who.tell(Denied).await.expect("the philosopher is alive");
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
            self.finish.say((std::mem::take(&mut self.meals), self.granted));
        }
    }
}

pub(crate) async fn run(rules: Dinner) -> Played<(Vec<u64>, u64)> {
    let (finish, outcome) = finish();
    let arbitrator = peers::kameo(Arbitrator {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        finish,
    });
    let forks = Forks::new();
    let guest = |number| {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        peers::kameo(Philosopher { number, hunger: rules.meals, meals: 0, forks, arbitrator })
    };
    let guests: Vec<_> = (0..PHILOSOPHERS).map(guest).collect();
    let begin = Instant::now();
    for guest in &guests {
        guest.tell(Begin).await.expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
