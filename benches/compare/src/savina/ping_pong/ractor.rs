use super::workload::{Hits, PingPong};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

struct Ping(ActorRef<Play>);

enum Play {
    Begin,
    /// Number of pings received so far.
    Pong(u64),
}

struct Pinger;

struct PingerState {
    pings: u64,
    pongs: u64,
    ponger: ActorRef<Ping>,
    outcome: OutcomeSender<Hits>,
}

impl Actor for Pinger {
    type Msg = Play;
    type State = PingerState;
    type Arguments = PingerState;

    async fn pre_start(
        &self,
        _: ActorRef<Play>,
        state: PingerState,
    ) -> Result<PingerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        myself: ActorRef<Play>,
        message: Play,
        state: &mut PingerState,
    ) -> Result<(), ActorProcessingErr> {
        if let Play::Pong(pings) = message {
            state.pongs += 1;
            if state.pongs == state.pings {
                state.outcome.send((pings, state.pongs));
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

pub(crate) async fn run(workload: PingPong) -> Measured<Hits> {
    let ponger = spawn::ractor(Ponger, 0).await;
    let (sender, outcome) = outcome_channel();
    let state = PingerState { pings: workload.pings, pongs: 0, ponger, outcome: sender };
    let pinger = spawn::ractor(Pinger, state).await;
    let begin = Instant::now();
    pinger.cast(Play::Begin).expect("the pinger is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
