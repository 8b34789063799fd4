//! `Tree`: a snapshot of all supervisors and actors of a system, drawn as a tree.

use crate::{
    actor::{ActorKey, AnyCell},
    broker::MessageBroker,
    supervision::{ChildHandle, ChildInfo},
    sync::Arc,
    system::{ActorInfo, ActorSystem, System, TreeNode, tree_node},
};
use std::{collections::HashMap, fmt, vec};

/// A snapshot of all supervisors, their children, and the children of actors. Its `Display` draws a tree.
///
/// A tree may be as deep as its actors are: no method of it is recursive. `Display` indents 64 levels; a node further down has the
/// number of its level instead.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tree {
    /// The name of the system.
    pub system: &'static str,
    /// The actors and supervisors without a parent, in the order in which they were started.
    pub roots: Vec<TreeNode>,
}

/// The tree of supervisors and actors.
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

/// A child that is to be added to its parent's node, with what a supervisor knows about it. No handle: it has not been started.
type Pending = (Option<ChildInfo>, Option<ChildHandle>);

/// A node whose children are not all added.
struct OpenNode {
    node: TreeNode,
    rest: vec::IntoIter<Pending>,
}

/// Makes a node with its descendants. A loop, because a tree may be deeper than the stack.
fn node(root: ChildHandle, below: &ChildrenByParent) -> TreeNode {
    let mut path = vec![OpenNode::new((None, Some(root)), below)];
    loop {
        let deepest = path.last_mut().expect("the root is closed last");
        if let Some(child) = deepest.rest.next() {
            path.push(OpenNode::new(child, below));
            continue;
        }
        let closed = path.pop().expect("it was there a moment ago").node;
        match path.last_mut() {
            Some(parent) => parent.node.children.push(closed),
            None => return closed,
        }
    }
}

impl OpenNode {
    fn new((info, child): Pending, below: &ChildrenByParent) -> Self {
        let mut node = TreeNode::empty();
        let mut rest = Vec::new();
        match child {
            Some(ChildHandle::Actor(cell)) => {
                let children = below.get(&cell.key()).into_iter().flatten();
                rest = children.map(|child| (None, Some(ChildHandle::Actor(child.clone())))).collect();
                let actor = ActorInfo::of(&*cell);
                node.restarts = actor.restarts;
                node.actor = Some(actor);
            }
            Some(ChildHandle::Supervisor(supervisor)) => {
                node.child = Some(supervisor.name().clone());
                node.strategy = Some(supervisor.strategy());
                let children = supervisor.child_handles().into_iter();
                rest = children.map(|(info, child)| (Some(info), child)).collect();
            }
            None => {}
        }
        if let Some(info) = info {
            (node.child, node.state, node.restarts) = (Some(info.id), Some(info.state), info.restarts);
        }
        OpenNode { node, rest: rest.into_iter() }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.system)?;
        tree_node::draw(f, &self.roots)
    }
}

/// Prints the drawing.
impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tree({self})")
    }
}
