//! Compares the variants of an enum in two lock files.

use super::{
    change::{Change, Reads},
    compare::{ChangePlace, Comparison, aliases, attributes_text},
    lock_entry::{LockShape, LockVariant},
};

impl Comparison<'_> {
    pub(super) fn variants(
        &mut self,
        place: ChangePlace<'_>,
        before: &[LockVariant],
        now: &[LockVariant],
    ) -> Vec<Change> {
        let (mut changes, mut found) = (Vec::new(), Vec::new());
        for old in before {
            let same = now.iter().find(|new| new.name == old.name);
            let renamed = || now.iter().find(|new| new.attributes.is_alias(&old.name));
            let inside = ChangePlace { variant: Some(&old.name), ..place };
            let Some(new) = same.or_else(renamed) else {
                let reads = Reads::of(is_other(old, now, place.now_internal), true);
                changes.push(inside.change(None, reads, "the variant is gone".to_owned()));
                continue;
            };
            found.push(&new.name);
            if old.name != new.name {
                let what = format!("the variant is called `{}` now, and found by its alias", new.name);
                let reads = Reads::of(true, is_other(new, before, place.before_internal));
                changes.push(inside.change(None, reads, what));
            }
            if old.attributes.serde != new.attributes.serde {
                let text = attributes_text(&old.attributes.serde, &new.attributes.serde);
                let is_custom = old.attributes.custom() != new.attributes.custom();
                let reads = if is_custom { Reads::UNJUDGED } else { Reads::NEITHER };
                changes.push(inside.change(None, reads, text));
            }
            changes.extend(aliases(place, &old.name, (&old.attributes, &new.attributes), &new.name));
            changes.extend(self.shapes(inside, &old.shape, &new.shape));
        }
        for new in now.iter().filter(|new| !found.contains(&&new.name)) {
            let reads = Reads::of(true, is_other(new, before, place.before_internal));
            changes.push(place.change(Some(&new.name), reads, "the variant is new".to_owned()));
        }
        changes
    }
}

/// Returns whether an unknown variant is read as the one with `#[serde(other)]`. Its content is skipped only beside an inner tag.
fn is_other(unknown: &LockVariant, variants: &[LockVariant], is_internal: bool) -> bool {
    (is_internal || unknown.shape == LockShape::Unit)
        && variants.iter().any(|variant| variant.attributes.has("other"))
}
