use crate::{
    actor::{Ended, Exit, ExitReason, House, Keeper, LifeEvent, LifeStep, News, Order, StartFailure, Wish},
    reply::Fault,
    rt,
    supervisor::{
        ControlError, Escalated, SuperviseError,
        desk::{Blueprint, Command, Desk, Input},
        link::Link,
        room::Room,
    },
    sync::{Arc, Mutex, mpsc},
};
use std::{future::poll_fn, mem, task::Poll};

type Inputs = mpsc::UnboundedReceiver<Input>;

/// Who wants to know whether it has started.
type Opener = Box<dyn FnOnce(Result<(), SuperviseError>) + Send>;

/// Starts a supervisor that nobody supervises. `opened` is ready when all its children run, or one did not start.
pub(crate) fn root(
    blueprint: Arc<Blueprint>,
    house: Arc<dyn House>,
) -> (Desk, oneshot::AsyncReceiver<Result<(), SuperviseError>>) {
    let (desk, inputs) = Desk::new(blueprint, house.next_birth());
    let (opened, opening) = oneshot::async_channel();
    let opener: Opener = Box::new(move |result| drop(opened.send(result)));
    house.runtime().spawn(run_root(desk.clone(), house.clone(), inputs, opener));
    (desk, opening)
}

async fn run_root(desk: Desk, house: Arc<dyn House>, mut inputs: Inputs, opener: Opener) {
    let _end = Ending(desk.clone());
    let gave_up = live(&desk, &house, &mut inputs, opener).await;
    if let Some(escalated) = gave_up
        && !desk.0.blueprint.isolated
    {
        house.fail(Fault::from(escalated).report());
    }
}

/// However its task ends, whoever waits for that is told, and its children are let go.
struct Ending(Desk);

impl Drop for Ending {
    fn drop(&mut self) {
        let room = self.0.0.room.lock().take();
        rt::contain(|| drop(room));
        self.0.0.ended.send_modify(|ended| ended.for_good = true);
    }
}

/// Makes a supervisor that is a child, and waits for its orders.
pub(super) fn nested(blueprint: Arc<Blueprint>, house: Arc<dyn House>, link: Link<Input>) -> Desk {
    let (desk, inputs) = Desk::new(blueprint, house.next_birth());
    house.runtime().spawn(run_nested(desk.clone(), house.clone(), inputs, link));
    desk
}

async fn run_nested(desk: Desk, house: Arc<dyn House>, mut inputs: Inputs, link: Link<Input>) {
    let link = Arc::new(Mutex::new(link)); // first, so that it is dropped last
    let _end = Ending(desk.clone());
    loop {
        match order(&link, &desk, &mut inputs).await {
            Order::End => return,
            Order::Rest => continue,
            Order::Start => {}
        }
        let (opened, teller) = (Arc::new(Mutex::new(false)), link.clone());
        let seen = opened.clone();
        let opener: Opener = Box::new(move |result| {
            *seen.lock() = result.is_ok();
            teller.lock().tell(match result {
                Ok(()) => News::Started,
                Err(error) => News::StartFailed(StartFailure::Failed(Fault::from(error).report())),
            });
        });
        let gave_up = live(&desk, &house, &mut inputs, opener).await;
        if !mem::take(&mut *opened.lock()) {
            continue; // it has said so
        }
        let reason = match gave_up {
            Some(escalated) => ExitReason::Failed(Fault::from(escalated).report()),
            None => ExitReason::Shutdown,
        };
        let exit = Exit { reason, hook: None };
        link.lock().tell(News::Ended(Ended { exit, wish: Wish::Nothing }));
    }
}

/// The next order. Whoever wants something of a supervisor that does not run is told so.
async fn order(link: &Mutex<Link<Input>>, desk: &Desk, inputs: &mut Inputs) -> Order {
    poll_fn(|cx| {
        let mut close = None;
        loop {
            if let Poll::Ready(order) = link.lock().poll_order(cx) {
                if let (Order::Start, Some(close)) = (order, close) {
                    // It came after the order to start: it is for what starts now.
                    let _ = desk.0.inputs.send(close);
                }
                return Poll::Ready(order);
            }
            match inputs.poll_recv(cx) {
                Poll::Ready(Some(input @ (Input::Close | Input::Abort))) => close = Some(input),
                Poll::Ready(Some(input)) => refuse(input),
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    })
    .await
}

fn refuse(input: Input) {
    if let Input::Command(
        Command::Start(_, reply)
        | Command::Stop(_, reply)
        | Command::Restart(_, reply)
        | Command::Delete(_, reply),
    ) = input
    {
        let _ = reply.send(Err(ControlError::ShuttingDown));
    }
}

/// One incarnation, until all its children have ended.
async fn live(desk: &Desk, house: &Arc<dyn House>, inputs: &mut Inputs, opener: Opener) -> Option<Escalated> {
    let inner = &desk.0;
    let room = Room::new(
        inner.blueprint.clone(),
        house.clone(),
        inner.siblings.clone(),
        inner.inputs.clone(),
        rt::now(),
    );
    *inner.room.lock() = Some(room);
    lived(&**house, desk, LifeStep::Started { incarnation: 1 });
    let mut opener = Some(opener);
    loop {
        let (due, after, closed) = {
            let mut room = inner.room.lock();
            let room = room.as_mut().expect("it is there for as long as this runs");
            (room.next_due(), mem::take(&mut room.after), room.closed)
        };
        if let Some(Ok(())) = &after.opened
            && let Some(opener) = opener.take()
        {
            opener(Ok(()));
        }
        let not_opened = after.finish(&**house, &inner.aborted);
        if let Some(error) = not_opened {
            inner.room.lock().as_mut().expect("it is there for as long as this runs").not_opened =
                Some(error);
        }
        if closed {
            return close(house, desk, opener);
        }
        let input = match due {
            Some(due) => rt::timeout_at(due, inputs.recv()).await.flatten(),
            None => inputs.recv().await,
        };
        let now = rt::now();
        let mut room = inner.room.lock();
        let room = room.as_mut().expect("it is there for as long as this runs");
        match input {
            Some(input) => room.take_in(input, now),
            None => room.tick(now),
        }
    }
}

/// All children have ended.
fn close(house: &Arc<dyn House>, desk: &Desk, opener: Option<Opener>) -> Option<Escalated> {
    let room = desk.0.room.lock().take().expect("it is there for as long as it runs");
    let (gave_up, not_opened) = (room.gave_up.clone(), room.not_opened.clone());
    rt::contain(|| drop(room));
    if let Some(opener) = opener {
        opener(Err(not_opened.unwrap_or(SuperviseError::ShuttingDown)));
    }
    let reason = match &gave_up {
        Some(escalated) => ExitReason::Failed(Fault::from(escalated.clone()).report()),
        None => ExitReason::Shutdown,
    };
    lived(&**house, desk, LifeStep::Stopped(reason));
    desk.0.ended.send_modify(|ended| ended.lives += 1);
    gave_up
}

fn lived(house: &dyn House, desk: &Desk, step: LifeStep) {
    if house.sees_lives() {
        let name = Some(desk.name().clone());
        house.lived(&LifeEvent { id: None, actor: "supervisor", name, step });
    }
}
