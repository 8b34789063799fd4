//! Message size: a boxed message takes the slot of a pointer in a mailbox and is handled like any other.

use airssys_rt::{broker::Received, prelude::*};

const PAGE: usize = 4096;

#[message(reply = u64, boxed)]
#[derive(Clone)]
struct Boxed([u8; PAGE]);

// The macro warns that it should be boxed.
#[allow(deprecated)]
#[message(reply = u64)]
#[derive(Clone)]
struct Plain([u8; PAGE]);

#[message]
#[derive(Clone)]
struct Small(u64);

fn sum(page: &[u8]) -> u64 {
    page.iter().map(|byte| u64::from(*byte)).sum()
}

struct Lean;

#[actor(handles(Boxed))]
impl Lean {
    #[handler]
    fn small(&mut self, Small(number): Small) {
        let _: u64 = number;
    }
}

impl Handler<Boxed> for Lean {
    async fn handle(&mut self, Boxed(page): Boxed, _: &mut ActorContext<Self>) -> Result<u64, Fault> {
        Ok(sum(&page))
    }
}

struct Wide;

#[actor]
impl Wide {
    #[handler]
    fn plain(&mut self, Plain(page): Plain) -> u64 {
        sum(&page)
    }

    #[handler]
    fn boxed(&mut self, Boxed(page): Boxed) -> u64 {
        sum(&page)
    }
}

#[actor_system(actors(Lean, Wide))]
struct Library;

/// R4
#[test]
fn a_boxed_message_takes_the_slot_of_a_pointer() {
    let pointer = size_of::<usize>();
    assert!(size_of::<<Lean as Actor>::Message>() <= 3 * pointer);
    assert!(size_of::<<Wide as Actor>::Message>() >= PAGE);
}

#[tokio::test]
async fn a_boxed_message_is_handled_given_back_and_observed_like_any_other() {
    let library = ActorSystem::<Library>::start(SystemConfig::default()).await.expect("it starts");
    let lean = library.spawn(Lean).await.expect("it is hosted");
    let wide = library.spawn(Wide).await.expect("it is hosted");
    assert_eq!(library.ask(&lean, Boxed([1; PAGE])).await.expect("it answers"), 4096);
    assert_eq!(library.ask(&wide, Boxed([2; PAGE])).await.expect("it answers"), 8192);
    assert_eq!(library.ask(&wide, Plain([1; PAGE])).await.expect("it answers"), 4096);
    library.tell(&lean, Small(1)).await.expect("it is told");

    library.drain(&lean).await;
    let given_back = library.tell(&lean, Boxed([3; PAGE])).await.expect_err("it has stopped");
    let given_back = given_back.into_message().expect("it was not accepted");
    assert_eq!(sum(&given_back.0), 3 * 4096);

    let mut tap = library.subscribe(8).expect("it runs");
    library.tell(&wide, Boxed([4; PAGE])).await.expect("it is told");
    let Some(Received::Item(seen)) = tap.recv().await else { panic!("the tap has no item") };
    assert_eq!(seen.message().get::<Wide, Boxed>().map(|boxed| boxed.0[0]), Some(4));
    assert!(seen.message().get::<Wide, Plain>().is_none());
}
