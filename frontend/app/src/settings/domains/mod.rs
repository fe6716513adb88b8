//! Domains of the account's own: adding them, what to publish for each, and what was seen of it.

mod dialogs;
mod domain;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{Domain, DomainFault, DomainState};
use types::page::PageQuery;
use ui::{Button, ButtonKind, EmptyState, IconName, Page, Pill, Tone};

use crate::context::use_app;
use crate::forms::DialogFor;
use crate::paged::{Paged, PagedView};
use crate::texts::{I18n, text};
use dialogs::{AddDialog, RemoveDialog};
use domain::DomainCard;

/// All domains; it follows them while it is shown.
#[component]
pub fn DomainsPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision = Memo::new(move |_| app.read(|state| state.domains_revision));
    let domains = Paged::new(move |query: PageQuery| {
        revision.get();
        async move { app.api().list_domains(&query).await }
    });
    let add = RwSignal::new(false);
    let remove = DialogFor::<Domain>::new();
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |()| add.set(true)>
                {text!(i18n, domains.add)}
            </Button>
        }
    };
    let empty = move || {
        view! { <EmptyState icon=IconName::Globe title=text!(i18n, domains.empty) body=text!(i18n, domains.empty_hint) /> }
    };
    let cards = move || {
        view! {
            <For each=move || domains.items() key=|domain: &Domain| domain.id let:domain>
                <DomainCard domains first=domain remove />
            </For>
        }
    };
    view! {
        <Page title=text!(i18n, settings.domains) description=text!(i18n, domains.intro) actions>
            <PagedView paged=domains empty>{cards()}</PagedView>
        </Page>
        <AddDialog open=add domains />
        <RemoveDialog dialog=remove domains />
    }
    .into_any()
}

/// How far a domain has come, in a word.
fn state_pill(i18n: I18n, state: DomainState) -> AnyView {
    match state {
        DomainState::Pending => {
            view! { <Pill tone=Tone::Warn icon=IconName::Clock>{text!(i18n, domains.pending)}</Pill> }
                .into_any()
        }
        DomainState::Verified => {
            view! { <Pill tone=Tone::Ok icon=IconName::Check>{text!(i18n, domains.verified)}</Pill> }
                .into_any()
        }
        DomainState::Failing => {
            view! { <Pill tone=Tone::Bad icon=IconName::Warning>{text!(i18n, domains.failing)}</Pill> }
                .into_any()
        }
    }
}

/// Why a look showed nothing, in a sentence.
fn fault_text(i18n: I18n, fault: DomainFault) -> &'static str {
    match fault {
        DomainFault::NoRecord => t_string!(i18n, domains.no_record),
        DomainFault::WrongRecord => t_string!(i18n, domains.wrong_record),
        DomainFault::DnsFailed => t_string!(i18n, domains.dns_failed),
        DomainFault::Unreachable => t_string!(i18n, domains.unreachable),
        DomainFault::PrivateAddress => t_string!(i18n, domains.private_address),
        DomainFault::Redirected => t_string!(i18n, domains.redirected),
        DomainFault::WrongAnswer => t_string!(i18n, domains.wrong_answer),
    }
}
