//! Work that must not hold the window up: it runs on a thread, and only the newest answer counts.
//!
//! Must not know what the work is.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use eframe::egui::Context;

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
        let of_thread = Arc::clone(&shared);
        let run = move || {
            while let Some((number, request)) = of_thread.wait() {
                if !answer(&sender, number, work(request)) {
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
}

impl<A: Send + 'static> Job<A> {
    /// Starts it on a thread of its own and wakes the window when it is done.
    pub fn start(name: &str, ctx: &Context, work: impl FnOnce() -> A + Send + 'static) -> Self {
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        let run = move || {
            // The window may have lost interest meanwhile.
            if sender.send(work()).is_ok() {
                ctx.request_repaint();
            }
        };
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(run) {
            log::error!("cannot start the thread `{name}`: {error}");
        }
        Self { answer }
    }

    /// The answer, once, when it is there.
    pub fn poll(&self) -> Option<A> {
        self.answer.try_recv().ok()
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
        let start = Instant::now();
        let answer = loop {
            if let Some(answer) = worker.answer() {
                break answer;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "no answer came");
            thread::sleep(Duration::from_millis(1));
        };
        assert_eq!(answer, 38);
        assert_eq!(worker.answer(), None);
    }
}
