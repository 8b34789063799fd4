//! Observation of a running system: taps, monitors, lifecycle events, dead letters, counters, metrics.

use crate::{
    actor::LifecycleEvent,
    broker::{
        BrokerMetrics, MessageBroker, MessageStream, Observation, TapStream, TopicPattern,
        dead_letters::{DeadLetters, StoredLetter},
    },
    envelope::Envelope,
    observe::Counters,
    sync::Arc,
    system::{ActorInfo, ActorSystem, System},
};

/// Observation: taps, monitors, dead letters and counters.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Opens a tap: a stream with a copy of every envelope from now on.
    ///
    /// The tap holds at most `capacity` envelopes. When it is full, further envelopes are counted as missed; senders never
    /// wait for a tap. Dropping the stream closes the tap.
    ///
    /// # Errors
    ///
    /// If the broker cannot open a tap, for example because the system has ended.
    pub fn subscribe(&self, capacity: usize) -> Result<MessageStream<S::Message>, B::Error>
    where
        S::Message: Clone,
    {
        self.core().broker.subscribe(capacity)
    }

    /// Opens a tap for the messages of some topics.
    ///
    /// [`TopicPattern`] describes the topics. Other messages are not copied and use no capacity of the tap.
    ///
    /// # Errors
    ///
    /// If the broker cannot open a tap, for example because the system has ended.
    pub fn subscribe_to(
        &self,
        topics: TopicPattern,
        capacity: usize,
    ) -> Result<MessageStream<S::Message>, B::Error>
    where
        S::Message: Clone,
    {
        self.subscribe_where(capacity, move |envelope| topics.matches_meta(envelope.meta()))
    }

    /// Opens a tap for the envelopes for which `wanted` returns `true`.
    ///
    /// `wanted` runs in the task of each sender, so it should be fast.
    ///
    /// # Errors
    ///
    /// If the broker cannot open a tap, for example because the system has ended.
    pub fn subscribe_where(
        &self,
        capacity: usize,
        wanted: impl Fn(&Envelope<S::Message>) -> bool + Send + Sync + 'static,
    ) -> Result<MessageStream<S::Message>, B::Error>
    where
        S::Message: Clone,
    {
        self.core().broker.subscribe_where(capacity, Arc::new(wanted))
    }

    /// Opens a monitor: a stream of every step of every message from now on, without the messages.
    ///
    /// The monitor holds at most `capacity` observations. When it is full, further ones are counted as missed; senders never
    /// wait for a monitor. Dropping the stream closes the monitor. If an actor handles a message on another thread, the
    /// stream may report the handling before the delivery.
    #[must_use = "a dropped stream observes nothing"]
    pub fn monitor(&self, capacity: usize) -> TapStream<Observation> {
        self.core().monitors.attach_or_ended(capacity, Observation::clone)
    }

    /// Opens a stream of lifecycle events from now on.
    ///
    /// The events are starts, failures, restarts and ends of actors, and escalations of supervisors. The stream does not observe
    /// messages, so they keep the direct path. It holds at most `capacity` events. When it is full, further events are counted as
    /// missed; actors never wait for it. It ends with the system. Dropping the stream closes it.
    #[must_use = "a dropped stream observes nothing"]
    pub fn lifecycle_events(&self, capacity: usize) -> TapStream<LifecycleEvent> {
        self.core().lifecycle_events.attach_or_ended(capacity, LifecycleEvent::clone)
    }

    /// Returns the dead letters: messages that will never be handled.
    #[must_use]
    pub fn dead_letters(&self) -> &DeadLetters<S::Message> {
        &self.core().dead_letters
    }

    /// Sends dead letters again, and returns the number of letters that were delivered.
    ///
    /// Only letters of messages and events with the key `keep_payload` have what is sent; the others are skipped.
    ///
    /// A message goes to its original recipient, an event to all current subscribers. Letters that cannot be delivered become
    /// dead letters again.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the letters that are not sent yet are lost.
    pub async fn replay(&self, letters: Vec<StoredLetter<S::Message>>) -> usize {
        self.shared().replay(letters).await
    }

    /// Returns a snapshot of each live actor, in the order of their starts.
    #[must_use]
    pub fn actors(&self) -> Vec<ActorInfo> {
        let mut cells = self.core().cells();
        cells.sort_by_key(|cell| cell.start_number());
        cells.iter().map(|cell| ActorInfo::of(&**cell)).collect()
    }

    /// Returns the message counters of the system.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.core().counters()
    }

    /// Returns the metrics of the broker, computed from the counters.
    ///
    /// An event counts once for each subscriber. Messages that an error gave back do not count. Latency is not included; an
    /// [`AtomicRecorder`](crate::broker::AtomicRecorder) measures it.
    #[must_use]
    pub fn metrics(&self) -> BrokerMetrics {
        self.core().metrics()
    }
}
