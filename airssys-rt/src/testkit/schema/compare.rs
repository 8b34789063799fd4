//! Compares the entries of two lock files: names, fields, types, aliases; reports each difference.

use super::{
    change::{Change, Reads},
    lock_entry::{LockEntry, LockField, LockShape, Role, SerdeAttributes},
    type_compatibility::{self, Parts, Version},
};
use crate::message::schema::{ParsedType, SerdeList};
use std::collections::{BTreeMap, HashSet};

/// Returns the changes from the entries of an older lock to those of this program.
pub(super) fn changes(before: &Entries, now: &Entries) -> Vec<Change> {
    Comparison { before, now, open: HashSet::new() }.changes()
}

pub(super) type Entries = BTreeMap<String, LockEntry>;

/// A comparison of the entries of two locks.
pub(super) struct Comparison<'a> {
    pub(super) before: &'a Entries,
    pub(super) now: &'a Entries,
    /// The pairs of parts that are being compared: a part may contain itself.
    open: HashSet<(String, String)>,
}

/// The place of a change, and how its type treats unknown fields.
#[derive(Clone, Copy)]
pub(super) struct ChangePlace<'a> {
    pub(super) message: &'a str,
    pub(super) variant: Option<&'a str>,
    /// Whether older versions and this program refuse unknown fields.
    pub(super) before_refuses: bool,
    pub(super) now_refuses: bool,
    /// Whether the tag of the enum is among the fields of its variants, in older versions and in this program.
    pub(super) before_internal: bool,
    pub(super) now_internal: bool,
}

impl ChangePlace<'_> {
    pub(super) fn change(&self, field: Option<&str>, reads: Reads, what: String) -> Change {
        let field = match (self.variant, field) {
            (Some(variant), Some(field)) => Some(format!("{variant}.{field}")),
            (variant, field) => variant.or(field).map(str::to_owned),
        };
        Change { message: self.message.to_owned(), field, what, reads }
    }
}

impl Comparison<'_> {
    fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (name, before) in self.before {
            match self.now.get(name) {
                Some(now) => changes.extend(self.entries(name, before, now)),
                None if before.role == Role::Part => {}
                None => changes.push(whole(name, Reads::of(false, true), "it is gone")),
            }
        }
        let new =
            self.now.iter().filter(|(name, now)| now.role != Role::Part && !self.before.contains_key(*name));
        changes.extend(new.map(|(name, _)| whole(name, Reads::BOTH, "it is new")));
        changes
    }

    fn entries(&mut self, name: &str, before: &LockEntry, now: &LockEntry) -> Vec<Change> {
        let mut changes = Vec::new();
        if before.role != now.role {
            let what = format!("it is {}, and was {}", now.role.noun(), before.role.noun());
            let reads = match (before.role, now.role) {
                (Role::Part, _) => Reads::BOTH,
                (_, Role::Part) => Reads::of(false, true),
                _ => Reads::NEITHER,
            };
            changes.push(whole(name, reads, &what));
        } else if let (Some(before), Some(now)) = (&before.reply, &now.reply) {
            if before != now {
                let what = format!("its reply is `{now}`, and was `{before}`");
                changes.push(whole(name, self.types(before, now), &what));
            }
        }
        changes.extend(self.contents(name, before, now));
        changes
    }

    /// Compares two entries without their names. The differences are judged one by one and together.
    fn contents(&mut self, name: &str, before: &LockEntry, now: &LockEntry) -> Vec<Change> {
        let place = ChangePlace {
            message: name,
            variant: None,
            before_refuses: before.refuses_unknown_fields(),
            now_refuses: now.refuses_unknown_fields(),
            before_internal: before.has_inner_tag(),
            now_internal: now.has_inner_tag(),
        };
        if let Some(changes) = self.entanglement(place, before, now) {
            return changes;
        }
        let is_same = before.serde == now.serde && same_kind(&before.shape, &now.shape);
        if let (false, Some(old), Some(new)) = (is_same, before.newtype(), now.newtype()) {
            let what = format!("it is written as its field, which is `{new}`, and was `{old}`");
            return vec![place.change(None, self.types(old, new), what)];
        }
        let mut changes = Vec::new();
        if before.serde != now.serde {
            let (reads, what) = attributes_of_type(before, now);
            changes.push(place.change(None, reads, what));
        }
        changes.extend(self.shapes(place, &before.shape, &now.shape));
        let alone = changes.iter().fold(Reads::BOTH, |reads, change| reads.and(change.reads));
        let together = self.judge(before, now);
        if (alone.before && !together.before) || (alone.now && !together.now) {
            let what = String::from("its fields or variants do not fit together");
            changes.push(place.change(None, together, what));
        }
        changes
    }

    /// Compares entries whose form depends on more than single fields: each change in them, at any depth, is not judged.
    fn entanglement(
        &mut self,
        place: ChangePlace<'_>,
        before: &LockEntry,
        now: &LockEntry,
    ) -> Option<Vec<Change>> {
        let other = |entry: &LockEntry| SerdeList(&entry.serde).without(&["deny_unknown_fields"]).join(", ");
        if before.custom().is_empty() && now.custom().is_empty() && other(before) != other(now) {
            // Another form of the whole type.
            return None;
        }
        let (old, new) = (self.entangled(before), self.entangled(now));
        let is_same = before.shape == now.shape && before.serde == now.serde;
        let mut changes = Vec::new();
        for (why, types) in old.iter().chain(&new) {
            let is_tag = why.ends_with("its tag");
            let is_unchanged = types.iter().all(|ty| self.is_unchanged(ty));
            // Variants beside a tag are judged one by one, if what they merge is the same.
            if !(is_unchanged && (is_same || is_tag && old.len() == new.len())) {
                changes.push(place.change(None, Reads::UNJUDGED, format!("it has changed; {why}")));
                break;
            }
        }
        match (changes.is_empty(), is_same) {
            (false, _) => Some(changes),
            (true, true) => Some(Vec::new()),
            (true, false) => None,
        }
    }

    pub(super) fn shapes(
        &mut self,
        place: ChangePlace<'_>,
        before: &LockShape,
        now: &LockShape,
    ) -> Vec<Change> {
        match (before, now) {
            (LockShape::Unknown, LockShape::Unknown) | (LockShape::Unit, LockShape::Unit) => Vec::new(),
            (LockShape::Tuple(before), LockShape::Tuple(now)) => self.positions(place, before, now),
            (LockShape::Struct(before), LockShape::Struct(now)) => self.fields(place, before, now),
            (LockShape::Enum(before), LockShape::Enum(now)) => self.variants(place, before, now),
            _ => {
                let what = format!("it is {}, and was {}", now.noun(), before.noun());
                let is_unknown = [before, now].contains(&&LockShape::Unknown);
                let reads = if is_unknown { Reads::UNJUDGED } else { Reads::NEITHER };
                vec![place.change(None, reads, what)]
            }
        }
    }

    fn positions(&mut self, place: ChangePlace<'_>, before: &[LockField], now: &[LockField]) -> Vec<Change> {
        let pairs = before.iter().zip(now);
        let mut changes: Vec<_> = pairs.flat_map(|(before, now)| self.field(place, before, now)).collect();
        let (shared, reads) = (before.len().min(now.len()), Reads::NEITHER);
        let gone = before[shared..].iter().map(|field| (field, "it is gone, and its position counts"));
        let new = now[shared..].iter().map(|field| (field, "it is new, and its position counts"));
        changes.extend(
            gone.chain(new).map(|(field, what)| place.change(Some(&field.name), reads, what.to_owned())),
        );
        changes
    }

    fn fields(&mut self, place: ChangePlace<'_>, before: &[LockField], now: &[LockField]) -> Vec<Change> {
        let (mut changes, mut found) = (Vec::new(), Vec::new());
        for old in before {
            let same = now.iter().find(|new| new.name == old.name);
            let renamed = || now.iter().find(|new| new.attributes.is_alias(&old.name));
            if let Some(new) = same.or_else(renamed) {
                found.push(&new.name);
                changes.extend(self.field(place, old, new));
            } else {
                let optional = old.is_optional();
                let reads = Reads::of(!place.now_refuses || !old.attributes.is_written(), optional);
                let what = if optional { "it is gone; it was optional" } else { "it is gone" };
                changes.push(place.change(Some(&old.name), reads, what.to_owned()));
            }
        }
        for new in now.iter().filter(|new| !found.contains(&&new.name)) {
            let optional = new.is_optional() || !new.attributes.is_read();
            let reads = Reads::of(optional, !place.before_refuses || !new.attributes.is_written());
            let what = if optional { "it is new, and optional" } else { "it is new, and not optional" };
            changes.push(place.change(Some(&new.name), reads, what.to_owned()));
        }
        let order = |fields: &[LockField]| fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
        if changes.is_empty() && order(before) != order(now) {
            changes.push(place.change(None, Reads::BOTH, "its fields are in another order".to_owned()));
        }
        changes
    }

    fn field(&mut self, place: ChangePlace<'_>, before: &LockField, now: &LockField) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut add = |reads, what| changes.push(place.change(Some(&before.name), reads, what));
        if before.name != now.name {
            let what = format!("it is called `{}` now, and found by its alias", now.name);
            add(Reads::of(true, before.attributes.is_alias(&now.name)), what);
        }
        let types = if before.ty == now.ty { Reads::BOTH } else { self.types(&before.ty, &now.ty) };
        if before.ty != now.ty && !(before.attributes.has("skip") && now.attributes.has("skip")) {
            add(types, format!("it is `{}`, and was `{}`", now.ty, before.ty));
        }
        if before.is_optional() && !now.is_optional() && types.before {
            add(Reads::of(false, true), "it is not optional any more".to_owned());
        }
        if before.attributes.serde != now.attributes.serde {
            let text = attributes_text(&before.attributes.serde, &now.attributes.serde);
            add(self.attributes(before, now), text);
        }
        changes.extend(aliases(place, &before.name, (&before.attributes, &now.attributes), &now.name));
        changes
    }

    /// Compares the attributes of a field.
    fn attributes(&mut self, before: &LockField, now: &LockField) -> Reads {
        if before.attributes.custom() != now.attributes.custom() {
            return Reads::UNJUDGED;
        }
        let position = before.attributes.has("skip") || now.attributes.has("skip");
        if position || before.name.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Reads::NEITHER;
        }
        // One name to write and another to read: the value may be unknown to the reader, which then fills in its default.
        if before.attributes.renames() != now.attributes.renames()
            && (before.is_optional() || now.is_optional())
        {
            return Reads::UNJUDGED;
        }
        let (old, new) = (std::slice::from_ref(before), std::slice::from_ref(now));
        Reads::of(
            self.fields_read(Version::Before, old, new, false),
            self.fields_read(Version::Now, new, old, false),
        )
    }

    pub(super) fn types(&mut self, before: &str, now: &str) -> Reads {
        type_compatibility::compare(&ParsedType::parse(before), &ParsedType::parse(now), self)
    }

    fn entry(&self, version: Version, name: &str) -> Option<&LockEntry> {
        let entries = match version {
            Version::Before => self.before,
            Version::Now => self.now,
        };
        entries.get(name.trim_matches('"'))
    }
}

impl Parts for Comparison<'_> {
    /// Compares two parts. Parts of one name are compared as entries of the lock. Parts of two names are compared by their contents:
    /// inside of another type the name is not on the wire.
    fn compare(&mut self, before: &str, now: &str) -> Reads {
        let pair = (before.trim_matches('"').to_owned(), now.trim_matches('"').to_owned());
        let (Some(old), Some(new)) = (self.before.get(&pair.0), self.now.get(&pair.1)) else {
            return Reads::UNJUDGED;
        };
        if pair.0 == pair.1 || self.open.contains(&pair) {
            return Reads::BOTH;
        }
        self.open.insert(pair.clone());
        let changes = self.contents(&pair.1, old, new);
        self.open.remove(&pair);
        changes.iter().fold(Reads::BOTH, |reads, change| reads.and(change.reads))
    }

    fn newtype(&self, version: Version, name: &str) -> Option<&str> {
        self.entry(version, name).and_then(LockEntry::newtype)
    }

    fn is_never_null(&self, version: Version, name: &str) -> bool {
        self.entry(version, name).is_some_and(|entry| {
            let is_tagged = |attributes: &SerdeAttributes| !attributes.has("untagged");
            entry.custom().is_empty()
                && match &entry.shape {
                    LockShape::Unknown | LockShape::Unit => false,
                    LockShape::Tuple(fields) => fields.len() != 1,
                    LockShape::Struct(_) => !entry.list().has("transparent"),
                    LockShape::Enum(variants) => {
                        !entry.list().has("untagged")
                            && variants.iter().all(|variant| is_tagged(&variant.attributes))
                    }
                }
        })
    }
}

fn same_kind(before: &LockShape, now: &LockShape) -> bool {
    std::mem::discriminant(before) == std::mem::discriminant(now)
}

fn whole(message: &str, reads: Reads, what: &str) -> Change {
    Change { message: message.to_owned(), field: None, what: what.to_owned(), reads }
}

pub(super) fn attributes_text(before: &str, now: &str) -> String {
    format!("its serde attributes are `{now}`, and were `{before}`")
}

/// Compares the attributes of two types.
fn attributes_of_type(before: &LockEntry, now: &LockEntry) -> (Reads, String) {
    let other = |entry: &LockEntry| -> Vec<String> {
        SerdeList(&entry.serde).without(&["deny_unknown_fields"]).into_iter().map(str::to_owned).collect()
    };
    // Beside a tag, the tag itself may be an unknown field.
    if other(before) == other(now) && !before.list().has("tag") {
        let what = match now.refuses_unknown_fields() {
            true => "it refuses unknown fields now",
            false => "it accepts unknown fields now",
        };
        return (Reads::BOTH, what.to_owned());
    }
    (Reads::NEITHER, attributes_text(&before.serde, &now.serde))
}

/// Returns a change for each alias that was removed.
pub(super) fn aliases(
    place: ChangePlace<'_>,
    name: &str,
    (before, now): (&SerdeAttributes, &SerdeAttributes),
    called: &str,
) -> Vec<Change> {
    let removed = before.aliases.iter().filter(|alias| !now.is_alias(alias) && *alias != called);
    let reads = Reads::of(false, true);
    removed.map(|alias| place.change(Some(name), reads, format!("its alias `{alias}` is gone"))).collect()
}
