//! The icons, drawn on a grid of 24 with one stroke.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $drawing:literal,)*) => {
        /// An icon by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName { $($(#[$doc])* $name,)* }

        impl IconName {
            /// The shapes inside the `<svg>`.
            fn drawing(self) -> &'static str {
                match self { $(IconName::$name => $drawing,)* }
            }
        }
    };
}

icons! {
    /// The inbox.
    Inbox = r#"<path d="M3 13h5l1.5 3h5L16 13h5"/><path d="M5 5h14l2 8v6H3v-6z"/>"#,
    /// A chat.
    Chat = r#"<path d="M4 5h16v11H9l-5 4z"/>"#,
    /// An e-mail.
    Mail = r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>"#,
    /// People.
    Contacts = r#"<circle cx="9" cy="8" r="3.5"/><path d="M3 20a6 6 0 0 1 12 0M16 5a3.5 3.5 0 0 1 0 7M21 20a6 6 0 0 0-4-5.6"/>"#,
    /// One person.
    User = r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>"#,
    /// A telephone call.
    Phone = r#"<path d="M5 4h4l2 5-2.5 1.5a12 12 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1z"/>"#,
    /// A company.
    Company = r#"<path d="M4 21V5l9-2v18M13 9h7v12M2.5 21h19M7.5 8.5h2M7.5 12.5h2M7.5 16.5h2M16.5 13h.5M16.5 17h.5"/>"#,
    /// Settings.
    Settings = r#"<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1"/>"#,
    /// Search.
    Search = r#"<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>"#,
    /// Add.
    Plus = r#"<path d="M12 5v14M5 12h14"/>"#,
    /// Done, or chosen.
    Check = r#"<path d="m5 12 5 5 9-10"/>"#,
    /// Close or remove.
    Close = r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
    /// More actions.
    More = r#"<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>"#,
    /// Opens downwards.
    ChevronDown = r#"<path d="m6 9 6 6 6-6"/>"#,
    /// Upwards.
    ChevronUp = r#"<path d="m6 15 6-6 6 6"/>"#,
    /// Leads further.
    ChevronRight = r#"<path d="m9 6 6 6-6 6"/>"#,
    /// Back.
    Back = r#"<path d="M11 7 6 12l5 5M6 12h13"/>"#,
    /// Reply.
    Reply = r#"<path d="M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7"/>"#,
    /// Send.
    Send = r#"<path d="M4 12 20 4l-5 16-4-6z"/><path d="m11 14 9-10"/>"#,
    /// An internal comment.
    Comment = r#"<path d="M5 4h14v10l-6 6H5z"/><path d="M13 20v-6h6M8.5 8.5h7M8.5 12h4"/>"#,
    /// A file, or attaching one.
    Attach = r#"<path d="M20 11 11.5 19.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L15 7"/>"#,
    /// A file.
    File = r#"<path d="M6 3h8l5 5v13H6z"/><path d="M14 3v5h5"/>"#,
    /// A picture.
    Image = r#"<rect x="3" y="4" width="18" height="16" rx="2"/><circle cx="8.5" cy="9.5" r="1.5"/><path d="m4 18 5-5 4 4 3-3 4 4"/>"#,
    /// Download.
    Download = r#"<path d="M12 4v11M8 11l4 4 4-4M5 20h14"/>"#,
    /// Emoji.
    Emoji = r#"<circle cx="12" cy="12" r="9"/><path d="M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5"/>"#,
    /// Bold text.
    Bold = r#"<path d="M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z"/>"#,
    /// Italic text.
    Italic = r#"<path d="M10 5h8M6 19h8M14.5 5l-5 14"/>"#,
    /// Struck-through text.
    Strike = r#"<path d="M4 12h16M16.5 8A4 4 0 0 0 12 5c-3 0-4.5 1.5-4.5 3.3 0 1.4.9 2.4 2.5 3.2M7 16a5 5 0 0 0 5 3c3 0 5-1.5 5-3.5 0-1.5-.7-2.6-2-3.5"/>"#,
    /// Code.
    Code = r#"<path d="m8 7-5 5 5 5M16 7l5 5-5 5"/>"#,
    /// A link.
    Link = r#"<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>"#,
    /// A list with bullets.
    BulletList = r#"<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01"/>"#,
    /// A numbered list.
    OrderedList = r#"<path d="M10 6h10M10 12h10M10 18h10M4 4.500l1.5-.5v4.500M4 15.500c.5-1 2.5-1 2.5.5 0 1-2.5 2.5-2.5 3h2.7"/>"#,
    /// A quotation.
    Quote = r#"<path d="M10 7H5v6h5zM10 13c0 2.5-1.5 4-4 4.500M19 7h-5v6h5zM19 13c0 2.5-1.5 4-4 4.5"/>"#,
    /// Assign.
    Assign = r#"<circle cx="10" cy="8" r="3.5"/><path d="M3.5 20a6.5 6.5 0 0 1 11-4.700M15 19h6M18 16v6"/>"#,
    /// Filter.
    Filter = r#"<path d="M4 6h16M7 12h10M10 18h4"/>"#,
    /// Sort.
    Sort = r#"<path d="M8 5v14M5 16l3 3 3-3M16 19V5M13 8l3-3 3 3"/>"#,
    /// Move to the bin.
    Trash = r#"<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>"#,
    /// Spam.
    Spam = r#"<circle cx="12" cy="12" r="9"/><path d="m5.7 5.7 12.6 12.6"/>"#,
    /// Edit.
    Edit = r#"<path d="m4 20 1-4L16 5l3 3L8 19z"/><path d="m13.5 7.5 3 3"/>"#,
    /// Copy.
    Copy = r#"<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"/>"#,
    /// Leads out of the application.
    External = r#"<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>"#,
    /// Reload, or try again.
    Refresh = r#"<path d="M20 11a8 8 0 1 0-2 6M20 5v6h-6"/>"#,
    /// A warning.
    Warning = r#"<path d="M12 4 2.5 20h19z"/><path d="M12 10v4M12 17v.01"/>"#,
    /// Something to know.
    Info = r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>"#,
    /// Help.
    Help = r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.500v.5M12 17v.01"/>"#,
    /// No connection.
    Offline = r#"<path d="M4 4l16 16M8.5 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4.5-2.600M13 9a10 10 0 0 1 6 3M12 19v.01"/>"#,
    /// Time, or waiting.
    Clock = r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>"#,
    /// Meetings, or a day.
    Calendar = r#"<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>"#,
    /// The world, or a language.
    Globe = r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>"#,
    /// A notification.
    Bell = r#"<path d="M6 16v-5a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>"#,
    /// A key or token.
    Key = r#"<circle cx="8" cy="15" r="4"/><path d="m11 12 8-8M16 7l3 3"/>"#,
    /// Locked, or secret.
    Lock = r#"<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>"#,
    /// Security, roles.
    Shield = r#"<path d="M12 3 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z"/>"#,
    /// What was done, and by whom.
    Audit = r#"<path d="M6 3h12v18H6zM9.5 8h5M9.5 12h5M9.5 16h3"/>"#,
    /// Light theme.
    Sun = r#"<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.6 19 19M19 5l-1.4 1.400M6.4 17.6 5 19"/>"#,
    /// Dark theme.
    Moon = r#"<path d="M20 14a8 8 0 0 1-10-10 8 8 0 1 0 10 10z"/>"#,
    /// Sign out.
    SignOut = r#"<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>"#,
    /// Visible.
    Eye = r#"<path d="M2.5 12c2.5-4.5 5.7-6.5 9.5-6.500s7 2 9.5 6.500c-2.5 4.5-5.7 6.5-9.5 6.500S5 16.5 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#,
    /// A bot.
    Bot = r#"<rect x="4" y="8" width="16" height="11" rx="3"/><path d="M12 4v4M9 13v.01M15 13v.01M9.5 16h5"/>"#,
    /// A tag or label.
    Tag = r#"<path d="M4 4h8l8 8-8 8-8-8z"/><path d="M8.5 8.500v.01"/>"#,
    /// Commands and shortcuts.
    Command = r#"<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10v.01M11 10v.01M15 10v.01M8 14h8"/>"#,
    /// Stop for now.
    Pause = r#"<path d="M8 5v14M16 5v14"/>"#,
    /// Play.
    Play = r#"<path d="M7 5v14l12-7z" fill="currentColor"/>"#,
    /// A video conference.
    Video = r#"<rect x="3" y="6" width="12" height="12" rx="2"/><path d="M15 10.5l6-3.5v10l-6-3.5z"/>"#,
    /// How loud.
    Volume = r#"<path d="M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11"/>"#,
    /// Take away, or less.
    Minus = r#"<path d="M5 12h14"/>"#,
    /// Share.
    Share = r#"<path d="M12 15V4M8 8l4-4 4 4M5 13v6h14v-6"/>"#,
    /// Cut out.
    Scissors = r#"<circle cx="6" cy="7" r="2.5"/><circle cx="6" cy="17" r="2.5"/><path d="M8 8.500 20 17M8 15.500 20 7"/>"#,
    /// Good.
    ThumbUp = r#"<path d="M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h5.500a1.500 1.500 0 0 1 1.500 1.800l-1.300 7A1.500 1.500 0 0 1 17.200 19H7"/>"#,
    /// Not good.
    ThumbDown = r#"<path d="M7 13V4H4v9zM7 13l4 8a2 2 0 0 0 2-2v-4h5.500a1.500 1.500 0 0 0 1.500-1.800l-1.300-7A1.500 1.500 0 0 0 17.200 5H7"/>"#,
    /// The menu of the application.
    Menu = r#"<path d="M4 7h16M4 12h16M4 17h16"/>"#,
}

/// An icon. It is hidden from screen readers: the text beside it, or the label of its button, says what it means.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=name.drawing()></svg> }
}
