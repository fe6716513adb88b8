//! Who changed what, and when.

mod filters;
mod sentence;

use leptos::prelude::*;
use types::accounts::{AuditEntry, ListAuditEntries};
use types::page::PageQuery;
use ui::{EmptyState, IconName, Page, RelativeTime};

use crate::context::{App, use_app};
use crate::paged::{Paged, PagedView};
use crate::texts::text;
use filters::{FilterBar, Filters};

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let filters = Filters::new();
    let entries = Paged::new(move |PageQuery { cursor, limit }| {
        let query = ListAuditEntries { cursor, limit, ..filters.query() };
        async move { app.api().list_audit_entries(&query).await }
    });
    let empty = move || {
        view! { <EmptyState icon=IconName::Audit title=text!(i18n, audit.empty) body=text!(i18n, audit.empty_hint) /> }
    };
    let rows = move |entry: AuditEntry| row(app, entry);
    view! {
        <Page title=text!(i18n, settings.audit) description=text!(i18n, audit.intro)>
            <FilterBar filters />
            <PagedView paged=entries empty>
                <ol class="audit">
                    <For each=move || entries.items() key=|entry| entry.id children=rows />
                </ol>
            </PagedView>
        </Page>
    }
    .into_any()
}

fn row(app: App, entry: AuditEntry) -> impl IntoView {
    let i18n = app.i18n;
    let at = entry.created_at.0 as f64 / 1000.0;
    let address = entry.address.clone().map(|address| view! { <span class="muted num">{address}</span> });
    // A value that was read from JSON can always be written as JSON.
    let detail = serde_json::to_string_pretty(&entry.detail).unwrap_or_default();
    let has_detail = entry.detail.as_object().is_none_or(|detail| !detail.is_empty());
    let detail = has_detail.then(|| {
        view! {
            <details>
                <summary>{text!(i18n, audit.details)}</summary>
                <pre>{detail}</pre>
            </details>
        }
    });
    view! {
        <li>
            <span class="sentence">{move || sentence::sentence(app, &entry)}</span>
            <span class="meta">{address} <RelativeTime unix_ms=at /></span>
            {detail}
        </li>
    }
    .into_any()
}
