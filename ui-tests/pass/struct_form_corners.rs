//! Rare uses of the struct form: addresses of itself, aliases, raw identifiers, fn bodies, private messages.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = ActorRef<Duelist>)]
pub struct Meet(pub ActorRef<Duelist>);

#[message(reply = bool)]
pub struct Carry<T>(pub T);

#[event]
#[derive(Clone)]
pub struct Met(pub ActorRef<Duelist>);

#[event]
#[derive(Clone)]
pub struct Carried<T: Clone + Send + 'static>(pub T);

pub type Burden = Carry<ActorRef<Duelist>>;

#[actor(
    handles(Meet, Burden, r#Type),
    subscribes(Met, Carried<ActorRef<Duelist>>),
    publishes(Met, Carried<ActorRef<Duelist>>),
    asks(Duelist, cycle = "the other one does not ask back")
)]
pub struct Duelist {
    partner: Option<ActorRef<Self>>,
}

#[message(boxed, reply = u8)]
pub struct r#Type {
    pub r#fn: u8,
}

impl Handler<Meet> for Duelist {
    async fn handle(
        &mut self,
        Meet(partner): Meet,
        ctx: &mut ActorContext<Self>,
    ) -> Result<ActorRef<Duelist>, Fault> {
        ctx.publish(Met(partner.clone()));
        ctx.publish(Carried(partner.clone()));
        ctx.ask(&partner, r#Type { r#fn: 1 }).await?;
        self.partner = Some(partner.clone());
        Ok(partner)
    }
}

impl Handler<Burden> for Duelist {
    async fn handle(
        &mut self,
        Carry(partner): Burden,
        _: &mut ActorContext<Self>,
    ) -> Result<bool, Fault> {
        Ok(self.partner.replace(partner).is_some())
    }
}

impl Handler<r#Type> for Duelist {
    async fn handle(&mut self, message: r#Type, _: &mut ActorContext<Self>) -> Result<u8, Fault> {
        Ok(message.r#fn)
    }
}

impl Subscriber<Met> for Duelist {
    async fn on_event(&mut self, Met(_): Met, _: &mut ActorContext<Self>) -> Result<(), Fault> {
        Ok(())
    }
}

impl Subscriber<Carried<ActorRef<Duelist>>> for Duelist {
    async fn on_event(
        &mut self,
        Carried(partner): Carried<ActorRef<Duelist>>,
        _: &mut ActorContext<Self>,
    ) -> Result<(), Fault> {
        self.partner = Some(partner);
        Ok(())
    }
}

#[actor_system(actors(Duelist), events(Met, Carried<ActorRef<Duelist>>))]
pub struct Ground;

mod private {
    use airssys_rt::prelude::*;

    #[message(boxed)]
    struct Tick(u8);

    #[actor(handles(Tick), tells(Clock))]
    pub struct Clock(pub u8);

    impl Handler<Tick> for Clock {
        async fn handle(&mut self, Tick(step): Tick, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
            self.0 = self.0.wrapping_add(step);
            let me = ctx.actor_ref();
            drop(ctx.try_tell(&me, Tick(1)));
            Ok(())
        }
    }

    #[cfg(any())]
    #[actor(handles(Nothing))]
    pub struct Off;

    #[actor(handles(Nothing))]
    #[cfg(any())]
    pub struct Out;

    #[actor_system(actors(Clock))]
    pub struct Tower;
}

fn main() {
    #[message(reply = u8)]
    struct Look;

    #[actor(handles(Look))]
    #[derive(Default)]
    struct Local(u8);

    impl Handler<Look> for Local {
        async fn handle(&mut self, _: Look, _: &mut ActorContext<Self>) -> Result<u8, Fault> {
            Ok(self.0)
        }
    }

    #[actor_system(actors(Local))]
    struct Here;

    let _ = (Here, Local::default(), private::Clock(1), private::Tower, Ground);
}
