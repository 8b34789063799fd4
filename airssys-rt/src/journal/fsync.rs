use crate::rt::Instant;
use std::time::Duration;

/// When a journal makes sure that its records outlive a loss of power.
///
/// All of them outlive the actor and the process: each record is handed to the store before `append` returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fsync {
    /// Before each `append` returns. Slow, and what was answered is kept.
    #[default]
    EveryRecord,
    /// With the append that makes it `records`, or that comes `age` after the first one that is not synced yet.
    ///
    /// Only appends look at the time: whoever pauses calls [`Journal::sync`](crate::journal::Journal::sync).
    Every {
        /// How many records may be lost; 0 is as good as 1.
        records: u64,
        /// For how long.
        age: Duration,
    },
    /// When the operating system sees fit.
    Never,
}

/// What has been appended and not synced.
#[derive(Debug, Default)]
pub(super) struct Unsynced {
    records: u64,
    since: Option<Instant>,
}

impl Unsynced {
    /// Some more were appended. Whether they are to be synced now.
    pub(super) fn appended(&mut self, records: u64, policy: Fsync, now: Instant) -> bool {
        self.records += records;
        let since = *self.since.get_or_insert(now);
        match policy {
            Fsync::EveryRecord => true,
            Fsync::Every { records, age } => self.records >= records || now.duration_since(since) >= age,
            Fsync::Never => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt;

    #[test]
    fn whichever_comes_first() {
        let (start, age) = (rt::now(), Duration::from_secs(1));
        let policy = Fsync::Every { records: 3, age };
        let mut unsynced = Unsynced::default();
        let seen = [0, 1, 2].map(|n| unsynced.appended(1, policy, start + age / 10 * n));
        assert_eq!(seen, [false, false, true]);

        let mut unsynced = Unsynced::default();
        assert!(!unsynced.appended(1, policy, start + age), "it counts from the first that is not synced");
        assert!(unsynced.appended(1, policy, start + age * 2));
    }
}
