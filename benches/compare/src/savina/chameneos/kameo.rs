use super::rules::{CREATURES, Chameneos, Colour, Life};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use kameo::prelude::*;
use std::time::Instant;

struct Begin;

/// To the mall: somebody wants to meet. To a creature: the mall has found somebody.
struct Meet {
    who: ActorRef<Creature>,
    colour: Colour,
}

/// What somebody has turned into whom you met.
struct Change(Colour);

/// The mall is closed.
struct Close;

struct Farewell(Life);

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
        let visit = Meet { who: ctx.actor_ref().clone(), colour: self.colour };
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
        other.who.tell(Change(self.colour)).await.expect("the other is alive");
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
        let life = Life { meetings: self.meetings, colour: self.colour };
        self.mall.tell(Farewell(life)).await.expect("the mall is alive");
    }
}

#[derive(Actor)]
struct Mall {
    meetings: u64,
    waiting: Option<ActorRef<Creature>>,
    lives: Vec<Life>,
    finish: Finish<Vec<Life>>,
}

impl Message<Meet> for Mall {
    type Reply = ();

    async fn handle(&mut self, visit: Meet, _: &mut Context<Self, ()>) {
        if self.meetings == 0 {
            visit.who.tell(Close).await.expect("the creature is alive");
        } else if let Some(first) = self.waiting.take() {
            self.meetings -= 1;
            first.tell(visit).await.expect("the first is alive");
        } else {
            self.waiting = Some(visit.who);
        }
    }
}

impl Message<Farewell> for Mall {
    type Reply = ();

    async fn handle(&mut self, Farewell(life): Farewell, _: &mut Context<Self, ()>) {
        self.lives.push(life);
        if self.lives.len() == CREATURES {
            self.finish.say(std::mem::take(&mut self.lives));
        }
    }
}

pub(crate) async fn run(rules: Chameneos) -> Played<Vec<Life>> {
    let (finish, outcome) = finish();
    let mall = peers::kameo(Mall { meetings: rules.meetings, waiting: None, lives: Vec::new(), finish });
    let creature = |colour| peers::kameo(Creature { meetings: 0, colour, mall: mall.clone() });
    let creatures: Vec<_> = rules.colours().into_iter().map(creature).collect();
    let begin = Instant::now();
    for creature in &creatures {
        creature.tell(Begin).await.expect("the creature is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
