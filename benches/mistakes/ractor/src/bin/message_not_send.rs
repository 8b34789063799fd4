//! A message is not `Send`.

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort, call, cast};

pub enum CounterMessage {
    Add { n: std::rc::Rc<u64> },
    Get(RpcReplyPort<u64>),
}

pub struct Counter;

pub struct State {
    count: u64,
}

impl Actor for Counter {
    type Msg = CounterMessage;
    type State = State;
    type Arguments = u64;

    async fn pre_start(&self, _: ActorRef<CounterMessage>, count: u64) -> Result<State, ActorProcessingErr> {
        Ok(State { count })
    }

    async fn handle(
        &self,
        _: ActorRef<CounterMessage>,
        message: CounterMessage,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            CounterMessage::Add { n } => state.count += *n,
            CounterMessage::Get(port) => port.send(state.count)?,
        }
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (counter, _) = Actor::spawn(None, Counter, 1).await?;
    cast!(counter, CounterMessage::Add { n: 1.into() })?;
    let count: u64 = call!(counter, CounterMessage::Get)?;
    println!("{count}");
    Ok(())
}
