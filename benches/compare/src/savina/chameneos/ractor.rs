use super::rules::{CREATURES, Chameneos, Colour, Life};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Meet {
    who: ActorRef<ToCreature>,
    colour: Colour,
}

enum ToCreature {
    Begin,
    /// The mall has found somebody.
    Meet(Meet),
    /// What somebody has turned into whom you met.
    Change(Colour),
    /// The mall is closed.
    Close,
}

enum ToMall {
    /// Somebody wants to meet.
    Meet(Meet),
    Farewell(Life),
}

struct Creature;

struct Being {
    meetings: u64,
    colour: Colour,
    mall: ActorRef<ToMall>,
}

impl Being {
    fn turn(&mut self, colour: Colour) {
        self.colour = colour;
        self.meetings += 1;
    }
}

impl Actor for Creature {
    type Msg = ToCreature;
    type State = Being;
    type Arguments = Being;

    async fn pre_start(&self, _: ActorRef<ToCreature>, being: Being) -> Result<Being, ActorProcessingErr> {
        Ok(being)
    }

    async fn handle(
        &self,
        myself: ActorRef<ToCreature>,
        message: ToCreature,
        being: &mut Being,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToCreature::Begin => {}
            ToCreature::Meet(other) => {
                being.turn(being.colour.met(other.colour));
                other.who.cast(ToCreature::Change(being.colour))?;
            }
            ToCreature::Change(colour) => being.turn(colour),
            ToCreature::Close => {
                let life = Life { meetings: being.meetings, colour: being.colour };
                being.mall.cast(ToMall::Farewell(life))?;
                return Ok(());
            }
        }
        being.mall.cast(ToMall::Meet(Meet { who: myself, colour: being.colour }))?;
        Ok(())
    }
}

struct Mall;

struct Visits {
    meetings: u64,
    waiting: Option<ActorRef<ToCreature>>,
    lives: Vec<Life>,
    finish: Finish<Vec<Life>>,
}

impl Actor for Mall {
    type Msg = ToMall;
    type State = Visits;
    type Arguments = Visits;

    async fn pre_start(&self, _: ActorRef<ToMall>, visits: Visits) -> Result<Visits, ActorProcessingErr> {
        Ok(visits)
    }

    async fn handle(
        &self,
        _: ActorRef<ToMall>,
        message: ToMall,
        visits: &mut Visits,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToMall::Meet(visit) if visits.meetings == 0 => visit.who.cast(ToCreature::Close)?,
            ToMall::Meet(visit) => match visits.waiting.take() {
                Some(first) => {
                    visits.meetings -= 1;
                    first.cast(ToCreature::Meet(visit))?;
                }
                None => visits.waiting = Some(visit.who),
            },
            ToMall::Farewell(life) => {
                visits.lives.push(life);
                if visits.lives.len() == CREATURES {
                    visits.finish.say(std::mem::take(&mut visits.lives));
                }
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Chameneos) -> Played<Vec<Life>> {
    let (finish, outcome) = finish();
    let visits = Visits { meetings: rules.meetings, waiting: None, lives: Vec::new(), finish };
    let mall = peers::ractor(Mall, visits).await;
    let mut creatures = Vec::new();
    for colour in rules.colours() {
        let being = Being { meetings: 0, colour, mall: mall.clone() };
        creatures.push(peers::ractor(Creature, being).await);
    }
    let begin = Instant::now();
    for creature in &creatures {
        creature.cast(ToCreature::Begin).expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
