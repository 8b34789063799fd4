//! `Writer`: appends frames to a store, removes what a failed append left, syncs as the policy says, and marks what is synced.

use crate::{
    journal::{
        Fsync, JournalError, Store,
        fsync::Unsynced,
        reader::Reader,
        record::{self, HEADER, Kind, Salt},
    },
    rt::{self, Instant},
};

/// The size from which on the bytes of a replacement are written.
const PART: usize = 1024 * 1024;

/// A store that holds a journal, at its end.
pub(super) struct Writer {
    store: Box<dyn Store>,
    fsync: Fsync,
    unsynced: Unsynced,
    salt: Salt,
    /// The records after the snapshot.
    records: u64,
    /// The position after the last frame.
    end: u64,
    /// The last frame is a sync mark, or there is none.
    is_marked: bool,
    /// The store may hold bytes beyond `end`: part of an append that failed, or all of one that was cancelled.
    has_excess: bool,
    /// A sync failed or was cancelled, or the file was changed.
    pub(super) is_broken: bool,
}

/// Where a recovery has come to.
pub(super) struct End {
    pub(super) salt: Salt,
    pub(super) records: u64,
    pub(super) end: u64,
    pub(super) is_marked: bool,
}

impl Writer {
    /// A writer at the end of what was read.
    pub(super) fn at_end(store: Box<dyn Store>, fsync: Fsync, end: &End) -> Self {
        let End { salt, records, end, is_marked } = *end;
        let (unsynced, has_excess, is_broken) = (Unsynced::default(), false, false);
        Writer { store, fsync, unsynced, salt, records, end, is_marked, has_excess, is_broken }
    }

    /// Makes the journal of a store that holds nothing. In one step: there is no journal with a part of its start.
    pub(super) async fn create(store: Box<dyn Store>, fsync: Fsync) -> Result<Self, JournalError> {
        let end = End { salt: Salt::random(), records: 0, end: 0, is_marked: true };
        let mut writer = Writer::at_end(store, fsync, &end);
        let start = record::start(end.salt);
        let length = start.len() as u64;
        writer.stage(0, start).await?;
        writer.put_in_place(end.salt, length, 0).await?;
        Ok(writer)
    }

    pub(super) fn records(&self) -> u64 {
        self.records
    }

    pub(super) fn size(&self) -> u64 {
        self.end
    }

    pub(super) fn unsynced(&self) -> u64 {
        self.unsynced.records()
    }

    /// When to sync although no append comes.
    pub(super) fn due(&self) -> Option<Instant> {
        if self.is_broken { None } else { self.unsynced.due(self.fsync) }
    }

    pub(super) async fn append_all(&mut self, records: &[&[u8]]) -> Result<(), JournalError> {
        let mut bytes = Vec::with_capacity(records.iter().map(|record| HEADER + record.len()).sum());
        for record in records {
            record::encode(Kind::Record, record, self.salt, self.end + bytes.len() as u64, &mut bytes);
        }
        self.write(bytes).await?;
        self.records += records.len() as u64;
        self.is_marked = false;
        if self.unsynced.appended(records.len() as u64, self.fsync, rt::now()) {
            self.sync().await
        } else {
            Ok(())
        }
    }

    /// Syncs, and then marks what is synced.
    pub(super) async fn sync(&mut self) -> Result<(), JournalError> {
        if self.is_broken {
            return Err(JournalError::Broken);
        }
        self.is_broken = true;
        self.store.sync().await.map_err(JournalError::store("sync"))?;
        self.is_broken = false;
        self.unsynced = Unsynced::default();
        if !self.is_marked {
            // The records are synced with the mark or without it. What a failed write of the mark leaves is removed as that of
            // a failed append.
            self.is_marked = self.write(record::mark(self.salt, self.end).to_vec()).await.is_ok();
        }
        Ok(())
    }

    /// Removes the bytes behind the end, which recovery has found, and syncs what it has read.
    pub(super) async fn settle(&mut self, has_excess: bool) -> Result<(), JournalError> {
        self.has_excess = has_excess;
        self.remove_excess().await?;
        if self.is_marked { Ok(()) } else { self.sync().await }
    }

    /// Replaces the first `covered` records, and the snapshot before them, by a snapshot.
    pub(super) async fn snapshot(&mut self, state: &[u8], covered: u64) -> Result<(), JournalError> {
        if self.is_broken {
            return Err(JournalError::Broken);
        }
        let salt = Salt::random();
        let (mut staged, mut bytes) = (0, record::start(salt));
        record::encode(Kind::Snapshot, state, salt, bytes.len() as u64, &mut bytes);
        if covered < self.records {
            let mut reader = Reader::new(self.end);
            reader.advance_to(record::START as u64);
            let mut number = 0;
            while reader.offset() < self.end {
                let at = reader.offset();
                let frame = reader.frame(&mut *self.store, self.salt).await?;
                let Some(header) = frame else {
                    return Err(JournalError::Corrupt { offset: at, synced: at });
                };
                let payload = reader.take(header.length);
                if header.kind != Kind::Record {
                    continue;
                }
                number += 1;
                if number > covered {
                    record::encode(Kind::Record, payload, salt, staged + bytes.len() as u64, &mut bytes);
                }
                if bytes.len() >= PART {
                    let part = std::mem::take(&mut bytes);
                    let length = part.len() as u64;
                    self.stage(staged, part).await?;
                    staged += length;
                }
            }
        }
        let end = staged + bytes.len() as u64;
        bytes.extend(record::mark(salt, end)); // it is true once the replacement is in place
        let length = bytes.len() as u64;
        self.stage(staged, bytes).await?;
        self.put_in_place(salt, staged + length, self.records - covered).await
    }

    async fn stage(&mut self, at: u64, bytes: Vec<u8>) -> Result<(), JournalError> {
        self.store.stage(at, bytes).await.map_err(JournalError::store("stage"))
    }

    /// Puts the replacement in place, which has `records` records.
    async fn put_in_place(&mut self, salt: Salt, end: u64, records: u64) -> Result<(), JournalError> {
        self.store.sync_staged().await.map_err(JournalError::store("sync"))?;
        self.is_broken = true; // until it is known which content survives a loss of power
        if let Err(error) = self.store.replace().await {
            let error = JournalError::store("replace")(error);
            self.is_broken = is_change(&error);
            return Err(error);
        }
        self.store.sync().await.map_err(JournalError::store("sync"))?;
        let (unsynced, is_marked, has_excess, is_broken) = (Unsynced::default(), true, false, false);
        (self.salt, self.end, self.records, self.unsynced) = (salt, end, records, unsynced);
        (self.is_marked, self.has_excess, self.is_broken) = (is_marked, has_excess, is_broken);
        Ok(())
    }

    /// Writes all of `bytes` at the end, or none of them.
    async fn write(&mut self, bytes: Vec<u8>) -> Result<(), JournalError> {
        if self.is_broken {
            return Err(JournalError::Broken);
        }
        self.remove_excess().await?;
        let length = bytes.len() as u64;
        self.has_excess = true;
        if let Err(source) = self.store.append(bytes).await {
            let error = JournalError::store("append")(source);
            self.is_broken = is_change(&error);
            if !self.is_broken {
                // If this fails as well, the next append tries again.
                let _ = self.remove_excess().await;
            }
            return Err(error);
        }
        self.has_excess = false;
        self.end += length;
        Ok(())
    }

    /// Removes the bytes behind the end. Then it syncs: otherwise the end of a removed record could come back after a loss of
    /// power, behind a record that was appended later.
    async fn remove_excess(&mut self) -> Result<(), JournalError> {
        if !self.has_excess {
            return Ok(());
        }
        if let Err(source) = self.store.truncate(self.end).await {
            let error = JournalError::store("truncate")(source);
            self.is_broken = is_change(&error);
            return Err(error);
        }
        self.is_broken = true;
        self.store.sync().await.map_err(JournalError::store("sync"))?;
        self.is_broken = false;
        self.has_excess = false;
        self.unsynced = Unsynced::default();
        Ok(())
    }
}

fn is_change(error: &JournalError) -> bool {
    matches!(error, JournalError::FileChanged { .. })
}
