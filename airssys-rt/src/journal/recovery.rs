//! `Recovery`: reads the records of a journal after a restart, and removes an incomplete end.

use crate::journal::{
    Fsync, Journal, JournalError, Store,
    record::{HEADER, Header, MARK, later_version, was_never_written},
};
use std::fmt;

/// The number of bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// The result of reading a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovered {
    /// The number of whole records.
    pub records: u64,
    /// The number of bytes removed after the last record: the incomplete end of a write that was cut short.
    pub cut_bytes: u64,
}

/// A journal that is being read. [`finish`](Recovery::finish) opens it for appending.
#[must_use = "a journal is opened by finishing its recovery"]
pub struct Recovery {
    store: Box<dyn Store>,
    fsync: Fsync,
    size: u64,
    /// The position of the next record.
    offset: u64,
    /// The bytes that are read ahead.
    buffer: Vec<u8>,
    /// The number of bytes at the front of `buffer` that lie before `offset`.
    consumed: usize,
    records: u64,
    /// The bytes from `offset` on belong to a record that was never completely written.
    torn: bool,
}

// Here and not beside the other methods of `Journal`, so that `journal.rs` does not import this file.
impl Journal {
    /// Begins to read the journal in `store`. An empty store is an empty journal.
    ///
    /// # Errors
    ///
    /// If the store cannot be read or holds data that is not a journal, or one of a later format.
    pub async fn recover(store: impl Store, fsync: Fsync) -> Result<Recovery, JournalError> {
        Recovery::begin(store, fsync).await
    }

    /// Opens the journal in `store` for appending, without returning its records.
    ///
    /// # Errors
    ///
    /// If the store fails or holds data that is not a journal, or one of a later format, or if a record is damaged.
    pub async fn open(store: impl Store, fsync: Fsync) -> Result<(Self, Recovered), JournalError> {
        Journal::recover(store, fsync).await?.finish().await
    }
}

impl Recovery {
    async fn begin(store: impl Store, fsync: Fsync) -> Result<Self, JournalError> {
        let mut store: Box<dyn Store> = Box::new(store);
        let size = store.size().await.map_err(JournalError::store("read"))?;
        let (buffer, torn) = (Vec::new(), false);
        let mut recovery = Recovery { store, fsync, size, offset: 0, buffer, consumed: 0, records: 0, torn };
        let mark = recovery.peek(MARK.len()).await?;
        if let Some(version) = later_version(mark) {
            return Err(JournalError::LaterFormat { version });
        }
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

    /// Reads the next record, in the order in which they were appended. `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the store cannot be read, or the record is damaged. The store is then left unchanged.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: the next call returns the same record.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, JournalError> {
        let Some(length) = self.next_length().await? else { return Ok(None) };
        self.records += 1;
        self.advance(HEADER + length);
        Ok(Some(&self.buffer[self.consumed - length..self.consumed]))
    }

    /// Reads the remaining records, removes the incomplete end of a write that was cut short, and opens the journal.
    ///
    /// # Errors
    ///
    /// If the store fails, or a record is damaged. If one is damaged, nothing is removed.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped before it is ready, all whole records remain; the incomplete end may be removed or not.
    pub async fn finish(mut self) -> Result<(Journal, Recovered), JournalError> {
        while self.next().await?.is_some() {}
        let recovered = Recovered { records: self.records, cut_bytes: self.size - self.offset };
        let truncated = recovered.cut_bytes > 0;
        if truncated {
            self.store.truncate(self.offset).await.map_err(JournalError::store("truncate"))?;
        }
        let journal = Journal::at_end(self.store, self.fsync, self.offset, self.records, truncated).await?;
        Ok((journal, recovered))
    }

    /// Reads the next record into the buffer. Returns the length of its payload; `None` at the end.
    async fn next_length(&mut self) -> Result<Option<usize>, JournalError> {
        if self.torn || self.offset == self.size {
            return Ok(None);
        }
        let header = self.peek(HEADER).await?;
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
        let record = self.peek(whole).await?;
        if header.matches(&record[HEADER..]) { Ok(Some(header.length)) } else { self.damaged(whole).await }
    }

    /// Decides whether the next `length` bytes, which are not a valid record, are damaged or were never written.
    async fn damaged(&mut self, length: usize) -> Result<Option<usize>, JournalError> {
        let zeros = self.trailing_zeros().await?;
        let record = self.offset..self.offset + length as u64;
        self.torn = was_never_written(zeros, record, self.size);
        if self.torn { Ok(None) } else { Err(JournalError::Corrupt { offset: self.offset }) }
    }

    /// Finds the start of the zeros at the end of the store, from the next record on.
    async fn trailing_zeros(&mut self) -> Result<u64, JournalError> {
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

    /// Returns the next `length` bytes, or as many as there are, without consuming them.
    async fn peek(&mut self, length: usize) -> Result<&[u8], JournalError> {
        let available = (self.size - self.offset).min(length as u64) as usize;
        while self.buffer.len() - self.consumed < available {
            let at = self.offset + (self.buffer.len() - self.consumed) as u64;
            let most = CHUNK.max(available);
            let bytes = self.store.read(at, most).await.map_err(JournalError::store("read"))?;
            if bytes.is_empty() {
                let source = std::io::ErrorKind::UnexpectedEof.into();
                return Err(JournalError::Store { operation: "read", source });
            }
            self.buffer.drain(..self.consumed);
            self.consumed = 0;
            self.buffer.extend(bytes);
        }
        Ok(&self.buffer[self.consumed..self.consumed + available])
    }

    /// Consumes the next `length` bytes.
    fn advance(&mut self, length: usize) {
        self.consumed += length;
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
