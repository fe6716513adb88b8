//! Links and meetings as users see them, and telling of them.

mod links;
mod meetings;

pub(crate) use links::{link, link_changed, links, page_url, pages_url, public_base, tell_link};
pub(crate) use meetings::{meeting, meeting_changed, meetings, tell_meeting};
