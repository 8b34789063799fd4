use super::workload::{MEMBERS, Ring};
use crate::savina::{
    outcome::{OutcomeSender, outcome_channel},
    program::Measured,
    spawn,
};
use ractor::{Actor, ActorProcessingErr, ActorRef};
use std::time::Instant;

enum Pass {
    Close(ActorRef<Pass>),
    /// Number of hops left.
    Token(u64),
    /// Ends the program; sums up the tokens of the members on its way.
    Exit(u64),
}

struct Member;

struct MemberState {
    handled: u64,
    next: Option<ActorRef<Pass>>,
    /// `Some` in the first member.
    outcome: Option<OutcomeSender<u64>>,
}

impl Actor for Member {
    type Msg = Pass;
    type State = MemberState;
    type Arguments = MemberState;

    async fn pre_start(
        &self,
        _: ActorRef<Pass>,
        state: MemberState,
    ) -> Result<MemberState, ActorProcessingErr> {
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Pass>,
        message: Pass,
        state: &mut MemberState,
    ) -> Result<(), ActorProcessingErr> {
        let next = state.next.as_ref();
        match (message, &mut state.outcome) {
            (Pass::Close(next), _) => state.next = Some(next),
            (Pass::Token(left), _) => {
                state.handled += 1;
                let next = next.expect("the ring is closed");
                match left.checked_sub(1) {
                    Some(left) => next.cast(Pass::Token(left))?,
                    None => next.cast(Pass::Exit(state.handled))?,
                }
            }
            (Pass::Exit(handled), Some(outcome)) => outcome.send(handled),
            (Pass::Exit(handled), None) => {
                next.expect("the ring is closed").cast(Pass::Exit(handled + state.handled))?;
            }
        }
        Ok(())
    }
}

pub(crate) async fn run(workload: Ring) -> Measured<u64> {
    let (sender, outcome) = outcome_channel();
    let first = spawn::ractor(Member, MemberState { handled: 0, next: None, outcome: Some(sender) }).await;
    let mut next = first.clone();
    for _ in 1..MEMBERS {
        next = spawn::ractor(Member, MemberState { handled: 0, next: Some(next), outcome: None }).await;
    }
    first.cast(Pass::Close(next)).expect("the first actor is alive");
    let begin = Instant::now();
    first.cast(Pass::Token(workload.hops)).expect("the first actor is alive");
    let outcome = outcome.wait().await;
    (begin.elapsed(), outcome)
}
