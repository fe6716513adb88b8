//! The list of chat widgets.

use leptos::prelude::*;
use leptos_router::components::A;
use types::channels::ChatWidget;
use ui::{Button, ButtonKind, Column, DataTable, EmptyState, IconName, Page, Pill, Tone};

use super::create::CreateDialog;
use super::fetch_widgets;
use crate::context::{App, use_app};
use crate::remote::RemoteView;
use crate::texts::text;

/// All chat widgets, each leading to its page.
#[component]
pub fn WidgetListPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let create = RwSignal::new(false);
    let widgets = fetch_widgets(app);
    let rows = Memo::new(move |_| {
        let mut rows: Vec<ChatWidget> = app.read(|state| state.directory.widgets.values().cloned().collect());
        rows.sort_by_key(|widget| widget.name.to_lowercase());
        rows
    });
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| create.set(true)>
                {text!(i18n, chat.create)}
            </Button>
        }
    };
    let empty = move || {
        view! { <EmptyState icon=IconName::Chat title=text!(i18n, chat.empty) body=text!(i18n, chat.empty_hint) /> }
    };
    let table = move || {
        let columns = columns(app);
        view! { <DataTable caption=text!(i18n, settings.chat) columns rows key=|widget: &ChatWidget| widget.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.chat) description=text!(i18n, chat.intro) actions>
            <RemoteView remote=widgets>
                <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=empty>{table()}</Show>
            </RemoteView>
        </Page>
        <CreateDialog open=create />
    }
    .into_any()
}

fn columns(app: App) -> Vec<Column<ChatWidget>> {
    let i18n = app.i18n;
    let name = |widget: &ChatWidget| {
        let (color, name) = (widget.style.color.clone(), widget.name.clone());
        let href = format!("/settings/chat/{}", widget.id);
        view! {
            <span class="who">
                <span class="swatch" style:background-color=color aria-hidden="true"></span>
                <A href=href>{name}</A>
            </span>
        }
    };
    let inbox = move |widget: &ChatWidget| {
        let id = widget.inbox_id;
        move || app.read(|state| state.directory.inboxes.get(&id).map(|inbox| inbox.name.clone()))
    };
    let sites = move |widget: &ChatWidget| {
        let origins = widget.allowed_origins.join(", ");
        match origins.is_empty() {
            true => view! { <span class="faint">{text!(i18n, chat.any_site)}</span> }.into_any(),
            false => view! { <span class="clamp" title=origins.clone()>{origins.clone()}</span> }.into_any(),
        }
    };
    let state = move |widget: &ChatWidget| match widget.enabled {
        true => view! { <Pill tone=Tone::Ok>{text!(i18n, chat.on)}</Pill> }.into_any(),
        false => view! { <Pill>{text!(i18n, chat.off)}</Pill> }.into_any(),
    };
    vec![
        Column::new(text!(i18n, chat.widget), name),
        Column::new(text!(i18n, chat.inbox), inbox),
        Column::new(text!(i18n, chat.sites), sites),
        Column::new(text!(i18n, chat.state), state),
    ]
}
