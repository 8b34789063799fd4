//! `Reader`: reads the frames of a store in parts, and finds sync marks behind damage.

use crate::journal::{
    JournalError, Store,
    record::{HEADER, Header, Kind, Salt},
};

/// The number of bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// A position in a store, and the bytes that are read ahead.
#[derive(Debug)]
pub(super) struct Reader {
    size: u64,
    offset: u64,
    buffer: Vec<u8>,
    /// The number of bytes at the front of `buffer` that lie before `offset`.
    consumed: usize,
}

impl Reader {
    /// A reader of the first `size` bytes of a store, at position 0.
    pub(super) fn new(size: u64) -> Self {
        Reader { size, offset: 0, buffer: Vec::new(), consumed: 0 }
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Continues at `offset`.
    pub(super) fn advance_to(&mut self, offset: u64) {
        self.buffer.clear();
        (self.offset, self.consumed) = (offset, 0);
    }

    /// Returns the next `length` bytes, or as many as there are, without consuming them.
    pub(super) async fn peek(&mut self, store: &mut dyn Store, length: usize) -> Result<&[u8], JournalError> {
        let available = (self.size - self.offset).min(length as u64) as usize;
        while self.buffer.len() - self.consumed < available {
            let at = self.offset + (self.buffer.len() - self.consumed) as u64;
            let bytes = read(store, at, CHUNK.max(available)).await?;
            self.buffer.drain(..self.consumed);
            self.consumed = 0;
            self.buffer.extend(bytes);
        }
        Ok(&self.buffer[self.consumed..self.consumed + available])
    }

    /// Reads the next frame, without consuming it; `None` if there is no whole frame. Its payload can be taken.
    pub(super) async fn frame(
        &mut self,
        store: &mut dyn Store,
        salt: Salt,
    ) -> Result<Option<Header>, JournalError> {
        let offset = self.offset;
        let header = self.peek(store, HEADER).await?;
        let Some(header) = Header::decode(header, salt, offset) else { return Ok(None) };
        let whole = HEADER + header.length;
        if self.size - offset < whole as u64 {
            return Ok(None);
        }
        // No memory is allocated for a length before the payload is known to have it: a file can have holes.
        if header.kind != Kind::Mark && self.checksum(store, header.length).await? != header.checksum {
            return Ok(None);
        }
        self.peek(store, whole).await?;
        Ok(Some(header))
    }

    /// Consumes the next frame, which `frame` has returned. Returns its payload.
    pub(super) fn take(&mut self, length: usize) -> &[u8] {
        self.consumed += HEADER + length;
        self.offset += (HEADER + length) as u64;
        &self.buffer[self.consumed - length..self.consumed]
    }

    /// The checksum of the payload behind the next header.
    async fn checksum(&mut self, store: &mut dyn Store, length: usize) -> Result<u32, JournalError> {
        let mut hasher = crc32fast::Hasher::new();
        let ahead = &self.buffer[self.consumed + HEADER..];
        let ahead = &ahead[..ahead.len().min(length)];
        hasher.update(ahead);
        let mut hashed = ahead.len();
        while hashed < length {
            let at = self.offset + (HEADER + hashed) as u64;
            let bytes = read(store, at, CHUNK.min(length - hashed)).await?;
            hasher.update(&bytes);
            hashed += bytes.len();
        }
        Ok(hasher.finalize())
    }

    /// Finds the last sync mark behind the current position. Returns its position.
    pub(super) async fn last_mark(
        &self,
        store: &mut dyn Store,
        salt: Salt,
    ) -> Result<Option<u64>, JournalError> {
        let (mut last, mut at, mut bytes) = (None, self.offset + 1, Vec::new());
        while at < self.size {
            bytes.extend(read(store, at + bytes.len() as u64, CHUNK).await?);
            last = Header::last_mark(&bytes, salt, at).or(last);
            // A mark may lie across two chunks.
            let checked = bytes.len().saturating_sub(HEADER - 1);
            if at + bytes.len() as u64 >= self.size {
                break;
            }
            bytes.drain(..checked);
            at += checked as u64;
        }
        Ok(last)
    }

    /// Whether the store has only zeros.
    pub(super) async fn is_zeros(&self, store: &mut dyn Store) -> Result<bool, JournalError> {
        let mut at = 0;
        while at < self.size {
            let bytes = read(store, at, CHUNK).await?;
            if bytes.iter().any(|byte| *byte != 0) {
                return Ok(false);
            }
            at += bytes.len() as u64;
        }
        Ok(true)
    }
}

/// Reads at least one byte.
async fn read(store: &mut dyn Store, at: u64, most: usize) -> Result<Vec<u8>, JournalError> {
    let bytes = store.read(at, most).await.map_err(JournalError::store("read"))?;
    if bytes.is_empty() {
        let source = std::io::ErrorKind::UnexpectedEof.into();
        return Err(JournalError::Store { operation: "read", source });
    }
    Ok(bytes)
}
