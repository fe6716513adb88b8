//! The statements of `create_message`, which both engines understand. The numbers of the parameters rise in the order of
//! their first mention, which is how SQLite counts them.

/// The columns of a thread that Rapport reads to lock it.
macro_rules! thread_columns {
    () => {
        "id, inbox_id, channel, widget_id, visitor_id, started_from, contact_id, subject, status, owner_user_id, \
         owner_team_id, waiting, last_seq, last_message_seq, last_entry_seq, last_message_at, preview, preview_author, \
         comment_preview, participant_count, contact_delivered_seq, contact_read_seq, team_read_seq, ended_by_contact, \
         created_at, closed_at, (SELECT name FROM contacts WHERE contacts.id = threads.contact_id) AS contact_name, \
         (SELECT verified FROM contacts WHERE contacts.id = threads.contact_id) AS contact_verified"
    };
}

/// The columns of a message.
macro_rules! message_columns {
    () => {
        "id, thread_id, seq, kind, author, author_user_id, author_name, html, text, mentioned_user_ids, activity, \
         delivery, delivery_error, client_id, created_at"
    };
}

/// The thread.
pub const THREAD: &str = concat!("SELECT ", thread_columns!(), " FROM threads WHERE id = $1");

/// The thread, locked; SQLite's one writer needs no lock.
pub const THREAD_LOCKED: &str =
    concat!("SELECT ", thread_columns!(), " FROM threads WHERE id = $1 FOR NO KEY UPDATE");

/// A message by its id.
pub const MESSAGE: &str = concat!("SELECT ", message_columns!(), " FROM messages WHERE id = $1");

/// Whether the message was sent before.
pub const SENT_BEFORE: &str =
    concat!("SELECT ", message_columns!(), " FROM messages WHERE thread_id = $1 AND client_id = $2");

/// Adds the message.
pub const INSERT_MESSAGE: &str = concat!(
    "INSERT INTO messages (",
    message_columns!(),
    ") VALUES ($1, $2, $3, 'message', 'user', $4, $5, $6, $6, NULL, NULL, 'sent', NULL, $7, $8)"
);

/// Notes that the user takes part.
pub const ADD_PARTICIPANT: &str = "INSERT INTO participants (thread_id, kind, participant_id) \
    VALUES ($1, 'user', $2) ON CONFLICT DO NOTHING";

/// Writes what a row of the list shows.
pub const WRITE_SUMMARY: &str = "UPDATE threads SET waiting = 'for_contact', last_seq = $1, last_message_seq = $1, \
    last_entry_seq = $1, last_message_at = $2, preview = $3, preview_author = 'user', comment_preview = NULL, \
    participant_count = participant_count + $4, team_read_seq = $1 WHERE id = $5";

/// The visitor's newest thread.
pub const LATEST_THREAD: &str = concat!(
    "SELECT ",
    thread_columns!(),
    " FROM threads WHERE visitor_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1"
);

/// Whether the visitor's widget is on.
pub const WIDGET_ON: &str = "SELECT chat_widgets.enabled AND chat_widgets.deleted_at IS NULL AS is_on FROM visitors \
    JOIN chat_widgets ON chat_widgets.id = visitors.widget_id WHERE visitors.id = $1";

/// Whether the visitor has a session.
pub const HAS_SESSION: &str = "SELECT EXISTS (SELECT 1 FROM visitor_sessions WHERE visitor_id = $1 \
    AND ended_at IS NULL) AS has_session";

/// How many messages of the team the visitor has not read.
pub const COUNT_UNREAD: &str = "SELECT count(*) AS unread FROM messages WHERE thread_id = $1 AND seq > $2 \
    AND kind = 'message' AND author = 'user' AND (delivery <> 'failed' OR delivery IS NULL)";

/// Who answered last.
pub const LAST_ANSWERER: &str = "SELECT author_name FROM messages WHERE thread_id = $1 AND kind = 'message' \
    AND author = 'user' ORDER BY seq DESC LIMIT 1";

/// How far the user has read.
pub const SAVE_READ_POSITION: &str = "INSERT INTO read_positions (thread_id, user_id, seq) VALUES ($1, $2, $3) \
    ON CONFLICT (thread_id, user_id) DO UPDATE SET seq = excluded.seq";

/// Reserves positions in the event log; SQLite only, where they are taken in the transaction.
pub const TAKE_POSITIONS: &str =
    "UPDATE event_log SET next_pos = next_pos + $1 WHERE id = 1 RETURNING next_pos";

/// Adds a numbered event (SQLite).
pub const INSERT_EVENT: &str = "INSERT INTO events (id, pos, topic, payload, contact_id, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Adds both events at once, to be numbered later (PostgreSQL).
pub const INSERT_EVENTS: &str = "INSERT INTO events (id, pos, topic, payload, contact_id, created_at) \
    VALUES ($1, NULL, $2, $3::text::jsonb, $4, $5), ($6, NULL, $7, $8::text::jsonb, $4, $5)";

/// Who writes.
pub const USER: &str = "SELECT id, name FROM users LIMIT 1";
