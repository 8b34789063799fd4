//! A family of actors that is deeper than a stack: its tree is taken, drawn, copied, compared and dropped.

use airssys_rt::prelude::*;
use airssys_rt_tests::{paused, with_time_limit};

/// Spawns a child, which has that many levels below it.
#[message]
struct Grow(u64);

#[derive(Default)]
struct Node;

#[actor(tells(Node), spawns(Node))]
impl Node {
    #[handler]
    async fn grow(&mut self, Grow(levels): Grow, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        if levels > 0 {
            let child = ctx.spawn(Node).await?;
            ctx.tell(&child, Grow(levels - 1)).await?;
        }
        Ok(())
    }
}

#[actor_system(actors(Node))]
struct TestSystem;

#[test]
fn a_tree_may_be_deeper_than_the_stack() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = ActorSystem::<TestSystem>::start(SystemConfig::default()).await.unwrap();
            let root = system.spawn(Node).await.unwrap();
            system.tell(&root, Grow(10_000)).await.unwrap();
            system.idle().await;
            let tree = system.tree();
            let (mut node, mut levels) = (&tree.roots[0], 1);
            while let Some(child) = node.children.first() {
                (node, levels) = (child, levels + 1);
            }
            assert_eq!(levels, 10_001);
            let drawing = tree.to_string();
            assert_eq!(drawing.lines().count(), 10_002);
            let last = drawing.lines().last().unwrap();
            assert!(last.trim_start().starts_with("└── [level 10001] Node 0.10000."), "{last}");
            assert_eq!(format!("{tree:?}"), format!("Tree({drawing})"));
            assert_eq!(format!("{:?}", tree.roots[0]).lines().count(), 10_001);
            let copy = tree.clone();
            assert!(copy == tree);
            drop((tree, copy));
            system.shutdown().await.unwrap();
        });
    });
}
