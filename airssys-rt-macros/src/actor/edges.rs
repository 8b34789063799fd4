//! The actors and messages that an actor declares in `asks(..)`, `tells(..)`, `try_tells(..)` and
//! `spawns(..)`.

use proc_macro2::Span;
use syn::{LitStr, Type};

use crate::errors::Errors;
use crate::list_entry::ListEntry;
use crate::spans::{self, quoted};

/// A type in one of these lists.
pub(super) struct DeclaredEdge {
    pub(super) ty: Type,
    /// The reason why a cycle through this edge cannot deadlock.
    pub(super) cycle: Option<LitStr>,
    pub(super) kind: EdgeKind,
}

/// What an actor may do along an edge of `tells(..)` or `try_tells(..)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EdgeKind {
    /// It waits.
    Waits,
    /// `tells(Self)`: it never waits, because a message that does not fit into its own mailbox comes back.
    ToItself,
    /// `try_tells(..)`: it has only `try_tell`.
    Tries,
}

/// Reads the entries with or without the word `any`, and keeps each type once. `noun` is what the list takes, with its
/// article.
pub(super) fn declared(
    entries: &[ListEntry],
    marked: bool,
    key: &str,
    noun: &str,
    errors: &mut Errors,
) -> Vec<DeclaredEdge> {
    let mut kept: Vec<DeclaredEdge> = Vec::new();
    for ListEntry { ty, cycle, .. } in entries.iter().filter(|entry| entry.marked == marked) {
        if spans::type_ident(ty).is_none() {
            errors.at(ty, format!("expected the name of the type of {noun}"));
        } else if kept.iter().any(|other| quoted(&other.ty) == quoted(ty)) {
            listed_twice(ty, key, errors);
        } else {
            kept.push(DeclaredEdge { ty: ty.clone(), cycle: cycle.clone(), kind: EdgeKind::Waits });
        }
    }
    kept
}

/// The actors in `tells(..)` and `try_tells(..)`.
pub(super) fn told(tells: &[ListEntry], tries: &[ListEntry], errors: &mut Errors) -> Vec<DeclaredEdge> {
    let mut told = declared(tells, false, "tells", "an actor", errors);
    for edge in &mut told {
        if quoted(&edge.ty) == "Self" && edge.cycle.is_none() {
            edge.kind = EdgeKind::ToItself;
        }
    }
    for mut tried in declared(tries, false, "try_tells", "an actor", errors) {
        let ty = quoted(&tried.ty);
        if told.iter().any(|other| quoted(&other.ty) == ty) {
            let text = format!("`{ty}` is in `tells(..)` as well, which permits `try_tell`");
            errors.at(&tried.ty, text);
        } else {
            tried.kind = EdgeKind::Tries;
            told.push(tried);
        }
    }
    told
}

/// Reports an actor that asks itself by its own name. The system reports one that does so by another name.
pub(super) fn check_self_ask(own: &Type, asks: &mut [DeclaredEdge], errors: &mut Errors) {
    let own = quoted(own);
    for asked in asks {
        if asked.cycle.is_none() && [own.as_str(), "Self"].contains(&quoted(&asked.ty).as_str()) {
            let why = format!(
                "an actor that asks its own type can wait for itself\n\
                 make it a `tell`, or say why it cannot: `asks({}, cycle = \"why\")`",
                quoted(&asked.ty)
            );
            errors.at(&asked.ty, why);
            // With a reason, the system does not report it again.
            asked.cycle = Some(LitStr::new("", Span::call_site()));
        }
    }
}

pub(super) fn listed_twice(ty: &Type, key: &str, errors: &mut Errors) {
    errors.at(ty, format!("`{}` is listed twice in `{key}(..)`", quoted(ty)));
}
