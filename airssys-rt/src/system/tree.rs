//! `Tree`: a snapshot of all supervisors and actors of a system, drawn as a tree.

use crate::{
    actor::{ActorKey, AnyCell},
    broker::MessageBroker,
    supervision::{ChildHandle, ChildState, Strategy, SupervisorCell},
    sync::Arc,
    system::{ActorInfo, ActorSystem, System},
};
use std::{collections::HashMap, fmt};

/// A snapshot of all supervisors, their children, and the children of actors. Its `Display` draws a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tree {
    /// The name of the system.
    pub system: &'static str,
    /// The actors and supervisors without a parent, in the order in which they were started.
    pub roots: Vec<TreeNode>,
}

/// One actor or supervisor with its descendants.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreeNode {
    /// The id of the child; the name of a supervisor.
    pub child: Option<Arc<str>>,
    /// The strategy, if it is a supervisor.
    pub strategy: Option<Strategy>,
    /// The state of the child, if it has a supervisor.
    pub state: Option<ChildState>,
    /// Number of restarts, by its supervisor or by itself.
    pub restarts: u32,
    /// The figures of a live actor.
    pub actor: Option<ActorInfo>,
    /// The children, in the order in which they were started.
    pub children: Vec<TreeNode>,
}

impl<S: System, B: MessageBroker<S::Message>> ActorSystem<S, B> {
    /// Takes a snapshot of all supervisors, their children, and the children of actors.
    ///
    /// ```text
    /// Shop
    /// └── shop (rest for one)
    ///     ├── stock: Stock 0.0.1 running, 2 handled
    ///     └── orders: Orders 1.0.1 restarting in 800ms, attempt 3, incarnation 3, 17 queued
    /// ```
    #[must_use]
    pub fn tree(&self) -> Tree {
        let core = self.core();
        let mut cells = core.cells();
        cells.sort_by_key(|cell| cell.start_number());
        let mut below: ChildrenByParent = HashMap::new();
        let mut roots = Vec::new();
        for cell in cells {
            match cell.parent() {
                Some(parent) => below.entry(parent.key()).or_default().push(cell),
                None if cell.is_supervised() => {} // listed by its supervisor
                None => roots.push((cell.start_number(), ChildHandle::Actor(cell))),
            }
        }
        let supervisors = core.roots.lock().clone();
        roots.extend(
            supervisors
                .into_iter()
                .filter(|supervisor| !supervisor.has_ended())
                .map(|supervisor| (supervisor.start_number(), ChildHandle::Supervisor(supervisor))),
        );
        roots.sort_by_key(|(start_number, _)| *start_number);
        let roots = roots.into_iter().map(|(_, child)| node(child, &below)).collect();
        Tree { system: S::NAME, roots }
    }
}

/// The children of actors, by the parent.
type ChildrenByParent = HashMap<ActorKey, Vec<Arc<dyn AnyCell>>>;

fn node(child: ChildHandle, below: &ChildrenByParent) -> TreeNode {
    match child {
        ChildHandle::Actor(cell) => actor(&cell, below),
        ChildHandle::Supervisor(cell) => supervisor(&cell, below),
    }
}

fn actor(cell: &Arc<dyn AnyCell>, below: &ChildrenByParent) -> TreeNode {
    let info = ActorInfo::of(&**cell);
    let children = below.get(&cell.key()).into_iter().flatten();
    TreeNode {
        child: None,
        strategy: None,
        state: None,
        restarts: info.restarts,
        actor: Some(info),
        children: children.map(|child| actor(child, below)).collect(),
    }
}

fn supervisor(cell: &SupervisorCell, below: &ChildrenByParent) -> TreeNode {
    let children = cell.child_handles().into_iter().map(|(info, child)| {
        let node = child.map(|child| node(child, below));
        let node = node.unwrap_or(TreeNode {
            child: None,
            strategy: None,
            state: None,
            restarts: 0,
            actor: None,
            children: Vec::new(),
        });
        TreeNode { child: Some(info.id), state: Some(info.state), restarts: info.restarts, ..node }
    });
    TreeNode {
        child: Some(cell.name().clone()),
        strategy: Some(cell.strategy()),
        state: None,
        restarts: 0,
        actor: None,
        children: children.collect(),
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.system)?;
        draw(f, &self.roots, "")
    }
}

impl fmt::Display for TreeNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line(f)?;
        draw(f, &self.children, "")
    }
}

/// Writes each node on a line of its own, behind `margin`.
fn draw(f: &mut fmt::Formatter<'_>, nodes: &[TreeNode], margin: &str) -> fmt::Result {
    for (nth, node) in nodes.iter().enumerate() {
        let (branch, below) =
            if nth + 1 == nodes.len() { ("└── ", "    ") } else { ("├── ", "│   ") };
        write!(f, "\n{margin}{branch}")?;
        node.line(f)?;
        draw(f, &node.children, &format!("{margin}{below}"))?;
    }
    Ok(())
}

impl TreeNode {
    fn line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(child) = &self.child {
            f.write_str(child)?;
        }
        if let Some(strategy) = self.strategy {
            write!(f, " ({strategy})")?;
        }
        if let Some(actor) = &self.actor {
            let colon = if self.child.is_some() { ": " } else { "" };
            write!(f, "{colon}{} {}", actor.actor, actor.id)?;
            if let Some(name) = &actor.name {
                write!(f, " \"{name}\"")?;
            }
        }
        match (&self.state, &self.actor) {
            (Some(state), _) => write!(f, " {state}")?,
            (None, Some(actor)) => write!(f, " {}", actor.state)?,
            (None, None) => {}
        }
        if let Some(actor) = &self.actor {
            if actor.incarnation > 1 {
                write!(f, ", incarnation {}", actor.incarnation)?;
            }
            write!(f, ", {} done", actor.done)?;
            if actor.queue_depth > 0 {
                write!(f, ", {} queued", actor.queue_depth)?;
            }
            write!(f, ", up {:.1?}", actor.uptime)?;
        } else if self.restarts > 0 {
            write!(f, ", {} restarts", self.restarts)?;
        }
        Ok(())
    }
}
