//! `TreeNode`: one actor or supervisor of a tree with its descendants; no function here is recursive, so a tree may be deep.

use crate::{
    id::Printable,
    supervision::{ChildState, Strategy},
    sync::Arc,
    system::ActorInfo,
};
use std::{fmt, mem};

/// The number of levels that are indented in a drawing. Otherwise its size would grow with the square of the number of levels.
const INDENTED_LEVELS: usize = 64;

/// One actor or supervisor with its descendants.
///
/// It implements `Drop`, so `children` is taken out with [`mem::take`](std::mem::take).
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

impl TreeNode {
    pub(super) fn empty() -> Self {
        TreeNode { child: None, strategy: None, state: None, restarts: 0, actor: None, children: Vec::new() }
    }

    /// A copy without the children.
    fn clone_alone(&self) -> Self {
        TreeNode {
            child: self.child.clone(),
            strategy: self.strategy,
            state: self.state,
            restarts: self.restarts,
            actor: self.actor.clone(),
            children: Vec::with_capacity(self.children.len()),
        }
    }

    /// Whether two nodes are equal, except for what is in their children.
    fn equals_alone(&self, other: &Self) -> bool {
        self.child == other.child
            && self.strategy == other.strategy
            && self.state == other.state
            && self.restarts == other.restarts
            && self.actor == other.actor
            && self.children.len() == other.children.len()
    }
}

/// Drops the descendants one after the other.
impl Drop for TreeNode {
    fn drop(&mut self) {
        let mut rest = mem::take(&mut self.children);
        while let Some(mut node) = rest.pop() {
            rest.append(&mut node.children);
        }
    }
}

impl Clone for TreeNode {
    fn clone(&self) -> Self {
        // The nodes from the root to the current one, each with its copy and the children that are not copied yet.
        let mut path = vec![(self.clone_alone(), self.children.iter())];
        loop {
            let (_, rest) = path.last_mut().expect("the root is completed last");
            if let Some(child) = rest.next() {
                path.push((child.clone_alone(), child.children.iter()));
                continue;
            }
            let (copy, _) = path.pop().expect("it was there a moment ago");
            match path.last_mut() {
                Some((parent, _)) => parent.children.push(copy),
                None => return copy,
            }
        }
    }
}

impl PartialEq for TreeNode {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = vec![(self, other)];
        while let Some((one, other)) = pairs.pop() {
            if !one.equals_alone(other) {
                return false;
            }
            pairs.extend(one.children.iter().zip(&other.children));
        }
        true
    }
}

impl Eq for TreeNode {}

impl fmt::Display for TreeNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line(f)?;
        draw(f, &self.children)
    }
}

/// Prints the drawing.
impl fmt::Debug for TreeNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TreeNode({self})")
    }
}

/// Writes each node with its descendants, on a line of its own behind a margin.
pub(super) fn draw(f: &mut fmt::Formatter<'_>, nodes: &[TreeNode]) -> fmt::Result {
    let mut margin = String::new();
    // For each level down to the current one: the nodes that are not written yet, and the length of its margin.
    let mut levels = vec![(nodes.iter(), 0)];
    loop {
        let level = levels.len();
        let Some((nodes, margin_len)) = levels.last_mut() else { return Ok(()) };
        let Some(node) = nodes.next() else {
            levels.pop();
            continue;
        };
        let is_last = nodes.len() == 0;
        let (branch, below) = if is_last { ("└── ", "    ") } else { ("├── ", "│   ") };
        margin.truncate(*margin_len);
        write!(f, "\n{margin}{branch}")?;
        if level <= INDENTED_LEVELS {
            margin.push_str(below);
        } else {
            write!(f, "[level {level}] ")?;
        }
        node.line(f)?;
        levels.push((node.children.iter(), margin.len()));
    }
}

impl TreeNode {
    fn line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(child) = &self.child {
            write!(f, "{}", Printable(child))?;
        }
        if let Some(strategy) = self.strategy {
            write!(f, " ({strategy})")?;
        }
        if let Some(actor) = &self.actor {
            let colon = if self.child.is_some() { ": " } else { "" };
            write!(f, "{colon}{} {}", actor.actor, actor.id)?;
            if let Some(name) = &actor.name {
                write!(f, " \"{}\"", Printable(name))?;
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
