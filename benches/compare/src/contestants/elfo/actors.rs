use crate::{
    tally::{Adder, Player, Tally},
    work::CAPACITY,
};
use elfo::{
    Addr, Local, Topology,
    batteries::configurer,
    messages::Terminate,
    prelude::*,
    routers::{MapRouter, Outcome},
};
use std::sync::Arc;

#[message]
pub(super) struct Add(pub(super) u64);

/// Sent to the actor with this number.
#[message(ret = u64)]
pub(super) struct Get(pub(super) u64);

#[message]
pub(super) struct Pass(pub(super) u64);

#[message]
pub(super) struct Close(pub(super) Local<Addr>);

#[message]
pub(super) struct Poke(pub(super) u64);

/// Asks the actor with this number for its address. The first message starts the actor.
#[message(ret = Local<Addr>)]
struct Where(u64);

/// Starts the sender with this number.
#[message]
pub(super) struct Begin(pub(super) u64, pub(super) Local<Addr>);

/// The context of an actor, whose key in its group is a number.
pub(super) type Member = Context<(), u64>;

/// Creates a group whose actors run `work`.
fn group<F>(work: impl Fn(Member) -> F + Send + Sync + 'static) -> Blueprint
where
    F: Future<Output = ()> + Send + 'static,
{
    let router = MapRouter::new(|envelope| {
        msg!(match envelope {
            Where(number) => Outcome::Unicast(*number),
            Get(number) => Outcome::Unicast(*number),
            Begin(number, _) => Outcome::Unicast(*number),
            Add => Outcome::Broadcast,
            _ => Outcome::Default,
        })
    });
    ActorGroup::new().router(router).exec(work)
}

/// Creates senders: each waits for the address of its receiver, sends, and ends.
pub(super) fn senders<F>(work: impl Fn(Member, Addr) -> F + Clone + Send + Sync + 'static) -> Blueprint
where
    F: Future<Output = ()> + Send + 'static,
{
    group(move |mut ctx| {
        let work = work.clone();
        async move {
            msg!(match ctx.recv().await.expect("a message starts the actor") {
                Begin(_, to) => work(ctx, to.into_inner()).await,
                _ => unreachable!("no other message is sent to it"),
            });
        }
    })
}

pub(super) fn counters(numbers: u64, tally: &Arc<Tally>) -> Blueprint {
    let tally = tally.clone();
    group(move |mut ctx| {
        let mut adder = Adder::new(numbers, &tally);
        async move {
            while let Some(envelope) = ctx.recv().await {
                msg!(match envelope {
                    Add(n) => adder.add(n),
                    (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                    _ => {}
                });
            }
        }
    })
}

/// Creates oracles: they reply with the number of asks so far, and end after `times` asks.
pub(super) fn oracles(times: u64) -> Blueprint {
    group(move |mut ctx| async move {
        let mut asked = 0;
        while let Some(envelope) = ctx.recv().await {
            msg!(match envelope {
                (Get(_), token) => {
                    asked += 1;
                    ctx.respond(token, asked);
                    if asked == times {
                        return;
                    }
                }
                (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                _ => {}
            });
        }
    })
}

pub(super) fn runners(players: usize, tally: &Arc<Tally>) -> Blueprint {
    let tally = tally.clone();
    group(move |mut ctx| {
        let mut player = Player::new(players, &tally);
        async move {
            let mut next = Addr::NULL;
            while let Some(envelope) = ctx.recv().await {
                msg!(match envelope {
                    Pass(n) => {
                        if let Some(n) = player.pass(n) {
                            ctx.send_to(next, Pass(n)).await.expect("the next actor is alive");
                        }
                    }
                    Close(to) => next = to.into_inner(),
                    (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                    _ => {}
                });
            }
        }
    })
}

/// Creates sources: they publish to every actor of the next group.
pub(super) fn sources() -> Blueprint {
    group(|mut ctx| async move {
        while let Some(envelope) = ctx.recv().await {
            msg!(match envelope {
                Poke(n) => ctx.send(Add(n)).await.expect("the listeners are alive"),
                (Where(_), token) => ctx.respond(token, ctx.addr().into()),
                _ => {}
            });
        }
    })
}

/// Creates a node whose groups each send to the next group.
pub(super) fn mount(groups: Vec<Blueprint>) -> (Topology, Vec<Addr>) {
    let topology = Topology::empty();
    let configurers = topology.local("system.configurers").entrypoint();
    let locals: Vec<_> = (0..groups.len()).map(|number| topology.local(format!("group{number}"))).collect();
    let addresses = locals.iter().map(|local| local.addr()).collect();
    for pair in locals.windows(2) {
        pair[0].route_all_to(&pair[1]);
    }
    for (local, blueprint) in locals.into_iter().zip(groups) {
        local.mount(blueprint);
    }
    let config = serde_json::json!({ "common": { "system": { "mailbox": { "capacity": CAPACITY } } } });
    configurers.mount(configurer::fixture(&topology, config));
    (topology, addresses)
}

/// Runs `work` with these groups, and then terminates their actors.
pub(super) async fn node<T>(
    (topology, groups): (Topology, Vec<Addr>),
    work: impl AsyncFnOnce(&Context, &[Addr]) -> T,
) -> T {
    let started = elfo::_priv::do_start(topology, false, async |ctx, _| {
        let result = work(&ctx, &groups).await;
        for group in groups {
            // A group whose actors have all ended rejects the message.
            _ = ctx.send_to(group, Terminate::closing()).await;
            ctx.finished(group).await;
        }
        result
    });
    started.await.expect("the groups start")
}

/// Returns the address of the actor with this number; starts the actor if it does not exist.
pub(super) async fn locate(ctx: &Context, group: Addr, number: u64) -> Addr {
    ctx.request_to(group, Where(number)).resolve().await.expect("the actor replies").into_inner()
}
