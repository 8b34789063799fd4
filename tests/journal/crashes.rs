//! A journal on a disk that loses power at any point: what was synced is there, and each journal opens.
//!
//! `./ci/crashes` runs it with 20,000 losses of power for each kind of loss and each policy, and prints the figures. `CRASHES`
//! sets the number, and `CRASHES_SEED` the first seed; a failure prints the seed and how to repeat it.

use crate::now;
use airssys_rt::{
    journal::{Fsync, Journal, JournalError},
    testkit::{FaultyStore, Loss, SimulatedDisk},
};
use airssys_rt_tests::poll_once;
use std::{env, pin::pin, task::Poll, time::Duration};

/// The losses of power of one disk: each one meets what the recovery from the one before has left.
const LOSSES_OF_A_DISK: u64 = 5;

const POLICIES: [Fsync; 4] = [
    Fsync::EveryRecord,
    Fsync::Every { records: 3, age: Duration::MAX },
    Fsync::Every { records: 20, age: Duration::MAX },
    Fsync::Never,
];

#[test]
fn no_synced_record_is_lost_and_each_journal_opens() {
    let number = |name: &str, default| {
        env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
    };
    let (crashes, seed) = (number("CRASHES", 200), number("CRASHES_SEED", 0));
    let mut all = Figures::default();
    println!("{:<9} {:<22} {}", "loss", "policy", Figures::TITLE);
    for loss in Loss::ALL.into_iter().chain([Loss::Any]) {
        for policy in POLICIES {
            let mut figures = Figures::default();
            for disk in 0..crashes / LOSSES_OF_A_DISK {
                Run::new(loss, policy, seed + disk).run(&mut figures);
            }
            println!("{:<9} {:<22} {figures}", format!("{loss:?}"), name(policy));
            all.add(&figures);
        }
    }
    println!("{:<32} {all}", "all");
    assert!(
        all.cut_bytes > 0 && all.unfinished_recoveries > 0 && all.snapshots > 0,
        "the disk shows its faults"
    );
}

fn name(policy: Fsync) -> String {
    match policy {
        Fsync::Every { records, .. } => format!("Every {records} records"),
        policy => format!("{policy:?}"),
    }
}

#[derive(Debug, Default)]
struct Figures {
    crashes: u64,
    unfinished_recoveries: u64,
    appended: u64,
    synced: u64,
    found: u64,
    snapshots: u64,
    cut_bytes: u64,
    lost: u64,
    unopenable: u64,
}

impl Figures {
    const TITLE: &str =
        " crashes  in recovery  appended    synced     found  snapshots  cut bytes  synced lost  unopenable";

    fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.unfinished_recoveries += other.unfinished_recoveries;
        self.appended += other.appended;
        self.synced += other.synced;
        self.found += other.found;
        self.snapshots += other.snapshots;
        self.cut_bytes += other.cut_bytes;
        self.lost += other.lost;
        self.unopenable += other.unopenable;
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Figures { crashes, unfinished_recoveries, appended, synced, found, snapshots, cut_bytes, .. } =
            self;
        write!(
            f,
            "{crashes:>8} {unfinished_recoveries:>12} {appended:>9} {synced:>9} {found:>9} {snapshots:>10} \
             {cut_bytes:>10} {:>12} {:>11}",
            self.lost, self.unopenable
        )
    }
}

/// What a journal may hold: a snapshot, and a prefix of the records that has at least the synced ones.
#[derive(Debug, Clone, Default, PartialEq)]
struct Expected {
    snapshot: Option<Vec<u8>>,
    records: Vec<Vec<u8>>,
    synced: usize,
}

struct Run {
    loss: Loss,
    policy: Fsync,
    disk: SimulatedDisk,
    /// The disk, with appends that fail or hang.
    store: FaultyStore<SimulatedDisk>,
    rng: fastrand::Rng,
    /// The first one, and what may be found instead of it: after a snapshot that has failed, and after an append that was given
    /// up, until the next one.
    expected: Vec<Expected>,
    number: u32,
}

impl Run {
    fn new(loss: Loss, policy: Fsync, seed: u64) -> Self {
        let (disk, rng) = (SimulatedDisk::new(loss, seed), fastrand::Rng::with_seed(!seed));
        let store = FaultyStore::new(disk.clone());
        Run { loss, policy, disk, store, rng, expected: vec![Expected::default()], number: 0 }
    }

    fn run(&mut self, figures: &mut Figures) {
        for _ in 0..LOSSES_OF_A_DISK {
            self.disk.lose_power_after(self.rng.u64(0..60));
            if let Some(mut journal) = self.open(figures) {
                now(self.work(&mut journal, figures));
            } else {
                figures.unfinished_recoveries += 1;
            }
            figures.crashes += 1;
            self.disk.restart();
            self.store = FaultyStore::new(self.disk.clone()); // without the faults that had not come yet
        }
        // The last one is not interrupted.
        assert!(self.open(figures).is_some());
    }

    /// Opens the journal and compares it with what it may hold; `None` if the power is lost meanwhile.
    fn open(&mut self, figures: &mut Figures) -> Option<Journal> {
        let mut found = Expected::default();
        let opened = now(async {
            let mut recovery = Journal::recover(self.store.clone(), self.policy).await?;
            found.snapshot = recovery.snapshot().await?.map(<[u8]>::to_vec);
            while let Some(record) = recovery.next().await? {
                found.records.push(record.to_vec());
            }
            recovery.finish().await
        });
        let (journal, recovered) = match opened {
            Ok(opened) => opened,
            Err(_) if self.disk.has_lost_power() => return None,
            Err(error) => {
                figures.unopenable += 1;
                panic!("a journal with {:?} cannot be opened: {error:?}, {}", self.policy, self.repeat());
            }
        };
        let may_be = |expected: &&Expected| {
            expected.snapshot == found.snapshot
                && expected.records.starts_with(&found.records)
                && expected.synced <= found.records.len()
        };
        if !self.expected.iter().any(|expected| may_be(&expected)) {
            figures.lost += 1;
            let lengths = |records: &[Vec<u8>]| records.iter().map(Vec::len).collect::<Vec<_>>();
            for Expected { snapshot, records, synced } in self.expected.iter().chain([&found]) {
                println!("{snapshot:?}, {:?}, {synced} of them synced", lengths(records));
            }
            panic!("the last of these was found with {:?}, {}", self.policy, self.repeat());
        }
        figures.found += found.records.len() as u64;
        figures.cut_bytes += recovered.cut_bytes;
        found.synced = found.records.len();
        self.expected = vec![found];
        Some(journal)
    }

    fn repeat(&self) -> String {
        format!("{:?}: CRASHES_SEED={} CRASHES=5", self.loss, self.disk.seed())
    }

    /// Appends, syncs and takes snapshots until the power is lost.
    async fn work(&mut self, journal: &mut Journal, figures: &mut Figures) {
        loop {
            let result = match self.rng.u8(0..20) {
                0 => journal.sync().await,
                1 => self.snapshot(journal, figures).await,
                2 => self.fail(journal).await,
                3 => self.give_up(journal),
                4 => {
                    let records: Vec<_> = (0..self.rng.usize(1..6)).map(|_| self.record()).collect();
                    self.append(journal, records, figures).await
                }
                _ => {
                    let record = self.record();
                    self.append(journal, vec![record], figures).await
                }
            };
            if result.is_err() {
                assert!(self.disk.has_lost_power(), "{result:?}, {}", self.repeat());
                return;
            }
            // Each record survives the end of the process.
            let unsynced = if self.loss == Loss::Nothing { 0 } else { journal.unsynced() as usize };
            let synced = self.expected[0].records.len() - unsynced;
            figures.synced += (synced - self.expected[0].synced) as u64;
            self.expected.iter_mut().for_each(|expected| expected.synced = synced);
        }
    }

    async fn append(
        &mut self,
        journal: &mut Journal,
        records: Vec<Vec<u8>>,
        figures: &mut Figures,
    ) -> Result<(), JournalError> {
        let appended = journal.append_all(records.iter().map(Vec::as_slice)).await;
        figures.appended += records.len() as u64;
        self.expected[0].records.extend(records);
        if appended.is_ok() {
            self.expected.truncate(1);
        }
        appended
    }

    /// An append that writes a part and fails: no byte of it comes back.
    async fn fail(&mut self, journal: &mut Journal) -> Result<(), JournalError> {
        let record = self.record();
        self.store.cut_next_append(self.rng.usize(0..record.len() + 12));
        let failed = journal.append(&record).await;
        assert!(failed.is_err());
        if self.disk.has_lost_power() { failed } else { Ok(()) }
    }

    /// An append that is given up after the whole record was written: the next one removes it.
    fn give_up(&mut self, journal: &mut Journal) -> Result<(), JournalError> {
        let record = self.record();
        self.store.hang_appends(true);
        let poll = poll_once(pin!(journal.append(&record)));
        self.store.hang_appends(false);
        let mut given_up = self.expected[0].clone();
        given_up.records.push(record);
        if poll.is_pending() {
            self.expected.truncate(1); // the one that was given up before is removed
        }
        self.expected.push(given_up);
        if let Poll::Ready(result) = poll { result } else { Ok(()) }
    }

    async fn snapshot(&mut self, journal: &mut Journal, figures: &mut Figures) -> Result<(), JournalError> {
        let expected = &self.expected[0];
        let covered = match self.rng.u8(0..3) {
            0 => self.rng.usize(0..=expected.records.len()),
            _ => expected.records.len(),
        };
        let state = format!("snapshot {}", self.number).into_bytes();
        self.number += 1;
        let records = expected.records[covered..].to_vec();
        let after = Expected { snapshot: Some(state.clone()), synced: records.len(), records };
        let taken = journal.snapshot_of(&state, covered as u64).await;
        if taken.is_ok() {
            figures.snapshots += 1;
            self.expected = vec![after];
        } else {
            self.expected.push(after);
        }
        taken
    }

    /// A record that no other one equals: short or some sectors long, of other bytes or of zeros.
    fn record(&mut self) -> Vec<u8> {
        self.number += 1;
        let length = match self.rng.u8(0..8) {
            0 => self.rng.usize(0..3000),
            1 => 500,
            _ => self.rng.usize(0..40),
        };
        let byte = if self.rng.bool() { 0 } else { self.rng.u8(..) };
        [&self.number.to_le_bytes()[..], &vec![byte; length]].concat()
    }
}
