//! Whom each event reaches.

use std::time::Duration;

use rapport_tests::{TestApp, test_on_both};
use types::conversations::{AssignThread, InboxPath, SaveInbox, ShowPresence, ThreadPath};
use types::crm::SaveCompany;
use types::{Event, Permission, VisitorEvent};

/// How long a socket must stay silent to be believed.
const QUIET: Duration = Duration::from_millis(700);

/// Who may hear of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Audience {
    /// Whoever may use the inbox.
    Inbox,
    /// One user.
    OneUser,
    /// Whoever holds the permission.
    Permission(Permission),
    /// Whoever may read the call.
    Call,
    /// The hosts of a meeting, and whoever sees its contact.
    Hosts,
    /// Every user.
    Everyone,
}

/// The audience of each kind of event. A new kind does not compile before it stands here.
fn audience(event: &Event) -> Audience {
    match event {
        Event::ThreadCreated { .. }
        | Event::ThreadChanged { .. }
        | Event::MessageCreated { .. }
        | Event::MessageChanged { .. }
        | Event::ThreadPresence { .. }
        | Event::InboxChanged { .. } => Audience::Inbox,
        Event::ThreadRead { .. }
        | Event::InboxGained { .. }
        | Event::InboxRemoved { .. }
        | Event::PermissionsChanged { .. }
        | Event::NotificationCreated { .. }
        | Event::NotificationsRead { .. }
        | Event::ImportChanged { .. }
        | Event::CalendarsChanged => Audience::OneUser,
        Event::ContactChanged { .. }
        | Event::ContactMerged { .. }
        | Event::ContactErased { .. }
        | Event::CompanyChanged { .. }
        | Event::CompanyDeleted { .. }
        | Event::DealChanged { .. }
        | Event::DealDeleted { .. }
        | Event::TicketChanged { .. }
        | Event::TicketDeleted { .. }
        | Event::RecordRemoved { .. }
        | Event::AssociationsChanged { .. }
        | Event::ConsentsChanged { .. }
        | Event::PipelineChanged { .. }
        | Event::TicketStatusesChanged { .. }
        | Event::PropertyChanged { .. } => Audience::Permission(Permission::ReadContacts),
        Event::CallChanged { .. }
        | Event::CallRemoved { .. }
        | Event::CallNoteChanged { .. }
        | Event::CallCommentsChanged { .. }
        | Event::ClipChanged { .. }
        | Event::ClipRemoved { .. } => Audience::Call,
        // The ids alone, to hosts and to whoever sees the contact; the tests of meetings hold that.
        Event::MeetingChanged { .. } | Event::MeetingRequestsChanged => Audience::Hosts,
        Event::ClipFoldersChanged => Audience::Permission(Permission::UseCallIntelligence),
        // One that is not shared reaches its user alone; the tests of views hold that.
        Event::SavedViewChanged { .. }
        | Event::SavedViewDeleted { .. }
        | Event::UserChanged { .. }
        | Event::TeamChanged { .. }
        | Event::TeamDeleted { .. }
        | Event::RoleChanged { .. }
        | Event::BookingLinkChanged { .. }
        | Event::SubscriptionTypeChanged { .. }
        | Event::RoleDeleted { .. } => Audience::Everyone,
        Event::WidgetChanged { .. } | Event::WidgetDeleted { .. } => {
            Audience::Permission(Permission::ManageChannels)
        }
        Event::MailChanged { .. } => Audience::Permission(Permission::ManageMail),
        Event::WebhookChanged { .. } => Audience::Permission(Permission::ManageWebhooks),
        Event::DomainChanged { .. } | Event::DomainRemoved { .. } => {
            Audience::Permission(Permission::ManageDomains)
        }
        Event::JobDied { .. } => Audience::Permission(Permission::ManageJobs),
    }
}

/// Does a bit of everything that is told of.
async fn live_a_little(app: &TestApp, members: &[types::UserId]) {
    let admin = app.super_admin();
    let inbox = app.inbox("Secret", members).await;
    let widget = app.widget(&inbox).await;
    let visitor = app.visitor(&widget).await;
    let thread = ThreadPath { thread_id: visitor.says("Hello").await.thread_id };
    let assign = AssignThread { user_id: Some(members[0]), team_id: None };
    admin.assign_thread(&thread, &assign).await.unwrap();
    admin.reply(thread.thread_id, "<p>Yes?</p>").await;
    admin.show_presence(&thread, &ShowPresence { viewing: true, typing: true }).await.unwrap();
    admin.close_thread(&thread).await.unwrap();
    let company = SaveCompany { name: "Acme".to_owned(), ..SaveCompany::default() };
    admin.create_company(&company).await.unwrap();
    let save = SaveInbox { name: "Secret".to_owned(), member_ids: Vec::new() };
    admin.update_inbox(&InboxPath { inbox_id: inbox.id }, &save).await.unwrap();
}

test_on_both!(
    /// Guard 2: nobody hears of what they may not read.
    events_reach_those_who_may_read_them,
    async |app| {
        let (member, outsider) = (app.agent("Mia").await, app.agent("Otto").await);
        let program = app.token(app.super_admin(), &[Permission::ReadContacts]).await;
        let mut of_member = member.listen(None).await;
        let mut of_outsider = outsider.listen(None).await;
        let mut of_program = program.listen(None).await;
        live_a_little(app, &[member.id()]).await;
        let heard = of_member.until(|event| matches!(event, Event::InboxRemoved { .. })).await;
        for wanted in [Audience::Inbox, Audience::OneUser, Audience::Permission(Permission::ReadContacts)] {
            assert!(heard.iter().any(|event| audience(event) == wanted), "{wanted:?}: {heard:?}");
        }
        assert_eq!(of_member.drain(QUIET).await, []);
        let contacts = Audience::Permission(Permission::ReadContacts);
        for event in of_outsider.drain(QUIET).await {
            let who = audience(&event);
            assert!(who == Audience::Everyone || who == contacts, "{event:?}");
        }
        for event in of_program.drain(QUIET).await {
            let who = audience(&event);
            assert!(who == Audience::Everyone || who == contacts, "{event:?}");
        }
    }
);

test_on_both!(
    /// H: an agent taken out of an inbox while connected hears nothing more of it within a second.
    who_is_taken_out_of_an_inbox_hears_no_more_of_it,
    async |app| {
        let ana = app.agent("Ana").await;
        let inbox = app.inbox("Sales", &[ana.id()]).await;
        let widget = app.widget(&inbox).await;
        let visitor = app.visitor(&widget).await;
        let thread_id = visitor.says("Hello").await.thread_id;
        let mut socket = ana.listen(None).await;
        let save = SaveInbox { name: "Sales".to_owned(), member_ids: Vec::new() };
        app.super_admin().update_inbox(&InboxPath { inbox_id: inbox.id }, &save).await.unwrap();
        socket.next_event(|event| matches!(event, Event::InboxRemoved { .. })).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        visitor.says("A secret").await;
        let after = socket.drain(QUIET).await;
        assert!(after.iter().all(|event| audience(event) != Audience::Inbox), "{after:?}");
        let refused = ana.get_thread(&ThreadPath { thread_id }).await.unwrap_err();
        assert_eq!(refused.status(), Some(404));
    }
);

test_on_both!(
    /// PITFALL 41: what a visitor hears is about that visitor alone.
    a_visitor_hears_only_of_its_own_conversation,
    async |app| {
        let inbox = app.inbox("Sales", &[]).await;
        let widget = app.widget(&inbox).await;
        let (one, other) = (app.visitor(&widget).await, app.visitor(&widget).await);
        let (mut of_one, mut of_other) = (one.listen(None).await, other.listen(None).await);
        let thread_id = one.says("Hello").await.thread_id;
        other.says("Hello too").await;
        let is_own = |event: &VisitorEvent| format!("{event:?}").contains("Hello too");
        of_other.next_event(is_own).await;
        app.super_admin().reply(thread_id, "<p>For one alone</p>").await;
        of_one.next_event(|event| format!("{event:?}").contains("For one alone")).await;
        let heard = of_other.drain(QUIET).await;
        // Its own message may be heard of: PostgreSQL's events are numbered shortly after the commit.
        let own = |event: &VisitorEvent| {
            matches!(event, VisitorEvent::MessageCreated { message, .. } if message.text == "Hello too")
        };
        assert!(heard.iter().all(own), "{heard:?}");
    }
);
