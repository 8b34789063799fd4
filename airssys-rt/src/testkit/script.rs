//! `Script`: the scripted answer of a probe, run one message after the other and without a lock.

use crate::{actor::Actor, rt, sync::Mutex};
use std::{any::Any, collections::VecDeque, panic::resume_unwind};

/// What answers one message.
type AnswerFn<A> = Box<dyn FnMut(<A as Actor>::Message) + Send>;

/// An answer that is set in advance, for the messages that it fits.
pub(super) struct Script<A: Actor> {
    pub(super) fits: fn(&A::Message) -> bool,
    state: Mutex<ScriptState<A>>,
}

struct ScriptState<A: Actor> {
    /// `None` while it runs: it is code of the test, which may send to the same probe.
    answer: Option<AnswerFn<A>>,
    /// Messages that arrived meanwhile.
    waiting: VecDeque<A::Message>,
}

impl<A: Actor> Script<A> {
    pub(super) fn new(
        fits: fn(&A::Message) -> bool,
        answer: impl FnMut(A::Message) + Send + 'static,
    ) -> Self {
        let state = ScriptState { answer: Some(Box::new(answer)), waiting: VecDeque::new() };
        Script { fits, state: Mutex::new(state) }
    }

    /// Answers a message. If the script runs already, in another task or further up in this one, that run answers it afterwards.
    ///
    /// # Panics
    ///
    /// If the script panics for this message: the panic is one of the sender.
    pub(super) fn answer(&self, message: A::Message) {
        let mut state = self.state.lock();
        let Some(mut answer) = state.answer.take() else {
            state.waiting.push_back(message);
            return;
        };
        drop(state);
        let failure = run::<A>(&mut answer, message).err();
        loop {
            let mut state = self.state.lock();
            let Some(next) = state.waiting.pop_front() else {
                state.answer = Some(answer);
                break;
            };
            drop(state);
            // The sender of this message has gone on. If it asked, it is told that the script failed.
            if let Err(panic) = run::<A>(&mut answer, next) {
                rt::discard_payload(panic);
            }
        }
        if let Some(panic) = failure {
            resume_unwind(panic);
        }
    }
}

fn run<A: Actor>(answer: &mut AnswerFn<A>, message: A::Message) -> Result<(), Box<dyn Any + Send>> {
    let mut message = Some(message);
    rt::catch_unwind(&mut || {
        if let Some(message) = message.take() {
            answer(message);
        }
    })
}
