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

/// To the actor with this number.
#[message(ret = u64)]
pub(super) struct Get(pub(super) u64);

#[message]
pub(super) struct Pass(pub(super) u64);

#[message]
pub(super) struct Close(pub(super) Local<Addr>);

#[message]
pub(super) struct Poke(pub(super) u64);

/// Asks the actor with this number where it is. It lives from then on.
#[message(ret = Local<Addr>)]
struct Where(u64);

/// Starts the sender with this number.
#[message]
pub(super) struct Begin(pub(super) u64, pub(super) Local<Addr>);

/// An actor of a group, which knows it by a number.
pub(super) type Member = Context<(), u64>;

/// A group whose actors do this.
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

/// Actors that wait for whom to send to, send, and end.
pub(super) fn senders<F>(work: impl Fn(Member, Addr) -> F + Clone + Send + Sync + 'static) -> Blueprint
where
    F: Future<Output = ()> + Send + 'static,
{
    group(move |mut ctx| {
        let work = work.clone();
        async move {
            msg!(match ctx.recv().await.expect("it is started by a message") {
                Begin(_, to) => work(ctx, to.into_inner()).await,
                _ => unreachable!("nobody sends it anything else"),
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

/// They answer how often they were asked, the last time after so many.
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
                            ctx.send_to(next, Pass(n)).await.expect("the next is alive");
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

/// What they publish reaches every actor of the next group.
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

/// A node with groups of which each sends to the next.
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

/// Lets somebody work with these groups, and then ends their actors.
pub(super) async fn node<T>(
    (topology, groups): (Topology, Vec<Addr>),
    work: impl AsyncFnOnce(&Context, &[Addr]) -> T,
) -> T {
    let started = elfo::_priv::do_start(topology, false, async |ctx, _| {
        let result = work(&ctx, &groups).await;
        for group in groups {
            // A group whose actors have all ended does not take it.
            _ = ctx.send_to(group, Terminate::closing()).await;
            ctx.finished(group).await;
        }
        result
    });
    started.await.expect("the groups start")
}

/// Where the actor with this number is, which is started if it is not there.
pub(super) async fn locate(ctx: &Context, group: Addr, number: u64) -> Addr {
    ctx.request_to(group, Where(number)).resolve().await.expect("it answers").into_inner()
}
