//! The impl of `Endpoint` for `Cell`: the choice between the direct path into the mailbox and the broker.

use crate::{
    actor::{
        declare::{Actor, Variants},
        send::{NotAdmitted, yields},
        shared::{
            Abandoned, Cell, Delivery, Endpoint, Host, Outgoing, Queued, SendError, SendOrigin, SendProgress,
            SendResult, SendStep, Sent, Tag, name_of,
        },
    },
    broker::{MaybeReady, Undeliverable},
    envelope::{MetaFields, WaitPolicy},
    mailbox::{NotAccepted, PushError, Pushed},
    reply::Cause,
    rt,
    sync::{Arc, AtomicBool, Relaxed, Weak},
};
use std::{
    future::Future,
    mem,
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

const OVER: &str = "a send was polled after it was over";

impl<A: Actor> Endpoint<A> for Cell<A> {
    fn poll_send(&self, delivery: &mut Delivery<A>, cx: &mut Context<'_>) -> SendProgress {
        let Delivery { outgoing, step: SendStep::First } = delivery else { return self.resume(delivery, cx) };
        let Some(first) = outgoing else { panic!("{OVER}") };
        if !self.kind.is_direct() || first.options.is_some() {
            return self.send_indirect(delivery, cx);
        }
        // Taken out under the lock: only the message is moved.
        let pushed = self.mailbox.try_push_with(|| {
            let Outgoing { message, sender, .. } = outgoing.take().expect(OVER);
            Queued { message, tag: Tag::of_sender(sender) }
        });
        match pushed {
            Ok(queued) if yields(queued) => self.yield_once(delivery, cx),
            Ok(_) => SendProgress::Queued,
            Err(reason) => self.not_pushed(delivery, reason, cx),
        }
    }

    fn abandon(&self, delivery: &mut Delivery<A>) -> Abandoned<A::Message> {
        match mem::replace(&mut delivery.step, SendStep::First) {
            SendStep::First | SendStep::Rejected(_) => match delivery.outgoing.take() {
                Some(outgoing) => Abandoned::Returned(outgoing.message),
                None => Abandoned::WithBroker,
            },
            // The mailbox may have accepted it since the last poll.
            SendStep::Blocked { ticket, .. } => match self.mailbox.unblock(ticket) {
                Some(queued) => {
                    drop(self.kind.metadata.remove(queued.tag));
                    Abandoned::Returned(queued.message)
                }
                None => Abandoned::Accepted,
            },
            SendStep::Yield => Abandoned::Accepted,
            SendStep::Broker(_) => Abandoned::WithBroker,
        }
    }

    fn try_send(&self, outgoing: Outgoing<A>) -> SendResult<A> {
        if !self.kind.is_direct() {
            if outgoing.sender.is_none() && self.kind.is_closing() {
                return Err(SendError::ShuttingDown(outgoing.message));
            }
            if self.kind.is_via_broker() {
                return self.try_send_via_broker(outgoing);
            }
        }
        let error = match self.mailbox.try_push(self.queued(outgoing)) {
            Ok(_) => return Ok(Sent::Queued),
            Err(error) => error,
        };
        let reason = match self.not_admitted(error.reason, WaitPolicy::Never) {
            NotAdmitted::Refused(reason) => reason,
            NotAdmitted::Wait => Undeliverable::Full, // never: this sender does not wait
        };
        self.kind.reject(reason.cause(), error.item, Some(self.id), !reason.is_dropped())
    }

    fn weak_host(&self) -> Weak<dyn Host<A>> {
        self.kind.weak_host()
    }

    fn ask_timeout(&self) -> Duration {
        self.kind.settings.ask_timeout
    }
}

impl<A: Actor> Outgoing<A> {
    fn wait(&self) -> WaitPolicy {
        if !self.waits {
            return WaitPolicy::Never;
        }
        self.options.as_ref().and_then(|options| options.end).map_or(WaitPolicy::Forever, WaitPolicy::Until)
    }

    fn meta_fields(&self, to: &Cell<A>) -> MetaFields {
        let options = self.options.as_deref();
        MetaFields {
            sender: self.sender,
            recipient: Some(to.id),
            correlation: options.and_then(|options| options.correlation),
            ttl: options.and_then(|options| options.ttl),
            wait: self.wait(),
            request: self.request,
            detached: None,
        }
    }
}

impl<A: Actor> Cell<A> {
    /// The entry for the mailbox, on the direct path.
    fn queued(&self, outgoing: Outgoing<A>) -> Queued<A::Message> {
        // Without observers only a message with a TTL needs metadata: its age.
        let ages = outgoing.options.as_ref().is_some_and(|options| options.ttl.is_some());
        let tag = ages.then(|| self.kind.host()).flatten().map(|host| {
            let name = name_of::<A>(outgoing.message.number());
            self.kind.metadata.insert(host.metadata(name, outgoing.meta_fields(self)))
        });
        Queued { tag: tag.unwrap_or(Tag::of_sender(outgoing.sender)), message: outgoing.message }
    }

    /// Continues a send whose message the mailbox did not accept at once: the sender waits, or the send is over.
    #[cold]
    #[inline(never)]
    fn not_pushed(
        &self,
        delivery: &mut Delivery<A>,
        reason: NotAccepted,
        cx: &mut Context<'_>,
    ) -> SendProgress {
        let outgoing = delivery.outgoing.take().expect(OVER);
        let (wait, request) = (outgoing.wait(), outgoing.request);
        let queued = self.queued(outgoing);
        self.wait_or_reject(delivery, PushError { reason, item: queued }, wait, request, cx)
    }

    fn wait_or_reject(
        &self,
        delivery: &mut Delivery<A>,
        error: PushError<Queued<A::Message>>,
        wait: WaitPolicy,
        request: bool,
        cx: &mut Context<'_>,
    ) -> SendProgress {
        let PushError { reason, item } = error;
        match self.not_admitted(reason, wait) {
            NotAdmitted::Wait => {
                let pushed = self.mailbox.push_waiting(item, None, cx);
                self.pushed(delivery, pushed, request)
            }
            NotAdmitted::Refused(reason) => {
                let returns = !request && !reason.is_dropped();
                delivery.end(self.kind.reject(reason.cause(), item, Some(self.id), returns))
            }
        }
    }

    /// Sets the step of a send that waits for capacity, or ends the send.
    fn pushed(
        &self,
        delivery: &mut Delivery<A>,
        pushed: Pushed<Queued<A::Message>>,
        request: bool,
    ) -> SendProgress {
        match pushed {
            Pushed::Blocked(ticket) => {
                delivery.step = SendStep::Blocked { ticket, request };
                SendProgress::Pending
            }
            Pushed::Accepted => delivery.end(Ok(Sent::Queued)),
            Pushed::Closed(queued) => {
                delivery.end(self.kind.reject(Cause::Stopped, queued, Some(self.id), !request))
            }
        }
    }

    /// Sends through the broker, or a message with options into the mailbox, or refuses a message because the system shuts down.
    #[cold]
    #[inline(never)]
    fn send_indirect(&self, delivery: &mut Delivery<A>, cx: &mut Context<'_>) -> SendProgress {
        let outgoing = delivery.outgoing.take().expect(OVER);
        let request = outgoing.request;
        if outgoing.sender.is_none() && self.kind.is_closing() {
            let queued = Queued { tag: Tag::of_sender(None), message: outgoing.message };
            return delivery.end(self.kind.reject(Cause::ShuttingDown, queued, Some(self.id), !request));
        }
        if !self.kind.is_via_broker() {
            let wait = outgoing.wait();
            return match self.mailbox.try_push(self.queued(outgoing)) {
                Ok(queued) if yields(queued) => self.yield_once(delivery, cx),
                Ok(_) => SendProgress::Queued,
                Err(error) => self.wait_or_reject(delivery, error, wait, request, cx),
            };
        }
        let Some(host) = self.kind.host() else {
            let queued = self.queued(outgoing);
            return delivery.end(self.kind.reject(Cause::Stopped, queued, Some(self.id), !request));
        };
        match host.publish(self, outgoing.meta_fields(self), outgoing.message) {
            MaybeReady::Ready(Ok(Sent::Queued)) => SendProgress::Queued,
            MaybeReady::Yield(Ok(Sent::Queued)) => self.yield_once(delivery, cx),
            MaybeReady::Ready(sent) | MaybeReady::Yield(sent) => delivery.end(sent),
            MaybeReady::Later(in_broker) => {
                delivery.step = SendStep::Broker(in_broker);
                self.resume(delivery, cx)
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn yield_once(&self, delivery: &mut Delivery<A>, cx: &mut Context<'_>) -> SendProgress {
        delivery.step = SendStep::Yield;
        self.resume(delivery, cx)
    }

    #[inline(never)]
    fn resume(&self, delivery: &mut Delivery<A>, cx: &mut Context<'_>) -> SendProgress {
        let polled = match &mut delivery.step {
            SendStep::Blocked { ticket, request } => {
                let (pushed, request) = (self.mailbox.poll_blocked(*ticket, cx), *request);
                // An ask looks for circles itself.
                let unblocked = match pushed {
                    Pushed::Blocked(ticket) if !request && self.waits_for_sender() => {
                        self.mailbox.unblock(ticket)
                    }
                    _ => None,
                };
                if let Some(queued) = unblocked {
                    return delivery.end(self.kind.reject(Cause::Full, queued, Some(self.id), true));
                }
                return self.pushed(delivery, pushed, request);
            }
            SendStep::Broker(future) => future.as_mut().poll(cx),
            SendStep::Yield => pin!(rt::consume_budget()).poll(cx).map(|()| Ok(Sent::Queued)),
            SendStep::First | SendStep::Rejected(_) => panic!("{OVER}"),
        };
        match polled {
            Poll::Pending => SendProgress::Pending,
            Poll::Ready(sent) => delivery.end(sent),
        }
    }

    /// A broker that needs longer than one poll has taken the message over and continues in the background.
    #[cold]
    fn try_send_via_broker(&self, outgoing: Outgoing<A>) -> SendResult<A> {
        let Some(host) = self.kind.host() else { return Err(SendError::Stopped(outgoing.message)) };
        let detached = Arc::new(AtomicBool::new(false));
        let fields = MetaFields { detached: Some(detached.clone()), ..outgoing.meta_fields(self) };
        let mut in_broker = match host.clone().publish(self, fields, outgoing.message) {
            MaybeReady::Ready(sent) | MaybeReady::Yield(sent) => return sent,
            MaybeReady::Later(in_broker) => in_broker,
        };
        match in_broker.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
            Poll::Ready(sent) => sent,
            Poll::Pending => {
                // Relaxed: the same future reads it; moving that future to another task orders the accesses.
                detached.store(true, Relaxed);
                host.spawn(Box::pin(async move {
                    // A message that comes back is a dead letter already.
                    let _ = in_broker.await;
                }));
                Ok(Sent::Queued)
            }
        }
    }
}

impl<A: Actor> Delivery<A> {
    /// Ends a send with its result. The message of a send that failed is kept for the sender.
    #[cold]
    fn end(&mut self, sent: SendResult<A>) -> SendProgress {
        let (step, progress) = match sent {
            Ok(Sent::Queued) => (SendStep::First, SendProgress::Queued),
            Ok(Sent::Dropped) => (SendStep::First, SendProgress::Dropped),
            Err(error) => {
                let error = error.and_then(|message| {
                    self.outgoing = Some(Outgoing::new(message, SendOrigin::OUTSIDE, false));
                    Some(())
                });
                (SendStep::Rejected(error), SendProgress::Rejected)
            }
        };
        self.step = step;
        progress
    }
}
