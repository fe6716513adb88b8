//! Clips as they are shown, and telling of them.

use std::collections::{BTreeSet, HashMap};

use calls::excerpts;
use platform::{Result, Tx};
use types::clips::{Clip, ClipCut, ClipLink, ClipLinkState};
use types::{CallId, ClipId, ClipLinkId, Event, Timestamp, UserId};

use crate::settings::Sharing;
use crate::shared;
use crate::store::clips::{self, ClipRow};
use crate::store::links::{self, LinkRow};
use crate::store::{cuts, shares};

/// One clip.
pub(crate) fn clip(tx: &mut Tx<'_>, row: ClipRow) -> Result<Clip> {
    let mut parts = Parts::of(tx, std::slice::from_ref(&row))?;
    Ok(parts.assemble(row))
}

/// Tells whoever may see the clip that it changed, and shows it.
pub(crate) fn changed(tx: &mut Tx<'_>, row: ClipRow) -> Result<Clip> {
    tell(tx, &row)?;
    clip(tx, row)
}

/// Tells whoever may see the clip that it changed.
pub(crate) fn tell(tx: &mut Tx<'_>, row: &ClipRow) -> Result<()> {
    excerpts::tell(tx, row.call_id, Event::ClipChanged { clip_id: row.id, call_id: row.call_id })
}

/// What belongs to clips and is shown with them.
pub(crate) struct Parts {
    app_url: String,
    titles: HashMap<CallId, String>,
    recipients: HashMap<ClipId, Vec<UserId>>,
    cuts: HashMap<ClipId, ClipCut>,
    links: HashMap<ClipId, Vec<ClipLink>>,
}

impl Parts {
    /// Reads it for all of these clips together.
    pub(crate) fn of(tx: &mut Tx<'_>, rows: &[ClipRow]) -> Result<Self> {
        let ids: Vec<ClipId> = rows.iter().map(|row| row.id).collect();
        let calls: BTreeSet<CallId> = rows.iter().map(|row| row.call_id).collect();
        let calls: Vec<CallId> = calls.into_iter().collect();
        let mut recipients: HashMap<ClipId, Vec<UserId>> = HashMap::new();
        for (clip, user) in shares::recipients(tx, &ids)? {
            recipients.entry(clip).or_default().push(user);
        }
        let cuts = cuts::of_clips(tx, &ids)?;
        Ok(Self {
            app_url: tx.ctx().config().server.app_url().to_owned(),
            titles: clips::call_titles(tx, &calls)?.into_iter().collect(),
            recipients,
            cuts: cuts.iter().map(|cut| (cut.clip_id, cut.to_wire())).collect(),
            links: links_of(tx, rows, &ids)?,
        })
    }

    /// The clip with its parts.
    pub(crate) fn assemble(&mut self, row: ClipRow) -> Clip {
        Clip {
            id: row.id,
            call_id: row.call_id,
            call_title: self.titles.get(&row.call_id).cloned().unwrap_or_default(),
            from_ms: row.from_ms,
            until_ms: row.until_ms,
            is_whole: row.is_whole,
            title: row.title,
            message: row.message,
            folder_id: row.folder_id,
            recipient_ids: self.recipients.remove(&row.id).unwrap_or_default(),
            url: url(&self.app_url, row.call_id, row.id),
            cut: self.cuts.remove(&row.id),
            links: self.links.remove(&row.id).unwrap_or_default(),
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Where the app shows a clip.
pub(crate) fn url(app_url: &str, call: CallId, clip: ClipId) -> String {
    format!("{app_url}/calls/{call}?clip={clip}")
}

fn links_of(tx: &mut Tx<'_>, rows: &[ClipRow], ids: &[ClipId]) -> Result<HashMap<ClipId, Vec<ClipLink>>> {
    let found = links::of_clips(tx, ids)?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let mut shown = Links::of(tx, &found)?;
    let calls: HashMap<ClipId, CallId> = rows.iter().map(|row| (row.id, row.call_id)).collect();
    let mut of_clips: HashMap<ClipId, Vec<ClipLink>> = HashMap::new();
    for link in &found {
        let Some(call) = calls.get(&link.clip_id) else { continue };
        let link_shown = shown.show(tx, link, *call)?;
        of_clips.entry(link.clip_id).or_default().push(link_shown);
    }
    Ok(of_clips)
}

/// A link that was just made.
pub(crate) fn link(tx: &mut Tx<'_>, row: &LinkRow, call: CallId) -> Result<ClipLink> {
    Links::of(tx, std::slice::from_ref(row))?.show(tx, row, call)
}

/// What is shown with links.
struct Links {
    sharing: Sharing,
    views: HashMap<ClipLinkId, (i64, Option<Timestamp>)>,
    /// Whether a user may share a call, as far as it was asked.
    may_share: HashMap<(UserId, CallId), bool>,
}

impl Links {
    fn of(tx: &mut Tx<'_>, rows: &[LinkRow]) -> Result<Self> {
        let ids: Vec<ClipLinkId> = rows.iter().map(|row| row.id).collect();
        let views = links::views(tx, &ids)?.into_iter();
        Ok(Self {
            sharing: tx.setting()?,
            views: views.map(|(link, count, last)| (link, (count, last))).collect(),
            may_share: HashMap::new(),
        })
    }

    fn show(&mut self, tx: &mut Tx<'_>, row: &LinkRow, call: CallId) -> Result<ClipLink> {
        let (views, last_viewed_at) = self.views.get(&row.id).copied().unwrap_or_default();
        Ok(ClipLink {
            id: row.id,
            state: self.state(tx, row, call)?,
            has_password: row.password_hash.is_some(),
            has_transcript: row.has_transcript,
            expires_at: row.expires_at,
            views,
            last_viewed_at,
            created_by: row.created_by,
            created_at: row.created_at,
        })
    }

    fn state(&mut self, tx: &mut Tx<'_>, row: &LinkRow, call: CallId) -> Result<ClipLinkState> {
        let ended = shared::ended(row, &self.sharing, tx.now());
        if let Some(state) = ended {
            return Ok(state);
        }
        let key = (row.created_by, call);
        let may_share = match self.may_share.get(&key) {
            Some(known) => *known,
            None => {
                let may_share = shared::may_share(tx, row.created_by, call)?;
                self.may_share.insert(key, may_share);
                may_share
            }
        };
        Ok(if may_share { ClipLinkState::Active } else { ClipLinkState::Suspended })
    }
}
