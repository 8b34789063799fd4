use crate::{
    actor::LifeEvent,
    broker::{
        BrokerMetrics, MessageBroker, MessageStream, Observation, TapStream, TopicPattern,
        dead_letters::{DeadLetters, StoredLetter},
    },
    envelope::Envelope,
    observe::Counters,
    sync::Arc,
    system::{ActorInfo, ActorSystem, System},
};

/// Seeing what happens in a system.
impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// A tap: a copy of every envelope from now on. It holds at most `capacity`; what it has no room for is counted
    /// and missed, and nobody waits for it. Dropping it is the end of it.
    ///
    /// # Errors
    ///
    /// If the broker has none to give, for instance because the system has ended.
    pub fn subscribe(&self, capacity: usize) -> Result<MessageStream<S::Message>, B::Error>
    where
        S::Message: Clone,
    {
        self.core().broker.subscribe(capacity)
    }

    /// A tap for the messages of some topics: [`TopicPattern`] says how they are named. Others are not copied and take no
    /// room in it.
    ///
    /// # Errors
    ///
    /// If the broker has none to give, for instance because the system has ended.
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

    /// A tap for the envelopes that `wanted` says yes to. It runs in the task of each sender, so it should be quick.
    ///
    /// # Errors
    ///
    /// If the broker has none to give, for instance because the system has ended.
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

    /// Every step on the way of every message from now on, without the messages. It holds at most `capacity`; what it
    /// has no room for is counted and missed, and nobody waits for it. Dropping it is the end of it. If an actor handles a
    /// message on another thread, that may be seen before its delivery is.
    #[must_use = "dropped, it observes nothing"]
    pub fn monitor(&self, capacity: usize) -> TapStream<Observation> {
        self.core().monitors.attach_or_ended(capacity, Observation::clone)
    }

    /// What happens to actors and supervisors from now on: starts, failures, restarts, ends, and who gave up. Messages go on
    /// past it, on the direct way. It holds at most `capacity`; what it has no room for is counted and missed, and nobody
    /// waits for it. Dropping it is the end of it.
    #[must_use = "dropped, it observes nothing"]
    pub fn lives(&self, capacity: usize) -> TapStream<LifeEvent> {
        self.core().lives.attach_or_ended(capacity, LifeEvent::clone)
    }

    /// Messages that will never be handled.
    #[must_use]
    pub fn dead_letters(&self) -> &DeadLetters<S::Message> {
        &self.core().dead_letters
    }

    /// Sends dead letters once more, to whom they went; an event to everyone who subscribes now. Those that cannot be
    /// delivered are dead letters again. Returns how many were delivered.
    ///
    /// # Cancel safety
    ///
    /// Those that were not sent yet are gone with the future.
    pub async fn replay(&self, letters: Vec<StoredLetter<S::Message>>) -> usize {
        self.shared().replay(letters).await
    }

    /// Who is alive at this moment, in the order in which they were started.
    #[must_use]
    pub fn actors(&self) -> Vec<ActorInfo> {
        let mut cells = self.core().cells();
        cells.sort_by_key(|cell| cell.start_number());
        cells.iter().map(|cell| ActorInfo::of(&**cell)).collect()
    }

    /// How many messages had which fate until now.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.core().counters()
    }

    /// What the broker did until now, out of the counters: an event counts once for each subscriber, what was given back
    /// does not count, and there is no latency, which an
    /// [`AtomicRecorder`](crate::broker::AtomicRecorder) measures.
    #[must_use]
    pub fn metrics(&self) -> BrokerMetrics {
        self.core().metrics()
    }
}
