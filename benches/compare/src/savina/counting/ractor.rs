use super::rules::Counting;
use crate::savina::{
    finish::{Finish, finish},
    peers,
    program::Played,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

struct Begin;

enum Count {
    Increment,
    Retrieve(RpcReplyPort<u64>),
}

struct Producer;

struct Production {
    messages: u64,
    counter: ActorRef<Count>,
    finish: Finish<u64>,
}

impl Actor for Producer {
    type Msg = Begin;
    type State = Production;
    type Arguments = Production;

    async fn pre_start(
        &self,
        _: ActorRef<Begin>,
        state: Production,
    ) -> Result<Production, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Begin>,
        _: Begin,
        state: &mut Production,
    ) -> Result<(), ActorProcessingErr> {
        for _ in 0..state.messages {
            state.counter.cast(Count::Increment)?;
        }
        state.finish.say(call!(state.counter, Count::Retrieve)?);
        Ok(())
    }
}

struct Counter;

impl Actor for Counter {
    type Msg = Count;
    type State = u64;
    type Arguments = u64;

    async fn pre_start(&self, _: ActorRef<Count>, count: u64) -> Result<u64, ActorProcessingErr> {
        Ok(count)
    }

    async fn handle(
        &self,
        _: ActorRef<Count>,
        message: Count,
        count: &mut u64,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Count::Increment => *count += 1,
            Count::Retrieve(port) => port.send(*count)?,
        }
        Ok(())
    }
}

pub(crate) async fn run(rules: Counting) -> Played<u64> {
    let counter = peers::ractor(Counter, 0).await;
    let (finish, outcome) = finish();
    let production = Production { messages: rules.messages, counter, finish };
    let producer = peers::ractor(Producer, production).await;
    let begin = Instant::now();
    producer.cast(Begin).expect("the producer is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
