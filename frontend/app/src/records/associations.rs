//! The records that belong to a record, in cards.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::Permission;
use types::crm::{
    AssociatedKind, AssociatedRecord, AssociationPath, AssociationReason, CreateAssociation,
    ListAssociations, ObjectKind, RecordRef, RecordSummary, SearchRecords,
};
use ui::{Avatar, AvatarSize, Button, ButtonKind, Dialog, Icon, IconName, Menu, MenuItem, Pill};

use super::kind::{icon_of, kind_plural, path_of};
use super::preview::Preview;
use super::values::day_text;
use crate::context::{App, use_app};
use crate::forms::act;
use crate::remote::{Remote, RemoteView};
use crate::search_list::{SearchList, SearchOption};
use crate::texts::{I18n, text};

/// How many records a search for one to add offers.
const OFFERED: u16 = 20;

/// One card for each kind of record.
#[component]
pub fn AssociationCards(record: RecordRef) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision =
        Memo::new(move |_| app.read(|state| (state.records.associations_revision(record), state.refreshes)));
    let remote = Remote::new(move || {
        revision.get();
        async move {
            let query = ListAssociations { kind: record.kind, id: record.id };
            app.api().list_associations(&query).await.map(|associations| associations.kinds)
        }
    });
    let adding = RwSignal::new(None::<ObjectKind>);
    let cards = move || {
        let kinds = remote.get().unwrap_or_default().into_iter();
        // Calls are associated on their own screen.
        let shown = kinds.filter(|kind| kind.kind != ObjectKind::Call || !kind.items.is_empty());
        shown.map(|kind| card(app, record, remote, adding, kind)).collect_view()
    };
    view! {
        <aside class="associations" aria-label=text!(i18n, records.associations)>
            <RemoteView remote>{cards}</RemoteView>
            <AddDialog record adding remote />
        </aside>
    }
    .into_any()
}

fn card(
    app: App,
    record: RecordRef,
    remote: Remote<Vec<AssociatedKind>>,
    adding: RwSignal<Option<ObjectKind>>,
    of_kind: AssociatedKind,
) -> impl IntoView {
    let i18n = app.i18n;
    let AssociatedKind { kind, items, more } = of_kind;
    let may_edit = app.may(Permission::EditContacts);
    let (count, is_empty) = (items.len(), items.is_empty());
    let items = items.into_iter().map(|item| line(app, remote, may_edit, item)).collect_view();
    view! {
        <section class="association-card">
            <header>
                <h2>{move || kind_plural(i18n, kind)}</h2>
                <span class="faint num">{count} {more.then_some("+")}</span>
                <Show when=move || may_edit.get() && kind != ObjectKind::Call>
                    <Button kind=ButtonKind::Quiet icon=IconName::Plus on_press=move |_| adding.set(Some(kind))>
                        {text!(i18n, records.add)}
                        <span class="sr-only">" " {move || kind_plural(i18n, kind)}</span>
                    </Button>
                </Show>
                {(kind == ObjectKind::Call).then(|| all_calls(app, record))}
            </header>
            <ul>{items}</ul>
            {is_empty.then(|| view! { <p class="muted">{text!(i18n, records.none_yet)}</p> })}
        </section>
    }
}

/// Leads to the list of the calls that belong to the record.
fn all_calls(app: App, record: RecordRef) -> impl IntoView {
    let path = format!("/calls?{}_id={}", record.kind, record.id);
    view! { <A href=path>{text!(app.i18n, calls.in_the_list)}</A> }
}

fn line(
    app: App,
    remote: Remote<Vec<AssociatedKind>>,
    may_edit: Signal<bool>,
    item: AssociatedRecord,
) -> impl IntoView {
    let i18n = app.i18n;
    let AssociatedRecord { association_id, summary, reason, .. } = item;
    let RecordSummary { record, name, detail, .. } = summary;
    let detail = match record.kind {
        // The day of a call.
        ObjectKind::Call => detail.map(|day| day_text(i18n, &day)),
        _ => detail,
    };
    let shown_name = StoredValue::new(name.clone());
    let remove = move |()| {
        act(
            app,
            async move { app.api().delete_association(&AssociationPath { association_id }).await },
            move |()| {
                remote.reload();
                t_string!(i18n, records.association_removed).to_owned()
            },
        );
    };
    view! {
        <li class="association">
            <Avatar name=name.clone() key=record.id.to_string() size=AvatarSize::Small />
            <span class="lines">
                <A href=path_of(record)><span class="trunc" title=name.clone()>{name.clone()}</span></A>
                {detail.map(|detail| view! { <span class="muted trunc">{detail}</span> })}
                {reason_pill(i18n, reason)}
            </span>
            <span class="association-actions">
                <Preview record name=shown_name.get_value() />
                <Show when=move || may_edit.get()>
                    <Menu
                        label=move || t_string!(i18n, forms.actions_on, name = shown_name.get_value()).to_string()
                        icon=IconName::More
                        icon_only=true
                    >
                        <MenuItem icon=IconName::Close on_select=remove>{text!(i18n, records.remove_association)}</MenuItem>
                    </Menu>
                </Show>
            </span>
        </li>
    }
}

/// Why the two belong together, where nobody has said so: in short, and in full on hover.
fn reason_pill(i18n: I18n, reason: AssociationReason) -> Option<impl IntoView> {
    let (short, full) = match reason {
        AssociationReason::Manual => return None,
        AssociationReason::PrimaryCompany => {
            (text!(i18n, records.reason_primary_company), text!(i18n, records.reason_primary_company_help))
        }
        AssociationReason::Participant => {
            (text!(i18n, records.reason_participant), text!(i18n, records.reason_participant_help))
        }
    };
    Some(view! { <Pill icon=IconName::Info attr:title=full>{short}</Pill> })
}

/// Finds a record and adds it.
#[component]
fn AddDialog(
    record: RecordRef,
    adding: RwSignal<Option<ObjectKind>>,
    remote: Remote<Vec<AssociatedKind>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let open = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    Effect::new(move |_| {
        if adding.get().is_some() {
            query.set(String::new());
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            adding.set(None);
        }
    });
    let found = found(app, record, query, adding);
    let options = Signal::derive(move || found.get().into_iter().map(option).collect::<Vec<_>>());
    let on_choose = Callback::new(move |chosen: String| {
        let to = found.with_untracked(|found| {
            found.iter().map(|summary| summary.record).find(|record| record.id.to_string() == chosen)
        });
        let Some(to) = to else { return };
        open.set(false);
        let request = CreateAssociation { from: record, to };
        act(app, async move { app.api().create_association(&request).await }, move |_| {
            remote.reload();
            t_string!(i18n, records.association_added).to_owned()
        });
    });
    let title = move || match adding.get() {
        Some(kind) => t_string!(i18n, records.add_title, kind = kind_plural(i18n, kind)).to_string(),
        None => String::new(),
    };
    let no_match = move || {
        let is_searched = query.with(|query| !query.trim().is_empty());
        if is_searched { t_string!(i18n, records.find_none) } else { t_string!(i18n, records.find_hint) }
    };
    view! {
        <Dialog open title close_label=text!(i18n, words.close)>
            <SearchList
                id="associate"
                label=text!(i18n, records.find)
                placeholder=text!(i18n, records.find)
                no_match=no_match
                query
                options
                on_choose
            />
        </Dialog>
    }
}

fn option(summary: RecordSummary) -> SearchOption {
    let RecordSummary { record, name, detail, .. } = summary;
    let label = detail.map_or(name.clone(), |detail| format!("{name} · {detail}"));
    SearchOption {
        value: record.id.to_string(),
        icon: icon_of(record.kind),
        label,
        keys: None,
        chosen: false,
    }
}

/// The records of the kind whose name begins with what is typed, without the one that they are added to.
fn found(
    app: App,
    own: RecordRef,
    query: RwSignal<String>,
    kind: RwSignal<Option<ObjectKind>>,
) -> RwSignal<Vec<RecordSummary>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let (typed, Some(kind)) = (query.get().trim().to_owned(), kind.get()) else { return };
        if typed.is_empty() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let wanted = SearchRecords { q: typed.clone(), kind: Some(kind), limit: Some(OFFERED) };
            match app.api().search_records(&wanted).await {
                Ok(reply) if query.try_get_untracked().is_some_and(|now| now.trim() == typed) => {
                    found.set(reply.items.into_iter().filter(|item| item.record != own).collect());
                }
                Ok(_) => {}
                Err(error) => app.fail(&error),
            }
        });
    });
    found
}

/// A record as a link with the icon of its kind.
pub fn record_link(summary: &RecordSummary) -> impl IntoView + use<> {
    let RecordSummary { record, name, .. } = summary.clone();
    view! {
        <A href=path_of(record) attr:class="record-link">
            <Icon name=icon_of(record.kind) />
            <span class="trunc">{name}</span>
        </A>
    }
}
