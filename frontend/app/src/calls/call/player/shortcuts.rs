//! The player by keyboard.

use leptos::prelude::*;

use super::Player;
use crate::commands::Command;

/// The steps of speed that the keyboard takes.
const STEP: f64 = 0.25;

/// Offers what the keyboard does with the player.
pub fn offer(player: Player) {
    let commands = player.app.commands;
    commands.offer(Command::PlayOrPause, move || player.toggle());
    commands.offer(Command::SkipBack, move || player.back());
    commands.offer(Command::SkipForward, move || player.forward());
    commands.offer(Command::Slower, move || change_speed(player, -STEP));
    commands.offer(Command::Faster, move || change_speed(player, STEP));
    for tenth in 0..10 {
        let go = move || player.seek(player.duration_ms.get_untracked() / 10 * i64::from(tenth));
        commands.offer(Command::GoToTenth(tenth), go);
    }
}

fn change_speed(player: Player, by: f64) {
    player.speed.update(|speed| *speed = (*speed + by).clamp(0.5, 3.0));
}
