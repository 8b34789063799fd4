use super::workload::{CREATURES, Chameneos, Colour, Summary};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Meet {
    creature: ActorRef<ToCreature>,
    colour: Colour,
}

enum ToCreature {
    Begin,
    /// The mall has paired it with this creature.
    Meet(Meet),
    /// The new colour of the creature that receives it.
    Change(Colour),
    /// The mall is closed.
    Close,
}

enum ToMall {
    /// This creature wants to meet another.
    Meet(Meet),
    Farewell(Summary),
}

struct Creature;

struct CreatureState {
    meetings: u64,
    colour: Colour,
    mall: ActorRef<ToMall>,
}

impl CreatureState {
    fn turn(&mut self, colour: Colour) {
        self.colour = colour;
        self.meetings += 1;
    }
}

impl Actor for Creature {
    type Msg = ToCreature;
    type State = CreatureState;
    type Arguments = CreatureState;

    async fn pre_start(
        &self,
        _: ActorRef<ToCreature>,
        state: CreatureState,
    ) -> Result<CreatureState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToCreature>,
        message: ToCreature,
        state: &mut CreatureState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToCreature::Begin => {}
            ToCreature::Meet(other) => {
                state.turn(state.colour.met(other.colour));
                other.creature.cast(ToCreature::Change(state.colour))?;
            }
            ToCreature::Change(colour) => state.turn(colour),
            ToCreature::Close => {
                let summary = Summary { meetings: state.meetings, colour: state.colour };
                state.mall.cast(ToMall::Farewell(summary))?;
                return Ok(());
            }
        }
        state.mall.cast(ToMall::Meet(Meet { creature: myself, colour: state.colour }))?;
        Ok(())
    }
}

struct Mall;

struct MallState {
    meetings: u64,
    waiting: Option<ActorRef<ToCreature>>,
    summaries: Vec<Summary>,
    outcome: OutcomeSender<Vec<Summary>>,
}

impl Actor for Mall {
    type Msg = ToMall;
    type State = MallState;
    type Arguments = MallState;

    async fn pre_start(
        &self,
        _: ActorRef<ToMall>,
        state: MallState,
    ) -> Result<MallState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<ToMall>,
        message: ToMall,
        state: &mut MallState,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToMall::Meet(visit) if state.meetings == 0 => visit.creature.cast(ToCreature::Close)?,
            ToMall::Meet(visit) => match state.waiting.take() {
                Some(first) => {
                    state.meetings -= 1;
                    first.cast(ToCreature::Meet(visit))?;
                }
                None => state.waiting = Some(visit.creature),
            },
            ToMall::Farewell(summary) => {
                state.summaries.push(summary);
                if state.summaries.len() == CREATURES {
                    state.outcome.send(std::mem::take(&mut state.summaries));
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Chameneos) -> Measured<Vec<Summary>> {
    let (sender, outcome) = outcome_channel();
    let state =
        MallState { meetings: workload.meetings, waiting: None, summaries: Vec::new(), outcome: sender };
    let mall = spawn::ractor(Mall, state).await;
    let mut creatures = Vec::new();
    for colour in workload.colours() {
        let state = CreatureState { meetings: 0, colour, mall: mall.clone() };
        creatures.push(spawn::ractor(Creature, state).await);
    }
    let begin = Instant::now();
    for creature in &creatures {
        creature.cast(ToCreature::Begin).expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
