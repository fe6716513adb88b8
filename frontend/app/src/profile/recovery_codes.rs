//! Recovery codes, shown once.

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{Banner, Button, ButtonKind, Dialog, IconName, Tone};

use crate::browser;
use crate::context::use_app;
use crate::forms::DialogFor;
use crate::texts::text;

/// The codes, to copy or to download. Only its buttons close it.
#[component]
pub fn RecoveryCodesDialog(
    /// The dialog with the codes.
    codes: DialogFor<Vec<String>>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let copied = RwSignal::new(false);
    Effect::new(move |_| {
        codes.open.get();
        copied.set(false);
    });
    let all = move || codes.of(|codes| codes.join("\n"));
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            let is_copied = browser::copy(&untrack(all)).await;
            let _ = copied.try_set(is_copied);
        });
    };
    let address = move || {
        format!("data:text/plain;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&all())))
    };
    let list = move || {
        let code = |code: String| view! { <li><code>{code}</code></li> };
        codes.get().unwrap_or_default().into_iter().map(code).collect_view()
    };
    let guarded = Signal::stored(true);
    view! {
        <Dialog open=codes.open title=text!(i18n, profile.codes_title) close_label=text!(i18n, words.close) guarded>
            <Banner tone=Tone::Warn icon=IconName::Key>{text!(i18n, profile.codes_note)}</Banner>
            <ul class="recovery-codes">{list}</ul>
            <div class="actions">
                <Button icon=IconName::Copy on_press=copy>
                    <span aria-live="polite">
                        {move || if copied.get() { t_string!(i18n, words.copied) } else { t_string!(i18n, words.copy) }}
                    </span>
                </Button>
                <a class="btn" href=address download=text!(i18n, profile.codes_file)>{text!(i18n, profile.codes_download)}</a>
                <Button kind=ButtonKind::Primary on_press=move |_| codes.open.set(false)>
                    {text!(i18n, profile.codes_done)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
