//! The one registry of commands. Shortcuts, the palette and the help dialog are all made from [`COMMANDS`].

mod help;
mod keys;
mod palette;

use std::borrow::Cow;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_i18n::t_string;

pub use help::HelpDialog;
pub use palette::PaletteDialog;

use crate::texts::I18n;

/// Something the user can do from anywhere that offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Command {
    /// Open the palette.
    Palette,
    /// Show all shortcuts.
    Help,
    /// Open the conversation below.
    NextConversation,
    /// Open the conversation above.
    PreviousConversation,
    /// Write to the contact.
    Reply,
    /// Write an internal comment.
    Comment,
    /// Choose the owner.
    Assign,
    /// Make the signed-in user the owner.
    AssignToMe,
    /// Close the conversation.
    CloseConversation,
    /// Open the conversation again.
    ReopenConversation,
    /// Mark the conversation as unread.
    MarkUnread,
    /// Copy a link to the conversation.
    CopyLink,
    /// Show or hide the views.
    ToggleViews,
    /// Show or hide the contact.
    ToggleDetails,
    /// Go to a view.
    GoUnassigned,
    /// Go to a view.
    GoMine,
    /// Go to a view.
    GoAllOpen,
    /// Go to a view.
    GoChat,
    /// Go to a view.
    GoAllClosed,
    /// Create a record of the kind on the screen.
    CreateRecord,
    /// Search the list of records.
    SearchRecords,
    /// Play the recording, or stop.
    PlayOrPause,
    /// Ten seconds back in the recording.
    SkipBack,
    /// Ten seconds on in the recording.
    SkipForward,
    /// Play slower.
    Slower,
    /// Play faster.
    Faster,
    /// Go to so many tenths of the recording.
    GoToTenth(u8),
    /// Search what was said.
    SearchTranscript,
    /// Go to the next passage that was found.
    NextHit,
    /// Go to the passage before that was found.
    PreviousHit,
    /// Delete the records that are chosen in the list.
    DeleteSelected,
    /// Go to the contacts.
    GoContacts,
    /// Go to the companies.
    GoCompanies,
    /// Go to the deals.
    GoDeals,
    /// Go to the tickets.
    GoTickets,
    /// Go to the calls.
    GoCalls,
    /// Go to the search of transcripts.
    GoTranscripts,
    /// Go to the clips.
    GoClips,
    /// Go to the meetings.
    GoMeetings,
    /// Go to the settings.
    GoSettings,
    /// Go to the profile.
    GoProfile,
    /// Sign out.
    SignOut,
}

/// Where a command stands in palette and help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Everywhere.
    General,
    /// In the inbox.
    Conversation,
    /// In lists of records.
    Records,
    /// On the page of a call.
    Call,
    /// Between screens.
    Navigation,
}

/// A command with its shortcut: a key, keys one after the other (`g i`), or a key with Ctrl or Cmd (`Mod+k`). A `|` stands
/// between shortcuts that do the same. Screens that are never shown together may use the same key.
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Where it stands.
    pub group: Group,
    /// Its shortcut; empty for none.
    pub keys: &'static str,
}

const fn entry(command: Command, group: Group, keys: &'static str) -> Entry {
    Entry { command, group, keys }
}

/// Every command, in the order of palette and help.
pub const COMMANDS: &[Entry] = &[
    entry(Command::Palette, Group::General, "Mod+k"),
    entry(Command::Help, Group::General, "?"),
    entry(Command::NextConversation, Group::Conversation, "j"),
    entry(Command::PreviousConversation, Group::Conversation, "k"),
    entry(Command::Reply, Group::Conversation, "r"),
    entry(Command::Comment, Group::Conversation, "c"),
    entry(Command::Assign, Group::Conversation, "a"),
    entry(Command::AssignToMe, Group::Conversation, "m"),
    entry(Command::CloseConversation, Group::Conversation, "e"),
    entry(Command::ReopenConversation, Group::Conversation, "Shift+E"),
    entry(Command::MarkUnread, Group::Conversation, "u"),
    entry(Command::CopyLink, Group::Conversation, "l"),
    entry(Command::ToggleViews, Group::Conversation, "["),
    entry(Command::ToggleDetails, Group::Conversation, "]"),
    entry(Command::GoUnassigned, Group::Navigation, "g u"),
    entry(Command::GoMine, Group::Navigation, "g m"),
    entry(Command::GoAllOpen, Group::Navigation, "g i"),
    entry(Command::GoChat, Group::Navigation, "g c"),
    entry(Command::GoAllClosed, Group::Navigation, "g x"),
    entry(Command::CreateRecord, Group::Records, "n"),
    entry(Command::SearchRecords, Group::Records, "/"),
    entry(Command::PlayOrPause, Group::Call, "Space|k"),
    entry(Command::SkipBack, Group::Call, "j|ArrowLeft"),
    entry(Command::SkipForward, Group::Call, "l|ArrowRight"),
    entry(Command::Slower, Group::Call, "<"),
    entry(Command::Faster, Group::Call, ">"),
    entry(Command::SearchTranscript, Group::Call, "/"),
    entry(Command::NextHit, Group::Call, "n"),
    entry(Command::PreviousHit, Group::Call, "m"),
    entry(Command::GoToTenth(0), Group::Call, "0"),
    entry(Command::GoToTenth(1), Group::Call, "1"),
    entry(Command::GoToTenth(2), Group::Call, "2"),
    entry(Command::GoToTenth(3), Group::Call, "3"),
    entry(Command::GoToTenth(4), Group::Call, "4"),
    entry(Command::GoToTenth(5), Group::Call, "5"),
    entry(Command::GoToTenth(6), Group::Call, "6"),
    entry(Command::GoToTenth(7), Group::Call, "7"),
    entry(Command::GoToTenth(8), Group::Call, "8"),
    entry(Command::GoToTenth(9), Group::Call, "9"),
    entry(Command::DeleteSelected, Group::Records, "Delete"),
    entry(Command::GoContacts, Group::Navigation, "g o"),
    entry(Command::GoCompanies, Group::Navigation, "g y"),
    entry(Command::GoDeals, Group::Navigation, "g d"),
    entry(Command::GoTickets, Group::Navigation, "g t"),
    entry(Command::GoCalls, Group::Navigation, "g l"),
    entry(Command::GoTranscripts, Group::Navigation, "g r"),
    entry(Command::GoClips, Group::Navigation, "g k"),
    entry(Command::GoMeetings, Group::Navigation, "g e"),
    entry(Command::GoSettings, Group::Navigation, "g s"),
    entry(Command::GoProfile, Group::Navigation, "g p"),
    entry(Command::SignOut, Group::General, ""),
];

/// The shortcut of a command as it is shown on buttons; `None` when it has none.
pub fn shortcut(command: Command) -> Option<String> {
    let entry = COMMANDS.iter().find(|entry| entry.command == command)?;
    (!entry.keys.is_empty()).then(|| keys::shown(entry.keys))
}

/// What a command does, as a button would say it.
pub fn title(i18n: I18n, command: Command) -> Cow<'static, str> {
    let title = match command {
        Command::Palette => t_string!(i18n, commands.palette),
        Command::Help => t_string!(i18n, commands.help),
        Command::NextConversation => t_string!(i18n, commands.next_conversation),
        Command::PreviousConversation => t_string!(i18n, commands.previous_conversation),
        Command::Reply => t_string!(i18n, commands.reply),
        Command::Comment => t_string!(i18n, commands.comment),
        Command::Assign => t_string!(i18n, commands.assign),
        Command::AssignToMe => t_string!(i18n, commands.assign_to_me),
        Command::CloseConversation => t_string!(i18n, commands.close_conversation),
        Command::ReopenConversation => t_string!(i18n, commands.reopen_conversation),
        Command::MarkUnread => t_string!(i18n, commands.mark_unread),
        Command::CopyLink => t_string!(i18n, commands.copy_link),
        Command::ToggleViews => t_string!(i18n, commands.toggle_views),
        Command::ToggleDetails => t_string!(i18n, commands.toggle_details),
        Command::GoUnassigned => t_string!(i18n, commands.go_unassigned),
        Command::GoMine => t_string!(i18n, commands.go_mine),
        Command::GoAllOpen => t_string!(i18n, commands.go_all_open),
        Command::GoChat => t_string!(i18n, commands.go_chat),
        Command::GoAllClosed => t_string!(i18n, commands.go_all_closed),
        Command::CreateRecord => t_string!(i18n, commands.create_record),
        Command::SearchRecords => t_string!(i18n, commands.search_records),
        Command::PlayOrPause => t_string!(i18n, commands.play_or_pause),
        Command::SkipBack => t_string!(i18n, commands.skip_back),
        Command::SkipForward => t_string!(i18n, commands.skip_forward),
        Command::Slower => t_string!(i18n, commands.slower),
        Command::Faster => t_string!(i18n, commands.faster),
        Command::GoToTenth(tenth) => {
            return t_string!(i18n, commands.go_to_tenth, percent = tenth * 10).to_string().into();
        }
        Command::SearchTranscript => t_string!(i18n, commands.search_transcript),
        Command::NextHit => t_string!(i18n, commands.next_hit),
        Command::PreviousHit => t_string!(i18n, commands.previous_hit),
        Command::DeleteSelected => t_string!(i18n, commands.delete_selected),
        Command::GoContacts => t_string!(i18n, commands.go_contacts),
        Command::GoCompanies => t_string!(i18n, commands.go_companies),
        Command::GoDeals => t_string!(i18n, commands.go_deals),
        Command::GoTickets => t_string!(i18n, commands.go_tickets),
        Command::GoCalls => t_string!(i18n, commands.go_calls),
        Command::GoTranscripts => t_string!(i18n, commands.go_transcripts),
        Command::GoClips => t_string!(i18n, commands.go_clips),
        Command::GoMeetings => t_string!(i18n, commands.go_meetings),
        Command::GoSettings => t_string!(i18n, commands.go_settings),
        Command::GoProfile => t_string!(i18n, commands.go_profile),
        Command::SignOut => t_string!(i18n, commands.sign_out),
    };
    title.into()
}

/// What the commands do at the moment: each screen offers those that make sense on it.
#[derive(Clone, Copy)]
pub struct Commands {
    /// What each command does, with the number of the offer.
    offered: RwSignal<BTreeMap<Command, (u32, Callback<()>)>>,
    next_offer: StoredValue<u32>,
    /// Whether the palette is open.
    pub palette_open: RwSignal<bool>,
    /// Whether the help is open.
    pub help_open: RwSignal<bool>,
}

impl Commands {
    /// No command is offered yet.
    pub fn new() -> Self {
        Self {
            offered: RwSignal::new(BTreeMap::new()),
            next_offer: StoredValue::new(0),
            palette_open: RwSignal::new(false),
            help_open: RwSignal::new(false),
        }
    }

    /// Offers a command as long as the current component lives.
    pub fn offer(self, command: Command, action: impl Fn() + Send + Sync + 'static) {
        let action = Callback::new(move |()| action());
        let number = self.next_offer.get_value();
        self.next_offer.set_value(number + 1);
        self.offered.update(|offered| {
            offered.insert(command, (number, action));
        });
        on_cleanup(move || {
            let _ = self.offered.try_update(|offered| {
                // Another screen may have taken the command over already.
                if offered.get(&command).is_some_and(|(latest, _)| *latest == number) {
                    offered.remove(&command);
                }
            });
        });
    }

    /// Whether a command is offered. Tracked.
    pub fn is_offered(self, command: Command) -> bool {
        self.offered.with(|offered| offered.contains_key(&command))
    }

    /// Does it, if it is offered; whether it was.
    pub fn run(self, command: Command) -> bool {
        let action = self.offered.with_untracked(|offered| offered.get(&command).copied());
        if let Some((_, action)) = action {
            action.run(());
        }
        action.is_some()
    }

    /// Listens to the keyboard, and offers the commands that are always there.
    pub fn listen(self) {
        self.offer(Command::Palette, move || self.palette_open.set(true));
        self.offer(Command::Help, move || self.help_open.set(true));
        keys::listen(self);
    }
}
