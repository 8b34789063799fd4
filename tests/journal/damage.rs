//! Damaged journals: a cut at any byte removes only the record that it hits; a flipped bit is reported.

use crate::{HEADER, MARK, START, now, open, read};
use airssys_rt::journal::{Fsync, Journal, JournalError, MemoryStore};
use proptest::{collection::vec, prelude::*};

/// A journal with these records, each synced, and where each begins; the last place is the end.
fn written(records: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
    let store = MemoryStore::new();
    let mut begins = vec![START];
    now(async {
        let mut journal = open(store.clone()).await;
        for record in records {
            journal.append(record).await.unwrap();
            begins.push(journal.size() as usize);
        }
    });
    (store.bytes(), begins)
}

fn records() -> impl Strategy<Value = Vec<Vec<u8>>> {
    vec(vec(any::<u8>(), 0..40), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// In a journal that is cut off at any byte, exactly the complete records before it are read back, and appending goes on there.
    #[test]
    fn a_cut_at_any_byte_loses_only_the_record_that_it_hits(records in records()) {
        let (bytes, begins) = written(&records);
        for cut in START..=bytes.len() {
            let store = MemoryStore::from(bytes[..cut].to_vec());
            let whole = begins[1..].iter().filter(|end| **end - MARK <= cut).count();
            let (found, recovered) = now(read(store.clone())).unwrap();
            prop_assert_eq!(&found, &records[..whole]);
            let kept = if begins[whole] <= cut { begins[whole] } else { begins[whole] - MARK };
            prop_assert_eq!((recovered.cut_bytes, recovered.lost_bytes), ((cut - kept) as u64, 0));
            now(async {
                open(store.clone()).await.append(b"more").await.unwrap();
                let (found, recovered) = read(store.clone()).await.unwrap();
                assert_eq!(found.len(), whole + 1);
                assert_eq!((found.last().unwrap().as_slice(), recovered.cut_bytes), (&b"more"[..], 0));
            });
        }
    }

    /// A flipped bit in any record is an error that names its place; the records before it can be read. In the mark behind the last
    /// record it costs no record.
    #[test]
    fn a_flipped_bit_is_found_and_no_record_is_cut_off(records in records(), bit in 0..8_u8) {
        let (bytes, begins) = written(&records);
        let last_mark = bytes.len() - MARK;
        for at in START..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            let store = MemoryStore::from(damaged.clone());
            if at >= last_mark {
                let (found, recovered) = now(read(store.clone())).unwrap();
                prop_assert_eq!((&found, recovered.cut_bytes), (&records, MARK as u64));
                continue;
            }
            let error = now(read(store.clone())).unwrap_err();
            let hit = begins.iter().rposition(|begin| *begin <= at).unwrap();
            let mark = begins[hit + 1] - MARK;
            let (place, whole) = if at < mark { (begins[hit], hit) } else { (mark, hit + 1) };
            let named = matches!(error, JournalError::Corrupt { offset, synced }
                if offset == place as u64 && synced == last_mark as u64);
            prop_assert!(named, "{:?} for a flip at {}, in the frame at {}", error, at, place);
            prop_assert_eq!(store.bytes(), damaged);
            prop_assert_eq!(now(before_the_damage(store.clone())), &records[..whole]);

            // Recovery up to the damage is a choice, and says how much of what was synced it removes.
            let recovery = now(Journal::recover(store.clone(), Fsync::EveryRecord)).unwrap();
            let (_, recovered) = now(recovery.up_to_first_damage().finish()).unwrap();
            prop_assert_eq!(recovered.records, whole as u64);
            prop_assert_eq!(recovered.cut_bytes, (bytes.len() - place) as u64);
            prop_assert_eq!(recovered.lost_bytes, (last_mark - place) as u64);
            now(async { open(store.clone()).await.append(b"more").await.unwrap() });
            prop_assert_eq!(now(read(store)).unwrap().0.len(), whole + 1);
        }
    }

    /// For any bytes recovery ends without a panic, and it reports as many bytes cut off as are missing.
    #[test]
    fn recovery_of_any_bytes_does_not_panic(bytes in vec(any::<u8>(), 0..200), marked: bool) {
        let bytes = if marked { [written(&[]).0, bytes].concat() } else { bytes };
        let store = MemoryStore::from(bytes.clone());
        match now(read(store.clone())) {
            Ok((_, recovered)) => {
                let kept = (store.bytes().len() as u64).min(bytes.len() as u64);
                prop_assert!(kept + recovered.cut_bytes >= bytes.len() as u64);
            }
            Err(_) => prop_assert_eq!(store.bytes(), bytes),
        }
    }
}

async fn before_the_damage(store: MemoryStore) -> Vec<Vec<u8>> {
    let mut recovery = Journal::recover(store, Fsync::Never).await.unwrap();
    let mut records = Vec::new();
    loop {
        match recovery.next().await {
            Ok(Some(record)) => records.push(record.to_vec()),
            Ok(None) => return records,
            Err(_) => {
                assert!(recovery.next().await.is_err(), "the recovery repeats its error");
                return records;
            }
        }
    }
}

/// A damaged length that exceeds the file must not be taken for a write that was cut short: the records behind it would be cut
/// off.
#[test]
fn a_damaged_length_does_not_cut_off_what_follows() {
    let (mut bytes, _) = written(&[b"one".to_vec(), b"two".to_vec(), b"three".to_vec()]);
    bytes[START + 2] = 0xff;
    let error = now(read(MemoryStore::from(bytes))).unwrap_err();
    assert!(matches!(error, JournalError::Corrupt { offset: 20, .. }), "{error}");
    assert_eq!(error.to_string(), "the journal has a damaged record at byte 20, in what had been synced");
}

/// After a loss of power a file may have grown by sectors that were never written: zeros to the end.
#[test]
fn sectors_that_were_never_written_are_cut_off() {
    let long = vec![0xaa; 3000];
    let (bytes, begins) = written(&[b"one".to_vec(), long]);
    // Zeros from the second sector of the long record on; from the sector in which it begins; and behind all records.
    for (from, whole) in [(1024, 1), (begins[1], 1), (begins[2], 2)] {
        let mut torn = bytes.clone();
        torn.resize(begins[2] + 1024, 0);
        torn[from..].fill(0);
        let (found, recovered) = now(read(MemoryStore::from(torn.clone()))).unwrap();
        assert_eq!(
            (found.len(), recovered.cut_bytes),
            (whole, (torn.len() - begins[whole]) as u64),
            "from {from}"
        );
    }
}

/// Neither the zeros of a record nor the zeros far behind it hide that the record is damaged.
#[test]
fn damage_before_zeros_is_reported() {
    let (mut bytes, begins) = written(&[b"one".to_vec(), vec![0; 100], b"two".to_vec()]);
    bytes[begins[1] + HEADER] = 1;
    bytes.resize(4096, 0);
    let error = now(read(MemoryStore::from(bytes))).unwrap_err();
    assert!(matches!(error, JournalError::Corrupt { offset, .. } if offset == begins[1] as u64), "{error}");
}

/// The last record was synced, its payload ends in zeros, and no record follows: a flipped bit is damage, no write that was cut short.
#[test]
fn damage_of_a_last_record_that_ends_in_zeros_is_reported() {
    for length in [40, 600, 3000] {
        let payload = [&[1, 2, 3][..], &vec![0; length]].concat();
        let (bytes, begins) = written(&[b"one".to_vec(), payload]);
        for at in [begins[1], begins[1] + 5, begins[1] + HEADER, begins[1] + HEADER + length] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            let store = MemoryStore::from(damaged.clone());
            let error = now(read(store.clone())).unwrap_err();
            assert!(
                matches!(error, JournalError::Corrupt { offset, .. } if offset == begins[1] as u64),
                "{error}"
            );
            assert_eq!(store.bytes(), damaged);
        }
    }
}
