//! The path of a message through the broker: publish, delivery to mailboxes, and the report of each step.

use crate::{
    actor::AnySystem,
    broker::{MaybeReady, MessageBroker, Outcome, PublishStep, Published, Rejected, Undelivered},
    envelope::{Envelope, Meta, PooledMeta},
    rt,
    sync::Arc,
    system::{Core, System},
};
use std::future::Future;

/// The result of a delivery to mailboxes.
type Delivered<S> = MaybeReady<Result<Published, Undelivered<<S as System>::Message>>>;
/// The result of a publish through the broker.
type Passed<S, B> = Result<Published, Rejected<<S as System>::Message, Broken<S, B>>>;
type Broken<S, B> = <B as MessageBroker<<S as System>::Message>>::Error;

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// Delivers an envelope from the broker to the mailboxes.
    pub(crate) fn deliver(self: &Arc<Self>, envelope: Envelope<S::Message>) -> Delivered<S> {
        // The metadata as it is now: hooks may have changed it.
        let meta = envelope.meta().clone();
        let mut delivered = None;
        rt::catch(|| delivered = Some(S::deliver(&self.registry, envelope)));
        // The copies of an event are made by user code. The broker that delivers it is not the publisher, and may be in a task of its
        // own: the event is lost.
        let Some(delivered) = delivered else {
            let receivers = self.interrupted_events.take(meta.id());
            if receivers.is_none() {
                self.dead_letter_lost(&meta);
            }
            return MaybeReady::Ready(Ok(Published::to(receivers.unwrap_or(0))));
        };
        // A delivery that waits for capacity reports itself.
        if let MaybeReady::Ready(Ok(published)) | MaybeReady::Yield(Ok(published)) = &delivered {
            self.report_accepted(&meta, published.receivers);
        }
        delivered
    }

    #[inline]
    fn delivered(&self, meta: Option<&Meta>, published: &Published) {
        if let Some(meta) = meta {
            self.settled(meta, Outcome::Delivered { receivers: published.receivers });
        }
    }

    /// Sends one envelope through the broker, and reports each step to the observers.
    pub(crate) fn publish(self: &Arc<Self>, meta: Meta, message: S::Message) -> MaybeReady<Passed<S, B>> {
        self.publish_by(meta, message, |envelope| S::deliver(&self.registry, envelope))
    }

    /// As `publish`; `deliver` delivers what the broker lets through at once.
    // The metadata is copied where it is made: to read it back at once from where it was written costs more than the rest of
    // this function.
    #[inline]
    pub(crate) fn publish_by(
        self: &Arc<Self>,
        meta: Meta,
        message: S::Message,
        deliver: impl FnOnce(Envelope<S::Message>) -> Delivered<S>,
    ) -> MaybeReady<Passed<S, B>> {
        let envelope = Envelope::from_parts(PooledMeta::sent(meta.clone()), message);
        self.settled(&meta, Outcome::Published);
        let given_up = |meta: &Meta| {
            if self.interrupted_events.take(meta.id()).is_none() {
                self.settled(meta, Outcome::Cancelled);
            }
        };
        let mut in_transit = InTransit { meta: Some(meta), given_up };
        match self.broker.begin(envelope) {
            PublishStep::Deliver(envelope) => {
                if let Some(meta) = &mut in_transit.meta {
                    meta.copy_changes(envelope.meta());
                }
                match deliver(envelope) {
                    MaybeReady::Ready(Ok(published)) => {
                        self.delivered(in_transit.meta.as_ref(), &published);
                        in_transit.meta = None;
                        MaybeReady::Ready(Ok(published))
                    }
                    MaybeReady::Yield(delivered) => {
                        if let Ok(published) = &delivered {
                            self.delivered(in_transit.meta.as_ref(), published);
                        }
                        in_transit.meta = None;
                        MaybeReady::Yield(delivered.map_err(Rejected::Undelivered))
                    }
                    MaybeReady::Ready(Err(undelivered)) => {
                        in_transit.meta = None;
                        MaybeReady::Ready(Err(Rejected::Undelivered(undelivered)))
                    }
                    MaybeReady::Later(rest) => {
                        let rest = async move { rest.await.map_err(Rejected::Undelivered) };
                        self.publish_late(in_transit.over(), rest)
                    }
                }
            }
            PublishStep::Done(published) => {
                self.lost(in_transit.over(), &published);
                MaybeReady::Ready(published)
            }
            PublishStep::Pending(rest) => self.publish_late(in_transit.over(), rest),
        }
    }

    /// The code that lets the message into a mailbox reports that; the code that returns it or makes a dead letter of it reports that.
    #[cold]
    fn publish_late(
        self: &Arc<Self>,
        meta: Option<Meta>,
        rest: impl Future<Output = Passed<S, B>> + Send + 'static,
    ) -> MaybeReady<Passed<S, B>> {
        let send = meta.map(|meta| WaitingSend::new(self.clone(), meta));
        // If the future is dropped before it is polled, they are dropped in this order as well: first the delivery, which records
        // that a mailbox has accepted the message.
        let parts = (rest, send);
        MaybeReady::later(async move {
            let (rest, send) = parts;
            let published = rest.await;
            if let Some(send) = &send {
                send.over(is_lost(&published));
            }
            published
        })
    }

    /// Makes a dead letter of what the transport has lost at once.
    fn lost(&self, meta: Option<Meta>, published: &Passed<S, B>) {
        if let (true, Some(meta)) = (is_lost(published), &meta) {
            self.dead_letter_lost(meta);
        }
    }
}

fn is_lost<M, E>(published: &Result<Published, Rejected<M, E>>) -> bool {
    matches!(published, Err(Rejected::Transport { envelope: None, .. }))
}

/// A message on the path through the broker. Dropping it means that its sender has abandoned the send.
struct InTransit<F: Fn(&Meta)> {
    meta: Option<Meta>,
    given_up: F,
}

impl<F: Fn(&Meta)> InTransit<F> {
    fn over(mut self) -> Option<Meta> {
        self.meta.take()
    }
}

impl<F: Fn(&Meta)> Drop for InTransit<F> {
    fn drop(&mut self) {
        if let Some(meta) = &self.meta {
            (self.given_up)(meta);
        }
    }
}

/// The send of an observed message that waits. Dropping it cancels the send, unless a mailbox has accepted the message.
struct WaitingSend<S: System, B: MessageBroker<S::Message>> {
    core: Arc<Core<S, B>>,
    meta: Meta,
}

impl<S: System, B: MessageBroker<S::Message>> WaitingSend<S, B> {
    fn new(core: Arc<Core<S, B>>, meta: Meta) -> Self {
        core.waiting_sends.insert(meta.id());
        WaitingSend { core, meta }
    }

    /// Ends the send, which has its result. A message that the transport has lost is a dead letter, unless a mailbox has accepted it.
    fn over(&self, lost: bool) {
        if self.core.waiting_sends.remove(self.meta.id()) && lost {
            self.core.dead_letter_lost(&self.meta);
        }
    }
}

impl<S: System, B: MessageBroker<S::Message>> Drop for WaitingSend<S, B> {
    fn drop(&mut self) {
        if self.core.waiting_sends.remove(self.meta.id()) {
            self.core.settled(&self.meta, Outcome::Cancelled);
        }
    }
}
