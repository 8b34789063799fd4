use super::workload::Counting;
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call};
use std::time::Instant;

struct Begin;

enum Count {
    Increment,
    Retrieve(RpcReplyPort<u64>),
}

struct Producer;

struct ProducerState {
    messages: u64,
    counter: ActorRef<Count>,
    outcome: OutcomeSender<u64>,
}

impl Actor for Producer {
    type Msg = Begin;
    type State = ProducerState;
    type Arguments = ProducerState;

    async fn pre_start(
        &self,
        _: ActorRef<Begin>,
        state: ProducerState,
    ) -> Result<ProducerState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Begin>,
        _: Begin,
        state: &mut ProducerState,
    ) -> Result<(), ActorProcessingErr> {
        for _ in 0..state.messages {
            state.counter.cast(Count::Increment)?;
        }
        state.outcome.send(call!(state.counter, Count::Retrieve)?);
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

pub(crate) async fn run(workload: Counting) -> Measured<u64> {
    let counter = spawn::ractor(Counter, 0).await;
    let (sender, outcome) = outcome_channel();
    let state = ProducerState { messages: workload.messages, counter, outcome: sender };
    let producer = spawn::ractor(Producer, state).await;
    let begin = Instant::now();
    producer.cast(Begin).expect("the producer is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
