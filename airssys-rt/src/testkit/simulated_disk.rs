//! `SimulatedDisk`: a store that loses power at any point: writes are cut, sectors reach the disk in any order.

use crate::{
    journal::Store,
    sync::{Arc, Mutex},
    testkit::{Loss, file_content::FileContent},
};
use async_trait::async_trait;
use fastrand::Rng;
use std::{
    fmt,
    io::{self, ErrorKind},
    mem, thread,
};

/// A store that loses power at any point of an operation. Clones share the disk: the test keeps one, the journal gets another.
///
/// From then on each operation fails, until the power [is back](SimulatedDisk::restart). Then the store holds what has reached the
/// disk. That is decided by a seed, so a run can be repeated; a test that panics prints the seed.
///
/// A journal that is opened again must have each record that was synced. The same holds for a store of the program that wraps
/// another store: test it over this one.
///
/// ```
/// use airssys_rt::{journal::{Fsync, Journal, JournalError}, testkit::{Loss, SimulatedDisk}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), JournalError> {
/// for seed in 0..100 {
///     let disk = SimulatedDisk::new(Loss::Any, seed);
///     let (mut journal, _) = Journal::open(disk.clone(), Fsync::EveryRecord).await?;
///     disk.lose_power_after(seed % 20);
///     let mut acknowledged = 0;
///     while journal.append(b"record").await.is_ok() {
///         acknowledged += 1;
///     }
///     disk.restart();
///     let (journal, _) = Journal::open(disk, Fsync::EveryRecord).await?;
///     assert!(journal.records() >= acknowledged);
/// }
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct SimulatedDisk(Arc<Mutex<Disk>>);

struct Disk {
    seed: u64,
    loss: Loss,
    rng: Rng,
    file: FileContent,
    /// The files that had the name since the last sync: after a loss of power, any of them may have it.
    earlier: Vec<FileContent>,
    staged: Option<FileContent>,
    operations: u64,
    /// The number of operations until the power is lost.
    left: Option<u64>,
    is_off: bool,
}

/// How much of an operation is done.
enum Extent {
    All,
    /// The power is lost during it.
    Part,
}

impl SimulatedDisk {
    /// Makes an empty disk, which loses power as `loss` says. `seed` decides what is lost.
    #[must_use]
    pub fn new(loss: Loss, seed: u64) -> Self {
        SimulatedDisk::with_content(loss, seed, Vec::new())
    }

    /// Makes a disk with this content, which was synced.
    #[must_use]
    pub fn with_content(loss: Loss, seed: u64, content: Vec<u8>) -> Self {
        let (rng, file) = (Rng::with_seed(seed), FileContent::synced(content));
        let (earlier, staged, operations, left, is_off) = (Vec::new(), None, 0, None, false);
        let disk = Disk { seed, loss, rng, file, earlier, staged, operations, left, is_off };
        SimulatedDisk(Arc::new(Mutex::new(disk)))
    }

    /// Returns the seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.0.lock().seed
    }

    /// Loses power during the operation that follows the next `operations`: appends, truncations, syncs, stages and replacements.
    pub fn lose_power_after(&self, operations: u64) {
        self.0.lock().left = Some(operations);
    }

    /// Loses power now.
    pub fn lose_power(&self) {
        self.0.lock().is_off = true;
    }

    /// Returns whether the power was lost.
    #[must_use]
    pub fn has_lost_power(&self) -> bool {
        self.0.lock().is_off
    }

    /// Ends the loss of power: the store holds what has reached the disk. Without a loss of power before, it is lost now.
    pub fn restart(&self) {
        let disk = &mut *self.0.lock();
        let mut files = mem::take(&mut disk.earlier);
        files.push(mem::take(&mut disk.file));
        let named = if disk.loss == Loss::Nothing { files.len() - 1 } else { disk.rng.usize(..files.len()) };
        disk.file = FileContent::synced(files[named].after(disk.loss, &mut disk.rng));
        (disk.staged, disk.left, disk.is_off) = (None, None, false);
    }

    /// Returns the number of operations that have changed or synced the store.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.0.lock().operations
    }

    /// Returns a copy of the content.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().file.content().to_vec()
    }

    /// Flips a bit of a byte, also if it was synced. Positions beyond the end are ignored.
    pub fn flip_bit(&self, byte: usize, bit: u8) {
        self.0.lock().file.flip(byte, bit);
    }

    /// Runs an operation, or the part of it that happens before the power is lost.
    fn run(&self, operation: impl FnOnce(&mut Disk, Extent) -> io::Result<()>) -> io::Result<()> {
        let disk = &mut *self.0.lock();
        disk.check()?;
        match &mut disk.left {
            Some(0) => {
                disk.is_off = true;
                let _ = operation(disk, Extent::Part);
                Err(is_off())
            }
            left => {
                *left = left.map(|left| left - 1);
                disk.operations += 1;
                operation(disk, Extent::All)
            }
        }
    }
}

impl Disk {
    fn check(&self) -> io::Result<()> {
        if self.is_off { Err(is_off()) } else { Ok(()) }
    }

    /// Whether an operation that is done as a whole or not at all is done.
    fn happens(&mut self, extent: &Extent) -> bool {
        matches!(extent, Extent::All) || self.rng.bool()
    }

    /// The bytes that are written.
    fn written(&mut self, mut bytes: Vec<u8>, extent: &Extent) -> Vec<u8> {
        if let Extent::Part = extent {
            bytes.truncate(self.rng.usize(0..=bytes.len()));
        }
        bytes
    }
}

fn is_off() -> io::Error {
    io::Error::other("the simulated disk has lost power")
}

#[async_trait]
impl Store for SimulatedDisk {
    async fn size(&mut self) -> io::Result<u64> {
        let disk = self.0.lock();
        disk.check()?;
        Ok(disk.file.content().len() as u64)
    }

    async fn read(&mut self, offset: u64, most: usize) -> io::Result<Vec<u8>> {
        let disk = self.0.lock();
        disk.check()?;
        let content = disk.file.content();
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(content.len());
        let to = from.saturating_add(most).min(content.len());
        Ok(content[from..to].to_vec())
    }

    async fn append(&mut self, bytes: Vec<u8>) -> io::Result<()> {
        self.run(|disk, extent| {
            let bytes = disk.written(bytes, &extent);
            disk.file.append(bytes);
            Ok(())
        })
    }

    async fn truncate(&mut self, size: u64) -> io::Result<()> {
        self.run(|disk, extent| {
            if disk.happens(&extent) {
                disk.file.truncate(usize::try_from(size).unwrap_or(usize::MAX));
            }
            Ok(())
        })
    }

    async fn sync(&mut self) -> io::Result<()> {
        self.run(|disk, extent| {
            if disk.happens(&extent) {
                disk.file.sync();
                disk.earlier.clear();
            }
            Ok(())
        })
    }

    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> io::Result<()> {
        self.run(|disk, extent| {
            let bytes = disk.written(bytes, &extent);
            let staged = match disk.staged.take() {
                _ if at == 0 => FileContent::default(),
                Some(staged) if staged.content().len() as u64 == at => staged,
                _ => return Err(ErrorKind::InvalidInput.into()),
            };
            disk.staged.insert(staged).append(bytes);
            Ok(())
        })
    }

    async fn sync_staged(&mut self) -> io::Result<()> {
        self.run(|disk, extent| {
            let happens = disk.happens(&extent);
            let staged = disk.staged.as_mut().ok_or(ErrorKind::InvalidInput)?;
            if happens {
                staged.sync();
            }
            Ok(())
        })
    }

    async fn replace(&mut self) -> io::Result<()> {
        self.run(|disk, extent| {
            if disk.happens(&extent) {
                let staged = disk.staged.take().ok_or(ErrorKind::InvalidInput)?;
                disk.earlier.push(mem::replace(&mut disk.file, staged));
            }
            Ok(())
        })
    }
}

/// A test that fails says how to repeat it.
impl Drop for Disk {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!(
                "SimulatedDisk::new(Loss::{:?}, {}) after {} operations",
                self.loss, self.seed, self.operations
            );
        }
    }
}

impl fmt::Debug for SimulatedDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let disk = self.0.lock();
        f.debug_struct("SimulatedDisk")
            .field("loss", &disk.loss)
            .field("seed", &disk.seed)
            .field("bytes", &disk.file.content().len())
            .field("is_off", &disk.is_off)
            .finish_non_exhaustive()
    }
}
