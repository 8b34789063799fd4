use super::workload::{CREATURES, Chameneos, Colour, Summary};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

/// To the mall: this creature wants to meet another. To a creature: the mall has paired it with this one.
#[message]
struct Meet {
    creature: ActorRef<Creature>,
    colour: Colour,
}

/// The new colour of the creature that receives it.
#[message]
struct Change(Colour);

/// The mall is closed.
#[message]
struct Close;

#[message]
struct Farewell(Summary);

struct Creature {
    meetings: u64,
    colour: Colour,
    mall: ActorRef<Mall>,
}

#[actor(tells(
    Mall,
    // Holds as long as there are fewer creatures than the capacity of a mailbox, see `workload.rs`.
    Creature, cycle = "each creature has one message in flight, so no mailbox gets full",
))]
impl Creature {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.go(ctx).await
    }

    #[handler]
    async fn meet(&mut self, other: Meet, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.turn(self.colour.met(other.colour));
        ctx.tell(&other.creature, Change(self.colour)).await?;
        self.go(ctx).await
    }

    #[handler]
    async fn change(&mut self, Change(colour): Change, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.turn(colour);
        self.go(ctx).await
    }

    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let summary = Summary { meetings: self.meetings, colour: self.colour };
        ctx.tell(&self.mall, Farewell(summary)).await?;
        Ok(())
    }

    fn turn(&mut self, colour: Colour) {
        self.colour = colour;
        self.meetings += 1;
    }

    async fn go(&self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.mall, Meet { creature: ctx.actor_ref(), colour: self.colour }).await?;
        Ok(())
    }
}

struct Mall {
    meetings: u64,
    waiting: Option<ActorRef<Creature>>,
    summaries: Vec<Summary>,
    outcome: OutcomeSender<Vec<Summary>>,
}

#[actor(tells(Creature, cycle = "each creature has one message in flight, so no mailbox gets full"))]
impl Mall {
    #[handler]
    async fn meet(&mut self, visit: Meet, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if self.meetings == 0 {
            ctx.tell(&visit.creature, Close).await?;
        } else if let Some(first) = self.waiting.take() {
            self.meetings -= 1;
            ctx.tell(&first, visit).await?;
        } else {
            self.waiting = Some(visit.creature);
        }
        Ok(())
    }

    #[handler]
    fn farewell(&mut self, Farewell(summary): Farewell) {
        self.summaries.push(summary);
        if self.summaries.len() == CREATURES {
            self.outcome.send(std::mem::take(&mut self.summaries));
        }
    }
}

#[actor_system(strict, actors(entry Creature, entry Mall))]
struct Town;

pub(crate) async fn run(workload: Chameneos) -> Measured<Vec<Summary>> {
    let system = ActorSystem::<Town>::start(SystemConfig::default())
        .await
        .expect("the default configuration is valid");
    let (sender, outcome) = outcome_channel();
    let mall = Mall { meetings: workload.meetings, waiting: None, summaries: Vec::new(), outcome: sender };
    let mall = system.spawn(mall).await.expect("the spawn succeeds");
    let mut creatures = Vec::new();
    for colour in workload.colours() {
        let creature = Creature { meetings: 0, colour, mall: mall.clone() };
        creatures.push(system.spawn(creature).await.expect("the spawn succeeds"));
    }
    let begin = Instant::now();
    for creature in &creatures {
        system.tell(creature, Begin).await.expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all actors are idle");
    (time, outcome)
}
