//! A record in a panel beside its name, without leaving the page.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::crm::RecordRef;
use ui::{IconName, Popover};

use super::kind::{columns_of, field_label, path_of};
use super::requests;
use super::values::cell;
use crate::context::use_app;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The button "Preview" and its panel.
#[component]
pub fn Preview(record: RecordRef, name: String) -> impl IntoView {
    let i18n = use_app().i18n;
    let label = {
        let name = name.clone();
        move || t_string!(i18n, records.preview, name = name.clone()).to_string()
    };
    view! {
        <Popover label icon=IconName::Eye icon_only=true>
            <RecordPanel record name=name.clone() />
        </Popover>
    }
}

/// What is known of a record, with the way to its page: for a panel.
#[component]
pub fn RecordPanel(record: RecordRef, name: String) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let remote = Remote::new(move || requests::load(app, record));
    let facts = move || {
        let record = remote.get()?;
        // The name stands above.
        let columns = columns_of(record.reference().kind).iter().skip(1);
        let fact = |column: &&'static str| {
            let column = *column;
            view! {
                <dt>{move || field_label(i18n, column)}</dt>
                <dd>{cell(app, &record, column)}</dd>
            }
        };
        Some(columns.map(fact).collect_view())
    };
    view! {
        <div class="record-preview">
            <h3 class="trunc">{name}</h3>
            <RemoteView remote><dl class="facts">{facts}</dl></RemoteView>
            <A href=path_of(record)>{text!(i18n, records.go_to_record)}</A>
        </div>
    }
    .into_any()
}
