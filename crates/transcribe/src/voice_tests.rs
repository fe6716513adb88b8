use super::*;
use crate::buzz::buzz;

/// So loud that the detector takes it for a voice even when it is much softer.
fn chatter(samples: usize) -> Vec<f32> {
    buzz(samples, 120.0, 0.4)
}

fn listen(block: &[Vec<f32>]) -> Activity {
    let mut listener = Listener::default();
    listener.push(block);
    listener.finish()
}

fn voiced(scores: &[u8]) -> usize {
    scores.iter().filter(|score| **score > 0).count()
}

#[test]
fn silence_and_noise_of_the_line_are_no_voice() {
    let mut state = 1_u32;
    let hiss: Vec<f32> = (0..64_000)
        .map(|_| {
            // A linear congruential generator.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 * 0.004 - 0.002
        })
        .collect();
    let found = listen(&[vec![0.0; 64_000], vec![0.0; 64_000]]);
    assert_eq!((found.channels.len(), found.length), (2, 64_000));
    assert_eq!((voiced(&found.channels[0]), voiced(&found.channels[1])), (0, 0));
    assert_eq!(voiced(&listen(&[hiss]).channels[0]), 0);
}

#[test]
fn what_comes_over_the_line_is_not_the_channels_own_voice() {
    let voice = chatter(64_000);
    let at = |decibels: f32| -> Vec<f32> {
        let factor = 10_f32.powf(decibels / 20.0);
        voice.iter().map(|sample| sample * factor).collect()
    };
    let loud = voiced(&listen(std::slice::from_ref(&voice)).channels[0]);
    assert!(loud > 200, "the detector takes {loud} of 250 frames for voice");
    // Heard alone it is voice; beside its source it is not.
    assert!(voiced(&listen(&[at(-16.0)]).channels[0]) > 200);
    let found = listen(&[voice.clone(), at(-16.0)]);
    assert_eq!((voiced(&found.channels[0]), voiced(&found.channels[1])), (loud, 0));
    // Two who talk at once both count.
    let mut other = at(-2.0);
    other.rotate_right(5_000);
    let found = listen(&[voice.clone(), other]);
    assert!(voiced(&found.channels[1]) > 200);
}

/// Between two words the line still carries the end of the first, beside a channel that is silent already.
#[test]
fn what_comes_over_the_line_late_is_not_the_channels_own_voice_either() {
    let mut words = chatter(64_000);
    for word in words.chunks_mut(4_000) {
        word[3_000..].fill(0.0);
    }
    let mut echo: Vec<f32> = words.iter().map(|sample| sample * 0.1).collect();
    echo.rotate_right(600);
    assert!(voiced(&listen(std::slice::from_ref(&echo)).channels[0]) > 100, "alone it would be a voice");
    let found = listen(&[words, echo]);
    assert!(voiced(&found.channels[0]) > 100);
    assert_eq!(voiced(&found.channels[1]), 0);
}

#[test]
fn channels_that_carry_the_same_are_one() {
    let voice = chatter(32_000);
    assert_eq!(listen(&[voice.clone(), voice.clone()]).channels.len(), 1);
    let softer: Vec<f32> = voice.iter().map(|sample| sample * 0.5).collect();
    assert_eq!(listen(&[voice, softer]).channels.len(), 2);
}

#[test]
fn blocks_of_any_length_give_the_same() {
    let voice = chatter(20_000);
    let whole = listen(&[voice.clone(), vec![0.0; 20_000]]);
    let mut listener = Listener::default();
    for block in voice.chunks(777) {
        // A channel that ends early is silent.
        listener.push(&[block.to_vec(), Vec::new()]);
    }
    assert_eq!(listener.finish(), whole);
    assert_eq!(whole.channels[0].len(), 20_000_usize.div_ceil(FRAME));
}

#[test]
fn samples_beyond_full_scale_or_without_a_value_do_no_harm() {
    let mut wild: Vec<f32> = chatter(16_000).iter().map(|sample| sample * 5.0).collect();
    wild[100] = f32::NAN;
    wild[200] = f32::INFINITY;
    assert_eq!(listen(&[wild]).length, 16_000);
}
