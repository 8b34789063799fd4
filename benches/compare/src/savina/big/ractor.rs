use super::rules::{Big, Choice, WORKERS};
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::{sync::Arc, time::Instant};

type Everybody = Arc<[ActorRef<ToWorker>]>;

enum ToWorker {
    Open(Everybody),
    Begin,
    /// From this worker.
    Ping(usize),
    /// By this worker.
    Pong(usize),
    Answered(RpcReplyPort<u64>),
}

/// A worker has all its pongs.
struct Done(Everybody);

struct Worker;

struct Desk {
    me: usize,
    left: u64,
    choice: Choice,
    pinged: usize,
    answered: u64,
    everybody: Everybody,
    sink: ActorRef<Done>,
}

impl Desk {
    fn ping_one(&mut self) -> Result<(), ActorProcessingErr> {
        self.pinged = self.choice.next();
        self.everybody[self.pinged].cast(ToWorker::Ping(self.me))?;
        Ok(())
    }
}

impl Actor for Worker {
    type Msg = ToWorker;
    type State = Desk;
    type Arguments = Desk;

    async fn pre_start(&self, _: ActorRef<ToWorker>, desk: Desk) -> Result<Desk, ActorProcessingErr> {
        Ok(desk)
    }

    async fn handle(
        &self,
        _: ActorRef<ToWorker>,
        message: ToWorker,
        desk: &mut Desk,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            ToWorker::Open(everybody) => desk.everybody = everybody,
            ToWorker::Begin => desk.ping_one()?,
            ToWorker::Ping(from) => {
                desk.answered += 1;
                desk.everybody[from].cast(ToWorker::Pong(desk.me))?;
            }
            ToWorker::Pong(by) => {
                assert_eq!(by, desk.pinged, "whoever was pinged answers");
                desk.left -= 1;
                if desk.left > 0 {
                    desk.ping_one()?;
                } else {
                    desk.sink.cast(Done(desk.everybody.clone()))?;
                }
            }
            ToWorker::Answered(port) => port.send(desk.answered)?,
        }
        Ok(())
    }
}

struct Sink;

struct Missing {
    missing: usize,
    finish: Finish<Vec<u64>>,
}

impl Actor for Sink {
    type Msg = Done;
    type State = Missing;
    type Arguments = Missing;

    async fn pre_start(&self, _: ActorRef<Done>, state: Missing) -> Result<Missing, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Done>,
        Done(everybody): Done,
        state: &mut Missing,
    ) -> Result<(), ActorProcessingErr> {
        state.missing -= 1;
        if state.missing == 0 {
            let mut answered = Vec::new();
            for worker in &*everybody {
                answered.push(call!(worker, ToWorker::Answered)?);
            }
            state.finish.say(answered);
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Big) -> Played<Vec<u64>> {
    let (finish, outcome) = finish();
    let sink = peers::ractor(Sink, Missing { missing: WORKERS, finish }).await;
    let mut everybody = Vec::new();
    for me in 0..WORKERS {
        let desk = Desk {
            me,
            left: rules.pings,
            choice: rules.choice(me),
            pinged: me,
            answered: 0,
            everybody: Arc::new([]),
            sink: sink.clone(),
        };
        everybody.push(peers::ractor(Worker, desk).await);
    }
    let everybody: Everybody = everybody.into();
    // All know each other before the first one is pinged.
    for worker in &*everybody {
        worker.cast(ToWorker::Open(everybody.clone())).expect("the worker is alive");
    }
    let begin = Instant::now();
    for worker in &*everybody {
        worker.cast(ToWorker::Begin).expect("the worker is alive");
    }
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
