//! Random pairs of versions of a message: what the lock says about each, and what serde does with it.
//!
//! `ci/schema-pairs` generates the types, and runs this. For each pair, each version writes values with serde_json and rmp-serde (with
//! the names of fields), and the other version reads them. A version that a verdict calls readable must be read, and as the same
//! values; "the same" is what the writer itself reads from its own bytes.

mod check;
#[allow(warnings)]
mod families {
    include!(concat!(env!("SCHEMA_PAIRS"), "/families.rs"));
}
mod prelude;

use check::{Verdicts, Version, check};

/// RE-24: there is no false "compatible".
#[test]
fn each_version_reads_what_the_lock_calls_readable() {
    let mut verdicts = Verdicts::default();
    for family in families::all() {
        for (at, before) in family.iter().enumerate() {
            family[at + 1..].iter().for_each(|now| check(before, now, &mut verdicts));
        }
    }
    println!("{verdicts}");
    let Verdicts { false_compatible, pairs, .. } = verdicts;
    assert!(pairs > 0, "there are no pairs");
    let first = false_compatible.iter().take(5).cloned().collect::<Vec<_>>().join("\n\n");
    assert!(false_compatible.is_empty(), "{first}\n{} in all", false_compatible.len());
}

/// Of one version, without its types.
pub(crate) fn version<M>() -> Version
where
    M: airssys_rt::prelude::Message
        + serde::Serialize
        + serde::de::DeserializeOwned
        + prelude::Sample
        + prelude::Facts,
{
    Version::of::<M>()
}
