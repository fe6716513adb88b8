//! Chat widgets, and what their visitors see and do.

use crate::conversations::{DeliveryState, ThreadStatus};
use crate::files::File;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{FileId, InboxId, MessageId, ThreadId, Timestamp, VisitorId, WidgetId};

text_enum! {
    /// What is known of who a visitor is.
    pub enum VisitorIdentity {
        /// Nothing.
        Anonymous = "anonymous",
        /// The site said so without a signature: shown as unverified, merged into nobody.
        Unverified = "unverified",
        /// A signed identity token said so.
        Verified = "verified",
    }
}

text_enum! {
    /// The side of the window that the launcher sits on.
    pub enum WidgetPosition {
        /// The left.
        Left = "left",
        /// The right.
        Right = "right",
    }
}

text_enum! {
    /// Who wrote a message, as a visitor sees it.
    pub enum VisitorMessageAuthor {
        /// The visitor.
        Visitor = "visitor",
        /// Somebody of the team.
        Team = "team",
    }
}

text_enum! {
    /// A language the chat can speak.
    pub enum WidgetLocale {
        /// English.
        English = "en",
        /// French.
        French = "fr",
        /// German.
        German = "de",
        /// Spanish.
        Spanish = "es",
    }
}

/// How a chat widget looks and what it says.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetStyle {
    /// The accent colour as `#rrggbb`.
    pub color: String,
    /// The side the launcher sits on.
    pub position: WidgetPosition,
    /// The heading of the chat: 1 to 60 characters; absent for the company's name.
    pub title: Option<String>,
    /// The sentence below the heading: at most 200 characters; absent for a text in the visitor's language.
    pub welcome: Option<String>,
    /// The words on the launcher: at most 40 characters; absent for a round launcher without words.
    pub launcher_label: Option<String>,
    /// The language; absent for the visitor's own, as far as the chat speaks it.
    pub locale: Option<WidgetLocale>,
}

replies! {
    /// A chat widget: what a site embeds.
    pub struct ChatWidget {
        /// The widget's id, which stands in the tracking code.
        pub id: WidgetId,
        /// Its name inside the team.
        pub name: String,
        /// The inbox its threads go to.
        pub inbox_id: InboxId,
        /// Whether it can be used. A widget that is off shows nothing new and keeps its threads.
        pub enabled: bool,
        /// How it looks and what it says.
        pub style: WidgetStyle,
        /// The origins of the sites that may embed it, for example `https://www.example.org`; empty allows any.
        pub allowed_origins: Vec<String>,
        /// Refuse identities that are not signed.
        pub require_signed_identity: bool,
        /// The HTML to put into each page of the site.
        pub tracking_code: String,
        /// When it was created.
        pub created_at: Timestamp,
    }

    /// The secret to sign identity tokens with (JWT, HS256), which is never shown again.
    pub struct IdentitySecret {
        /// The secret: sign with its UTF-8 bytes.
        pub secret: String,
    }

    /// What a visitor's browser gets at the start.
    pub struct VisitorSessionReply {
        /// The token for `Authorization: Bearer`. Belongs to this visitor alone.
        pub token: String,
        /// The visitor.
        pub visitor: Visitor,
    }

    /// What a visitor knows of itself.
    pub struct Visitor {
        /// The visitor's id.
        pub id: VisitorId,
        /// The name, if known.
        pub name: Option<String>,
        /// What is known of who the visitor is.
        pub identity: VisitorIdentity,
        /// The conversation at hand, if there is one.
        pub thread: Option<VisitorThread>,
    }

    /// A conversation as the visitor sees it.
    pub struct VisitorThread {
        /// The thread's id.
        pub id: ThreadId,
        /// Whether it goes on.
        pub status: ThreadStatus,
        /// The number of the last message the visitor can see; 0 for none.
        pub last_seq: i64,
        /// The number the visitor has read up to.
        pub read_seq: i64,
        /// The number the visitor's chat has received up to.
        pub delivered_seq: i64,
        /// The number the team has read up to.
        pub team_read_seq: i64,
        /// How many of the team's messages the visitor has not read.
        pub unread: i64,
        /// The name of who answers, once somebody does.
        pub answered_by: Option<String>,
    }

    /// A message as the visitor sees it. Comments and activities are never among them.
    pub struct VisitorMessage {
        /// The message's id.
        pub id: MessageId,
        /// Its conversation.
        pub thread_id: ThreadId,
        /// Its number; numbers rise, with gaps.
        pub seq: i64,
        /// Who wrote it.
        pub author: VisitorMessageAuthor,
        /// The writer's name, for messages of the team.
        pub author_name: Option<String>,
        /// The content as HTML that has been made safe.
        pub html: String,
        /// The content as plain text.
        pub text: String,
        /// The files that come with it.
        pub attachments: Vec<File>,
        /// How far the visitor's own message has come: `sent`, or `read` by the team.
        pub state: DeliveryState,
        /// The name that the visitor's chat gave it.
        pub client_id: Option<String>,
        /// When it was written.
        pub created_at: Timestamp,
    }

    /// A part of the conversation, oldest first.
    pub struct VisitorMessagePage {
        /// The messages by rising number.
        pub items: Vec<VisitorMessage>,
        /// Whether there are older ones.
        pub has_older: bool,
        /// Whether there are newer ones.
        pub has_newer: bool,
    }
}

requests! {
    /// A new chat widget.
    pub struct CreateChatWidget {
        /// Its name inside the team: 1 to 100 characters.
        pub name: String,
        /// The inbox its threads go to.
        pub inbox_id: InboxId,
    }

    /// The whole of what a chat widget shall be.
    pub struct UpdateChatWidget {
        /// Its name inside the team: 1 to 100 characters.
        pub name: String,
        /// The inbox new threads go to.
        pub inbox_id: InboxId,
        /// Whether it can be used.
        pub enabled: bool,
        /// How it looks and what it says.
        pub style: WidgetStyle,
        /// The origins of the sites that may embed it; empty allows any. At most 50.
        pub allowed_origins: Vec<String>,
        /// Refuse identities that are not signed.
        pub require_signed_identity: bool,
    }

    /// Starts a visitor's session in a browser that has none.
    pub struct CreateVisitorSession {
        /// The widget.
        pub widget_id: WidgetId,
        /// The browser's language, for example `fr-CH`.
        pub language: Option<String>,
        /// The browser's IANA time zone, for example `Europe/Zurich`.
        pub time_zone: Option<String>,
    }

    /// Says who the visitor is: either a signed token, or name and address without proof.
    pub struct IdentifyVisitor {
        /// A JWT (HS256) with `sub`, `exp` and optionally `email` and `name`, signed with the widget's secret.
        pub token: Option<String>,
        /// The name, unproved: at most 200 characters.
        pub name: Option<String>,
        /// The address, unproved.
        pub email: Option<String>,
    }

    /// A message of the visitor.
    pub struct CreateVisitorMessage {
        /// Plain text: at most 10,000 characters; empty only with attachments.
        pub text: String,
        /// Files uploaded before.
        #[serde(default)]
        pub attachment_ids: Vec<FileId>,
        /// A name of the chat's choosing, 1 to 64 characters: the same name again returns the first message.
        pub client_id: String,
        /// The address of the page the visitor is on.
        pub page_url: Option<String>,
    }

    /// What has arrived at the visitor, and what was seen. Numbers never go back.
    pub struct SaveVisitorReceipt {
        /// The last number received.
        pub delivered_seq: i64,
        /// The last number seen.
        pub read_seq: i64,
    }

    /// Whether the visitor is writing. Holds for 10 seconds.
    pub struct ShowVisitorTyping {
        /// Whether the visitor is writing.
        pub typing: bool,
    }
}

queries! {
    /// Which part of the conversation. At most one of the two; the newest messages without any.
    pub struct ListVisitorMessages {
        /// Messages with a lower number than this, the nearest.
        pub before: Option<i64>,
        /// Messages with a higher number than this, the nearest.
        pub after: Option<i64>,
        /// 1 to 100; 50 unless told.
        pub limit: Option<u16>,
    }
}

paths! {
    /// The id of a chat widget.
    pub struct WidgetPath {
        /// The widget.
        pub widget_id: WidgetId,
    }
}
