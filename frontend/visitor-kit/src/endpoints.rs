//! The operations of the API that visitors use. A test holds them equal to the client's table.

/// `create_visitor_session`
pub const SESSIONS: &str = "/v1/visitor_sessions";
/// `get_visitor`
pub const VISITOR: &str = "/v1/visitor";
/// `delete_visitor_session`
pub const SESSION: &str = "/v1/visitor/session";
/// `list_visitor_messages` and `create_visitor_message`
pub const MESSAGES: &str = "/v1/visitor/messages";
/// `create_visitor_file`
pub const FILES: &str = "/v1/visitor/files";
/// `save_visitor_receipt`
pub const RECEIPT: &str = "/v1/visitor/receipt";
/// `show_visitor_typing`
pub const TYPING: &str = "/v1/visitor/typing";
/// `identify_visitor`
pub const IDENTIFY: &str = "/v1/visitor/identify";
/// `end_visitor_conversation`
pub const END: &str = "/v1/visitor/end";
/// `list_events`
pub const EVENTS: &str = "/v1/events";
/// `open_live_stream`
pub const LIVE: &str = "/v1/live";
/// What the paths of `get_shared_clip` and `open_shared_clip` begin with; the link's secret follows.
pub const SHARED_CLIPS: &str = "/v1/shared_clips/";
/// What the paths of the operations of a link's page begin with; the two parts of its address follow.
pub const BOOKING_PAGES: &str = "/v1/booking_pages/";
/// What the paths of the operations of a booked meeting begin with; its secret follows.
pub const BOOKED_MEETINGS: &str = "/v1/booked_meetings/";

#[cfg(test)]
mod tests {
    use client::{ENDPOINTS, Method, UNTYPED};

    use super::*;

    #[test]
    fn the_clients_table_has_every_one() {
        let used = [
            (Method::Post, SESSIONS),
            (Method::Get, VISITOR),
            (Method::Delete, SESSION),
            (Method::Get, MESSAGES),
            (Method::Post, MESSAGES),
            (Method::Post, FILES),
            (Method::Post, RECEIPT),
            (Method::Post, TYPING),
            (Method::Post, IDENTIFY),
            (Method::Post, END),
            (Method::Get, EVENTS),
            (Method::Get, LIVE),
        ];
        let shared = [
            (Method::Get, [SHARED_CLIPS, "{token}"].concat()),
            (Method::Post, [SHARED_CLIPS, "{token}/open"].concat()),
            (Method::Get, [BOOKING_PAGES, "{user_slug}/{link_slug}"].concat()),
            (Method::Get, [BOOKING_PAGES, "{user_slug}/{link_slug}/slots"].concat()),
            (Method::Post, [BOOKING_PAGES, "{user_slug}/{link_slug}/holds"].concat()),
            (Method::Post, [BOOKING_PAGES, "{user_slug}/{link_slug}/codes"].concat()),
            (Method::Post, [BOOKING_PAGES, "{user_slug}/{link_slug}/bookings"].concat()),
            (Method::Post, [BOOKING_PAGES, "{user_slug}/{link_slug}/requests"].concat()),
            (Method::Get, [BOOKED_MEETINGS, "{token}"].concat()),
            (Method::Get, [BOOKED_MEETINGS, "{token}/calendar.ics"].concat()),
            (Method::Post, [BOOKED_MEETINGS, "{token}/reschedule"].concat()),
            (Method::Post, [BOOKED_MEETINGS, "{token}/cancel"].concat()),
        ];
        let used = used.into_iter().map(|(method, path)| (method, path.to_owned())).chain(shared);
        for (method, path) in used {
            let mut known = ENDPOINTS.iter().chain(UNTYPED);
            assert!(known.any(|known| known.path == path && known.method == method), "{method:?} {path}");
        }
    }
}
