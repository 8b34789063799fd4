use crate::job::Threads;

/// What the contestants do. The comments say what one operation is, and what the receivers add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// One task sends the numbers below `operations` to one actor with room for [`CAPACITY`] messages, which adds them up. If
    /// the sender of a contestant does not wait for room, its mailbox has no limit.
    Tell,
    /// The same with four tasks that send a quarter each.
    Tell4,
    /// The same as [`Work::Tell`] while somebody looks at each message.
    TellHook,
    /// One task asks one actor again and again. The actor answers how often it was asked so far, and the answers are added up.
    /// Nobody limits the time.
    Ask,
    /// The same with the limit of time that the contestant has by default, or 5 s.
    AskTimeout,
    /// The same without a limit, by 64 tasks at once; the operations are all their asks.
    Ask64,
    /// Two actors send a number to each other, one less each time, until it is 0. An operation is one message. The sum is
    /// counted by the actors: how many messages they handled, the one with the 0 included.
    PingPong,
    /// The same with 100 actors in a ring.
    Ring,
    /// One task tells an actor a number, which publishes it as an event; 10 actors add it up. The contestants without
    /// events send it to each subscriber. An operation is one event.
    Event10,
    /// The same with 100 subscribers.
    Event100,
    /// One task spawns an actor, asks it once and adds up the answer (1), again and again. The actor stops after that; nobody
    /// waits for it.
    Spawn,
    /// [`Work::Tell`], but by the address of one of 10 actors, in turns. 10 actors live.
    Address10,
    /// The same to 10 of 1,000 actors that live.
    Address1000,
    /// The same to 10 of 100,000 actors that live.
    Address100000,
}

/// The room of a mailbox.
pub(crate) const CAPACITY: usize = 1000;

impl Work {
    /// Every work, in the order of the report.
    pub(crate) const ALL: [Work; 14] = [
        Work::Tell,
        Work::Tell4,
        Work::TellHook,
        Work::Ask,
        Work::AskTimeout,
        Work::Ask64,
        Work::PingPong,
        Work::Ring,
        Work::Event10,
        Work::Event100,
        Work::Spawn,
        Work::Address10,
        Work::Address1000,
        Work::Address100000,
    ];

    /// As `--work` takes it and reports say it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Work::Tell => "tell",
            Work::Tell4 => "tell-4",
            Work::TellHook => "tell-hook",
            Work::Ask => "ask",
            Work::AskTimeout => "ask-timeout",
            Work::Ask64 => "ask-64",
            Work::PingPong => "ping-pong",
            Work::Ring => "ring-100",
            Work::Event10 => "event-10",
            Work::Event100 => "event-100",
            Work::Spawn => "spawn",
            Work::Address10 => "address-10",
            Work::Address1000 => "address-1000",
            Work::Address100000 => "address-100000",
        }
    }

    /// How many operations one run does: about a tenth of a second's worth.
    pub(crate) fn operations(self, threads: Threads) -> u64 {
        let one = threads == Threads::One;
        match self {
            Work::Tell | Work::Tell4 => 1_000_000,
            Work::TellHook | Work::PingPong | Work::Ring | Work::Ask64 => 300_000,
            Work::Ask | Work::AskTimeout if one => 400_000,
            Work::Ask | Work::AskTimeout => 200_000,
            Work::Event10 => 50_000,
            Work::Event100 => 5_000,
            Work::Spawn => 50_000,
            Work::Address10 | Work::Address1000 | Work::Address100000 => 300_000,
        }
    }

    /// What the receivers have to come to together.
    pub(crate) fn sum(self, operations: u64) -> u64 {
        let numbers = operations * (operations - 1) / 2;
        match self {
            Work::Tell | Work::Tell4 | Work::TellHook => numbers,
            Work::Address10 | Work::Address1000 | Work::Address100000 => numbers,
            Work::Ask | Work::AskTimeout | Work::Ask64 => numbers + operations,
            Work::PingPong | Work::Ring => operations,
            Work::Event10 => 10 * numbers,
            Work::Event100 => 100 * numbers,
            Work::Spawn => operations,
        }
    }

    /// How many actors live while somebody sends by address; else 0.
    pub(crate) fn population(self) -> usize {
        match self {
            Work::Address10 => 10,
            Work::Address1000 => 1_000,
            Work::Address100000 => 100_000,
            _ => 0,
        }
    }

    /// How many subscribers an event has; else 0.
    pub(crate) fn subscribers(self) -> usize {
        match self {
            Work::Event10 => 10,
            Work::Event100 => 100,
            _ => 0,
        }
    }
}
