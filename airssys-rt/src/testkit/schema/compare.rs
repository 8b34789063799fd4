//! Compares the entries of two lock files: fields, variants, types, aliases; decides compatibility.

use super::{
    change::{Change, Reads},
    lock_entry::{LockEntry, LockField, LockShape, LockVariant, Role, SerdeAttributes, has},
    type_compatibility,
};
use crate::message::schema::ParsedType;
use std::collections::{BTreeMap, HashSet};

/// Returns the changes from the entries of an older lock to those of this program.
pub(super) fn changes(before: &Entries, now: &Entries) -> Vec<Change> {
    Comparison { before, now, open: HashSet::new() }.changes()
}

type Entries = BTreeMap<String, LockEntry>;

/// A comparison of the entries of two locks.
struct Comparison<'a> {
    before: &'a Entries,
    now: &'a Entries,
    /// The pairs of parts that are being compared: a part may contain itself.
    open: HashSet<(String, String)>,
}

/// The place of a change, and how its type treats unknown fields.
#[derive(Clone, Copy)]
struct ChangePlace<'a> {
    message: &'a str,
    variant: Option<&'a str>,
    /// Whether older versions and this program refuse unknown fields.
    before_refuses: bool,
    now_refuses: bool,
}

impl ChangePlace<'_> {
    fn change(&self, field: Option<&str>, reads: Reads, what: String) -> Change {
        let field = match (self.variant, field) {
            (Some(variant), Some(field)) => Some(format!("{variant}.{field}")),
            (variant, field) => variant.or(field).map(str::to_owned),
        };
        Change { message: self.message.to_owned(), field, what, reads }
    }
}

impl<'a> Comparison<'a> {
    fn changes(&mut self) -> Vec<Change> {
        let mut changes = Vec::new();
        for (name, before) in self.before {
            match self.now.get(name) {
                Some(now) => changes.extend(self.entries(name, before, now)),
                None if before.role == Role::Part => {}
                None => changes.push(whole(name, Reads { before: false, now: true }, "it is gone")),
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
                (_, Role::Part) => Reads { before: false, now: true },
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

    /// Compares two entries without their names.
    fn contents(&mut self, name: &str, before: &LockEntry, now: &LockEntry) -> Vec<Change> {
        const REFUSES: &str = "deny_unknown_fields";
        let place = ChangePlace {
            message: name,
            variant: None,
            before_refuses: has(&before.serde, REFUSES),
            now_refuses: has(&now.serde, REFUSES),
        };
        let mut changes = Vec::new();
        if before.serde != now.serde {
            changes.push(place.change(None, Reads::NEITHER, attributes_text(&before.serde, &now.serde)));
        }
        changes.extend(self.shapes(place, &before.shape, &now.shape));
        changes
    }

    fn shapes(&mut self, place: ChangePlace<'_>, before: &LockShape, now: &LockShape) -> Vec<Change> {
        match (before, now) {
            (LockShape::Unknown, _) | (_, LockShape::Unknown) | (LockShape::Unit, LockShape::Unit) => {
                Vec::new()
            }
            (LockShape::Tuple(before), LockShape::Tuple(now)) => self.positions(place, before, now),
            (LockShape::Struct(before), LockShape::Struct(now)) => self.fields(place, before, now),
            (LockShape::Enum(before), LockShape::Enum(now)) => self.variants(place, before, now),
            _ => {
                let what = format!("it is {}, and was {}", now.noun(), before.noun());
                vec![place.change(None, Reads::NEITHER, what)]
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
                let optional = is_optional(old);
                let reads = Reads { before: !place.now_refuses, now: optional };
                let what = if optional { "it is gone; it was optional" } else { "it is gone" };
                changes.push(place.change(Some(&old.name), reads, what.to_owned()));
            }
        }
        for new in now.iter().filter(|new| !found.contains(&&new.name)) {
            let optional = is_optional(new);
            let reads = Reads { before: optional, now: !place.before_refuses };
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
            add(Reads { before: true, now: false }, what);
        }
        if before.ty != now.ty {
            let what = format!("it is `{}`, and was `{}`", now.ty, before.ty);
            add(self.types(&before.ty, &now.ty), what);
        }
        if before.attributes.is_default && !is_optional(now) {
            let reads = Reads { before: false, now: true };
            add(reads, "it is not optional any more".to_owned());
        }
        if before.attributes.serde != now.attributes.serde {
            add(Reads::NEITHER, attributes_text(&before.attributes.serde, &now.attributes.serde));
        }
        changes.extend(aliases(place, &before.name, (&before.attributes, &now.attributes), &now.name));
        changes
    }

    fn variants(
        &mut self,
        place: ChangePlace<'_>,
        before: &[LockVariant],
        now: &[LockVariant],
    ) -> Vec<Change> {
        let (mut changes, mut found) = (Vec::new(), Vec::new());
        let has_other =
            |variants: &[LockVariant]| variants.iter().any(|variant| variant.attributes.has("other"));
        for old in before {
            let same = now.iter().find(|new| new.name == old.name);
            let renamed = || now.iter().find(|new| new.attributes.is_alias(&old.name));
            let inside = ChangePlace { variant: Some(&old.name), ..place };
            let Some(new) = same.or_else(renamed) else {
                let reads = Reads { before: has_other(now), now: true };
                changes.push(inside.change(None, reads, "the variant is gone".to_owned()));
                continue;
            };
            found.push(&new.name);
            if old.name != new.name {
                let what = format!("the variant is called `{}` now, and found by its alias", new.name);
                changes.push(inside.change(None, Reads { before: true, now: has_other(before) }, what));
            }
            if old.attributes.serde != new.attributes.serde {
                changes.push(inside.change(
                    None,
                    Reads::NEITHER,
                    attributes_text(&old.attributes.serde, &new.attributes.serde),
                ));
            }
            changes.extend(aliases(place, &old.name, (&old.attributes, &new.attributes), &new.name));
            changes.extend(self.shapes(inside, &old.shape, &new.shape));
        }
        for new in now.iter().filter(|new| !found.contains(&&new.name)) {
            let reads = Reads { before: true, now: has_other(before) };
            changes.push(place.change(Some(&new.name), reads, "the variant is new".to_owned()));
        }
        changes
    }

    fn types(&mut self, before: &str, now: &str) -> Reads {
        type_compatibility::compare(
            &ParsedType::parse(before),
            &ParsedType::parse(now),
            &mut |before, now| self.parts(before, now),
        )
    }

    /// Compares two parts. Parts of one name are compared as entries of the lock. Parts of two names are compared by their contents:
    /// inside of another type the name is not on the wire.
    fn parts(&mut self, before: &str, now: &str) -> Reads {
        let (before, now) = (before.trim_matches('"').to_owned(), now.trim_matches('"').to_owned());
        let (Some(old), Some(new)) = (self.before.get(&before), self.now.get(&now)) else {
            return Reads::NEITHER;
        };
        let pair = (before, now);
        if pair.0 == pair.1 || self.open.contains(&pair) {
            return Reads::BOTH;
        }
        self.open.insert(pair.clone());
        let changes = self.contents(&pair.1, old, new);
        self.open.remove(&pair);
        changes.iter().fold(Reads::BOTH, |reads, change| reads.and(change.reads))
    }
}

fn whole(message: &str, reads: Reads, what: &str) -> Change {
    Change { message: message.to_owned(), field: None, what: what.to_owned(), reads }
}

fn attributes_text(before: &str, now: &str) -> String {
    format!("its serde attributes are `{now}`, and were `{before}`")
}

/// Returns a change for each alias that was removed.
fn aliases(
    place: ChangePlace<'_>,
    name: &str,
    (before, now): (&SerdeAttributes, &SerdeAttributes),
    called: &str,
) -> Vec<Change> {
    let removed = before.aliases.iter().filter(|alias| !now.is_alias(alias) && *alias != called);
    let reads = Reads { before: false, now: true };
    removed.map(|alias| place.change(Some(name), reads, format!("its alias `{alias}` is gone"))).collect()
}

/// Returns whether a value without this field can be read. An `Option` with its own function for reading is required.
fn is_optional(field: &LockField) -> bool {
    let own = field.attributes.has("with") || field.attributes.has("deserialize_with");
    field.attributes.is_default || (ParsedType::parse(&field.ty).optional().is_some() && !own)
}
