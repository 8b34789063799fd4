//! Writes with one version, reads with another, and compares with the verdict.

use crate::prelude::{Facts, READS, Sample};
use airssys_rt::{message::schema::Schema, prelude::Message, testkit::schema::Lock};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, fmt};

/// How many values each version writes.
const SAMPLES: u64 = 40;

type Known = BTreeMap<String, String>;

/// One version of a message, without its types.
pub(crate) struct Version {
    schema: &'static Schema,
    /// What it writes, in each format, and what it reads from that itself.
    written: Vec<(Format, Vec<u8>, Known)>,
    /// Each value as JSON, also one that it does not read itself.
    json: Vec<Vec<u8>>,
    read: fn(Format, &[u8]) -> Result<Known, String>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Format {
    Json,
    MessagePack,
}

impl Version {
    pub(crate) fn of<M: Message + Serialize + DeserializeOwned + Sample + Facts>() -> Self {
        let (mut written, mut all) = (Vec::new(), Vec::new());
        for n in 0..SAMPLES {
            let value = M::sample(n);
            let json = serde_json::to_vec(&value).ok().map(|bytes| (Format::Json, bytes));
            all.extend(json.as_ref().map(|(_, bytes)| bytes.clone()));
            let packed = rmp_serde::to_vec_named(&value).ok().map(|bytes| (Format::MessagePack, bytes));
            for (format, bytes) in json.into_iter().chain(packed) {
                // A version that does not read its own value has no other version that should.
                if let Ok(known) = read::<M>(format, &bytes) {
                    written.push((format, bytes, known));
                }
            }
        }
        Version { schema: M::SCHEMA, written, json: all, read: read::<M> }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.schema.name
    }

    pub(crate) fn written_as_json(&self) -> impl Iterator<Item = &[u8]> {
        self.json.iter().map(Vec::as_slice)
    }

    /// Returns why this version does not read what another one writes.
    fn failure(&self, writer: &Version) -> Option<String> {
        writer.written.iter().find_map(|(format, bytes, known)| {
            READS.set(true);
            let read = (self.read)(*format, bytes);
            READS.set(false);
            let why = match read {
                Err(error) => error,
                Ok(found) => difference(known, &found)?,
            };
            Some(format!("{format:?} {}: {why}", String::from_utf8_lossy(bytes)))
        })
    }
}

fn read<M: DeserializeOwned + Facts>(format: Format, bytes: &[u8]) -> Result<Known, String> {
    let value: Result<M, String> = match format {
        Format::Json => serde_json::from_slice(bytes).map_err(|error| error.to_string()),
        Format::MessagePack => rmp_serde::from_slice(bytes).map_err(|error| error.to_string()),
    };
    let mut facts = Vec::new();
    value?.facts("", &mut facts);
    Ok(facts.into_iter().collect())
}

/// Returns the first fact that the reader has otherwise than the writer. It may know less, and more.
fn difference(written: &Known, read: &Known) -> Option<String> {
    // What is in a variant that the reader knows as `other` is lost, as the program says.
    let lost: Vec<_> = read.iter().filter(|(_, fact)| *fact == "other").map(|(path, _)| path).collect();
    written.iter().find_map(|(path, fact)| {
        let found = read.get(path)?;
        let is_lost = lost.iter().any(|lost| path.starts_with(lost.as_str()));
        (found != fact && !is_lost).then(|| format!("`{path}` was {fact}, and is read as {found}"))
    })
}

/// What came of all pairs.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    pub(crate) pairs: u32,
    compatible: u32,
    /// Pairs in which a type that is not described has changed; the lock lists it.
    opaque: u32,
    /// Directions that a verdict calls unreadable, and in which all samples are read.
    too_strict: BTreeMap<String, u32>,
    readable: u32,
    pub(crate) false_compatible: Vec<String>,
}

/// Compares the verdict of a pair with what serde does.
pub(crate) fn check(before: &Version, now: &Version, verdicts: &mut Verdicts) {
    let locks = [before, now].map(|version| Lock::of_schemas("Pairs", &[version.schema]));
    let locks = locks.map(|lock| Lock::parse(&lock.to_string()).expect("a lock can be read"));
    let changes = locks[0].changes(&locks[1]);
    let is_blind = locks.iter().any(|lock| lock.opaque().any(|line| line.starts_with("Opaque")));
    let directions = [
        (changes.iter().all(|change| change.reads_before()), now.failure(before), "now reads before"),
        (changes.iter().all(|change| change.is_read_by_before()), before.failure(now), "before reads now"),
    ];
    verdicts.pairs += u32::from(!is_blind);
    verdicts.opaque += u32::from(is_blind);
    verdicts.compatible += u32::from(changes.iter().all(|change| change.is_compatible()));
    for (is_readable, failure, direction) in directions {
        match (is_readable, failure) {
            (true, Some(why)) if !is_blind => {
                let said: Vec<_> = changes.iter().map(ToString::to_string).collect();
                let [before, now] = &locks;
                verdicts
                    .false_compatible
                    .push(format!("{direction}: {why}\nsaid: {said:#?}\nbefore:\n{before}\nnow:\n{now}"));
            }
            (false, None) => {
                let unreadable = changes.iter().filter(|change| match direction {
                    "now reads before" => !change.reads_before(),
                    _ => !change.is_read_by_before(),
                });
                for change in unreadable.take(1) {
                    let text = change.to_string();
                    let what =
                        text.split("`: ").nth(1).unwrap_or(&text).split('`').next().unwrap_or_default();
                    *verdicts.too_strict.entry(what.to_owned()).or_default() += 1;
                }
                verdicts.readable += 1;
            }
            (_, None) => verdicts.readable += 1,
            _ => {}
        }
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Verdicts { pairs, compatible, opaque, readable, .. } = self;
        let strict: u32 = self.too_strict.values().sum();
        writeln!(
            f,
            "{pairs} pairs, and {opaque} with types that are not described; {compatible} compatible"
        )?;
        writeln!(
            f,
            "{readable} directions in which all values are read, {strict} of them called unreadable:"
        )?;
        let mut whys: Vec<_> = self.too_strict.iter().collect();
        whys.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        whys.iter().take(12).try_for_each(|(why, count)| writeln!(f, "  {count:5}  {why}"))
    }
}
