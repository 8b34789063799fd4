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

use airssys_rt::topology::Topology;
use check::{Verdicts, Version, check};
use serde_json::Value;

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

/// The AsyncAPI document of a system with random messages: its schema of each message accepts what serde writes. The document is kept
/// for the official parser, which `ci/pictures` runs.
#[test]
fn the_document_describes_what_serde_writes() {
    let text = Topology::of::<families::Pairs>().to_asyncapi();
    std::fs::write(concat!(env!("SCHEMA_PAIRS"), "/asyncapi.json"), &text).expect("the folder is there");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let schema: Value =
        serde_json::from_str(include_str!("../topology/asyncapi/3.0.0.json")).expect("it is JSON");
    let draft = || jsonschema::options().with_draft(jsonschema::Draft::Draft7);
    let validator = draft().build(&schema).expect("the schema is valid");
    let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let (mut values, mut wrong) = (0, Vec::new());
    for (family, shown) in families::all().iter().zip(families::SHOWN) {
        let version = &family[*shown];
        let mut schema = document["components"]["schemas"][version.name()].clone();
        assert!(schema.is_object(), "`{}` has no schema", version.name());
        schema["components"] = document["components"].clone();
        let validator = draft().build(&schema).expect("the schema is valid");
        for json in version.written_as_json() {
            let value: Value = serde_json::from_slice(json).expect("it is JSON");
            values += 1;
            wrong.extend(validator.iter_errors(&value).map(|error| {
                format!(
                    "`{}` writes {value}: {error}\n{:#}",
                    version.name(),
                    document["components"]["schemas"][version.name()]
                )
            }));
        }
    }
    println!("{values} values of {} messages", families::SHOWN.len());
    assert!(wrong.is_empty(), "{}\n{} in all", wrong[0], wrong.len());
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
