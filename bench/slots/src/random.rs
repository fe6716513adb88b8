//! Python's random numbers, so that the questions are those its script made: the Mersenne Twister MT19937.

const WORDS: usize = 624;
const MIDDLE: usize = 397;

/// The generator behind Python's `random`.
pub struct Random {
    state: [u32; WORDS],
    at: usize,
}

impl Random {
    /// `random.seed(seed)`.
    pub fn seeded(seed: u32) -> Self {
        let mut state = first(19_650_218);
        let mut at = 1;
        let mixed = |state: &[u32; WORDS], at: usize, factor: u32| {
            let before = state[at - 1];
            state[at] ^ (before ^ before >> 30).wrapping_mul(factor)
        };
        for _ in 0..WORDS {
            state[at] = mixed(&state, at, 1_664_525).wrapping_add(seed);
            at = following(&mut state, at);
        }
        for _ in 1..WORDS {
            state[at] = mixed(&state, at, 1_566_083_941).wrapping_sub(at as u32);
            at = following(&mut state, at);
        }
        state[0] = 1 << 31;
        Self { state, at: WORDS }
    }

    /// `random.randrange(end)`; `random.choice` takes the element at it.
    pub fn below(&mut self, end: u32) -> u32 {
        let bits = u32::BITS - end.leading_zeros();
        loop {
            let number = self.word() >> (u32::BITS - bits);
            if number < end {
                return number;
            }
        }
    }

    fn word(&mut self) -> u32 {
        if self.at == WORDS {
            self.twist();
        }
        let mut word = self.state[self.at];
        self.at += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    fn twist(&mut self) {
        for at in 0..WORDS {
            let both = self.state[at] & 1 << 31 | self.state[(at + 1) % WORDS] & !(1 << 31);
            let odd = if both & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[at] = self.state[(at + MIDDLE) % WORDS] ^ both >> 1 ^ odd;
        }
        self.at = 0;
    }
}

fn first(seed: u32) -> [u32; WORDS] {
    let mut state = [seed; WORDS];
    for at in 1..WORDS {
        let before = state[at - 1];
        state[at] = (before ^ before >> 30).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
    }
    state
}

/// The place after `at`; the last word goes to the front when it is reached.
fn following(state: &mut [u32; WORDS], at: usize) -> usize {
    if at + 1 < WORDS {
        return at + 1;
    }
    state[0] = state[WORDS - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_python() {
        // random.seed(5489); [random.getrandbits(32) for _ in range(3)] and random.seed(20240317) likewise
        let mut random = Random::seeded(5489);
        assert_eq!([random.word(), random.word(), random.word()], FIRST);
        let mut random = Random::seeded(20_240_317);
        assert_eq!((0..5).map(|_| random.below(8640)).collect::<Vec<_>>(), BELOW);
    }

    const FIRST: [u32; 3] = [3_382_763_572, 956_215_839, 417_760_592];
    const BELOW: [u32; 5] = [5102, 6201, 1711, 4736, 3629];
}
