use super::rules::{CREATURES, Chameneos, Colour, Life};
use crate::savina::{
    finish::{Finish, finish},
    program::Played,
};
use airssys_rt::prelude::*;
use std::time::Instant;

#[message]
struct Begin;

/// To the mall: somebody wants to meet. To a creature: the mall has found somebody.
#[message]
struct Meet {
    who: ActorRef<Creature>,
    colour: Colour,
}

/// What somebody has turned into whom you met.
#[message]
struct Change(Colour);

/// The mall is closed.
#[message]
struct Close;

#[message]
struct Farewell(Life);

struct Creature {
    meetings: u64,
    colour: Colour,
    mall: ActorRef<Mall>,
}

#[actor(tells(
    Mall,
    // For as long as there are fewer creatures than a mailbox has room, see the rules.
    Creature, cycle = "each creature has one message under way, so no mailbox gets full",
))]
impl Creature {
    #[handler(entry)]
    async fn begin(&mut self, _: Begin, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.go(ctx).await
    }

    #[handler]
    async fn meet(&mut self, other: Meet, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.turn(self.colour.met(other.colour));
        ctx.tell(&other.who, Change(self.colour)).await?;
        self.go(ctx).await
    }

    #[handler]
    async fn change(&mut self, Change(colour): Change, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        self.turn(colour);
        self.go(ctx).await
    }

    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        let life = Life { meetings: self.meetings, colour: self.colour };
        ctx.tell(&self.mall, Farewell(life)).await?;
        Ok(())
    }

    fn turn(&mut self, colour: Colour) {
        self.colour = colour;
        self.meetings += 1;
    }

    async fn go(&self, ctx: &ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell(&self.mall, Meet { who: ctx.actor_ref(), colour: self.colour }).await?;
        Ok(())
    }
}

struct Mall {
    meetings: u64,
    waiting: Option<ActorRef<Creature>>,
    lives: Vec<Life>,
    finish: Finish<Vec<Life>>,
}

#[actor(tells(Creature, cycle = "each creature has one message under way, so no mailbox gets full"))]
impl Mall {
    #[handler]
    async fn meet(&mut self, visit: Meet, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if self.meetings == 0 {
            ctx.tell(&visit.who, Close).await?;
        } else if let Some(first) = self.waiting.take() {
            self.meetings -= 1;
            ctx.tell(&first, visit).await?;
        } else {
            self.waiting = Some(visit.who);
        }
        Ok(())
    }

    #[handler]
    fn farewell(&mut self, Farewell(life): Farewell) {
        self.lives.push(life);
        if self.lives.len() == CREATURES {
            self.finish.say(std::mem::take(&mut self.lives));
        }
    }
}

#[actor_system(strict, actors(entry Creature, entry Mall))]
struct Town;

pub(crate) async fn run(rules: Chameneos) -> Played<Vec<Life>> {
    let system = ActorSystem::<Town>::start(SystemConfig::default()).await.expect("the default is good");
    let (finish, outcome) = finish();
    let mall = Mall { meetings: rules.meetings, waiting: None, lives: Vec::new(), finish };
    let mall = system.spawn(mall).await.expect("nothing can fail");
    let mut creatures = Vec::new();
    for colour in rules.colours() {
        let creature = Creature { meetings: 0, colour, mall: mall.clone() };
        creatures.push(system.spawn(creature).await.expect("nothing can fail"));
    }
    let begin = Instant::now();
    for creature in &creatures {
        system.tell(creature, Begin).await.expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    let time = begin.elapsed();
    system.shutdown().await.expect("all are idle");
    (time, outcome)
}
