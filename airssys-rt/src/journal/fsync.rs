//! `Fsync`: the policy that decides when a journal syncs its store, to survive a loss of power.

use crate::rt::Instant;
use std::time::Duration;

/// When a journal syncs its store, so that the records survive a loss of power.
///
/// With every variant, records survive the end of the actor and of the process: each record is handed to the store before
/// `append` returns. What was synced is never removed by a recovery, unless the program chooses
/// [`Recovery::up_to_first_damage`](crate::journal::Recovery::up_to_first_damage).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fsync {
    /// Before each `append` returns. This is slow; an actor that answers after the append never loses an answered request.
    #[default]
    EveryRecord,
    /// With the append that reaches `records` unsynced records, or `age` after the first unsynced record, also if no append
    /// comes.
    ///
    /// A task of the runtime in which the journal was opened watches the age. It exists while there are unsynced records, and
    /// ends with the journal. Without a tokio runtime, or with one without timers, only appends check the age. A journal that is
    /// dropped syncs nothing: call [`Journal::sync`](crate::journal::Journal::sync) before, where the last records count.
    ///
    /// If the sync of the task fails, the journal is broken, and the next call returns
    /// [`JournalError::Broken`](crate::journal::JournalError::Broken).
    Every {
        /// The number of unsynced records that triggers a sync; 0 is the same as 1.
        records: u64,
        /// The age of the first unsynced record that triggers a sync.
        age: Duration,
    },
    /// Never; the operating system decides when to write.
    Never,
}

/// The records that have been appended and not synced.
#[derive(Debug, Default)]
pub(super) struct Unsynced {
    records: u64,
    since: Option<Instant>,
}

impl Unsynced {
    /// Counts `records` more. Returns whether to sync now.
    pub(super) fn appended(&mut self, records: u64, policy: Fsync, now: Instant) -> bool {
        self.records += records;
        let since = *self.since.get_or_insert(now);
        match policy {
            Fsync::EveryRecord => true,
            Fsync::Every { records, age } => self.records >= records || now.duration_since(since) >= age,
            Fsync::Never => false,
        }
    }

    /// When the age of the first unsynced record triggers a sync, if there is one.
    pub(super) fn due(&self, policy: Fsync) -> Option<Instant> {
        match policy {
            Fsync::Every { age, .. } => self.since?.checked_add(age),
            Fsync::EveryRecord | Fsync::Never => None,
        }
    }

    pub(super) fn records(&self) -> u64 {
        self.records
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt;

    #[test]
    fn the_count_or_the_age_triggers_a_sync() {
        let (start, age) = (rt::now(), Duration::from_secs(1));
        let policy = Fsync::Every { records: 3, age };
        let mut unsynced = Unsynced::default();
        let syncs = [0, 1, 2].map(|n| unsynced.appended(1, policy, start + age / 10 * n));
        assert_eq!(syncs, [false, false, true]);

        let mut unsynced = Unsynced::default();
        assert!(!unsynced.appended(1, policy, start + age), "the age counts from the first unsynced record");
        assert!(unsynced.appended(1, policy, start + age * 2));
    }
}
