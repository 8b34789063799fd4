use crate::{
    actor::{
        AnySystem, Ended, Exit, ExitReason, Keeper, LifeEvent, LifeStep, News, Order, SpawnError,
        StartFailure, Wish,
    },
    reply::Fault,
    rt,
    supervision::{
        ControlError, Escalated, SuperviseError,
        cell::{Blueprint, Command, Input, ONLY, SupervisorCell},
        incarnation::Incarnation,
        link::Link,
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
    system: Arc<dyn AnySystem>,
) -> (SupervisorCell, oneshot::AsyncReceiver<Result<(), SuperviseError>>) {
    let (supervisor, inputs) = SupervisorCell::new(blueprint, system.next_start_number());
    let (opened, opening) = oneshot::async_channel();
    let opener: Opener = Box::new(move |result| drop(opened.send(result)));
    system.runtime().spawn(run_root(supervisor.clone(), system.clone(), inputs, opener));
    (supervisor, opening)
}

async fn run_root(
    supervisor: SupervisorCell,
    system: Arc<dyn AnySystem>,
    mut inputs: Inputs,
    opener: Opener,
) {
    let _end = Ending(supervisor.clone());
    let gave_up = live(&supervisor, &system, &mut inputs, ONLY, opener).await;
    if let Some(escalated) = gave_up
        && !supervisor.0.blueprint.isolated
    {
        system.fail(Fault::from(escalated).report());
    }
}

/// However its task ends, whoever waits for that is told, and its children are let go.
struct Ending(SupervisorCell);

impl Drop for Ending {
    fn drop(&mut self) {
        let incarnation = self.0.0.incarnation.lock().take();
        rt::catch(|| drop(incarnation));
        self.0.0.ended.send_modify(|ended| ended.for_good = true);
    }
}

/// Makes a supervisor that is a child, and waits for its orders.
pub(super) fn nested(
    blueprint: Arc<Blueprint>,
    system: Arc<dyn AnySystem>,
    link: Link<Input>,
) -> SupervisorCell {
    let (supervisor, inputs) = SupervisorCell::new(blueprint, system.next_start_number());
    system.runtime().spawn(run_nested(supervisor.clone(), system.clone(), inputs, link));
    supervisor
}

async fn run_nested(
    supervisor: SupervisorCell,
    system: Arc<dyn AnySystem>,
    mut inputs: Inputs,
    link: Link<Input>,
) {
    let link = Arc::new(Mutex::new(link)); // first, so that it is dropped last
    let _end = Ending(supervisor.clone());
    let (mut lives, mut early) = (0, None);
    loop {
        match order(&link, &mut inputs, lives, &mut early).await {
            Order::End => return,
            Order::Rest => continue,
            Order::Start => lives += 1,
        }
        if let Some(early) = early.take() {
            let _ = supervisor.0.inputs.send(early);
        }
        let (opened, teller) = (Arc::new(Mutex::new(false)), link.clone());
        let seen = opened.clone();
        let opener: Opener = Box::new(move |result| {
            *seen.lock() = result.is_ok();
            teller.lock().tell(match result {
                Ok(()) => News::Started,
                Err(SuperviseError::Child { cause: SpawnError::ShuttingDown, .. }) => News::Refused,
                Err(error) => News::StartFailed(StartFailure::Failed(Fault::from(error).report())),
            });
        });
        let gave_up = live(&supervisor, &system, &mut inputs, lives, opener).await;
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

/// The next order. Whoever wants something of a supervisor that does not run is told so. `early`: what is for the incarnation
/// that begins with that order.
async fn order(
    link: &Mutex<Link<Input>>,
    inputs: &mut Inputs,
    lives: u32,
    early: &mut Option<Input>,
) -> Order {
    poll_fn(|cx| {
        loop {
            if let Poll::Ready(order) = link.lock().poll_order(cx) {
                return Poll::Ready(order);
            }
            match inputs.poll_recv(cx) {
                Poll::Ready(Some(input @ (Input::Close(life) | Input::Abort(life)))) if life > lives => {
                    *early = Some(input);
                }
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
async fn live(
    supervisor: &SupervisorCell,
    system: &Arc<dyn AnySystem>,
    inputs: &mut Inputs,
    life: u32,
    opener: Opener,
) -> Option<Escalated> {
    let inner = &supervisor.0;
    let incarnation = Incarnation::new(
        inner.blueprint.clone(),
        system.clone(),
        inner.siblings.clone(),
        inner.inputs.clone(),
        life,
        rt::now(),
    );
    *inner.incarnation.lock() = Some(incarnation);
    lived(&**system, supervisor, LifeStep::Started { incarnation: 1 });
    let (mut opener, mut closing) = (Some(opener), false);
    loop {
        let (due, after, closes, closed) = {
            let mut incarnation = inner.incarnation.lock();
            let incarnation = incarnation.as_mut().expect("it is there for as long as this runs");
            let closes = incarnation.is_closing();
            (incarnation.next_due(), mem::take(&mut incarnation.after), closes, incarnation.closed)
        };
        if !mem::replace(&mut closing, closes) {
            supervisor.forget_aborted();
        }
        if let Some(Ok(())) = &after.opened
            && let Some(opener) = opener.take()
        {
            opener(Ok(()));
        }
        let not_opened = after.finish(&**system, &inner.aborted);
        if let Some(error) = not_opened {
            inner.incarnation.lock().as_mut().expect("it is there for as long as this runs").not_opened =
                Some(error);
        }
        if closed {
            return close(system, supervisor, opener);
        }
        let input = match due {
            Some(due) => rt::timeout_at(due, inputs.recv()).await.flatten(),
            None => inputs.recv().await,
        };
        let now = rt::now();
        let mut incarnation = inner.incarnation.lock();
        let incarnation = incarnation.as_mut().expect("it is there for as long as this runs");
        match input {
            Some(input) => incarnation.take_in(input, now),
            None => incarnation.tick(now),
        }
    }
}

/// All children have ended.
fn close(
    system: &Arc<dyn AnySystem>,
    supervisor: &SupervisorCell,
    opener: Option<Opener>,
) -> Option<Escalated> {
    let incarnation = supervisor.0.incarnation.lock().take().expect("it is there for as long as it runs");
    let (gave_up, not_opened) = (incarnation.gave_up.clone(), incarnation.not_opened.clone());
    rt::catch(|| drop(incarnation));
    if let Some(opener) = opener {
        opener(Err(not_opened.unwrap_or(SuperviseError::ShuttingDown)));
    }
    let reason = match &gave_up {
        Some(escalated) => ExitReason::Failed(Fault::from(escalated.clone()).report()),
        None => ExitReason::Shutdown,
    };
    lived(&**system, supervisor, LifeStep::Stopped(reason));
    supervisor.0.ended.send_modify(|ended| ended.lives += 1);
    gave_up
}

fn lived(system: &dyn AnySystem, supervisor: &SupervisorCell, step: LifeStep) {
    if system.sees_lives() {
        let name = Some(supervisor.name().clone());
        system.lived(&LifeEvent { id: None, actor: "supervisor", name, step });
    }
}
