use super::workload::{Dinner, Forks, PHILOSOPHERS, Table};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
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
        philosopher: ActorRef<ToPhilosopher>,
    },
    /// The philosopher with this number has put its forks down.
    Full(usize),
    /// The philosopher with this number leaves after `meals` meals.
    Leave {
        number: usize,
        meals: u64,
    },
}

struct Philosopher;

struct PhilosopherState {
    number: usize,
    hunger: u64,
    meals: u64,
    forks: Forks,
    arbitrator: ActorRef<ToArbitrator>,
}

impl Actor for Philosopher {
    type Msg = ToPhilosopher;
    type State = PhilosopherState;
    type Arguments = PhilosopherState;

    async fn pre_start(
        &self,
        _: ActorRef<ToPhilosopher>,
        state: PhilosopherState,
    ) -> Result<PhilosopherState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToPhilosopher>,
        message: ToPhilosopher,
        state: &mut PhilosopherState,
    ) -> Result<(), ActorProcessingErr> {
        let number = state.number;
        match message {
            ToPhilosopher::Begin | ToPhilosopher::Denied => {}
            ToPhilosopher::Eat => {
                state.forks.eat(number);
                state.meals += 1;
                state.arbitrator.cast(ToArbitrator::Full(number))?;
            }
        }
        state.arbitrator.cast(match state.meals < state.hunger {
            true => ToArbitrator::Hungry { number, philosopher: myself },
            false => ToArbitrator::Leave { number, meals: state.meals },
        })?;
        Ok(())
    }
}

struct Arbitrator;

struct ArbitratorState {
    table: Table,
    granted: u64,
    missing: usize,
    meals: Vec<u64>,
    outcome: OutcomeSender<(Vec<u64>, u64)>,
}

impl Actor for Arbitrator {
    type Msg = ToArbitrator;
    type State = ArbitratorState;
    type Arguments = ArbitratorState;

    async fn pre_start(
        &self,
        _: ActorRef<ToArbitrator>,
        state: ArbitratorState,
    ) -> Result<ArbitratorState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<ToArbitrator>,
        message: ToArbitrator,
        state: &mut ArbitratorState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToArbitrator::Hungry { number, philosopher } => match state.table.take(number) {
                true => {
                    state.granted += 1;
                    philosopher.cast(ToPhilosopher::Eat)?;
                }
                false => philosopher.cast(ToPhilosopher::Denied)?,
            },
            ToArbitrator::Full(number) => state.table.put(number),
            ToArbitrator::Leave { number, meals } => {
                state.meals[number] = meals;
                state.missing -= 1;
                if state.missing == 0 {
                    state.outcome.send((std::mem::take(&mut state.meals), state.granted));
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Dinner) -> Measured<(Vec<u64>, u64)> {
    let (sender, outcome) = outcome_channel();
    let state = ArbitratorState {
        table: Table::new(),
        granted: 0,
        missing: PHILOSOPHERS,
        meals: vec![0; PHILOSOPHERS],
        outcome: sender,
    };
    let arbitrator = spawn::ractor(Arbitrator, state).await;
    let forks = Forks::new();
    let mut philosophers = Vec::new();
    for number in 0..PHILOSOPHERS {
        let (forks, arbitrator) = (forks.clone(), arbitrator.clone());
        let state = PhilosopherState { number, hunger: workload.meals, meals: 0, forks, arbitrator };
        philosophers.push(spawn::ractor(Philosopher, state).await);
    }
    let begin = Instant::now();
    for state in &philosophers {
        state.cast(ToPhilosopher::Begin).expect("the philosopher is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
