//! Whether one version reads what another writes, as serde's derive does it: the judgement of all fields, or all variants, at once.
//!
//! A comparison reports each difference on its own; differences that are harmless alone can be harmful together.

use super::{
    change::Reads,
    compare::Comparison,
    lock_entry::{LockEntry, LockField, LockShape, LockVariant},
    type_compatibility::Version,
};
use crate::message::schema::ParsedType;
use std::collections::HashSet;

impl Comparison<'_> {
    /// Returns which version reads the fields or variants of the other.
    pub(super) fn judge(&mut self, before: &LockEntry, now: &LockEntry) -> Reads {
        let reads = self.judge_shapes(before, &before.shape, now, &now.shape);
        if let (LockShape::Enum(old), LockShape::Enum(new)) = (&before.shape, &now.shape) {
            let is_read = self.variants_read(Version::Before, (before, old), (now, new));
            let reads = reads.and(Reads::of(is_read, true));
            let is_read = self.variants_read(Version::Now, (now, new), (before, old));
            return reads.and(Reads::of(true, is_read));
        }
        reads
    }

    fn judge_shapes(
        &mut self,
        before: &LockEntry,
        old: &LockShape,
        now: &LockEntry,
        new: &LockShape,
    ) -> Reads {
        match (old, new) {
            (LockShape::Tuple(old), LockShape::Tuple(new)) => {
                Reads::of(self.positions_read(Version::Before, old, new), true)
                    .and(Reads::of(true, self.positions_read(Version::Now, new, old)))
            }
            (LockShape::Struct(old), LockShape::Struct(new)) => {
                Reads::of(self.fields_read(Version::Before, old, new, now.refuses_unknown_fields()), true)
                    .and(Reads::of(
                        true,
                        self.fields_read(Version::Now, new, old, before.refuses_unknown_fields()),
                    ))
            }
            (LockShape::Enum(_), LockShape::Enum(_)) => Reads::BOTH,
            _ if old == new => Reads::BOTH,
            _ => Reads::NEITHER,
        }
    }

    /// Returns whether the named fields of a version are read as those of the other version.
    pub(super) fn fields_read(
        &mut self,
        writer: Version,
        written: &[LockField],
        read: &[LockField],
        refuses: bool,
    ) -> bool {
        let (mut is_filled, mut is_sure) = (vec![false; read.len()], vec![false; read.len()]);
        for field in written {
            let mut readers =
                (0..read.len()).filter(|at| read[*at].attributes.reads(&read[*at].name, &field.name));
            let (reader, further) = (readers.next(), readers.next());
            let is_always = !field.attributes.has("skip_serializing_if");
            match (reader, further) {
                // The reader fills in its default, as the writer does when it reads its own value.
                (Some(at), None) if !field.attributes.is_written() => {
                    if field.missing() != read[at].missing() {
                        return false;
                    }
                }
                _ if !field.attributes.is_written() => {}
                (None, _) if refuses => return false,
                (None, _) => {}
                (Some(at), None) => {
                    let reader = &read[at];
                    // Two fields that are read as one are a duplicate field.
                    let is_same_default = is_always || field.missing() == reader.missing();
                    if is_filled[at] || !is_same_default || !self.field_reads(writer, field, reader) {
                        return false;
                    }
                    is_filled[at] = true;
                    is_sure[at] = is_always;
                }
                (Some(_), Some(_)) => return false,
            }
        }
        let mut missing = read.iter().zip(&is_sure).filter(|(_, is_sure)| !**is_sure);
        missing.all(|(field, _)| !field.attributes.is_read() || field.is_optional())
    }

    /// Returns whether the fields by position of a version are read as those of the other version.
    fn positions_read(&mut self, writer: Version, written: &[LockField], read: &[LockField]) -> bool {
        let mut pairs = written.iter().zip(read);
        written.len() == read.len()
            && pairs.all(|(written, read)| {
                written.attributes.serde == read.attributes.serde
                    && (!written.attributes.has("skip_serializing_if") || written.missing() == read.missing())
                    && (written.attributes.has("skip") || self.field_reads(writer, written, read))
            })
    }

    /// Returns whether the value of a field is read. A function of the program reads what the same function writes.
    fn field_reads(&mut self, writer: Version, written: &LockField, read: &LockField) -> bool {
        let (custom, other) = (written.attributes.custom(), read.attributes.custom());
        if !custom.is_empty() || !other.is_empty() {
            return custom == other && written.ty == read.ty && self.is_unchanged(&written.ty);
        }
        match writer {
            Version::Before => self.types(&written.ty, &read.ty).before,
            Version::Now => self.types(&read.ty, &written.ty).now,
        }
    }

    fn variants_read(
        &mut self,
        writer: Version,
        (of, written): (&LockEntry, &[LockVariant]),
        (by, read): (&LockEntry, &[LockVariant]),
    ) -> bool {
        let is_internal = by.has_inner_tag();
        let other =
            read.iter().find(|variant| variant.attributes.has("other") && variant.attributes.is_read());
        let mut is_filled = vec![false; read.len()];
        for variant in written.iter().filter(|variant| variant.attributes.is_written()) {
            let mut readers =
                (0..read.len()).filter(|at| read[*at].attributes.reads(&read[*at].name, &variant.name));
            let is_read = match (readers.next(), readers.next()) {
                (None, _) => {
                    // Only an inner tag is read without the content of the variant.
                    let is_empty = is_internal || variant.shape == LockShape::Unit;
                    other.is_some() && is_empty
                }
                (Some(at), None) => {
                    // A variant that is read as another one is another value.
                    let is_first = !std::mem::replace(&mut is_filled[at], true);
                    let (ours, theirs) = (variant.attributes.custom(), read[at].attributes.custom());
                    let is_custom = !ours.is_empty() || !theirs.is_empty();
                    let is_same = ours == theirs && variant.shape == read[at].shape;
                    is_first
                        && (!is_custom || is_same)
                        && (is_custom || self.variant_reads(writer, (of, variant), (by, &read[at])))
                }
                (Some(_), Some(_)) => false,
            };
            if !is_read {
                return false;
            }
        }
        true
    }

    fn variant_reads(
        &mut self,
        writer: Version,
        (of, written): (&LockEntry, &LockVariant),
        (by, read): (&LockEntry, &LockVariant),
    ) -> bool {
        let reads = match writer {
            Version::Before => self.judge_shapes(of, &written.shape, by, &read.shape).before,
            Version::Now => self.judge_shapes(by, &read.shape, of, &written.shape).now,
        };
        let is_same_role = written.attributes.has("other") == read.attributes.has("other");
        reads && (is_same_role || written.shape == LockShape::Unit)
    }

    /// Returns whether nothing has changed in a type and all parts in it.
    pub(super) fn is_unchanged(&self, ty: &str) -> bool {
        let mut known = HashSet::new();
        let mut queue = Vec::new();
        names_in(ty, &mut queue);
        while let Some(name) = queue.pop() {
            if !known.insert(name.clone()) {
                continue;
            }
            match (self.before.get(&name), self.now.get(&name)) {
                (Some(before), Some(now)) if before.shape == now.shape && before.serde == now.serde => {
                    now.fields().iter().for_each(|field| names_in(&field.ty, &mut queue));
                }
                _ => return false,
            }
        }
        true
    }

    /// Returns the first field or variant of an entry whose content is read beside something else, or by trial: what is read
    /// depends on all that is in it.
    pub(super) fn entangled<'e>(&self, entry: &'e LockEntry) -> Vec<(&'e str, Vec<&'e str>)> {
        let list = entry.list();
        let is_untagged = list.has("untagged")
            || matches!(&entry.shape, LockShape::Enum(variants) if variants.iter().any(|one| one.attributes.has("untagged")));
        if is_untagged {
            let types = entry.fields().iter().map(|field| field.ty.as_str()).collect();
            return vec![("an untagged variant is found by its content", types)];
        }
        if !entry.custom().is_empty() {
            let types = entry.fields().iter().map(|field| field.ty.as_str()).collect();
            return vec![("a serde attribute of the type decides its form", types)];
        }
        let flattened: Vec<_> =
            entry.fields().into_iter().filter(|field| field.attributes.has("flatten")).collect();
        let mut found = Vec::new();
        if !flattened.is_empty() {
            let types = flattened.iter().map(|field| field.ty.as_str()).collect();
            found.push(("it has a flattened field, whose content is beside the others", types));
        }
        match &entry.shape {
            LockShape::Enum(variants) if entry.has_inner_tag() => {
                let merged = variants.iter().filter_map(|variant| match &variant.shape {
                    LockShape::Tuple(fields) => fields.first().map(|field| field.ty.as_str()),
                    _ => None,
                });
                found.push(("the content of a variant is beside its tag", merged.collect()));
            }
            _ => {}
        }
        found
    }
}

/// Adds the names of the parts in a type.
fn names_in(ty: &str, names: &mut Vec<String>) {
    fn add(ty: &ParsedType<'_>, names: &mut Vec<String>) {
        match ty {
            ParsedType::Part(name) => names.push(name.trim_matches('"').to_owned()),
            ParsedType::Named(_, types) | ParsedType::Tuple(types) => {
                types.iter().for_each(|ty| add(ty, names));
            }
            ParsedType::Array(of, _) => add(of, names),
            ParsedType::Other(_) => {}
        }
    }
    add(&ParsedType::parse(ty), names);
}
