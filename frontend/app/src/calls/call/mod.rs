//! The page of one call: player, speakers, transcript, notes, comments, sharing.
//!
//! | module | does |
//! |-|-|
//! | [`open_call`] | what the page knows, fetched again when the call changes |
//! | [`player`] | plays: link, position, shortcuts |
//! | [`tracks`] | waveform, lanes of speakers, marks, clip handles |
//! | [`transcript`] | what was said |
//! | [`search`] | hits in it, shown in text and on the lanes |
//! | [`notes`], [`comments`], [`terms`] | the tabs below the player |
//! | [`header`] | title, facts, participants, associations, what is done with the whole call |
//! | [`share`] | clips, for colleagues and for people outside |

mod comments;
mod drafts;
mod header;
mod names;
mod notes;
mod open_call;
mod player;
mod recording;
mod search;
mod share;
mod terms;
mod time_links;
mod tracks;
mod transcript;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use types::crm::RecordRef;
use types::{CallId, Permission};
use ui::{Tab, TabPanel, Tabs};
use wasm_split_helpers::wasm_split;

use crate::context::use_app;
use crate::parts::{PartMissing, Screen};
use crate::records::{AssociationCards, load_setup};
use crate::remote::RemoteView;
use crate::texts::text;
use header::Header;
use open_call::{OpenCall, use_call};
use player::{Controls, Media};
use recording::{Problems, WithoutRecording};
use share::ShownClip;
use tracks::{Metrics, Tracks};
use transcript::TranscriptPane;

const NOTES: &str = "notes";
const COMMENTS: &str = "comments";
const TERMS: &str = "terms";
/// The panes that a phone shows one at a time.
const RECORDING: &str = "recording";
const TRANSCRIPT: &str = "transcript";

/// What of the page is in sight.
#[derive(Clone, Copy)]
struct Layout {
    /// The tab below the player.
    tab: RwSignal<&'static str>,
    /// The pane that a phone shows.
    pane: RwSignal<&'static str>,
    /// Whether the associations are shown.
    associations: RwSignal<bool>,
}

/// The page of a call.
#[wasm_split(call, fallible)]
pub fn call_screen() -> Result<Screen, PartMissing> {
    Ok(|| {
        let named = use_params_map().with_untracked(|params| params.get("call"));
        named.and_then(|id| id.parse().ok()).map(|call_id| view! { <CallPage call_id /> }).into_any()
    })
}

/// The call that the address names.
#[component]
fn CallPage(
    /// The call.
    call_id: CallId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = OpenCall::new(call_id);
    provide_context(open);
    let first_tab = if comments::stated_comment().is_some() { COMMENTS } else { NOTES };
    provide_context(Layout {
        tab: RwSignal::new(first_tab),
        pane: RwSignal::new(RECORDING),
        associations: RwSignal::new(false),
    });
    let is_there = Memo::new(move |_| open.call.get().is_some());
    let is_removed = Memo::new(move |_| app.read(|state| state.calls.is_removed(call_id)));
    view! {
        <main class="screen call-page">
            <Show when=move || !is_there.get()><h1 class="sr-only">{text!(i18n, call.call)}</h1></Show>
            <Show when=move || !is_removed.get() fallback=move || view! { <recording::Removed /> }>
                <RemoteView remote=open.call>
                    <Header />
                    <Body />
                </RemoteView>
            </Show>
        </main>
    }
    .into_any()
}

#[component]
fn Body() -> impl IntoView {
    let layout = expect_context::<Layout>();
    let i18n = use_app().i18n;
    let panes = vec![
        Tab { name: RECORDING, label: text!(i18n, call.recording).into() },
        Tab { name: TRANSCRIPT, label: text!(i18n, call.transcript).into() },
        Tab { name: NOTES, label: text!(i18n, call.notes_and_comments).into() },
    ];
    view! {
        <nav class="call-panes" aria-label=text!(i18n, call.panes)>
            {panes.into_iter().map(|pane| pane_button(layout, pane)).collect_view()}
        </nav>
        <div class="call-grid" data-pane=move || layout.pane.get() class:with-associations=move || layout.associations.get()>
            <Show when=move || layout.associations.get()><Associations /></Show>
            <div class="call-left">
                <RecordingCard />
                <Talk />
            </div>
            <TranscriptPane />
        </div>
    }
}

fn pane_button(layout: Layout, pane: Tab) -> impl IntoView {
    let Tab { name, label } = pane;
    view! {
        <button
            type="button"
            aria-pressed=move || (layout.pane.get() == name).to_string()
            on:click=move |_| layout.pane.set(name)
        >
            {move || label.get()}
        </button>
    }
}

/// The player with its waveform and figures, or what is in the way of it.
#[component]
fn RecordingCard() -> impl IntoView {
    let open = use_call();
    let player = open.player;
    view! {
        <section class="card call-recording">
            <header::Facts />
            <ShownClip />
            <Problems />
            <Show when=move || recording::is_playable(open) fallback=|| view! { <WithoutRecording /> }>
                <Media player />
                <Tracks />
                <Controls player />
                <Metrics />
            </Show>
        </section>
    }
    .into_any()
}

/// The tabs below the player.
#[component]
fn Talk() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let tab = expect_context::<Layout>().tab;
    let comments_label = move || {
        let count = open.comments.get().map(|comments| comments.len()).unwrap_or_default();
        comments::title(i18n, count)
    };
    let tabs = vec![
        Tab { name: NOTES, label: text!(i18n, call.notes).into() },
        Tab { name: COMMENTS, label: comments_label.into() },
        Tab { name: TERMS, label: text!(i18n, call.tracked_terms).into() },
    ];
    view! {
        <section class="card call-talk">
            <Tabs group="call" label=text!(i18n, call.notes_and_comments) tabs selected=tab />
            <TabPanel group="call" name=NOTES selected=tab><notes::Notes /></TabPanel>
            <TabPanel group="call" name=COMMENTS selected=tab><comments::Comments /></TabPanel>
            <TabPanel group="call" name=TERMS selected=tab><terms::Terms /></TabPanel>
        </section>
    }
    .into_any()
}

/// The records that the call belongs to.
#[component]
fn Associations() -> impl IntoView {
    let open = use_call();
    let app = open.app;
    let may_read = app.may(Permission::ReadContacts);
    // Previews name stages, statuses and custom properties.
    let setup = crate::remote::Remote::new(move || {
        let wanted = may_read.get();
        async move { if wanted { load_setup(app).await.map(Some) } else { Ok(None) } }
    });
    let record: RecordRef = open.id.into();
    view! {
        <div class="call-associations">
            <RemoteView remote=setup><AssociationCards record /></RemoteView>
        </div>
    }
    .into_any()
}
