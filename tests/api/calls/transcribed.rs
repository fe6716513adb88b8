//! Calls with transcripts to test with.

use rapport_tests::{TestApp, User, until};
use types::CallId;
use types::calls::{
    AddParticipant, CreateCall, ImportTranscript, ListSegments, Segment, SegmentPath, Transcript,
    TranscriptState,
};
use types::crm::{Contact, CreateContact};

use super::desk::{self, NOBODY, path, request};

/// Four lines of two people.
pub const TALK: &str = "WEBVTT

00:00:00.500 --> 00:00:03.000
<v Ana>Hello Zoë, how was the café?

00:00:04.000 --> 00:00:08.000
<v Zoë Müller>Fine. But I want a full refund &amp; an apology.

00:00:08.500 --> 00:00:10.000
<v Ana>A refund takes three days.

00:00:12.000 --> 00:00:14.000
<v Zoë Müller>Refunds should be quick!
";

/// A contact called Zoë Müller.
pub async fn zoe(app: &TestApp) -> Contact {
    let zoe = CreateContact {
        name: "Zoë Müller".to_owned(),
        email: None,
        phone: None,
        job_title: None,
        company_id: None,
        owner_id: None,
        properties: Default::default(),
    };
    app.super_admin().create_contact(&zoe).await.unwrap()
}

/// Has a transcript taken in, and waits until it is stored.
pub async fn import(user: &User, call: CallId, content: &str) -> Transcript {
    let request = ImportTranscript { content: content.to_owned(), language: None };
    user.import_transcript(&path(call), &request).await.unwrap();
    stored(user, call).await
}

/// The transcript of a call once nothing is done about it any more.
pub async fn stored(user: &User, call: CallId) -> Transcript {
    let get = async || user.get_transcript(&path(call)).await.unwrap();
    let under_way = [TranscriptState::Waiting, TranscriptState::Running];
    until("the transcript is there", async || !under_way.contains(&get().await.state)).await;
    get().await
}

/// A call of the user with [`TALK`] as its transcript.
pub async fn call(app: &TestApp, user: &User, title: &str) -> CallId {
    let call = desk::call(app, user, title).await.id;
    import(user, call, TALK).await;
    call
}

/// A call of the user with a contact, and with [`TALK`] as its transcript.
pub async fn call_of_two(app: &TestApp, user: &User) -> CallId {
    let zoe = zoe(app).await;
    let participants = vec![AddParticipant { user_id: Some(user.id()), ..NOBODY }, desk::contact(zoe.id)];
    let call = user.create_call(&CreateCall { participants, ..request(app, "Refund") }).await.unwrap().id;
    import(user, call, TALK).await;
    call
}

/// What the transcript of a call says.
pub async fn segments(user: &User, call: CallId) -> Vec<Segment> {
    user.list_segments(&path(call), &ListSegments::default()).await.unwrap().items
}

/// The texts of the segments.
pub fn texts(segments: &[Segment]) -> Vec<&str> {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}

pub fn segment_path(call_id: CallId, segment: &Segment) -> SegmentPath {
    SegmentPath { call_id, segment_id: segment.id }
}
