//! The cell of an actor: its mailbox, id, name, lifecycle state and watchers, shared with senders and the system.

use crate::{
    actor::{
        declare::Actor,
        shared::{About, ActorState, CellConfig, Exit, ExitReason, Lifecycle, Tag, TypeState},
    },
    id::ActorId,
    mailbox::Mailbox,
    sync::Arc,
};

/// What senders and the system share of one actor: its mailbox, and what never changes.
#[repr(C)] // what senders use is in one place
pub(crate) struct Cell<A: Actor> {
    pub(crate) mailbox: Mailbox<Queued<A::Message>, About>,
    pub(crate) kind: Arc<TypeState<A>>,
    pub(crate) id: ActorId,
}

/// An entry of a mailbox. The recipient is the owner of the mailbox.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) tag: Tag,
}

impl<A: Actor> Cell<A> {
    pub(crate) fn new(kind: Arc<TypeState<A>>, id: ActorId, config: CellConfig) -> Self {
        let (policy, supervised) = (config.policy, config.supervised);
        let lifecycle = if A::STARTS || supervised { Lifecycle::new() } else { Lifecycle::running() };
        let mailbox = Mailbox::new(policy, About::new(config, lifecycle));
        if supervised {
            mailbox.set_supervised();
        }
        Cell { mailbox, kind, id }
    }

    #[inline]
    pub(super) fn about(&self) -> &About {
        &self.mailbox.owner_data
    }

    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        self.about().name()
    }

    pub(crate) fn advance(&self, to: ActorState) {
        self.about().advance(to);
    }

    pub(crate) fn lifecycle(&self) -> Lifecycle {
        self.about().lifecycle()
    }

    /// Announces the end of the actor, once, after everything else is done. No lock is held while watchers are told.
    pub(crate) fn ended(&self, exit: &Exit) {
        self.about().ended(self, exit);
    }

    /// Announces the end of an incarnation that another one follows, to the callers that told the actor to stop.
    pub(crate) fn incarnation_ended(&self, exit: &Exit) {
        self.about().incarnation_ended(self, exit);
    }

    /// The exit reason of an actor that was signalled to stop.
    pub(crate) fn stop_reason(&self) -> ExitReason {
        if self.mailbox.is_killed() {
            ExitReason::Killed
        } else if self.mailbox.is_shut_down() {
            ExitReason::Shutdown
        } else {
            ExitReason::Stopped
        }
    }

    /// Sets why the actor is about to end, for the askers that are told before it has ended.
    pub(crate) fn set_ending(&self, reason: ExitReason) {
        self.about().set_ending(reason);
    }

    /// Allows children again, for the next incarnation of an actor that restarts by itself.
    pub(crate) fn reopen_family(&self) {
        self.about().reopen();
    }

    /// Distinguishes this cell from all others that exist now: two systems may use the same actor id.
    pub(crate) fn identity(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}
