//! The simulated disk: what was synced survives, the power is lost during an operation, and a seed repeats a run.

use airssys_rt::{
    journal::Store,
    testkit::{Loss, SimulatedDisk},
};
use std::collections::BTreeSet;

#[tokio::test]
async fn without_power_each_operation_fails_and_then_the_synced_content_is_there() {
    for loss in Loss::ALL.into_iter().chain([Loss::Any]) {
        let disk = SimulatedDisk::new(loss, 1);
        let mut store = disk.clone();
        store.append(b"synced".to_vec()).await.unwrap();
        store.sync().await.unwrap();
        assert_eq!((disk.operations(), disk.has_lost_power()), (2, false));
        disk.lose_power();
        assert!(disk.has_lost_power());
        for result in [
            store.size().await.map(|_| ()),
            store.read(0, 1).await.map(|_| ()),
            store.append(b"x".to_vec()).await,
            store.truncate(0).await,
            store.sync().await,
            store.stage(0, b"x".to_vec()).await,
            store.sync_staged().await,
            store.replace().await,
        ] {
            assert_eq!(result.unwrap_err().to_string(), "the simulated disk has lost power");
        }
        disk.restart();
        assert_eq!((disk.bytes(), disk.operations()), (b"synced".to_vec(), 2));
        assert_eq!(store.read(3, 100).await.unwrap(), b"ced");
    }
}

/// The operation during which the power is lost is done in part: each part of an append, and a sync or none.
#[tokio::test]
async fn the_power_is_lost_during_an_operation() {
    let (mut lengths, mut synced) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..200 {
        let disk = SimulatedDisk::new(Loss::Nothing, seed);
        let mut store = disk.clone();
        disk.lose_power_after(1);
        store.append(b"123".to_vec()).await.unwrap();
        assert!(store.append(b"456".to_vec()).await.is_err());
        disk.restart();
        assert!(b"123456".starts_with(&disk.bytes()[..]));
        lengths.insert(disk.bytes().len());

        let disk = SimulatedDisk::new(Loss::Data, seed);
        let mut store = disk.clone();
        disk.lose_power_after(1);
        store.append(b"123".to_vec()).await.unwrap();
        assert!(store.sync().await.is_err());
        disk.restart();
        synced.insert(disk.bytes());
    }
    assert_eq!(lengths, BTreeSet::from([3, 4, 5, 6]));
    assert_eq!(synced, BTreeSet::from([vec![0; 3], b"123".to_vec()]));
}

/// A replacement that was not synced comes in part, one that is in place and not synced there may be the old content.
#[tokio::test]
async fn a_replacement_survives_when_it_is_synced_before_and_after() {
    let (old, new) = (vec![1; 2000], vec![2; 2000]);
    for (before, after) in [(true, true), (true, false), (false, false)] {
        let mut found = BTreeSet::new();
        for seed in 0..200 {
            let disk = SimulatedDisk::with_content(Loss::Sectors, seed, old.clone());
            let mut store = disk.clone();
            store.stage(0, new[..700].to_vec()).await.unwrap();
            store.stage(700, new[700..].to_vec()).await.unwrap();
            if before {
                store.sync_staged().await.unwrap();
            }
            store.replace().await.unwrap();
            assert_eq!(disk.bytes(), new);
            if after {
                store.sync().await.unwrap();
            }
            disk.restart();
            found.insert(disk.bytes());
        }
        let whole = BTreeSet::from([old.clone(), new.clone()]);
        match (before, after) {
            (true, true) => assert_eq!(found, BTreeSet::from([new.clone()])),
            (true, false) => assert_eq!(found, whole),
            _ => assert!(found.is_superset(&whole) && found.len() > 5, "{} contents", found.len()),
        }
    }
}

#[tokio::test]
async fn a_replacement_is_written_in_order_and_lost_with_the_power() {
    let disk = SimulatedDisk::new(Loss::Nothing, 1);
    let mut store = disk.clone();
    assert!(store.replace().await.is_err() && store.sync_staged().await.is_err());
    assert!(store.stage(5, b"x".to_vec()).await.is_err(), "there is none");
    store.stage(0, b"one".to_vec()).await.unwrap();
    assert!(store.stage(2, b"x".to_vec()).await.is_err(), "it has three bytes");
    store.stage(0, b"two".to_vec()).await.unwrap();
    disk.restart();
    assert!(store.replace().await.is_err());
}

#[tokio::test]
async fn a_seed_repeats_what_is_lost() {
    let run = async |seed| {
        let disk = SimulatedDisk::new(Loss::Any, seed);
        assert_eq!(disk.seed(), seed);
        let mut store = disk.clone();
        for n in 0..20_u8 {
            store.append(vec![n; 300]).await.unwrap();
        }
        disk.restart();
        disk.bytes()
    };
    let mut contents = BTreeSet::new();
    for seed in 0..50 {
        let left = run(seed).await;
        assert_eq!(left, run(seed).await);
        contents.insert(left);
    }
    assert!(contents.len() > 20, "{} contents", contents.len());
}

#[tokio::test]
async fn a_flipped_bit_stays() {
    let disk = SimulatedDisk::with_content(Loss::Cut, 1, b"abc".to_vec());
    disk.flip_bit(1, 0);
    disk.flip_bit(9, 0);
    disk.restart();
    assert_eq!(disk.bytes(), b"acc");
}
