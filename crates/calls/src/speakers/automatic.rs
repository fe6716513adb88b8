//! Matching speakers with participants where it is plain who is who (CALL-29).

use std::collections::HashMap;

use crm::folding;
use platform::{Granted, Result, Tx};
use types::ParticipantId;
use types::calls::{MatchedBy, Participant, ParticipantKind, SpeakerSeparation, TranscriptSource};

use crate::store::calls::CallRow;
use crate::store::participants;
use crate::store::speakers::{self, SpeakerRow};
use crate::store::transcripts::TranscriptRow;

/// Recordings of two channels have the user in the first one.
const USER_CHANNEL: i32 = 0;

/// Matches the speakers of a transcript that was just stored.
pub(crate) fn match_automatically(
    tx: &mut Tx<'_>,
    call: &Granted<CallRow>,
    transcript: &TranscriptRow,
) -> Result<()> {
    let mut rows = speakers::of_calls(tx, &[call.id])?;
    let participants: Vec<Participant> =
        participants::of_calls(tx, &[call.id])?.into_iter().map(|(_, participant)| participant).collect();
    // What the provider calls somebody may be another name than the one they have here.
    let as_came: HashMap<ParticipantId, String> =
        participants::rows_of(tx, call.id)?.into_iter().filter_map(|row| Some((row.id, row.name?))).collect();
    let matched_by = match transcript.source {
        TranscriptSource::Provider => MatchedBy::Provider,
        TranscriptSource::Engine | TranscriptSource::Upload => MatchedBy::Auto,
    };
    decide(&mut rows, &participants, &as_came, (transcript.separation, matched_by));
    for row in rows.iter().filter(|row| row.participant_id.is_some()) {
        speakers::update(tx, call, row)?;
    }
    Ok(())
}

/// Decides by names first. In a call of two people, each of whom is one speaker, the channels decide where there are two,
/// and whoever is left is the other one once somebody is known.
fn decide(
    speakers: &mut [SpeakerRow],
    participants: &[Participant],
    as_came: &HashMap<ParticipantId, String>,
    (separation, matched_by): (Option<SpeakerSeparation>, MatchedBy),
) {
    let here = participants.iter().map(|participant| (participant, participant.name.as_ref()));
    let there = participants.iter().map(|participant| (participant, as_came.get(&participant.id)));
    for (participant, name) in here.chain(there) {
        let Some(name) = name.map(|name| folding::name_key(name)) else { continue };
        if speakers.iter().any(|row| row.participant_id == Some(participant.id)) {
            continue;
        }
        let is_named = |row: &&mut SpeakerRow| {
            row.participant_id.is_none()
                && row.name.as_deref().is_some_and(|known| folding::name_key(known) == name)
        };
        if let Some(row) = speakers.iter_mut().find(is_named) {
            (row.participant_id, row.matched_by) = (Some(participant.id), Some(matched_by));
        }
    }
    let ([first, second], [one, other]) = (speakers, participants) else { return };
    match (first.participant_id, second.participant_id) {
        (Some(known), None) => second.settle(known, one, other, matched_by),
        (None, Some(known)) => first.settle(known, one, other, matched_by),
        (None, None) if separation == Some(SpeakerSeparation::ByChannel) => {
            let (user, guest) = match (one.kind, other.kind) {
                (ParticipantKind::User, ParticipantKind::User) => return,
                (ParticipantKind::User, _) => (one, other),
                (_, ParticipantKind::User) => (other, one),
                _ => return,
            };
            for row in [first, second] {
                let who = if row.channel == Some(USER_CHANNEL) { user } else { guest };
                (row.participant_id, row.matched_by) = (Some(who.id), Some(matched_by));
            }
        }
        _ => {}
    }
}

impl SpeakerRow {
    /// Is the participant that is left when `known` is somebody else.
    fn settle(
        &mut self,
        known: ParticipantId,
        one: &Participant,
        other: &Participant,
        matched_by: MatchedBy,
    ) {
        let left = if one.id == known { other.id } else { one.id };
        (self.participant_id, self.matched_by) = (Some(left), Some(matched_by));
    }
}

#[cfg(test)]
mod tests {
    use types::{CallId, SpeakerId};

    use super::*;

    fn speaker(number: i32, channel: Option<i32>, name: Option<&str>) -> SpeakerRow {
        SpeakerRow {
            id: SpeakerId(number.into()),
            call_id: CallId(1),
            number,
            channel,
            name: name.map(str::to_owned),
            participant_id: None,
            matched_by: None,
        }
    }

    fn participant(id: i64, kind: ParticipantKind, name: &str) -> Participant {
        let name = Some(name.to_owned());
        Participant {
            id: ParticipantId(id),
            kind,
            user_id: None,
            contact_id: None,
            name,
            email: None,
            phone: None,
        }
    }

    fn decided(
        mut speakers: Vec<SpeakerRow>,
        participants: &[Participant],
        separation: SpeakerSeparation,
    ) -> Vec<Option<i64>> {
        let as_came = HashMap::from([(ParticipantId(9), "Evelyn (guest)".to_owned())]);
        decide(&mut speakers, participants, &as_came, (Some(separation), MatchedBy::Auto));
        speakers.iter().map(|row| row.participant_id.map(|id| id.0)).collect()
    }

    #[test]
    fn names_channels_and_what_is_left_decide() {
        let ana = participant(7, ParticipantKind::User, "Ana");
        let zoe = participant(8, ParticipantKind::Contact, "Zoë Müller");
        let eve = participant(9, ParticipantKind::Contact, "Eve");
        let channels = || vec![speaker(1, Some(0), None), speaker(2, Some(1), None)];
        let named = |name| vec![speaker(1, None, Some(name)), speaker(2, None, Some("Who?"))];
        let by_channel = SpeakerSeparation::ByChannel;
        let people = [zoe.clone(), ana.clone()];
        assert_eq!(decided(channels(), &people, by_channel), [Some(7), Some(8)]);
        assert_eq!(decided(named("ZOE MULLER"), &people, SpeakerSeparation::Named), [Some(8), Some(7)]);
        let eve_came = [ana.clone(), eve.clone()];
        assert_eq!(decided(named("evelyn (Guest)"), &eve_came, SpeakerSeparation::Named), [Some(9), Some(7)]);
        assert_eq!(decided(named("Otto"), &people, SpeakerSeparation::Named), [None, None]);
        assert_eq!(decided(channels(), &people, SpeakerSeparation::Diarized), [None, None]);
        assert_eq!(decided(channels(), &[zoe.clone(), eve.clone()], by_channel), [None, None]);
        assert_eq!(decided(channels(), &[ana, zoe, eve], by_channel), [None, None]);
    }
}
