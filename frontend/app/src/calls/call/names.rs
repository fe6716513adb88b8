//! What speakers are called, and which side they are on.

use leptos_i18n::t_string;
use types::SpeakerId;
use types::calls::{Participant, ParticipantKind, Speaker};

use super::open_call::OpenCall;

/// Which colour a speaker has: ours, the customer's, or nobody's yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A user.
    Agent,
    /// A contact, or somebody else outside.
    Customer,
    /// Nobody knows.
    Unknown,
}

impl Side {
    /// The custom property that holds the colour.
    pub fn colour(self) -> &'static str {
        match self {
            Side::Agent => "--agent",
            Side::Customer => "--customer",
            Side::Unknown => "--ink-3",
        }
    }

    /// The class that carries the colour.
    pub fn class(self) -> &'static str {
        match self {
            Side::Agent => "speaker-name agent",
            Side::Customer => "speaker-name customer",
            Side::Unknown => "speaker-name",
        }
    }
}

/// What decides the colour of somebody's avatar: the same here as wherever else the person is shown.
pub fn person_key(participant: &Participant) -> String {
    let user = participant.user_id.map(|id| id.to_string());
    let contact = participant.contact_id.map(|id| id.to_string());
    user.or(contact).unwrap_or_else(|| participant.id.to_string())
}

impl OpenCall {
    /// The participant that a speaker is matched with. Tracked.
    pub fn participant_of(self, speaker: &Speaker) -> Option<Participant> {
        let id = speaker.participant_id?;
        self.call.get()?.participants.into_iter().find(|participant| participant.id == id)
    }

    /// A speaker. Tracked.
    pub fn speaker(self, id: SpeakerId) -> Option<Speaker> {
        self.speakers.get()??.items.into_iter().find(|speaker| speaker.id == id)
    }

    /// What a speaker is called: by the match, by the file, or by the number. Tracked.
    pub fn speaker_name(self, speaker: &Speaker) -> String {
        let i18n = self.app.i18n;
        let matched = self.participant_of(speaker).map(|participant| self.participant_name(&participant));
        matched
            .or_else(|| speaker.name.clone())
            .unwrap_or_else(|| t_string!(i18n, call.speaker_number, number = speaker.number).to_string())
    }

    /// What a participant is called: by name, address or number. Tracked.
    pub fn participant_name(self, participant: &Participant) -> String {
        let Participant { name, email, phone, .. } = participant.clone();
        let unnamed = || t_string!(self.app.i18n, call.somebody).to_owned();
        name.or(email).or(phone).unwrap_or_else(unnamed)
    }

    /// Which side a speaker is on. Tracked.
    pub fn side_of(self, speaker: &Speaker) -> Side {
        match self.participant_of(speaker).map(|participant| participant.kind) {
            Some(ParticipantKind::User) => Side::Agent,
            Some(ParticipantKind::Contact | ParticipantKind::Other) => Side::Customer,
            None => Side::Unknown,
        }
    }
}
