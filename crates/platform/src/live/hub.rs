//! Which socket listens to what.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Frame;
use crate::Actor;
use crate::events::Topic;

/// What a socket is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// Something happened.
    Frame(Frame),
    /// Authenticate again: what the actor may see has changed, at this position of the log.
    Rescope(i64),
    /// The session has ended, for this reason.
    End(String),
    /// It did not keep up.
    Overflow,
}

/// What waits for one socket. Holds no memory while nothing waits.
struct Queue {
    id: u64,
    items: Mutex<VecDeque<Item>>,
    arrived: Notify,
}

impl Queue {
    // The lock guards a list, which is valid after every statement: poisoning carries no information.
    fn items(&self) -> MutexGuard<'_, VecDeque<Item>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an item; false when the socket did not keep up and is told so instead.
    fn push(&self, item: Item, limit: usize) -> bool {
        let mut items = self.items();
        let fits = items.len() < limit;
        if fits {
            items.push_back(item);
        } else if items.back() != Some(&Item::Overflow) {
            items.clear();
            items.push_back(Item::Overflow);
        }
        drop(items);
        self.arrived.notify_one();
        fits
    }
}

struct Socket {
    actor: Actor,
    topics: Vec<Topic>,
    queue: Arc<Queue>,
}

#[derive(Default)]
struct State {
    sockets: HashMap<u64, Socket>,
    /// By topic, then by the socket's id.
    listeners: HashMap<Topic, HashMap<u64, Arc<Queue>>>,
}

impl State {
    fn unsubscribe(&mut self, id: u64) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        for topic in std::mem::take(&mut socket.topics) {
            if let Some(queues) = self.listeners.get_mut(&topic) {
                queues.remove(&id);
                if queues.is_empty() {
                    self.listeners.remove(&topic);
                }
            }
        }
    }
}

struct Inner {
    state: Mutex<State>,
    next_id: AtomicU64,
    limit: usize,
}

/// The sockets of this node.
#[derive(Clone)]
pub(super) struct Hub(Arc<Inner>);

impl Hub {
    pub(super) fn new(limit: usize) -> Self {
        Self(Arc::new(Inner { state: Mutex::default(), next_id: AtomicU64::new(1), limit: limit.max(1) }))
    }

    // A panic cannot leave it half-changed: nothing that can panic runs under the lock.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn connections(&self) -> usize {
        self.state().sockets.len()
    }

    pub(super) fn count(&self, chosen: impl Fn(&Actor) -> bool) -> usize {
        self.state().sockets.values().filter(|socket| chosen(&socket.actor)).count()
    }

    /// A socket that listens to nothing yet.
    pub(super) fn connect(&self, actor: &Actor) -> Connection {
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let queue = Arc::new(Queue { id, items: Mutex::default(), arrived: Notify::new() });
        let socket = Socket { actor: actor.clone(), topics: Vec::new(), queue: Arc::clone(&queue) };
        let connected = {
            let mut state = self.state();
            state.sockets.insert(id, socket);
            state.sockets.len()
        };
        metrics::gauge!("rapport_live_connections").set(connected as f64);
        Connection { hub: self.clone(), queue }
    }

    pub(super) fn deliver(&self, topic: Topic, frame: &Frame) {
        let state = self.state();
        let everywhere = topic.all_of_kind().and_then(|all| state.listeners.get(&all));
        let mut cut = 0;
        for queue in state.listeners.get(&topic).into_iter().chain(everywhere).flat_map(HashMap::values) {
            if !queue.push(Item::Frame(frame.clone()), self.0.limit) {
                cut += 1;
            }
        }
        if cut > 0 {
            metrics::counter!("rapport_live_overflows_total").increment(cut);
        }
    }

    /// Stops telling the chosen sockets anything, and asks them to authenticate again.
    pub(super) fn rescope(&self, chosen: impl Fn(&Actor) -> bool, position: i64) {
        self.each(chosen, &Item::Rescope(position));
    }

    pub(super) fn end(&self, chosen: impl Fn(&Actor) -> bool, reason: &str) {
        self.each(chosen, &Item::End(reason.to_owned()));
    }

    fn each(&self, chosen: impl Fn(&Actor) -> bool, item: &Item) {
        let mut state = self.state();
        let ids: Vec<u64> =
            state.sockets.iter().filter(|(_, socket)| chosen(&socket.actor)).map(|(id, _)| *id).collect();
        for id in ids {
            state.unsubscribe(id);
            if let Some(socket) = state.sockets.get(&id) {
                // Whatever the limit is: this must arrive.
                socket.queue.push(item.clone(), usize::MAX);
            }
        }
    }
}

/// One connected socket's end of the hub. Dropping it disconnects.
pub(crate) struct Connection {
    hub: Hub,
    queue: Arc<Queue>,
}

impl Connection {
    /// Listens to these audiences from now on, as this actor.
    pub(crate) fn subscribe(&self, actor: &Actor, topics: &[Topic]) {
        let mut state = self.hub.state();
        state.unsubscribe(self.queue.id);
        let Some(socket) = state.sockets.get_mut(&self.queue.id) else { return };
        socket.actor = actor.clone();
        socket.topics = topics.to_vec();
        for topic in topics {
            state.listeners.entry(*topic).or_default().insert(self.queue.id, Arc::clone(&self.queue));
        }
    }

    /// What comes next; waits for it. Cancelling loses nothing.
    pub(crate) async fn next(&self) -> Item {
        loop {
            if let Some(item) = self.try_next() {
                return item;
            }
            self.queue.arrived.notified().await;
        }
    }

    /// What comes next, if it is there.
    pub(crate) fn try_next(&self) -> Option<Item> {
        let mut items = self.queue.items();
        let item = items.pop_front();
        if items.is_empty() && items.capacity() > 0 {
            // Idle sockets are many: give the memory back.
            *items = VecDeque::new();
        }
        item
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let connected = {
            let mut state = self.hub.state();
            state.unsubscribe(self.queue.id);
            state.sockets.remove(&self.queue.id);
            state.sockets.len()
        };
        metrics::gauge!("rapport_live_connections").set(connected as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use types::{SessionId, UserId};

    use super::*;
    use crate::UserActor;

    fn user(id: i64) -> Actor {
        Actor::User(UserActor {
            id: UserId(id),
            name: "Ann".into(),
            session_id: SessionId(id),
            grants: Arc::default(),
        })
    }

    fn frame(text: &'static str) -> Frame {
        Frame { position: None, json: Bytes::from_static(text.as_bytes()) }
    }

    #[test]
    fn a_socket_hears_its_own_topics_until_it_goes() {
        let hub = Hub::new(8);
        let (ann, bob) = (hub.connect(&user(1)), hub.connect(&user(2)));
        ann.subscribe(&user(1), &[Topic::Users, Topic::User(UserId(1))]);
        bob.subscribe(&user(2), &[Topic::Users]);
        hub.deliver(Topic::User(UserId(1)), &frame("a"));
        hub.deliver(Topic::Users, &frame("b"));
        assert_eq!(ann.try_next(), Some(Item::Frame(frame("a"))));
        assert_eq!(ann.try_next(), Some(Item::Frame(frame("b"))));
        assert_eq!(bob.try_next(), Some(Item::Frame(frame("b"))));
        drop(bob);
        assert_eq!((hub.connections(), hub.state().listeners.len()), (1, 2));
        drop(ann);
        assert!(hub.state().listeners.is_empty());
    }

    #[test]
    fn a_socket_that_does_not_keep_up_is_told_once() {
        let hub = Hub::new(2);
        let ann = hub.connect(&user(1));
        ann.subscribe(&user(1), &[Topic::Users]);
        for _ in 0..5 {
            hub.deliver(Topic::Users, &frame("x"));
        }
        assert_eq!(ann.try_next(), Some(Item::Overflow));
    }

    #[test]
    fn a_rescoped_socket_hears_nothing_until_it_subscribes_again() {
        let hub = Hub::new(8);
        let ann = hub.connect(&user(1));
        ann.subscribe(&user(1), &[Topic::Users]);
        hub.rescope(|_| true, 5);
        hub.deliver(Topic::Users, &frame("x"));
        assert_eq!((ann.try_next(), ann.try_next()), (Some(Item::Rescope(5)), None));
        ann.subscribe(&user(1), &[Topic::Users]);
        hub.deliver(Topic::Users, &frame("y"));
        assert_eq!(ann.try_next(), Some(Item::Frame(frame("y"))));
    }
}
