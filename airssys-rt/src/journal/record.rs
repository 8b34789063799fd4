//! The bytes of a journal: a mark, then one record after the other, each a header and what was appended.

use std::ops::Range;

/// How a journal begins. The last byte is the version of what follows.
pub(super) const MARK: &[u8] = b"airsjnl\x01";

/// Length, checksum of the payload, checksum of both.
///
/// The header has a checksum of its own: a damaged length must not pass for a write that was cut short, for then all
/// that follows would be cut off with it.
pub(super) const HEADER: usize = 12;

/// Of a disk. After a loss of power a file may have grown by parts of this size that were never written.
const SECTOR: u64 = 512;

/// What a header says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) length: usize,
    checksum: u32,
}

/// Adds a record to `bytes`. It is not too long.
pub(super) fn encode(payload: &[u8], bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(crc32fast::hash(payload).to_le_bytes());
    bytes.extend(crc32fast::hash(&bytes[start..]).to_le_bytes());
    bytes.extend(payload);
}

impl Header {
    /// `None` if it is damaged. `bytes` are at least as many as a header has.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let word =
            |at: usize| bytes[at..at + 4].iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let header = Header { length: word(0) as usize, checksum: word(4) };
        (word(8) == crc32fast::hash(&bytes[..8])).then_some(header)
    }

    pub(super) fn fits(&self, payload: &[u8]) -> bool {
        crc32fast::hash(payload) == self.checksum
    }
}

/// Whether a damaged record, was never wholly written: all of the file is zeros, from its begin on
/// or from one of its sectors on. `zeros` is where the last bytes that are all zero begin, and not before the record.
pub(super) fn was_never_written(zeros: u64, record: Range<u64>, size: u64) -> bool {
    let sector = zeros.checked_next_multiple_of(SECTOR);
    zeros == record.start || sector.is_some_and(|sector| sector < record.end.min(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_what_it_was() {
        let mut bytes = Vec::new();
        encode(b"payload", &mut bytes);
        let header = Header::decode(&bytes).expect("it is whole");
        assert_eq!(header.length, 7);
        assert!(header.fits(&bytes[HEADER..]));
        assert!(!header.fits(b"pay1oad"));
    }

    /// The format is one that others may have to read.
    #[test]
    fn the_bytes_stay_as_they_are() {
        let mut bytes = MARK.to_vec();
        encode(b"123456789", &mut bytes);
        let header = [9, 0, 0, 0, 0x26, 0x39, 0xf4, 0xcb];
        assert_eq!(bytes[..16], [MARK, &header[..]].concat());
        assert_eq!(bytes[16..20], crc32fast::hash(&header).to_le_bytes());
        assert_eq!(&bytes[20..], b"123456789");
    }

    #[test]
    fn zeros_are_no_header() {
        assert_eq!(Header::decode(&[0; HEADER]), None);
    }

    #[test]
    fn what_was_never_written_begins_with_a_sector() {
        assert!(was_never_written(1000, 990..1030, 2000));
        assert!(was_never_written(1024, 990..1030, 2000));
        assert!(was_never_written(990, 990..1002, 2000), "nothing of it was written");
        assert!(!was_never_written(1025, 990..1030, 2000), "zeros of the record itself");
        assert!(!was_never_written(1000, 990..1020, 2000), "the zeros are behind the damaged record");
        assert!(!was_never_written(1000, 990..1030, 1010), "no sector begins among them");
    }
}
