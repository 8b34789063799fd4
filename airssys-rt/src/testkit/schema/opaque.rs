//! Lists what a lock file does not see: types that are not described, and functions that write in their own way.

use super::{
    compare::Entries,
    lock_entry::{LockEntry, LockField, LockShape},
};
use crate::message::schema::ParsedType;
use std::collections::BTreeSet;

/// Returns a line for each type that is not described, and for each entry, field and variant that is written by a function of the
/// program.
pub(super) fn opaque(entries: &Entries) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (name, entry) in entries {
        if matches!(entry.shape, LockShape::Unknown) {
            found.insert(format!("{name}: its trait is implemented by hand"));
        }
        if let Some(reply) = &entry.reply {
            add_types(reply, &mut found);
        }
        add_custom(name, &entry.custom(), &mut found);
        add_fields(name, entry, &mut found);
    }
    found.into_iter().collect()
}

fn add_fields(name: &str, entry: &LockEntry, found: &mut BTreeSet<String>) {
    let mut add = |of: &str, field: &LockField| {
        let custom = field.attributes.custom();
        add_custom(&format!("{of}.{}", field.name), &custom, found);
        // What is not written has no form.
        if custom.is_empty() && !field.attributes.has("skip") {
            add_types(&field.ty, found);
        }
    };
    match &entry.shape {
        LockShape::Unknown | LockShape::Unit => {}
        LockShape::Tuple(fields) | LockShape::Struct(fields) => {
            fields.iter().for_each(|field| add(name, field))
        }
        LockShape::Enum(variants) => {
            for variant in variants {
                variant.fields().iter().for_each(|field| add(&format!("{name}.{}", variant.name), field));
            }
            for variant in variants {
                add_custom(&format!("{name}.{}", variant.name), &variant.attributes.custom(), found);
            }
        }
    }
}

fn add_custom(of: &str, custom: &[&str], found: &mut BTreeSet<String>) {
    if !custom.is_empty() {
        found.insert(format!("{of}: {}", custom.join(", ")));
    }
}

fn add_types(text: &str, found: &mut BTreeSet<String>) {
    let mut types = Vec::new();
    ParsedType::parse(text).opaque(&mut types);
    found.extend(types);
}
