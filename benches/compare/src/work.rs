use crate::job::Threads;

/// The works that contestants are measured with. Each comment defines one operation and the sum that the receivers add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    /// One task sends the numbers below `operations` to one actor with a mailbox of capacity [`CAPACITY`], which adds them up.
    /// If the sends of a contestant do not wait, its mailbox is unbounded.
    Tell,
    /// The same with four tasks that send a quarter each.
    Tell4,
    /// The same as [`Work::Tell`], with a hook that observes each message.
    TellHook,
    /// One task repeatedly asks one actor. The actor replies with the number of asks so far, and the replies are added up.
    /// There is no time limit.
    Ask,
    /// The same with the default time limit of the contestant, or 5 s.
    AskTimeout,
    /// The same without a limit, by 64 concurrent tasks; the operations are the asks of all tasks.
    Ask64,
    /// Two actors send a number to each other, reduced by one each time, until it is 0. An operation is one message. The sum is
    /// the number of messages that the actors handled, the one with the 0 included.
    PingPong,
    /// The same with 100 actors in a ring.
    Ring,
    /// One task tells a number to an actor, which publishes it as an event; 10 actors add it up. Contestants without
    /// events send it to each subscriber. An operation is one event.
    Event10,
    /// The same with 100 subscribers.
    Event100,
    /// One task repeatedly spawns an actor, asks it once and adds up the reply (1). The actor then stops; the task does not
    /// wait for its end.
    Spawn,
    /// [`Work::Tell`], but by address to 10 actors in rotation. 10 actors are alive.
    Address10,
    /// The same to 10 of 1,000 live actors.
    Address1000,
    /// The same to 10 of 100,000 live actors.
    Address100000,
}

/// The capacity of a mailbox.
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

    /// Name in `--work` and in reports.
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

    /// Number of operations per run: about a tenth of a second of work.
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

    /// The expected sum of all receivers.
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

    /// Number of live actors for the works by address; 0 for the others.
    pub(crate) fn population(self) -> usize {
        match self {
            Work::Address10 => 10,
            Work::Address1000 => 1_000,
            Work::Address100000 => 100_000,
            _ => 0,
        }
    }

    /// Number of subscribers of an event; 0 for the other works.
    pub(crate) fn subscribers(self) -> usize {
        match self {
            Work::Event10 => 10,
            Work::Event100 => 100,
            _ => 0,
        }
    }
}
