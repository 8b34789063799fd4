use crate::journal::{
    Fsync, Journal, JournalError, Store,
    record::{HEADER, Header, MARK, was_never_written},
};
use std::fmt;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// What was found in a journal when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovered {
    /// How many whole records there are.
    pub records: u64,
    /// How many bytes of a write that was cut short were cut off behind them.
    pub cut_bytes: u64,
}

/// A journal that is being read. [`finish`](Recovery::finish) makes it one that can be appended to.
#[must_use = "a journal is opened by finishing its recovery"]
pub struct Recovery {
    store: Box<dyn Store>,
    fsync: Fsync,
    size: u64,
    /// Where the next record begins.
    offset: u64,
    /// What is read of it and of those behind it.
    ahead: Vec<u8>,
    /// How much of `ahead` lies before `offset`.
    past: usize,
    records: u64,
    /// What follows was never wholly written.
    torn: bool,
}

impl Recovery {
    pub(super) async fn begin(store: impl Store, fsync: Fsync) -> Result<Self, JournalError> {
        let mut store: Box<dyn Store> = Box::new(store);
        let size = store.size().await.map_err(JournalError::store("read"))?;
        let (ahead, torn) = (Vec::new(), false);
        let mut recovery = Recovery { store, fsync, size, offset: 0, ahead, past: 0, records: 0, torn };
        let mark = recovery.look(MARK.len()).await?;
        if !MARK.starts_with(mark) {
            return Err(JournalError::NotAJournal);
        }
        if mark.len() < MARK.len() {
            recovery.torn = true;
        } else {
            recovery.advance(MARK.len());
        }
        Ok(recovery)
    }

    /// The next record, in the order in which they were appended. `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or the record is damaged. Nothing is cut off then.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, nothing is lost: the next call returns the same record.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, JournalError> {
        let Some(length) = self.next_length().await? else { return Ok(None) };
        self.records += 1;
        self.advance(HEADER + length);
        Ok(Some(&self.ahead[self.past - length..self.past]))
    }

    /// Reads what is left, cuts off the end of a write that was cut short, and opens the journal.
    ///
    /// # Errors
    ///
    /// If the store fails, or a record is damaged. Nothing is cut off if one is damaged.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, all whole records are still there; the end may be cut off or not.
    pub async fn finish(mut self) -> Result<(Journal, Recovered), JournalError> {
        while self.next().await?.is_some() {}
        let recovered = Recovered { records: self.records, cut_bytes: self.size - self.offset };
        if recovered.cut_bytes > 0 {
            self.store.truncate(self.offset).await.map_err(JournalError::store("truncate"))?;
        }
        let journal = Journal::opened(self.store, self.fsync, self.offset, recovered).await?;
        Ok((journal, recovered))
    }

    /// Reads the next record. Its length, unless it is the end.
    async fn next_length(&mut self) -> Result<Option<usize>, JournalError> {
        if self.torn || self.offset == self.size {
            return Ok(None);
        }
        let header = self.look(HEADER).await?;
        if header.len() < HEADER {
            self.torn = true;
            return Ok(None);
        }
        let Some(header) = Header::decode(header) else { return self.damaged(HEADER).await };
        let whole = HEADER + header.length;
        if (self.size - self.offset) < whole as u64 {
            self.torn = true;
            return Ok(None);
        }
        let record = self.look(whole).await?;
        if header.fits(&record[HEADER..]) { Ok(Some(header.length)) } else { self.damaged(whole).await }
    }

    /// The next `length` bytes are not what they were, or never were.
    async fn damaged(&mut self, length: usize) -> Result<Option<usize>, JournalError> {
        let zeros = self.last_zeros().await?;
        let record = self.offset..self.offset + length as u64;
        self.torn = was_never_written(zeros, record, self.size);
        if self.torn { Ok(None) } else { Err(JournalError::Corrupt { offset: self.offset }) }
    }

    /// Where, from the next record on, the last bytes that are all zero begin.
    async fn last_zeros(&mut self) -> Result<u64, JournalError> {
        let (mut at, mut zeros) = (self.offset, self.offset);
        while at < self.size {
            let bytes = self.store.read(at, CHUNK).await.map_err(JournalError::store("read"))?;
            if bytes.is_empty() {
                break;
            }
            if let Some(last) = bytes.iter().rposition(|byte| *byte != 0) {
                zeros = at + last as u64 + 1;
            }
            at += bytes.len() as u64;
        }
        Ok(zeros)
    }

    /// The next `length` bytes, or as many as there are.
    async fn look(&mut self, length: usize) -> Result<&[u8], JournalError> {
        let known = (self.size - self.offset).min(length as u64) as usize;
        while self.ahead.len() - self.past < known {
            let at = self.offset + (self.ahead.len() - self.past) as u64;
            let most = CHUNK.max(known);
            let bytes = self.store.read(at, most).await.map_err(JournalError::store("read"))?;
            if bytes.is_empty() {
                let gone = std::io::ErrorKind::UnexpectedEof.into();
                return Err(JournalError::Store { operation: "read", source: gone });
            }
            self.ahead.drain(..self.past);
            self.past = 0;
            self.ahead.extend(bytes);
        }
        Ok(&self.ahead[self.past..self.past + known])
    }

    fn advance(&mut self, length: usize) {
        self.past += length;
        self.offset += length as u64;
    }
}

impl fmt::Debug for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recovery { offset, size, records, .. } = self;
        f.debug_struct("Recovery")
            .field("offset", offset)
            .field("size", size)
            .field("records", records)
            .finish_non_exhaustive()
    }
}
