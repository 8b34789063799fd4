use super::workload::{CREATURES, Chameneos, Colour, Summary};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

/// To the mall: this creature wants to meet another. To a creature: the mall has paired it with this one.
struct Meet {
    creature: ActorRef<Creature>,
    colour: Colour,
}

/// The new colour of the creature that receives it.
struct Change(Colour);

/// The mall is closed.
struct Close;

struct Farewell(Summary);

#[derive(Actor)]
struct Creature {
    meetings: u64,
    colour: Colour,
    mall: ActorRef<Mall>,
}

impl Creature {
    fn turn(&mut self, colour: Colour) {
        self.colour = colour;
        self.meetings += 1;
    }

    async fn go(&self, ctx: &Context<Self, ()>) {
        let visit = Meet { creature: ctx.actor_ref().clone(), colour: self.colour };
        self.mall.tell(visit).await.expect("the mall is alive");
    }
}

impl Message<Begin> for Creature {
    type Reply = ();

    async fn handle(&mut self, _: Begin, ctx: &mut Context<Self, ()>) {
        self.go(ctx).await;
    }
}

impl Message<Meet> for Creature {
    type Reply = ();

    async fn handle(&mut self, other: Meet, ctx: &mut Context<Self, ()>) {
        self.turn(self.colour.met(other.colour));
        other.creature.tell(Change(self.colour)).await.expect("the other creature is alive");
        self.go(ctx).await;
    }
}

impl Message<Change> for Creature {
    type Reply = ();

    async fn handle(&mut self, Change(colour): Change, ctx: &mut Context<Self, ()>) {
        self.turn(colour);
        self.go(ctx).await;
    }
}

impl Message<Close> for Creature {
    type Reply = ();

    async fn handle(&mut self, _: Close, _: &mut Context<Self, ()>) {
        let summary = Summary { meetings: self.meetings, colour: self.colour };
        self.mall.tell(Farewell(summary)).await.expect("the mall is alive");
    }
}

#[derive(Actor)]
struct Mall {
    meetings: u64,
    waiting: Option<ActorRef<Creature>>,
    summaries: Vec<Summary>,
    outcome: OutcomeSender<Vec<Summary>>,
}

impl Message<Meet> for Mall {
    type Reply = ();

    async fn handle(&mut self, visit: Meet, _: &mut Context<Self, ()>) {
        if self.meetings == 0 {
            visit.creature.tell(Close).await.expect("the creature is alive");
        } else if let Some(first) = self.waiting.take() {
            self.meetings -= 1;
            first.tell(visit).await.expect("the first actor is alive");
        } else {
            self.waiting = Some(visit.creature);
        }
    }
}

impl Message<Farewell> for Mall {
    type Reply = ();

    async fn handle(&mut self, Farewell(summary): Farewell, _: &mut Context<Self, ()>) {
        self.summaries.push(summary);
        if self.summaries.len() == CREATURES {
            self.outcome.send(std::mem::take(&mut self.summaries));
        }
    }
}

pub(crate) async fn run(workload: Chameneos) -> Measured<Vec<Summary>> {
    let (sender, outcome) = outcome_channel();
    let mall = spawn::kameo(Mall {
        meetings: workload.meetings,
        waiting: None,
        summaries: Vec::new(),
        outcome: sender,
    });
    let creature = |colour| spawn::kameo(Creature { meetings: 0, colour, mall: mall.clone() });
    let creatures: Vec<_> = workload.colours().into_iter().map(creature).collect();
    let begin = Instant::now();
    for creature in &creatures {
        creature.tell(Begin).await.expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
