//! A link for people outside: a file that holds nothing but the clip, with an end and perhaps a password.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::calls::CallPath;
use types::clips::{Clip, ClipLink, ClipLinkPath, ClipLinkState, ClipPath, CreateClipLink, ListClips};
use ui::{Banner, Button, ButtonKind, Checkbox, CopyField, Field, IconName, TextInput, Tone};

use super::super::open_call::OpenCall;
use super::Sharing;
use crate::calls::clips::links::link_facts;
use crate::forms::{FormError, Submission, act, end_of_day};
use crate::remote::Remote;
use crate::texts::text;

/// Makes links, shows the one that was just made, and ends those there are.
#[component]
pub fn Outside(sharing: Sharing) -> impl IntoView {
    let open = sharing.open;
    let i18n = open.app.i18n;
    let settings = Remote::new(move || async move { open.app.api().get_clip_settings().await });
    let is_allowed = move || settings.get().is_some_and(|settings| settings.links);
    let loses_picture = move || {
        let has_picture = open.recording.with(|r| r.as_ref().is_some_and(|r| r.has_picture));
        has_picture && settings.get().is_some_and(|settings| !settings.cuts_pictures)
    };
    let url = RwSignal::new(None::<String>);
    view! {
        <Show when=is_allowed>
            <details class="share-outside">
                <summary>{text!(i18n, call.outside)}</summary>
                <p class="muted">{text!(i18n, call.outside_hint)}</p>
                <Show when=loses_picture><p class="muted">{text!(i18n, call.no_picture_outside)}</p></Show>
                <NewLink sharing url />
                <Show when=move || url.with(Option::is_some)>
                    <Banner tone=Tone::Ok icon=IconName::Check>{text!(i18n, call.link_made)}</Banner>
                    <CopyField
                        value=Signal::derive(move || url.get().unwrap_or_default())
                        label=text!(i18n, call.link_outside)
                        copy_label=text!(i18n, call.copy_link)
                        copied_label=text!(i18n, words.copied)
                    />
                </Show>
                <Links open />
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn NewLink(sharing: Sharing, url: RwSignal<Option<String>>) -> impl IntoView {
    let open = sharing.open;
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let (day, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let transcript = RwSignal::new(false);
    let make = move |_| {
        let request = CreateClipLink {
            expires_at: end_of_day(&day.get_untracked()),
            password: Some(password.get_untracked()).filter(|password| !password.is_empty()),
            has_transcript: transcript.get_untracked(),
        };
        let request = async move {
            let clip = sharing.clip(Vec::new()).await?;
            open.app.api().create_clip_link(&ClipPath { clip_id: clip.id }, &request).await
        };
        submission.run(request, move |made| {
            url.set(Some(made.url));
            password.set(String::new());
        });
    };
    view! {
        <div class="form">
            <div class="bounds-fields">
                <Field label=text!(i18n, call.link_ends) hint=text!(i18n, call.link_ends_hint) error=submission.field("expires_at")>
                    <TextInput value=day kind="date" />
                </Field>
                <Field label=text!(i18n, call.link_password) hint=text!(i18n, call.link_password_hint) error=submission.field("password")>
                    <TextInput value=password attr:autocomplete="new-password" />
                </Field>
            </div>
            <Checkbox label=text!(i18n, call.with_transcript) hint=text!(i18n, call.with_transcript_hint) checked=transcript />
            <FormError submission />
            <div class="actions"><Button icon=IconName::Link busy=submission.busy on_press=make>{text!(i18n, call.make_link)}</Button></div>
        </div>
    }
    .into_any()
}

/// The links of the call's clips that are there already.
#[component]
fn Links(open: OpenCall) -> impl IntoView {
    let revision = Memo::new(move |_| open.app.read(|s| (s.calls.clips_revision(open.id), s.refreshes)));
    let CallPath { call_id } = open.path();
    let clips = Remote::new(move || {
        revision.get();
        let query = ListClips { call_id: Some(call_id), ..ListClips::default() };
        async move { open.app.api().list_clips(&query).await.map(|page| page.items) }
    });
    let lines = move || {
        let with_links = clips.get().unwrap_or_default().into_iter().filter(|clip| !clip.links.is_empty());
        with_links.map(|clip| lines_of(open, clips, clip)).collect_view()
    };
    view! { <ul class="clip-links">{lines}</ul> }
}

fn lines_of(open: OpenCall, clips: Remote<Vec<Clip>>, clip: Clip) -> impl IntoView {
    let i18n = open.app.i18n;
    let (from, until) = (state::recording::clock(clip.from_ms), state::recording::clock(clip.until_ms));
    let range = t_string!(i18n, call.range, from = from, until = until).to_string();
    let cut = clip.cut.map(|cut| cut.state);
    let clip_id = clip.id;
    let line = move |link: ClipLink| {
        let path = ClipLinkPath { clip_id, clip_link_id: link.id };
        let end = move |_| {
            act(open.app, async move { open.app.api().revoke_clip_link(&path).await }, move |()| {
                clips.reload();
                t_string!(i18n, clips.link_revoked).to_owned()
            });
        };
        let is_active = link.state == ClipLinkState::Active;
        let revoke = move || {
            view! {
                <Button kind=ButtonKind::Quiet icon=IconName::Close on_press=end>{text!(i18n, clips.revoke)}</Button>
            }
        };
        view! {
            <li>
                <span class="num">{range.clone()}</span>
                {link_facts(i18n, &link, cut)}
                {is_active.then(revoke)}
            </li>
        }
    };
    clip.links.into_iter().map(line).collect_view()
}
