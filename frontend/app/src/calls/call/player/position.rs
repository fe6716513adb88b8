//! Where a user stopped listening: on the server, for the next time, and in the address.

use std::time::Duration;

use leptos::{ev, prelude::*, task::spawn_local};
use types::calls::{CallPath, SavePlaybackPosition};

use super::{Player, address};

/// While it plays, the position is saved about so often, in milliseconds of the recording.
const EVERY_MS: i64 = 10_000;
/// After a jump, the position is saved when nothing more comes for so long.
const SETTLED: Duration = Duration::from_millis(800);
/// Who stopped so near the end begins anew, in milliseconds.
const NEAR_END_MS: i64 = 3_000;

/// Goes where the address says, or else where the user stopped, once there is something to play; then keeps both up to
/// date.
pub fn keep(player: Player) {
    let saved_ms = StoredValue::new(None::<i64>);
    let began = RwSignal::new(false);
    Effect::new(move |_| {
        if player.is_ready() && !began.get_untracked() {
            began.set(true);
            begin(player, saved_ms);
        }
    });
    let step = Memo::new(move |_| player.position_ms.get() / EVERY_MS);
    Effect::new(move |before: Option<(i64, bool)>| {
        let now = (step.get(), player.playing.get());
        if before.is_some_and(|before| before != now) {
            save(player, saved_ms);
        }
        now
    });
    follow_jumps(player, saved_ms);
    let hidden = window_event_listener(ev::visibilitychange, move |_| save(player, saved_ms));
    on_cleanup(move || {
        hidden.remove();
        save(player, saved_ms);
    });
}

fn begin(player: Player, saved_ms: StoredValue<Option<i64>>) {
    if let Some(ms) = address::stated_moment() {
        player.seek(ms);
        saved_ms.set_value(Some(ms));
        return;
    }
    spawn_local(async move {
        let path = CallPath { call_id: player.call_id };
        // Without an answer it begins at the beginning.
        let Ok(position) = player.app.api().get_playback_position(&path).await else { return };
        let is_untouched = player.position_ms.try_get_untracked() == Some(0);
        if is_untouched && position.position_ms < player.duration_ms.get_untracked() - NEAR_END_MS {
            saved_ms.set_value(Some(position.position_ms));
            player.seek(position.position_ms);
        }
    });
}

/// While it stands still, a new position is that of a jump.
fn follow_jumps(player: Player, saved_ms: StoredValue<Option<i64>>) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        player.position_ms.get();
        if player.playing.get() {
            return;
        }
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let settled = move || save(player, saved_ms);
        timer.set_value(set_timeout_with_handle(settled, SETTLED).ok());
    });
}

/// Saves the position unless it is saved already, or nobody has listened yet.
fn save(player: Player, saved_ms: StoredValue<Option<i64>>) {
    let Some(position_ms) = player.position_ms.try_get_untracked() else { return };
    let Some(saved) = saved_ms.try_get_value() else { return };
    if position_ms == saved.unwrap_or_default() {
        return;
    }
    saved_ms.set_value(Some(position_ms));
    address::keep(player.call_id, position_ms);
    let (api, path) = (player.app.api(), CallPath { call_id: player.call_id });
    spawn_local(async move {
        // The next one is saved anew; nothing else depends on it.
        let _ = api.save_playback_position(&path, &SavePlaybackPosition { position_ms }).await;
    });
}
