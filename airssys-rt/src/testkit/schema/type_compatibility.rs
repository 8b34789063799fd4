//! The compatibility of types on the wire: which values of one type can be read as another type.

use super::change::Reads;
use crate::message::schema::ParsedType;

/// Compares the types of one field, `before` and `now`. `parts` compares two messages inside of them.
pub(super) fn compare(
    before: &ParsedType<'_>,
    now: &ParsedType<'_>,
    parts: &mut dyn FnMut(&str, &str) -> Reads,
) -> Reads {
    match (before.optional(), now.optional()) {
        (None, Some(now)) => return compare(before, now, parts).and(Reads { before: true, now: false }),
        (Some(before), None) => return compare(before, now, parts).and(Reads { before: false, now: true }),
        _ => {}
    }
    match (before, now) {
        (ParsedType::Part(before), ParsedType::Part(now)) => parts(before, now),
        (ParsedType::Named(before, of), ParsedType::Named(now, is))
            if before == now && of.len() == is.len() =>
        {
            all(of, is, parts)
        }
        (ParsedType::Named(before, of), ParsedType::Named(now, is)) if of.is_empty() && is.is_empty() => {
            number_types(before, now)
        }
        (ParsedType::Tuple(of), ParsedType::Tuple(is)) if of.len() == is.len() => all(of, is, parts),
        (ParsedType::Array(before, of), ParsedType::Array(now, is)) if of == is => {
            compare(before, now, parts)
        }
        _ if before == now => Reads::BOTH,
        _ => Reads::NEITHER,
    }
}

fn all(
    before: &[ParsedType<'_>],
    now: &[ParsedType<'_>],
    parts: &mut dyn FnMut(&str, &str) -> Reads,
) -> Reads {
    let pairs = before.iter().zip(now);
    pairs.fold(Reads::BOTH, |reads, (before, now)| reads.and(compare(before, now, parts)))
}

fn number_types(before: &str, now: &str) -> Reads {
    match (NumberType::of(before), NumberType::of(now)) {
        (Some(before), Some(now)) => Reads { before: now.holds(before), now: before.holds(now) },
        _ => Reads::NEITHER,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberType {
    Unsigned(u32),
    Signed(u32),
    Float(u32),
}

impl NumberType {
    fn of(name: &str) -> Option<Self> {
        let bits = match name.get(1..)? {
            // serde writes it as 64 bits.
            "size" => 64,
            bits => bits.parse().ok().filter(|bits| [8, 16, 32, 64, 128].contains(bits))?,
        };
        match &name[..1] {
            "u" => Some(NumberType::Unsigned(bits)),
            "i" => Some(NumberType::Signed(bits)),
            "f" => Some(NumberType::Float(bits)),
            _ => None,
        }
    }

    /// Returns whether this type has each value of the other type.
    const fn holds(self, other: Self) -> bool {
        match (self, other) {
            (NumberType::Unsigned(bits), NumberType::Unsigned(of))
            | (NumberType::Signed(bits), NumberType::Signed(of))
            | (NumberType::Float(bits), NumberType::Float(of)) => bits >= of,
            (NumberType::Signed(bits), NumberType::Unsigned(of)) => bits > of,
            _ => false,
        }
    }
}
