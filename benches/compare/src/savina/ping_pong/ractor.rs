use super::rules::{Hits, PingPong};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Ping(ActorRef<Play>);

enum Play {
    Begin,
    /// How many pings have come so far.
    Pong(u64),
}

struct Pinger;

struct Half {
    pings: u64,
    pongs: u64,
    ponger: ActorRef<Ping>,
    finish: Finish<Hits>,
}

impl Actor for Pinger {
    type Msg = Play;
    type State = Half;
    type Arguments = Half;

    async fn pre_start(&self, _: ActorRef<Play>, state: Half) -> Result<Half, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        myself: ActorRef<Play>,
        message: Play,
        state: &mut Half,
    ) -> Result<(), ActorProcessingErr> {
        if let Play::Pong(pings) = message {
            state.pongs += 1;
            if state.pongs == state.pings {
                state.finish.say((pings, state.pongs));
                return Ok(());
            }
        }
        state.ponger.cast(Ping(myself))?;
        Ok(())
    }
}

struct Ponger;

impl Actor for Ponger {
    type Msg = Ping;
    type State = u64;
    type Arguments = u64;

    async fn pre_start(&self, _: ActorRef<Ping>, count: u64) -> Result<u64, ActorProcessingErr> {
        Ok(count)
    }

    async fn handle(
        &self,
        _: ActorRef<Ping>,
        Ping(pinger): Ping,
        count: &mut u64,
    ) -> Result<(), ActorProcessingErr> {
        *count += 1;
        pinger.cast(Play::Pong(*count))?;
        Ok(())
    }
}

pub(crate) async fn run(rules: PingPong) -> Played<Hits> {
    let ponger = peers::ractor(Ponger, 0).await;
    let (finish, outcome) = finish();
    let half = Half { pings: rules.pings, pongs: 0, ponger, finish };
    let pinger = peers::ractor(Pinger, half).await;
    let begin = Instant::now();
    pinger.cast(Play::Begin).expect("the pinger is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
