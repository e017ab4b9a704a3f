//! Work that must not hold the window up: it runs on a thread, and only the newest answer counts.
//! Work that panics loses its answer and nothing else: the window hears of it as a [`Failure`].
//!
//! Must not know what the work is.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use eframe::egui::{Context, Id};

use crate::app::reports;

/// Work that panicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The name of the work.
    pub work: String,
    /// What the panic said.
    pub reason: String,
    /// Where it is reported in full, when it could be.
    pub report: Option<PathBuf>,
}

/// What failed since the last question, oldest first; each context has its own.
pub fn failures(ctx: &Context) -> Vec<Failure> {
    ctx.data_mut(|data| data.remove_temp(Id::unique("failed work"))).unwrap_or_default()
}

/// Does the work; none when it panicked, of which the window hears.
fn survive<A>(name: &str, ctx: &Context, work: impl FnOnce() -> A) -> Option<A> {
    // What a panic leaves half done is nobody's but the work's, which is over.
    let payload = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(answer) => return Some(answer),
        Err(payload) => payload,
    };
    let failure = Failure {
        work: name.to_owned(),
        reason: reason(payload.as_ref()),
        report: reports::of_this_thread(),
    };
    ctx.data_mut(|data| {
        let inbox: &mut Vec<Failure> = data.get_temp_mut_or_default(Id::unique("failed work"));
        inbox.push(failure);
    });
    ctx.request_repaint();
    None
}

fn reason(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "it did not say why".to_owned())
}

/// Lets go of something large where nobody waits for it.
pub fn discard<T: Send + 'static>(old: T) {
    // Without a thread it is let go of here, which only takes longer.
    let _ = thread::Builder::new().name("discard".to_owned()).spawn(move || drop(old));
}

/// A thread that answers the newest request; older ones that have not begun are forgotten, and
/// answers to older ones are dropped.
#[derive(Debug)]
pub struct Worker<Q, A> {
    shared: Arc<Shared<Q>>,
    answers: Receiver<(u64, A)>,
    asked: u64,
}

#[derive(Debug)]
struct Shared<Q> {
    next: Mutex<Next<Q>>,
    wake: Condvar,
}

#[derive(Debug)]
struct Next<Q> {
    request: Option<(u64, Q)>,
    is_over: bool,
}

impl<Q: Send + 'static, A: Send + 'static> Worker<Q, A> {
    /// Starts a thread that answers with `work` and wakes the window with each answer.
    pub fn new(name: &str, ctx: Context, mut work: impl FnMut(Q) -> A + Send + 'static) -> Self {
        let next = Mutex::new(Next { request: None, is_over: false });
        let shared = Arc::new(Shared { next, wake: Condvar::new() });
        let (sender, answers) = channel();
        let (of_thread, of_work) = (Arc::clone(&shared), name.to_owned());
        let run = move || {
            while let Some((number, request)) = of_thread.wait() {
                let Some(made) = survive(&of_work, &ctx, || work(request)) else { continue };
                if !answer(&sender, number, made) {
                    return;
                }
                ctx.request_repaint();
            }
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
            log::error!("cannot start the thread `{name}`: {error}");
        }
        Self { shared, answers, asked: 0 }
    }

    /// Asks; whatever was asked before no longer matters.
    pub fn ask(&mut self, request: Q) {
        self.asked += 1;
        if let Ok(mut next) = self.shared.next.lock() {
            next.request = Some((self.asked, request));
        }
        self.shared.wake.notify_one();
    }

    /// The answer to the newest request, once.
    pub fn answer(&self) -> Option<A> {
        let newest = self.answers.try_iter().last()?;
        (newest.0 == self.asked).then_some(newest.1)
    }
}

fn answer<A>(sender: &Sender<(u64, A)>, number: u64, answer: A) -> bool {
    sender.send((number, answer)).is_ok()
}

impl<Q> Shared<Q> {
    fn wait(&self) -> Option<(u64, Q)> {
        let mut next = self.next.lock().ok()?;
        loop {
            if next.is_over {
                return None;
            }
            if let Some(request) = next.request.take() {
                return Some(request);
            }
            next = self.wake.wait(next).ok()?;
        }
    }
}

impl<Q, A> Drop for Worker<Q, A> {
    fn drop(&mut self) {
        if let Ok(mut next) = self.shared.next.lock() {
            next.is_over = true;
        }
        self.shared.wake.notify_all();
    }
}

/// Work that is done once; the answer comes when it comes.
#[derive(Debug)]
pub struct Job<A> {
    answer: Receiver<A>,
    is_lost: Cell<bool>,
}

impl<A: Send + 'static> Job<A> {
    /// Starts it on a thread of its own and wakes the window when it is done.
    pub fn start(name: &str, ctx: &Context, work: impl FnOnce() -> A + Send + 'static) -> Self {
        let (sender, answer) = channel();
        let (ctx, of_work) = (ctx.clone(), name.to_owned());
        let run = move || {
            let Some(made) = survive(&of_work, &ctx, work) else { return };
            // The window may have lost interest meanwhile.
            if sender.send(made).is_ok() {
                ctx.request_repaint();
            }
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
            log::error!("cannot start the thread `{name}`: {error}");
        }
        Self { answer, is_lost: Cell::new(false) }
    }

    /// The answer, once, when it is there.
    pub fn poll(&self) -> Option<A> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.is_lost.set(true);
                None
            }
        }
    }

    /// Whether the last question found that no answer will come: the work panicked.
    pub fn is_lost(&self) -> bool {
        self.is_lost.get()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn only_the_newest_request_is_answered() {
        let mut worker = Worker::new("test", Context::default(), |n: u32| {
            thread::sleep(Duration::from_millis(10));
            n * 2
        });
        for n in 0..20 {
            worker.ask(n);
        }
        assert_eq!(wait_for(|| worker.answer()), 38);
        assert_eq!(worker.answer(), None);
    }

    fn wait_for<T>(mut answer: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(answer) = answer() {
                return answer;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "no answer came");
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn work_that_panics_is_heard_of_and_the_next_work_is_done() {
        let ctx = Context::default();
        let mut worker = Worker::new("halving", ctx.clone(), |n: u32| {
            assert!(n.is_multiple_of(2), "{n} is odd");
            n / 2
        });
        worker.ask(3);
        let failed = wait_for(|| failures(&ctx).pop());
        assert_eq!((failed.work.as_str(), failed.reason.as_str()), ("halving", "3 is odd"));
        worker.ask(8);
        assert_eq!(wait_for(|| worker.answer()), 4);
        let job: Job<u32> = Job::start("nothing", &ctx, || panic!("no idea"));
        assert_eq!(wait_for(|| failures(&ctx).pop()).reason, "no idea");
        assert_eq!(job.poll(), None);
        assert!(job.is_lost());
    }
}
