//! Supervisors that are nested deeper than a stack: their spec is checked, dropped and started, a failure goes up, and they stop.

use crate::chain;
use airssys_rt::{
    prelude::*,
    supervisor::{SpecError, SuperviseError},
};
use airssys_rt_tests::{paused, with_time_limit};
use std::time::Duration;

const LEVELS: u32 = 10_000;

#[message]
struct Break;

#[derive(Default)]
struct Leaf;

#[actor]
impl Leaf {
    #[handler]
    fn break_(&mut self, _: Break) -> Result<(), Fault> {
        Err(Fault::new("broken"))
    }
}

#[actor_system(actors(Leaf))]
struct TestSystem;

/// A supervisor with a leaf, below `levels` supervisors that grant no restart.
fn nested(levels: u32, leaf: Child<Leaf>) -> Supervisor<TestSystem> {
    let mut tree = Supervisor::one_for_one("0").restarts(0, Duration::from_secs(1)).child(leaf);
    for level in 1..=levels {
        let above = Supervisor::one_for_one(level.to_string()).restarts(0, Duration::from_secs(1));
        tree = above.supervisor(tree);
    }
    tree
}

fn leaf() -> Child<Leaf> {
    Child::new("leaf", |_| Leaf)
}

async fn start() -> ActorSystem<TestSystem> {
    ActorSystem::start(SystemConfig::default()).await.unwrap()
}

#[test]
fn a_deep_spec_is_dropped() {
    with_time_limit(|| drop(nested(LEVELS, leaf())));
}

#[test]
fn a_deep_spec_with_a_mistake_is_refused() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = start().await;
            let refused = system.supervise(nested(LEVELS, Child::new("", |_| Leaf))).await;
            let error = refused.unwrap_err();
            assert!(
                matches!(&error, SuperviseError::Spec(SpecError::EmptyId { supervisor }) if &**supervisor == "0"),
                "{error:?}"
            );
            assert_eq!(system.tree().roots.len(), 0);
            system.shutdown().await.unwrap();
        });
    });
}

#[test]
fn deep_supervisors_start_and_stop() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = start().await;
            let root = system.supervise(nested(LEVELS, leaf())).await.unwrap();
            let tree = system.tree();
            let (mut node, mut levels) = (&tree.roots[0], 0);
            while let Some(child) = node.children.first() {
                (node, levels) = (child, levels + 1);
            }
            assert_eq!(levels, LEVELS + 1);
            assert!(node.actor.is_some());
            drop(tree);
            root.shutdown().await;
            assert_eq!(system.actors().len(), 0);
            system.shutdown().await.unwrap();
        });
    });
}

#[test]
fn a_failure_goes_up_through_deep_supervisors() {
    with_time_limit(|| {
        paused().block_on(async {
            let system = start().await;
            let named = leaf().named("leaf");
            system.supervise(nested(LEVELS, named)).await.unwrap();
            let leaf = system.named::<Leaf>("leaf").unwrap();
            system.tell(&leaf, Break).await.unwrap();
            let error = system.run().await.unwrap_err();
            let texts = chain(&error);
            assert!(texts[1].starts_with(&format!("supervisor `{LEVELS}` gave up: child ")), "{texts:?}");
            assert_eq!(texts.last().unwrap(), "the chain of sources has more than 64 errors");
        });
    });
}

#[test]
fn a_runtime_that_ends_takes_deep_supervisors_with_it() {
    with_time_limit(|| {
        let runtime = paused();
        let system = runtime.block_on(async {
            let system = start().await;
            system.supervise(nested(LEVELS, leaf())).await.unwrap();
            system
        });
        drop(runtime);
        assert_eq!(system.actors().len(), 0);
    });
}
