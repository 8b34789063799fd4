use super::rules::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

enum ToPhilosopher {
    Begin,
    Eat,
    Denied,
}

enum ToArbitrator {
    Hungry {
        number: usize,
        who: ActorRef<ToPhilosopher>,
    },
    /// This one has put its forks down.
    Full(usize),
    /// This one has had so many meals.
    Leave {
        number: usize,
        meals: u64,
    },
}

struct Philosopher;

struct Guest {
    number: usize,
    hunger: u64,
    meals: u64,
    forks: Forks,
    arbitrator: ActorRef<ToArbitrator>,
}

impl Actor for Philosopher {
    type Msg = ToPhilosopher;
    type State = Guest;
    type Arguments = Guest;

    async fn pre_start(&self, _: ActorRef<ToPhilosopher>, guest: Guest) -> Result<Guest, ActorProcessingErr> {
        Ok(guest)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToPhilosopher>,
        message: ToPhilosopher,
        guest: &mut Guest,
    ) -> Result<(), ActorProcessingErr> {
        let number = guest.number;
        match message {
            ToPhilosopher::Begin | ToPhilosopher::Denied => {}
            ToPhilosopher::Eat => {
                guest.forks.eat(number);
                guest.meals += 1;
                guest.arbitrator.cast(ToArbitrator::Full(number))?;
            }
        }
        guest.arbitrator.cast(match guest.meals < guest.hunger {
            true => ToArbitrator::Hungry { number, who: myself },
            false => ToArbitrator::Leave { number, meals: guest.meals },
        })?;
        Ok(())
    }
}

struct Arbitrator;

struct Judgement {
    table: Table,
    granted: u64,
    missing: usize,
    meals: Vec<u64>,
    finish: Finish<(Vec<u64>, u64)>,
}

impl Actor for Arbitrator {
    type Msg = ToArbitrator;
    type State = Judgement;
    type Arguments = Judgement;

    async fn pre_start(
        &self,
        _: ActorRef<ToArbitrator>,
        judgement: Judgement,
    ) -> Result<Judgement, ActorProcessingErr> {
        Ok(judgement)
    }

    async fn handle(
        &self,
        _: ActorRef<ToArbitrator>,
        message: ToArbitrator,
        state: &mut Judgement,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToArbitrator::Hungry { number, who } => match state.table.take(number) {
                true => {
                    state.granted += 1;
                    who.cast(ToPhilosopher::Eat)?;
                }
                false => who.cast(ToPhilosopher::Denied)?,
            },
            ToArbitrator::Full(number) => state.table.put(number),
            ToArbitrator::Leave { number, meals } => {
                state.meals[number] = meals;
                state.missing -= 1;
                if state.missing == 0 {
                    state.finish.say((std::mem::take(&mut state.meals), state.granted));
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Dinner) -> Played<(Vec<u64>, u64)> {
    let (finish, outcome) = finish();
    let judgement = Judgement {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        finish,
    };
    let arbitrator = peers::ractor(Arbitrator, judgement).await;
    let forks = Forks::new();
    let mut guests = Vec::new();
    for number in 0..PHILOSOPHERS {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        let guest = Guest { number, hunger: rules.meals, meals: 0, forks, arbitrator };
        guests.push(peers::ractor(Philosopher, guest).await);
    }
    let begin = Instant::now();
    for guest in &guests {
        guest.cast(ToPhilosopher::Begin).expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
