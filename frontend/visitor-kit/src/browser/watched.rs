//! Values that the screen follows, and the effects that follow them.
//!
//! The idea is that of Leptos's signals. Leptos itself takes two thirds of the 60 KB that a whole widget may weigh, and
//! its reactive system alone a fifth; a widget with two values and one screen needs little of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::task::spawn;

/// What runs when a value that it has read changes.
struct Effect {
    run: Box<dyn Fn()>,
    is_due: Cell<bool>,
}

thread_local! {
    /// The effect that is running, which whatever is read belongs to.
    static RUNNING: RefCell<Option<Rc<Effect>>> = const { RefCell::new(None) };
    /// Where effects are kept that start now.
    static SCOPE: RefCell<Scope> = const { RefCell::new(Scope(Vec::new())) };
    /// Effects to run as soon as the current work is done.
    static DUE: RefCell<Vec<Rc<Effect>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps effects running; they end with it.
#[derive(Default)]
pub struct Scope(Vec<Rc<Effect>>);

impl Scope {
    /// Calls `build` and keeps the effects that it starts.
    pub fn of<R>(build: impl FnOnce() -> R) -> (R, Self) {
        let around = SCOPE.take();
        let result = build();
        (result, SCOPE.replace(around))
    }
}

/// Runs `run` now, and again whenever a value that it reads has changed, for as long as its scope is kept.
pub fn effect(run: Box<dyn Fn()>) {
    let effect = Rc::new(Effect { run, is_due: Cell::new(false) });
    SCOPE.with_borrow_mut(|scope| scope.0.push(effect.clone()));
    run_effect(effect);
}

fn run_effect(effect: Rc<Effect>) {
    effect.is_due.set(false);
    let before = RUNNING.replace(Some(effect.clone()));
    (effect.run)();
    RUNNING.set(before);
}

/// Runs what is due, once the current work is done, so that several changes cause one run.
fn schedule(effect: Rc<Effect>) {
    if effect.is_due.replace(true) {
        return;
    }
    let is_first = DUE.with_borrow_mut(|due| {
        due.push(effect);
        due.len() == 1
    });
    if is_first {
        spawn(async {
            for effect in DUE.take() {
                run_effect(effect);
            }
        });
    }
}

/// A value that effects follow.
#[derive(Default)]
pub struct Watched<T> {
    value: RefCell<T>,
    followers: Followers,
}

#[derive(Default)]
struct Followers(RefCell<Vec<Weak<Effect>>>);

impl Followers {
    /// Remembers the effect that is running.
    fn add_running(&self) {
        let Some(running) = RUNNING.with_borrow(|running| running.as_ref().map(Rc::downgrade)) else {
            return;
        };
        let mut followers = self.0.borrow_mut();
        if !followers.iter().any(|known| known.ptr_eq(&running)) {
            followers.push(running);
        }
    }

    fn schedule(&self) {
        self.0.borrow_mut().retain(|follower| follower.upgrade().map(schedule).is_some());
    }
}

impl<T> Watched<T> {
    /// Watches a value.
    pub fn new(value: T) -> Self {
        Self { value: RefCell::new(value), followers: Followers::default() }
    }

    /// Reads the value; the effect that does so runs again when it has changed.
    pub fn read<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.followers.add_running();
        self.peek(read)
    }

    /// Reads the value as it is now.
    pub fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Changes the value. Effects run later, so nothing else happens meanwhile.
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.value.borrow_mut());
        self.followers.schedule();
        result
    }
}
