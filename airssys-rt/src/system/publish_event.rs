//! The publish of an event: the choice between the direct path to the subscribers and the broker.

use crate::{
    actor::FanOut,
    broker::{MaybeReady, MessageBroker, Outcome, Published, Rejected, Rejection, dead_letters::Reason},
    envelope::{Envelope, Meta, MetaFields, PooledMeta, WaitPolicy},
    id::{ActorId, CorrelationId},
    reply::Cause,
    rt,
    system::{Core, System},
};

/// The type that an event goes to, in topics.
const EVENT: &str = "Event";

/// The result of publishing an event of the system `S`.
pub(crate) type EventResult<S> = Result<Published, Rejection<<S as System>::Message>>;

/// What is left of a publish that is not done on the direct path. Boxed: otherwise the result of each publish would be written to
/// memory, which costs an event 3 %.
pub(crate) type Unfinished<S> = Box<MaybeReady<EventResult<S>>>;

impl<S: System, B: MessageBroker<S::Message>> Core<S, B> {
    /// Publishes an event: on the direct path, or through the broker if messages are observed. It decides between the two for
    /// every publish.
    #[inline(always)]
    pub(crate) fn publish_event(
        &self,
        sender: Option<ActorId>,
        correlation: Option<CorrelationId>,
        event: S::Event,
    ) -> Result<Published, Unfinished<S>> {
        if self.is_via_broker() {
            return Err(self.publish_event_via_broker(sender, correlation, event));
        }
        let mut fan = FanOut::from_sender(sender);
        S::fan_out(&self.registry, &event, &mut fan);
        if !fan.close() {
            return Err(wait_for_subscribers::<S>(fan, event));
        }
        let published = fan.published();
        if published.receivers == 0 && fan.is_unheard() {
            self.unheard(sender, event);
        }
        Ok(published)
    }

    #[cold]
    fn publish_event_via_broker(
        &self,
        sender: Option<ActorId>,
        correlation: Option<CorrelationId>,
        event: S::Event,
    ) -> Unfinished<S> {
        // `None` only while the system is made: then there are no subscribers.
        let Some(core) = self.me() else { return Box::new(MaybeReady::Ready(Ok(Published::to(0)))) };
        let message = S::event(event);
        let fields = MetaFields { sender, correlation, wait: WaitPolicy::Forever, ..MetaFields::default() };
        let meta = self.meta(EVENT, S::about(&message).name, fields);
        let published = core.publish(meta, message);
        Box::new(published.map(move |published| core.event_result(published)))
    }

    /// An event without subscribers is published to no actor; one that the broker drops is a dead letter.
    fn event_result(&self, published: Result<Published, Rejected<S::Message, B::Error>>) -> EventResult<S> {
        let rejection = match published {
            Ok(published) => return Ok(published),
            Err(rejected) => Rejection::from(rejected),
        };
        let cause = rejection.cause.clone();
        match rejection.envelope {
            Some(envelope)
                if cause == Cause::NoSubscriber && !self.config.unsubscribed_events_are_dead_letters =>
            {
                self.settled(envelope.meta(), Outcome::Delivered { receivers: 0 });
            }
            Some(envelope) if cause == Cause::NoSubscriber || rejection.dropped => {
                self.dead_letter_envelope(&cause, envelope);
            }
            envelope => return Err(Rejection { envelope, ..rejection }),
        }
        Ok(Published::to(0))
    }

    /// Makes a dead letter of an event without subscribers on the direct path, if the configuration asks for it.
    #[cold]
    #[inline(never)]
    fn unheard(&self, sender: Option<ActorId>, event: S::Event) {
        if self.config.unsubscribed_events_are_dead_letters {
            let (meta, message) = self.unpublished(sender, event);
            let envelope = Envelope::from_parts(PooledMeta::new(meta), message);
            self.dead_letter_envelope(&Cause::NoSubscriber, envelope);
        }
    }

    /// Makes a dead letter of an event that was never published: it has no outcome, because no observer has seen it.
    pub(super) fn dead_letter_event(&self, cause: &Cause, sender: Option<ActorId>, event: S::Event) {
        let (meta, message) = self.unpublished(sender, event);
        self.dead_letter_unpublished(Reason::from(cause), &meta, message);
    }

    /// The metadata and the message of an event that no broker and no mailbox has.
    fn unpublished(&self, sender: Option<ActorId>, event: S::Event) -> (Meta, S::Message) {
        let message = S::event(event);
        let fields = MetaFields { sender, ..MetaFields::default() };
        (self.meta(EVENT, S::about(&message).name, fields), message)
    }
}

#[cold]
#[inline(never)]
fn wait_for_subscribers<S: System>(fan: FanOut, event: S::Event) -> Unfinished<S> {
    // First: rustc leaks the result of a function in which the drop of a local variable panics.
    rt::catch_drop(event);
    Box::new(MaybeReady::later(async { Ok(fan.finish().await) }))
}
