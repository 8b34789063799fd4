//! Messages, events and states that hold addresses of the actors they belong to, and handles of their system.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = ActorRef<Duelist>)]
pub struct Meet(pub ActorRef<Duelist>);

#[message]
pub struct Keep(pub Option<ActorSystem<Lab>>);

#[event]
#[derive(Clone)]
pub struct Met(pub ActorRef<Duelist>, pub ActorRef<Judge>);

#[message]
pub struct Carry<T>(pub T);

#[event]
#[derive(Clone)]
pub struct Carried<T: Clone + Send + 'static>(pub T);

pub struct Duelist {
    partner: Option<ActorRef<Duelist>>,
    judge: ActorRef<Judge>,
}

#[actor(asks(Duelist, cycle = "the other one does not ask back"), tells(Judge), publishes(Met, Carried<ActorRef<Duelist>>))]
impl Duelist {
    #[handler]
    async fn meet(&mut self, Meet(partner): Meet, ctx: &mut ActorContext<Self>) -> ActorRef<Duelist> {
        ctx.publish(Met(partner.clone(), self.judge.clone()));
        ctx.publish(Carried(partner.clone()));
        self.partner = Some(partner.clone());
        partner
    }

    #[handler]
    fn carry(&mut self, _: Carry<ActorRef<Duelist>>) {}

    #[on_event]
    fn carried(&mut self, _: Carried<ActorRef<Duelist>>) {}
}

pub struct Judge {
    lab: Option<ActorSystem<Lab>>,
}

#[actor(asks(Duelist))]
impl Judge {
    #[handler]
    fn keep(&mut self, Keep(lab): Keep) {
        self.lab = lab;
    }

    #[on_event]
    async fn met(&mut self, Met(duelist, _): Met, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.ask(&duelist, Meet(duelist.clone())).await?;
        Ok(())
    }
}

pub trait Handle: Clone + Send + Sync + 'static {}

impl Handle for ActorRef<Duelist> {}

impl Handle for ActorSystem<Lab> {}

pub struct Porter<H>(pub H);

#[actor]
impl<H: Handle> Porter<H> {
    #[handler]
    fn carry(&mut self, Carry(handle): Carry<H>) {
        self.0 = handle;
    }
}

#[actor_system(
    actors(Duelist, Judge, Porter<ActorRef<Duelist>>, Porter<ActorSystem<Lab>> as Keeper),
    events(Met, Carried<ActorRef<Duelist>>)
)]
pub struct Lab;

fn is_sent<T: Send + Sync>() {}

fn main() {
    is_sent::<ActorSystem<Lab>>();
    is_sent::<ActorRef<Judge>>();
}
