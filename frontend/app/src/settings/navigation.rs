//! The sections at the left of the settings; on a phone a page of its own.

use leptos::prelude::*;
use leptos_router::components::A;
use ui::{Icon, IconName};

use super::section::{Group, Section};
use crate::context::use_app;
use crate::texts::text;

/// The sections that the user may see.
#[component]
pub fn Navigation(
    /// Those.
    #[prop(into)]
    allowed: Signal<Vec<Section>>,
    /// The section that is shown.
    #[prop(into)]
    current: Signal<Result<Option<Section>, ()>>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let link = move |section: Section| {
        view! {
            <A
                href=format!("/settings/{}", section.slug())
                attr:aria-current=move || (current.get() == Ok(Some(section))).then_some("page")
            >
                <Icon name=section.icon() />
                <span class="trunc">{move || section.title(i18n)}</span>
                <Icon name=IconName::ChevronRight />
            </A>
        }
    };
    let group = move |group: Group| {
        let sections: Vec<Section> =
            allowed.get().into_iter().filter(|section| section.group() == group).collect();
        (!sections.is_empty()).then(|| {
            view! {
                <div role="group" aria-label=move || group.title(i18n)>
                    <span class="group" aria-hidden="true">{move || group.title(i18n)}</span>
                    {sections.into_iter().map(link).collect_view()}
                </div>
            }
        })
    };
    view! {
        <nav class="settings-nav" aria-label=text!(i18n, settings.title)>
            <h1>{text!(i18n, settings.title)}</h1>
            {move || Group::ALL.into_iter().map(group).collect_view()}
        </nav>
    }
    .into_any()
}
