//! Where users stopped listening.

use db::on;
use db::schema::playback_positions;
use diesel::prelude::*;
use platform::{Result, Tx};
use types::calls::PlaybackPosition;
use types::{CallId, Timestamp, UserId};

pub(crate) fn find(tx: &mut Tx<'_>, call: CallId, user: UserId) -> Result<PlaybackPosition> {
    let found: Option<(i64, Timestamp)> = playback_positions::table
        .find((call, user))
        .select((playback_positions::position_ms, playback_positions::updated_at))
        .get_result(tx.conn())
        .optional()?;
    Ok(found.map_or(PlaybackPosition { position_ms: 0, updated_at: None }, |(position_ms, at)| {
        PlaybackPosition { position_ms, updated_at: Some(at) }
    }))
}

pub(crate) fn save(tx: &mut Tx<'_>, call: CallId, user: UserId, position_ms: i64) -> Result<()> {
    let now = tx.now();
    let row = (
        playback_positions::call_id.eq(call),
        playback_positions::user_id.eq(user),
        playback_positions::position_ms.eq(position_ms),
        playback_positions::updated_at.eq(now),
    );
    on!(tx.conn(), conn => diesel::insert_into(playback_positions::table)
        .values(row)
        .on_conflict((playback_positions::call_id, playback_positions::user_id))
        .do_update()
        .set((playback_positions::position_ms.eq(position_ms), playback_positions::updated_at.eq(now)))
        .execute(conn))?;
    Ok(())
}
