//! The page of one chat widget.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::channels::{ChatWidget, WidgetPath};
use types::{Event, WidgetId};
use ui::{
    Button, Checkbox, EmptyState, Field, Icon, IconName, Page, Section, Select, Tab, TabPanel, Tabs,
    TextInput,
};

use super::code_tab::CodeTab;
use super::create::inbox_options;
use super::delete::DeleteDialog;
use super::fetch_widgets;
use super::form::WidgetForm;
use super::security_tab::SecurityTab;
use super::style_tab::StyleTab;
use crate::context::use_app;
use crate::forms::{Submission, UnsavedBar, learn};
use crate::remote::RemoteView;
use crate::texts::text;

/// What one widget is: where it leads, how it looks, its code, its security.
#[component]
pub fn WidgetPage(
    /// The widget.
    id: WidgetId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let fetched = fetch_widgets(app);
    let widget = Memo::new(move |_| app.read(|state| state.directory.widgets.get(&id).cloned()));
    let is_there = Memo::new(move |_| widget.with(Option::is_some));
    let gone = move || {
        view! {
            <EmptyState icon=IconName::Chat title=text!(i18n, errors.not_found_title) body=text!(i18n, errors.not_found) />
        }
    };
    let title = move || {
        widget
            .with(|widget| widget.as_ref().map(|widget| widget.name.clone()))
            .unwrap_or_else(|| t_string!(i18n, settings.chat).to_owned())
    };
    view! {
        <A href="/settings/chat" attr:class="back-link"><Icon name=IconName::Back /> {text!(i18n, chat.all_widgets)}</A>
        <Page title>
            <RemoteView remote=fetched>
                <Show when=move || is_there.get() fallback=gone><Editor id widget /></Show>
            </RemoteView>
        </Page>
    }
    .into_any()
}

#[component]
fn Editor(id: WidgetId, widget: Memo<Option<ChatWidget>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let form = WidgetForm::new();
    let submission = Submission::new();
    // What the form was filled from: it follows changes by others until something is typed here.
    let shown = RwSignal::new(None::<ChatWidget>);
    let changed =
        Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(|saved| form.differs(saved))));
    let fill = move |saved: ChatWidget| {
        form.show(&saved);
        shown.set(Some(saved));
    };
    Effect::new(move |_| {
        if let Some(saved) = widget.get()
            && !changed.get_untracked()
        {
            fill(saved);
        }
    });
    let save = move |()| {
        let Some(request) = shown.with_untracked(|shown| shown.as_ref().map(|saved| form.request(saved)))
        else {
            return;
        };
        if form.wrong_origin().is_some() {
            return;
        }
        let path = WidgetPath { widget_id: id };
        submission.run(async move { app.api().update_chat_widget(&path, &request).await }, move |saved| {
            fill(saved.clone());
            learn(app, &Event::WidgetChanged { widget: Box::new(saved) });
            app.toasts.show(t_string!(i18n, words.saved));
        });
    };
    view! {
        <General form submission />
        <Parts form submission widget changed />
        <DangerZone widget />
        <UnsavedBar
            changed
            submission
            on_save=save
            on_discard=move |()| { widget.get_untracked().map(fill); }
        />
    }
    .into_any()
}

#[component]
fn General(form: WidgetForm, submission: Submission) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    view! {
        <div class="fields">
            <Checkbox label=text!(i18n, chat.enabled) hint=text!(i18n, chat.enabled_hint) checked=form.enabled />
            <Field label=text!(i18n, forms.name) error=submission.field("name")>
                <TextInput value=form.name required=true />
            </Field>
            <Field label=text!(i18n, chat.inbox) hint=text!(i18n, chat.inbox_hint) error=submission.field("inbox_id")>
                <Select value=form.inbox options=Signal::derive(move || inbox_options(app)) />
            </Field>
        </div>
    }
    .into_any()
}

#[component]
fn Parts(
    form: WidgetForm,
    submission: Submission,
    widget: Memo<Option<ChatWidget>>,
    changed: Memo<bool>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let selected = RwSignal::new("style");
    let tabs = vec![
        Tab { name: "style", label: (text!(i18n, chat.tab_style)).into() },
        Tab { name: "code", label: (text!(i18n, chat.tab_code)).into() },
        Tab { name: "security", label: (text!(i18n, chat.tab_security)).into() },
    ];
    view! {
        <Tabs group="chat-widget" label=text!(i18n, chat.tabs) tabs selected />
        <TabPanel group="chat-widget" name="style" selected>
            <StyleTab form submission widget />
        </TabPanel>
        <TabPanel group="chat-widget" name="code" selected>
            <CodeTab widget changed />
        </TabPanel>
        <TabPanel group="chat-widget" name="security" selected>
            <SecurityTab form submission widget />
        </TabPanel>
    }
    .into_any()
}

#[component]
fn DangerZone(widget: Memo<Option<ChatWidget>>) -> impl IntoView {
    let i18n = use_app().i18n;
    let delete = RwSignal::new(false);
    view! {
        <Section title=text!(i18n, chat.delete) description=text!(i18n, chat.delete_hint)>
            <Button icon=IconName::Trash on_press=move |_| delete.set(true)>{text!(i18n, chat.delete)}</Button>
        </Section>
        <DeleteDialog open=delete widget />
    }
    .into_any()
}
