//! A set of hosts.

/// Hosts by their places in the list that was asked about. Up to 64 of them take no memory of their own.
#[derive(Clone, Debug, Default)]
pub struct HostSet {
    first: u64,
    rest: Vec<u64>,
}

const WORD: usize = u64::BITS as usize;

impl HostSet {
    /// The first `count` hosts.
    pub(crate) fn all(count: usize) -> Self {
        let mut set = Self::default();
        (0..count).for_each(|host| set.insert(host));
        set
    }

    pub(crate) fn insert(&mut self, host: usize) {
        let bit = 1 << (host % WORD);
        match (host / WORD).checked_sub(1) {
            None => self.first |= bit,
            Some(word) => {
                if self.rest.len() <= word {
                    self.rest.resize(word + 1, 0);
                }
                self.rest[word] |= bit;
            }
        }
    }

    /// Whether the host at this place is one of them.
    pub fn contains(&self, host: usize) -> bool {
        self.words().nth(host / WORD).is_some_and(|word| word >> (host % WORD) & 1 == 1)
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words().all(|word| word == 0)
    }

    /// Their places, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words().enumerate().flat_map(|(at, word)| {
            (0..WORD).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * WORD + bit)
        })
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }
}

impl PartialEq for HostSet {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for HostSet {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = HostSet::default();
        assert!(set.is_empty() && !set.contains(0));
        for host in [0, 63, 64, 200] {
            set.insert(host);
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 200]);
        assert_eq!(set.len(), 4);
        assert!(set.contains(64) && !set.contains(65) && !set.contains(10_000));
        assert_eq!(HostSet::all(130).len(), 130);
    }

    #[test]
    fn sets_of_the_same_hosts_are_equal() {
        let (mut one, other) = (HostSet::all(1), HostSet::all(1));
        assert_eq!(one, other);
        one.insert(70);
        assert_ne!(one, other);
    }
}
