//! Making and changing a link: four steps with a preview beside them (MEET-36).

mod availability;
mod configuration;
mod consent;
mod details;
mod draft;
mod explain;
mod form_step;
mod hosts;
mod hours;
mod meeting_types;
mod overrides;
mod preview;
mod reminders;

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use state::booking_links::{Issue, Step, check, step_of_field};
use types::booking::{
    Availability, BookingLink, BookingLinkKind, BookingLinkPath, BookingLinkSettings, BookingProfile,
    CreateBookingLink, UpdateBookingLink,
};
use types::crm::PrivacySettings;
use types::{BookingLinkId, ErrorCode, Permission, Problem};
use ui::{Banner, Button, ButtonKind, Icon, IconName, Tone};

use super::words::{rule_text, step_name};
use crate::context::{App, use_app};
use crate::forms::{Submission, UnsavedBar, field_error_text};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use draft::{Draft, host};

/// The editor, as its steps share it.
#[derive(Clone, Copy)]
pub struct Editor {
    app: App,
    draft: Draft,
    /// What is saved; nothing of a new link.
    link: RwSignal<Option<BookingLink>>,
    /// What somebody else had saved when one's own was refused for it.
    refused_for: RwSignal<Option<BookingLink>>,
    /// What the address of a new link begins with, the user's part included.
    pages_url: StoredValue<String>,
    /// What the account says about consent.
    privacy: Remote<PrivacySettings>,
    submission: Submission,
    /// Whether saving was tried: what is missing is not told before.
    tried: RwSignal<bool>,
    step: RwSignal<Step>,
    issues: Memo<Vec<Issue>>,
    /// Whether the hours alone can be changed.
    only_hours: bool,
}

impl Editor {
    /// What is wrong with a field, or with one below it. Tracked.
    fn error(self, field: &'static str) -> Signal<Option<String>> {
        self.error_of(field.to_owned())
    }

    /// As [`Editor::error`], of a field whose name is made.
    fn error_of(self, field: String) -> Signal<Option<String>> {
        let below = format!("{field}.");
        let is_it = move |name: &str| {
            let name = name.strip_prefix("settings.").unwrap_or(name).replace('[', ".").replace(']', "");
            name == field || name.starts_with(&below)
        };
        Signal::derive(move || {
            let refused =
                self.submission.field_where(&is_it).map(|error| field_error_text(self.app.i18n, &error));
            let own = || {
                let issues = self.issues.read();
                let issue = issues.iter().find(|issue| is_it(&issue.field)).filter(|_| self.tried.get())?;
                Some(rule_text(self.app.i18n, issue.rule))
            };
            own().or(refused)
        })
    }

    /// Whether something in a step is to be put right. Tracked.
    fn is_wrong(self, step: Step) -> bool {
        let refused = || self.submission.field_where(|field| step_of_field(field) == step).is_some();
        let own = self.tried.get()
            && self.issues.with(|issues| issues.iter().any(|issue| step_of_field(&issue.field) == step));
        own || refused()
    }

    /// Goes to a step; its heading gets the focus, so that it is read out.
    fn go(self, step: Step) {
        self.step.set(step);
        request_animation_frame(|| crate::browser::focus(".link-editor h2"));
    }
}

/// What the editor begins with.
#[derive(Clone)]
enum Source {
    /// A link that is saved.
    Saved(Box<BookingLink>),
    /// The settings of a new link.
    New(Box<BookingLinkSettings>),
}

/// The editor of a link, or of a new one.
#[component]
pub fn LinkEditor(id: Option<BookingLinkId>) -> impl IntoView {
    let app = use_app();
    let loaded = Remote::new(move || async move {
        let profile = app.api().get_booking_profile().await?;
        let source = match id {
            Some(booking_link_id) => Source::Saved(Box::new(
                app.api().get_booking_link(&BookingLinkPath { booking_link_id }).await?,
            )),
            None => Source::New(Box::new(app.api().get_booking_template().await?)),
        };
        Ok((profile, source))
    });
    let loads = RwSignal::new(0_u32);
    let on_load = Callback::new(move |link: BookingLink| {
        loaded.update(|(_, source)| *source = Source::Saved(Box::new(link)));
        loads.update(|loads| *loads += 1);
    });
    let form = move || {
        loads.get();
        let (profile, source) = untrack(|| loaded.get())?;
        Some(view! { <Form profile source on_load /> })
    };
    view! {
        <main class="screen link-editor">
            <RemoteView remote=loaded>
                {form}
            </RemoteView>
        </main>
    }
    .into_any()
}

/// A new link of one's own: its names are typed, the rest is as the server has it.
fn new_draft(app: App, template: BookingLinkSettings) -> Draft {
    let hosts = app.peek(state::State::my_id).map(host).into_iter().collect();
    let settings = BookingLinkSettings { internal_name: String::new(), title: String::new(), ..template };
    Draft::new(BookingLinkKind::Personal, hosts, settings)
}

#[component]
fn Form(profile: BookingProfile, source: Source, on_load: Callback<BookingLink>) -> impl IntoView {
    let app = use_app();
    let (draft, link) = match source {
        Source::Saved(link) => (Draft::of(&link), Some(*link)),
        Source::New(template) => (new_draft(app, *template), None),
    };
    let saved_id = link.as_ref().map(|link| link.id);
    let only_hours = !app.peek(|state| state.may(Permission::UseBooking));
    let can_save = link.as_ref().map_or(!only_hours, |link| link.is_editable);
    let issues = Memo::new(move |_| check(draft.link_kind(), &draft.hosts.get(), &draft.settings()));
    let editor = Editor {
        app,
        draft,
        link: RwSignal::new(link),
        refused_for: RwSignal::new(None),
        pages_url: StoredValue::new(format!("{}/{}", profile.pages_url, profile.user_slug)),
        privacy: Remote::new(move || async move { app.api().get_privacy_settings().await }),
        submission: Submission::new(),
        tried: RwSignal::new(false),
        step: RwSignal::new(if only_hours { Step::Availability } else { Step::Details }),
        issues,
        only_hours,
    };
    let typed = move || (draft.kind.get(), draft.slug.get(), draft.hosts.get(), draft.settings());
    let saved = RwSignal::new(untrack(typed));
    let changed = Signal::derive(move || can_save && typed() != saved.get());
    let navigate = use_navigate();
    let leave = Callback::new(move |()| navigate("/meetings/links", NavigateOptions::default()));
    let stored = Callback::new(move |link: BookingLink| {
        let is_new = untrack(|| editor.link.with(Option::is_none));
        editor.link.set(Some(link));
        saved.set(untrack(typed));
        app.toasts.show(untrack(|| t_string!(app.i18n, words.saved)));
        if is_new {
            leave.run(());
        }
    });
    let save = Callback::new(move |()| save(editor, stored));
    let discard = move |()| leave_unsaved(saved, typed, leave);
    view! {
        <Head editor can_save />
        {saved_id.map(|id| view! { <ChangedMeanwhile editor id on_load /> })}
        <div class="editor-columns">
            <div class="steps-pane">
                <Stepper editor />
                <fieldset class="step" disabled=!can_save>
                    <StepFields editor />
                </fieldset>
                <Foot editor can_save save />
            </div>
            <preview::Preview editor />
        </div>
        <UnsavedBar changed submission=editor.submission on_save=move |()| save.run(()) on_discard=discard />
    }
    .into_any()
}

/// Goes back to the list without what was typed.
fn leave_unsaved<T: Send + Sync + 'static>(saved: RwSignal<T>, typed: impl Fn() -> T, leave: Callback<()>) {
    saved.set(untrack(typed));
    leave.run(());
}

/// Sends it, or shows the first step in which something is to be put right.
fn save(editor: Editor, stored: Callback<BookingLink>) {
    editor.tried.set(true);
    let wrong = editor.issues.with_untracked(|issues| issues.first().cloned());
    if let Some(issue) = wrong {
        editor.go(step_of_field(&issue.field));
        return;
    }
    let (app, draft) = (editor.app, editor.draft);
    let (mut hosts, mut settings) = untrack(|| (draft.hosts.get(), draft.settings()));
    // The rest stays as it is saved, also where a colleague has changed it since.
    if let Some(link) = editor.link.get_untracked().filter(|_| editor.only_hours) {
        hosts = link.hosts;
        let Availability { time_zone, weekly, overrides, .. } = settings.availability;
        let availability = Availability { time_zone, weekly, overrides, ..link.settings.availability };
        settings = BookingLinkSettings { availability, ..link.settings };
    }
    let kind = untrack(|| draft.link_kind());
    let slug = Some(draft.slug.get_untracked()).filter(|slug| !slug.is_empty());
    let (id, edited) = editor.link.with_untracked(|link| {
        (link.as_ref().map(|link| link.id), link.as_ref().map(|link| link.updated_at))
    });
    let request = async move {
        match id {
            Some(booking_link_id) => {
                let path = BookingLinkPath { booking_link_id };
                let updated_at = edited;
                app.api().update_booking_link(&path, &UpdateBookingLink { hosts, settings, updated_at }).await
            }
            None => app.api().create_booking_link(&CreateBookingLink { kind, slug, hosts, settings }).await,
        }
    };
    editor.submission.run(
        async move {
            let reply = request.await;
            if let Err(client::ClientError::Problem(problem)) = &reply {
                if let Some(error) = problem.errors.first() {
                    editor.go(step_of_field(&error.field));
                }
                editor.refused_for.set(newer_link(problem));
            }
            reply
        },
        move |link| stored.run(link),
    );
}

/// The link as somebody else has saved it meanwhile.
fn newer_link(problem: &Problem) -> Option<BookingLink> {
    let link = problem.extra.as_ref().filter(|_| problem.code == ErrorCode::NewerLink)?.get("link")?;
    types::json::read(link.clone()).ok()
}

#[component]
fn Head(editor: Editor, can_save: bool) -> impl IntoView {
    let i18n = editor.app.i18n;
    let title = move || {
        let name = editor.link.with(|link| link.as_ref().map(|link| link.settings.internal_name.clone()));
        name.unwrap_or_else(|| t_string!(i18n, booking_links.create).to_owned())
    };
    let note = move || match (editor.only_hours, can_save) {
        (_, false) => Some(t_string!(i18n, booking_links.not_yours)),
        (true, true) => Some(t_string!(i18n, booking_links.only_hours)),
        _ => None,
    };
    view! {
        <header class="editor-head">
            <A href="/meetings/links" attr:class="back-link"><Icon name=IconName::Back /> {text!(i18n, booking_links.back)}</A>
            <h1>{title}</h1>
        </header>
        {move || note().map(|note| view! { <Banner icon=IconName::Lock>{note}</Banner> })}
    }
}

/// Says that somebody else saved the link since it was opened: what they saved is loaded in place of what is typed, or
/// replaced by it when that is saved.
#[component]
fn ChangedMeanwhile(editor: Editor, id: BookingLinkId, on_load: Callback<BookingLink>) -> impl IntoView {
    let app = editor.app;
    let revision = Memo::new(move |_| app.read(|state| (state.booking.link_revision(id), state.refreshes)));
    let latest = Remote::new(move || {
        revision.get();
        async move { app.api().get_booking_link(&BookingLinkPath { booking_link_id: id }).await }
    });
    let newer = Memo::new(move |_| {
        let is_newer = |link: &BookingLink| {
            editor.link.with(|own| own.as_ref().is_some_and(|own| own.updated_at < link.updated_at))
        };
        // One's own change is told before its reply has come.
        let known = [latest.get(), editor.refused_for.get()].into_iter().flatten();
        known.filter(is_newer).max_by_key(|link| link.updated_at).filter(|_| !editor.submission.busy.get())
    });
    let load = move |_| {
        if let Some(link) = newer.get_untracked() {
            on_load.run(link);
        }
    };
    let keep = move |_| {
        editor.submission.clear();
        editor.link.set(newer.get_untracked());
    };
    let action = move || {
        view! {
            <Button on_press=load>{text!(app.i18n, booking_links.load_it)}</Button>
            <Button on_press=keep>{text!(app.i18n, booking_links.keep_mine)}</Button>
        }
    };
    view! {
        <Show when=move || newer.with(Option::is_some)>
            <div class="newer-link">
                <Banner tone=Tone::Warn icon=IconName::Warning action>
                    {text!(app.i18n, booking_links.changed_meanwhile)}
                </Banner>
            </div>
        </Show>
    }
}

/// The steps, any of which can be gone to.
#[component]
fn Stepper(editor: Editor) -> impl IntoView {
    let i18n = editor.app.i18n;
    let steps = Step::ALL.into_iter().filter(|step| !editor.only_hours || *step == Step::Availability);
    let item = move |step: Step| {
        let is_current = move || (editor.step.get() == step).then_some("step");
        view! {
            <li>
                <button type="button" class="stepper-step" aria-current=is_current on:click=move |_| editor.go(step)>
                    <span class="num" aria-hidden="true">{step.number()}</span>
                    {move || step_name(i18n, step)}
                    <Show when=move || editor.is_wrong(step)>
                        <span class="wrong">
                            <Icon name=IconName::Warning />
                            <span class="sr-only">{text!(i18n, booking_links.step_wrong)}</span>
                        </span>
                    </Show>
                </button>
            </li>
        }
    };
    view! {
        <nav aria-label=text!(i18n, booking_links.steps)><ol class="stepper">{steps.map(item).collect_view()}</ol></nav>
    }
}

#[component]
fn StepFields(editor: Editor) -> impl IntoView {
    let i18n = editor.app.i18n;
    move || {
        let step = editor.step.get();
        let fields = match step {
            Step::Details => view! { <details::Details editor /> }.into_any(),
            Step::Configuration => view! { <configuration::Configuration editor /> }.into_any(),
            Step::Availability => view! { <availability::AvailabilityStep editor /> }.into_any(),
            Step::Form => view! { <form_step::FormStep editor /> }.into_any(),
        };
        view! { <h2 tabindex="-1">{move || step_name(i18n, step)}</h2> {fields} }
    }
}

/// Back, on, and at the end "Save changes" (MEET-71).
#[component]
fn Foot(editor: Editor, can_save: bool, save: Callback<()>) -> impl IntoView {
    let i18n = editor.app.i18n;
    let step = editor.step;
    let is_last = move || editor.only_hours || step.get().next().is_none();
    let go = move |to: Option<Step>| {
        if let Some(to) = to {
            editor.go(to);
        }
    };
    view! {
        <div class="actions step-actions">
            <Show when=move || !editor.only_hours && step.get().previous().is_some()>
                <Button icon=IconName::Back on_press=move |_| go(step.get_untracked().previous())>
                    {text!(i18n, booking_links.previous)}
                </Button>
            </Show>
            <span class="push"></span>
            <Show when=move || !is_last()>
                <Button kind=ButtonKind::Primary on_press=move |_| go(step.get_untracked().next())>
                    {text!(i18n, booking_links.next)}
                </Button>
            </Show>
            <Show when=move || is_last() && can_save>
                <Button kind=ButtonKind::Primary busy=editor.submission.busy on_press=move |_| save.run(())>
                    {text!(i18n, booking_links.save_changes)}
                </Button>
            </Show>
        </div>
    }
    .into_any()
}
