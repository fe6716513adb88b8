//! What a link says about consent (MEET-72 to MEET-84). Nothing of it takes effect before the link is saved.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::SubscriptionTypeId;
use types::crm::{ConsentKind, ConsentSettings, LegalBasis, SubscriptionType};
use ui::{Checkbox, Field, Select, SelectOption, TextArea};

use super::Editor;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// What is collected, field by field.
#[derive(Clone, Copy)]
struct Typed {
    is_enabled: RwSignal<bool>,
    is_customized: RwSignal<bool>,
    kind: RwSignal<String>,
    basis: RwSignal<String>,
    types: RwSignal<Vec<SubscriptionTypeId>>,
    text: RwSignal<String>,
    policy: RwSignal<String>,
    default_type: SubscriptionTypeId,
}

impl Typed {
    fn of(saved: ConsentSettings) -> Self {
        Self {
            is_enabled: RwSignal::new(saved.is_enabled),
            is_customized: RwSignal::new(saved.is_customized),
            kind: RwSignal::new(saved.kind.to_string()),
            basis: RwSignal::new(saved.basis.to_string()),
            types: RwSignal::new(saved.subscription_type_ids),
            text: RwSignal::new(saved.consent_text.unwrap_or_default()),
            policy: RwSignal::new(saved.privacy_policy_text.unwrap_or_default()),
            default_type: saved.default_subscription_type_id,
        }
    }

    /// As it would be saved: what is switched off stays. Tracked.
    fn settings(self) -> ConsentSettings {
        let optional = |typed: RwSignal<String>| Some(typed.get()).filter(|typed| !typed.trim().is_empty());
        ConsentSettings {
            is_enabled: self.is_enabled.get(),
            kind: self.kind.get().parse().unwrap_or(ConsentKind::NoticeAndConsent),
            basis: self.basis.get().parse().unwrap_or(LegalBasis::LegitimateInterestProspect),
            default_subscription_type_id: self.default_type,
            subscription_type_ids: self.types.get(),
            consent_text: optional(self.text),
            privacy_policy_text: optional(self.policy),
            is_customized: self.is_customized.get(),
        }
    }
}

/// Whether consent is collected, and how; a new link begins with what the account says.
#[component]
pub fn ConsentFields(editor: Editor) -> impl IntoView {
    let app = editor.app;
    let types =
        Remote::new(move || async move { app.api().list_subscription_types().await.map(|all| all.items) });
    let account = editor.privacy;
    let fields = move || {
        let saved = editor.draft.consent.get_untracked();
        let new = move || account.get().map(|account| ConsentSettings::for_new_link(&account));
        saved.or_else(new).map(|saved| view! { <Choices editor typed=Typed::of(saved) types /> })
    };
    view! {
        <RemoteView remote=types>
            <RemoteView remote=account>{fields}</RemoteView>
        </RemoteView>
    }
    .into_any()
}

#[component]
fn Choices(editor: Editor, typed: Typed, types: Remote<Vec<SubscriptionType>>) -> impl IntoView {
    let i18n = editor.app.i18n;
    let before = typed.settings();
    Effect::new(move |_| {
        let now = typed.settings();
        // A new link that nobody says anything about takes what the account says when it is saved.
        if editor.draft.consent.with_untracked(Option::is_some) || now != before {
            editor.draft.consent.set(Some(now));
        }
    });
    view! {
        <Checkbox label=text!(i18n, consent.link_enabled) hint=text!(i18n, consent.link_enabled_hint) checked=typed.is_enabled />
        <Show when=move || typed.is_enabled.get()>
            <Checkbox label=text!(i18n, consent.link_own) hint=text!(i18n, consent.link_own_hint) checked=typed.is_customized />
            <Show when=move || typed.is_customized.get()>
                <Own editor typed types />
            </Show>
        </Show>
    }
    .into_any()
}

/// What is customised.
#[component]
fn Own(editor: Editor, typed: Typed, types: Remote<Vec<SubscriptionType>>) -> impl IntoView {
    let i18n = editor.app.i18n;
    let kinds = vec![
        SelectOption {
            value: ConsentKind::NoticeAndConsent.to_string(),
            label: t_string!(i18n, consent.consent_text).to_owned(),
        },
        SelectOption {
            value: ConsentKind::LegitimateInterest.to_string(),
            label: t_string!(i18n, consent.interest_text).to_owned(),
        },
    ];
    let bases = StoredValue::new(vec![
        SelectOption {
            value: LegalBasis::LegitimateInterestProspect.to_string(),
            label: t_string!(i18n, consent.basis_prospect).to_owned(),
        },
        SelectOption {
            value: LegalBasis::LegitimateInterestCustomer.to_string(),
            label: t_string!(i18n, consent.basis_customer).to_owned(),
        },
    ]);
    let is_interest = move || typed.kind.get() == ConsentKind::LegitimateInterest.as_str();
    let offered = move || {
        let all = types.get().unwrap_or_default().into_iter();
        let chosen = typed.types.get_untracked();
        all.filter(|item| !item.archived || chosen.contains(&item.id)).collect::<Vec<_>>()
    };
    view! {
        <Field label=text!(i18n, consent.link_kind)>
            <Select value=typed.kind options=kinds />
        </Field>
        <Show when=is_interest>
            <Field label=text!(i18n, consent.basis)>
                <Select value=typed.basis options=bases.get_value() />
            </Field>
        </Show>
        <fieldset class="choices">
            <legend>{text!(i18n, consent.types)}</legend>
            <For each=offered key=|item| item.id let:item><TypeChoice typed item /></For>
            <span class="error" role="alert">{editor.error("consent.subscription_type_ids")}</span>
        </fieldset>
        <Field
            label=text!(i18n, consent.link_text)
            hint=text!(i18n, consent.link_text_hint)
            error=editor.error("consent.consent_text")
        >
            <TextArea value=typed.text />
        </Field>
        <Field
            label=text!(i18n, consent.policy_text)
            hint=text!(i18n, consent.link_text_hint)
            error=editor.error("consent.privacy_policy_text")
        >
            <TextArea value=typed.policy />
        </Field>
    }
    .into_any()
}

#[component]
fn TypeChoice(typed: Typed, item: SubscriptionType) -> impl IntoView {
    let id = item.id;
    let checked = RwSignal::new(typed.types.with_untracked(|types| types.contains(&id)));
    Effect::new(move |_| {
        let is_checked = checked.get();
        if is_checked != typed.types.with_untracked(|types| types.contains(&id)) {
            typed.types.update(|types| {
                types.retain(|one| *one != id);
                if is_checked {
                    types.push(id);
                }
            });
        }
    });
    view! { <Checkbox label=item.name checked=checked /> }.into_any()
}
