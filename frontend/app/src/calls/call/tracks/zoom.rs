//! Looking closer: the tiles that a stretch needs are fetched when it has come to rest, and the stretch follows playback.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::super::open_call::OpenCall;
use super::canvas::bars_in;
use crate::download::fetch_bytes;

/// A stretch that does not change for so long has come to rest.
const REST: Duration = Duration::from_millis(120);

/// Keeps the playhead in sight, and the waveform as exact as it is shown.
pub fn follow(open: OpenCall, width: Signal<f64>) {
    Effect::new(move |_| {
        let ms = open.player.position_ms.get() as f64;
        let stretch = open.stretch.get_untracked();
        let moved = stretch.showing(ms);
        if open.player.playing.get_untracked() && moved != stretch {
            open.stretch.set(moved);
        }
    });
    let fetching = StoredValue::new(BTreeSet::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let (stretch, bars) = (open.stretch.get(), bars_in(width.get()));
        let missing = open.peaks.with(|peaks| peaks.as_ref().map(|peaks| peaks.missing(stretch, bars)));
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let missing = missing.unwrap_or_default();
        if missing.is_empty() {
            return;
        }
        let fetch = move || {
            for tile in missing {
                if fetching.try_update_value(|fetching| fetching.insert(tile)) == Some(true) {
                    spawn_local(async move {
                        fetch_tile(open, tile).await;
                        fetching.try_update_value(|fetching| fetching.remove(&tile));
                    });
                }
            }
        };
        timer.set_value(set_timeout_with_handle(fetch, REST).ok());
    });
}

async fn fetch_tile(open: OpenCall, (level, tile): (u32, u64)) {
    let recording = open.recording.with_untracked(|r| r.as_ref().and_then(|r| r.id));
    let path = format!("/v1/calls/{}/peaks/tile?level={level}&tile={tile}", open.id);
    // Without the tile the overview stands in for it.
    let Ok(bytes) = fetch_bytes(open.app, path).await else { return };
    let is_same = open.recording.try_with_untracked(|r| r.as_ref().and_then(|r| r.id)) == Some(recording);
    if is_same {
        open.peaks.try_update(|peaks| {
            if let Some(peaks) = peaks {
                peaks.insert(level, tile, bytes);
            }
        });
    }
}
