//! The compatibility of types on the wire: which values of one type can be read as another type.

use super::change::Reads;
use crate::message::schema::ParsedType;

/// What the comparison of two types needs to know of the parts in them.
pub(super) trait Parts {
    /// Compares a part of an older version with one of this program.
    fn compare(&mut self, before: &str, now: &str) -> Reads;
    /// Returns the type of the only field of a part, if the part is written as this field alone.
    fn newtype(&self, version: Version, name: &str) -> Option<&str>;
    /// Returns whether no value of the part is written as nothing.
    fn is_never_null(&self, version: Version, name: &str) -> bool;
}

/// Which version of the program a type belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Before,
    Now,
}

/// The most newtypes in each other that are looked into.
const MOST_NEWTYPES: usize = 32;

/// Compares the types of one field, `before` and `now`.
pub(super) fn compare(before: &ParsedType<'_>, now: &ParsedType<'_>, parts: &mut dyn Parts) -> Reads {
    match (before, now) {
        (ParsedType::Part(before), ParsedType::Part(now)) if before == now => {
            return parts.compare(before, now);
        }
        _ => {}
    }
    let resolve = |version, ty: &ParsedType<'_>| resolved(version, ty, parts);
    match (resolve(Version::Before, before), resolve(Version::Now, now)) {
        (None, None) => compare_resolved(before, now, parts),
        (Some(before), None) => compare_resolved(&ParsedType::parse(&before), now, parts),
        (None, Some(now)) => compare_resolved(before, &ParsedType::parse(&now), parts),
        (Some(before), Some(now)) => {
            compare_resolved(&ParsedType::parse(&before), &ParsedType::parse(&now), parts)
        }
    }
}

/// Returns the type that is written for a newtype, if it is one.
fn resolved(version: Version, ty: &ParsedType<'_>, parts: &dyn Parts) -> Option<String> {
    let ParsedType::Part(name) = ty else { return None };
    let mut inner = parts.newtype(version, name)?;
    for _ in 0..MOST_NEWTYPES {
        let ParsedType::Part(name) = ParsedType::parse(inner) else { break };
        match parts.newtype(version, name) {
            Some(next) => inner = next,
            None => break,
        }
    }
    Some(inner.to_owned())
}

fn compare_resolved(before: &ParsedType<'_>, now: &ParsedType<'_>, parts: &mut dyn Parts) -> Reads {
    match (before.optional(), now.optional()) {
        (Some(before), Some(now)) => return compare(before, now, parts),
        // A value that is written as nothing would be read as `None`.
        (None, Some(inner)) if is_never_null(Version::Before, before, parts) => {
            return compare(before, inner, parts).and(Reads::of(true, false));
        }
        (Some(inner), None) if is_never_null(Version::Now, now, parts) => {
            return compare(inner, now, parts).and(Reads::of(false, true));
        }
        _ => {}
    }
    match (before, now) {
        (ParsedType::Part(before), ParsedType::Part(now)) => parts.compare(before, now),
        (ParsedType::Named("HashMap", of), ParsedType::Named("HashMap", is))
            if of.len() == 2 && is.len() == 2 =>
        {
            keys(&of[0], &is[0]).and(compare(&of[1], &is[1], parts))
        }
        (ParsedType::Named(before, of), ParsedType::Named(now, is))
            if before == now && of.len() == is.len() && is_container(before, of.len()) =>
        {
            all(of, is, parts)
        }
        // A set loses duplicates, and a list keeps them.
        (ParsedType::Named("HashSet", of), ParsedType::Named("Vec", is)) => {
            all(of, is, parts).and(Reads::of(true, false))
        }
        (ParsedType::Named("Vec", of), ParsedType::Named("HashSet", is)) => {
            all(of, is, parts).and(Reads::of(false, true))
        }
        (ParsedType::Tuple(of), ParsedType::Tuple(is)) if of.len() == is.len() => all(of, is, parts),
        (ParsedType::Array(before, of), ParsedType::Array(now, is)) if of == is => {
            compare(before, now, parts)
        }
        _ if before == now => Reads::BOTH,
        (ParsedType::Named(before, of), ParsedType::Named(now, is))
            if NumberType::of(before).is_some() && of.is_empty() && is.is_empty() =>
        {
            number_types(before, now).unwrap_or(Reads::NEITHER)
        }
        _ if is_opaque(before) || is_opaque(now) => Reads::UNJUDGED,
        _ => Reads::NEITHER,
    }
}

fn all(before: &[ParsedType<'_>], now: &[ParsedType<'_>], parts: &mut dyn Parts) -> Reads {
    let pairs = before.iter().zip(now);
    pairs.fold(Reads::BOTH, |reads, (before, now)| reads.and(compare(before, now, parts)))
}

/// Compares the keys of two maps: some formats write them as text.
fn keys(before: &ParsedType<'_>, now: &ParsedType<'_>) -> Reads {
    match (before, now) {
        _ if before == now => Reads::BOTH,
        (ParsedType::Named(before, of), ParsedType::Named(now, is)) if of.is_empty() && is.is_empty() => {
            number_types(before, now).unwrap_or(Reads::UNJUDGED)
        }
        _ => Reads::UNJUDGED,
    }
}

fn is_container(name: &str, arguments: usize) -> bool {
    matches!((name, arguments), ("Vec" | "HashSet" | "BinaryHeap", 1) | ("Result", 2))
}

fn is_opaque(ty: &ParsedType<'_>) -> bool {
    let mut found = Vec::new();
    ty.opaque(&mut found);
    !found.is_empty()
}

fn is_never_null(version: Version, ty: &ParsedType<'_>, parts: &dyn Parts) -> bool {
    match ty {
        ParsedType::Part(name) => parts.is_never_null(version, name),
        ParsedType::Tuple(types) => !types.is_empty(),
        ParsedType::Array(..) => true,
        ParsedType::Named(name, arguments) => {
            is_container(name, arguments.len())
                || matches!((*name, arguments.len()), ("HashMap", 2) | ("String" | "bool" | "char", 0))
                || NumberType::of(name).is_some()
        }
        ParsedType::Other(_) => false,
    }
}

fn number_types(before: &str, now: &str) -> Option<Reads> {
    let (before, now) = (NumberType::of(before)?, NumberType::of(now)?);
    Some(Reads::of(now.holds(before), before.holds(now)))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NumberType {
    kind: NumberKind,
    /// The number of bits that are written, and of those that every platform reads.
    written: u32,
    read: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    Unsigned,
    Signed,
    Float,
}

impl NumberType {
    fn of(name: &str) -> Option<Self> {
        let kind = match name.get(..1)? {
            "u" => NumberKind::Unsigned,
            "i" => NumberKind::Signed,
            "f" => NumberKind::Float,
            _ => return None,
        };
        let (written, read) = match name.get(1..)? {
            "size" => (64, 32),
            bits => {
                let bits = bits.parse().ok().filter(|bits| [8, 16, 32, 64, 128].contains(bits))?;
                (bits, bits)
            }
        };
        Some(NumberType { kind, written, read })
    }

    /// Returns whether this type reads each value of the other type. Formats write integers of 128 bits in their own ways.
    const fn holds(self, other: Self) -> bool {
        if self.read == 128 || other.written == 128 {
            return false;
        }
        match (self.kind, other.kind) {
            (NumberKind::Unsigned, NumberKind::Unsigned)
            | (NumberKind::Signed, NumberKind::Signed)
            | (NumberKind::Float, NumberKind::Float) => self.read >= other.written,
            (NumberKind::Signed, NumberKind::Unsigned) => self.read > other.written,
            _ => false,
        }
    }
}
