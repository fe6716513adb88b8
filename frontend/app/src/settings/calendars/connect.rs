//! Connecting calendars: CalDAV, a feed, and the providers that are signed in to on a page of theirs.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::booking::{CalendarProvider, ConnectCalendars};
use ui::{Field, Icon, IconName, Select, SelectOption, TextInput};

use super::{Calendars, provider_name};
use crate::connections::{CalendarSignIn, calendar_sign_ins};
use crate::forms::{FormDialog, Submission};
use crate::texts::{I18n, text};

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    provider: RwSignal<String>,
    url: RwSignal<String>,
    user_name: RwSignal<String>,
    password: RwSignal<String>,
    name: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self { provider: text(), url: text(), user_name: text(), password: text(), name: text() }
    }

    fn begin(self) {
        self.provider.set(CalendarProvider::CalDav.to_string());
        for field in [self.url, self.user_name, self.password, self.name] {
            field.set(String::new());
        }
    }

    /// Tracked.
    fn is_feed(self) -> bool {
        self.provider.with(|provider| provider == CalendarProvider::Feed.as_str())
    }

    fn request(self) -> ConnectCalendars {
        let typed = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        if untrack(|| self.is_feed()) {
            return ConnectCalendars::Feed { url: typed(self.url), name: typed(self.name) };
        }
        // A password is what was typed, blanks and all.
        let password = self.password.get_untracked();
        ConnectCalendars::CalDav { url: typed(self.url), user_name: typed(self.user_name), password }
    }
}

/// Asks where the calendars are kept.
#[component]
pub fn ConnectDialog(page: Calendars, open: RwSignal<bool>) -> impl IntoView {
    let app = page.app;
    let i18n = app.i18n;
    let submission = Submission::new();
    let form = Form::new();
    let sign_ins = RwSignal::new(Vec::<CalendarSignIn>::new());
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        form.begin();
        sign_ins.set(Vec::new());
        spawn_local(async move {
            let offered = calendar_sign_ins(app).await;
            // The page may be gone by now.
            let _ = sign_ins.try_set(offered);
        });
    });
    let submit = move |()| {
        let request = form.request();
        submission.run(async move { app.api().connect_calendars(&request).await }, move |account| {
            open.set(false);
            form.password.set(String::new());
            page.take(account);
            app.toasts.show(t_string!(i18n, connections.connected));
        });
    };
    view! {
        <FormDialog
            open
            title=text!(i18n, calendars.connect)
            submit_label=text!(i18n, calendars.connect)
            submission
            on_submit=submit
        >
            <SignIns sign_ins />
            <Field label=text!(i18n, calendars.where_kept)>
                <Select value=form.provider options=providers(i18n) />
            </Field>
            <Show when=move || form.is_feed() fallback=move || view! { <CalDavFields form submission /> }>
                <FeedFields form submission />
            </Show>
        </FormDialog>
    }
    .into_any()
}

/// The keepers that are asked for an address.
fn providers(i18n: I18n) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |provider: CalendarProvider| SelectOption {
            value: provider.to_string(),
            label: provider_name(i18n, provider).to_owned(),
        };
        [CalendarProvider::CalDav, CalendarProvider::Feed].map(option).to_vec()
    })
}

/// Links to the pages of Google and Microsoft, where this server offers them.
#[component]
fn SignIns(sign_ins: RwSignal<Vec<CalendarSignIn>>) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    let link = move |sign_in: CalendarSignIn| {
        let CalendarSignIn { provider, url } = sign_in;
        let label =
            move || t_string!(i18n, calendars.connect_with, name = provider_name(i18n, provider)).to_string();
        view! { <a class="btn" href=url rel="external"><Icon name=IconName::External /> {label}</a> }
    };
    view! {
        <Show when=move || sign_ins.with(|all| !all.is_empty())>
            <div class="line">{move || sign_ins.get().into_iter().map(link).collect_view()}</div>
            <p class="muted">{text!(i18n, calendars.or_by_address)}</p>
        </Show>
    }
}

#[component]
fn CalDavFields(form: Form, submission: Submission) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    view! {
        <Field label=text!(i18n, calendars.url) hint=text!(i18n, calendars.url_hint) error=submission.field("url")>
            <TextInput value=form.url kind="url" required=true placeholder="https://calendar.example.org/" />
        </Field>
        <Field label=text!(i18n, calendars.user_name) error=submission.field("user_name")>
            <TextInput value=form.user_name required=true />
        </Field>
        <Field label=text!(i18n, calendars.password) hint=text!(i18n, calendars.password_hint) error=wrong_password(submission)>
            <TextInput value=form.password kind="password" autocomplete="new-password" required=true />
        </Field>
    }
    .into_any()
}

/// The password is that of another service: rules and words for our own do not apply to it.
fn wrong_password(submission: Submission) -> Signal<Option<String>> {
    Signal::derive(move || submission.field_where(|field| field == "password").map(|error| error.detail))
}

#[component]
fn FeedFields(form: Form, submission: Submission) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    view! {
        <Field label=text!(i18n, calendars.feed_url) hint=text!(i18n, calendars.feed_hint) error=submission.field("url")>
            <TextInput value=form.url required=true placeholder="https://example.org/calendar.ics" />
        </Field>
        <Field label=text!(i18n, forms.name) error=submission.field("name")>
            <TextInput value=form.name required=true />
        </Field>
    }
    .into_any()
}
