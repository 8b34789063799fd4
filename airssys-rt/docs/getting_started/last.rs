// What the guide has at its end. Included by the blocks of getting_started.md.

include!("messages.rs");

#[message(reply = Option<String>)]
struct Last;

#[actor(publishes(Arrived))]
impl Book {
    #[handler]
    fn sign(&mut self, Sign { name }: Sign, ctx: &mut ActorContext<Self>) {
        self.names.push(name.clone());
        ctx.publish(Arrived { name });
    }

    #[handler]
    fn count(&self, _: Count) -> usize {
        self.names.len()
    }

    #[handler]
    fn last(&self, _: Last) -> Option<String> {
        self.names.last().cloned()
    }
}

#[derive(Default)]
struct Porter {
    bags: usize,
}

#[actor]
impl Porter {
    #[on_event]
    fn arrived(&mut self, Arrived { name }: Arrived) {
        self.bags += 1;
        println!("takes bag {} to the room of {name}", self.bags);
    }
}

#[actor_system(actors(Book, Porter), events(Arrived))]
struct Hotel;
