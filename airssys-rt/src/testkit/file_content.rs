//! The content of a simulated file: what is on the disk, and the changes that are not synced.

use crate::testkit::Loss;
use fastrand::Rng;

/// The size of a sector. A sector is written as a whole or not at all.
const SECTOR: usize = 512;

#[derive(Debug, Clone, Default)]
pub(super) struct FileContent {
    /// What survives a loss of power.
    synced: Vec<u8>,
    /// What the program reads.
    content: Vec<u8>,
    /// What has changed since the last sync.
    changes: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate(usize),
}

impl FileContent {
    pub(super) fn content(&self) -> &[u8] {
        &self.content
    }

    /// A file whose content is on the disk.
    pub(super) fn synced(content: Vec<u8>) -> Self {
        FileContent { synced: content.clone(), content, changes: Vec::new() }
    }

    pub(super) fn append(&mut self, bytes: Vec<u8>) {
        self.change(Change::Write { at: self.content.len(), bytes });
    }

    pub(super) fn truncate(&mut self, size: usize) {
        if size < self.content.len() {
            self.change(Change::Truncate(size));
        }
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.content);
        self.changes.push(change);
    }

    pub(super) fn sync(&mut self) {
        self.synced.clone_from(&self.content);
        self.changes.clear();
    }

    /// Flips a bit, on the disk and in what is read.
    pub(super) fn flip(&mut self, byte: usize, bit: u8) {
        for bytes in [&mut self.content, &mut self.synced] {
            if let Some(byte) = bytes.get_mut(byte) {
                *byte ^= 1 << (bit % 8);
            }
        }
    }

    /// What is on the disk after a loss of power.
    pub(super) fn after(&self, loss: Loss, rng: &mut Rng) -> Vec<u8> {
        match loss {
            Loss::Nothing => self.content.clone(),
            Loss::Cut => self.cut(rng),
            Loss::Sectors => self.sectors(rng, false),
            Loss::Garbage => self.sectors(rng, true),
            Loss::Data => self.without_data(self.content.len(), 0),
            Loss::Zeros => {
                let sectors = self.content.len().div_ceil(SECTOR);
                self.without_data(self.content.len(), rng.usize(0..=sectors) * SECTOR)
            }
            Loss::Any => {
                let loss = rng.choice(Loss::ALL).unwrap_or(Loss::Nothing);
                self.after(loss, rng)
            }
        }
    }

    /// Some changes reached the disk, in order, and the next one up to some byte.
    fn cut(&self, rng: &mut Rng) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        let whole = rng.usize(0..=self.changes.len());
        for change in &self.changes[..whole] {
            change.apply(&mut bytes);
        }
        if let Some(Change::Write { at, bytes: written }) = self.changes.get(whole) {
            let written = written[..rng.usize(0..=written.len())].to_vec();
            Change::Write { at: *at, bytes: written }.apply(&mut bytes);
        }
        bytes
    }

    /// The size reached the disk, and of the unsynced changes only the sectors before position `until`. The others are zeros,
    /// where nothing was synced before.
    fn without_data(&self, size: usize, until: usize) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        bytes.resize(size, 0);
        let until = until.min(size);
        bytes[..until].copy_from_slice(&self.content[..until]);
        bytes
    }

    /// Each sector has the content that it had after some change, and the size is that after some change.
    fn sectors(&self, rng: &mut Rng, garbage: bool) -> Vec<u8> {
        let mut versions = vec![self.synced.clone()];
        for change in &self.changes {
            let mut next = versions[versions.len() - 1].clone();
            change.apply(&mut next);
            versions.push(next);
        }
        let last = versions.len() - 1;
        let pick = |rng: &mut Rng| match rng.u8(0..5) {
            0 | 1 => last,
            2 | 3 => 0,
            _ => rng.usize(0..=last),
        };
        let size = versions[pick(rng)].len();
        let mut bytes = vec![0; size];
        for at in (0..size).step_by(SECTOR) {
            let end = (at + SECTOR).min(size);
            let version = &versions[pick(rng)];
            if let Some(known) = version.get(at..).filter(|known| !known.is_empty()) {
                let known = &known[..known.len().min(SECTOR).min(end - at)];
                bytes[at..at + known.len()].copy_from_slice(known);
            }
            // What is behind the end of a version was on the disk before, or comes from another place of the file.
            let from = version.len().clamp(at, end);
            if garbage && rng.bool() {
                let (other_place, shift) = (rng.bool(), rng.usize(..SECTOR * 4));
                let others =
                    self.content.iter().copied().cycle().skip((from + shift) % self.content.len().max(1));
                for (byte, other) in bytes[from..end].iter_mut().zip(others) {
                    *byte = if other_place { other } else { rng.u8(..) };
                }
            }
        }
        bytes
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Change::Write { at, bytes } => {
                let end = at + bytes.len();
                content.resize(content.len().max(end), 0);
                content[*at..end].copy_from_slice(bytes);
            }
            Change::Truncate(size) => content.truncate(*size),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> FileContent {
        let mut file = FileContent::synced(vec![1; 700]);
        file.append(vec![2; 1000]);
        file.append(vec![3; 1000]);
        file
    }

    /// Each loss shows what its name says, and never touches a byte that was synced.
    #[test]
    fn what_was_synced_survives_each_loss() {
        let file = file();
        for loss in Loss::ALL {
            for seed in 0..200 {
                let left = file.after(loss, &mut Rng::with_seed(seed));
                assert_eq!(left[..700], [1; 700], "{loss:?}, seed {seed}");
                assert!(left.len() <= 2700);
            }
        }
    }

    #[test]
    fn sectors_reach_the_disk_in_any_order() {
        let file = file();
        let lost = |loss: Loss, holds: fn(&[u8]) -> bool| {
            (0..500).any(|seed| holds(&file.after(loss, &mut Rng::with_seed(seed))))
        };
        assert!(lost(Loss::Sectors, |left| left.len() == 2700 && left[1024] == 0 && left[2699] == 3));
        assert!(lost(Loss::Sectors, |left| left.len() == 1700 && left[1600] == 2));
        assert!(lost(Loss::Cut, |left| left.len() == 1001 || left.len() % 512 != 0));
        assert!(lost(Loss::Garbage, |left| left[700..].iter().any(|byte| *byte > 3)));
        assert!(lost(Loss::Zeros, |left| left.len() == 2700
            && left[1535] == 2
            && left[1536..].iter().all(|b| *b == 0)));
        assert!(lost(Loss::Data, |left| left.len() == 2700 && left[700..].iter().all(|byte| *byte == 0)));
    }

    #[test]
    fn a_truncation_that_was_not_synced_may_be_lost() {
        let mut file = FileContent::synced(vec![1; 2000]);
        file.truncate(600);
        file.append(vec![2; 1000]);
        let left: Vec<_> =
            (0..100).map(|seed| file.after(Loss::Sectors, &mut Rng::with_seed(seed))).collect();
        assert!(left.iter().any(|left| left.len() == 2000));
        assert!(
            left.iter().any(|left| left.len() == 1600 && left[1200] == 1),
            "a sector is that before the truncation"
        );
        assert!(left.iter().all(|left| left[..600] == [1; 600]));
    }
}
