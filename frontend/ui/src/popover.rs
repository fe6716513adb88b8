//! A panel next to the button that opens it, over the platform's popovers: Escape and a press outside close it, and
//! the focus returns to the button.

use leptos::{ev, html, prelude::*, text_prop::TextProp};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ToggleEvent};

use crate::{ButtonKind, Icon, IconName, element_id::unique_id};

/// The gap between button and panel, and between panel and window, in CSS pixels.
const GAP: f64 = 4.0;

/// The button that opens a panel.
#[derive(Clone)]
pub(crate) struct Trigger {
    pub(crate) label: TextProp,
    pub(crate) kind: ButtonKind,
    pub(crate) icon: Option<IconName>,
    pub(crate) icon_only: bool,
}

/// A button and the panel that it opens. `role` is the panel's ARIA role; `on_open` runs once the
/// content is there.
pub(crate) fn panel(
    trigger: Trigger,
    role: &'static str,
    open: RwSignal<bool>,
    children: ChildrenFn,
    on_open: impl Fn(HtmlElement) + 'static,
) -> impl IntoView {
    let id = unique_id("popover");
    let button = NodeRef::<html::Button>::new();
    let panel = NodeRef::<html::Div>::new();
    // Follows the browser, while `open` may run ahead: the content must not go before the focus has left it.
    let shown = RwSignal::new(false);
    let on_toggle = move |event: ev::Event| {
        let opened = event.dyn_ref::<ToggleEvent>().is_some_and(|event| event.new_state() == "open");
        shown.set(opened);
        open.set(opened);
    };
    Effect::new(move |_| {
        let (Some(panel), wanted) = (panel.get(), open.get()) else { return };
        // An error means that it is as wanted already.
        let _ = if wanted { panel.show_popover() } else { panel.hide_popover() };
    });
    // Once the content has been drawn, the panel has its size.
    Effect::new(move |_| {
        if let (true, Some(button), Some(panel)) =
            (shown.get(), button.get_untracked(), panel.get_untracked())
        {
            place(&button, &panel);
            on_open(panel.into());
        }
    });
    let Trigger { label, kind, icon, icon_only } = trigger;
    let spoken = icon_only.then(|| {
        let label = label.clone();
        move || label.get().to_string()
    });
    let title = spoken.clone();
    let text = (!icon_only).then(|| {
        let label = label.clone();
        view! { <span class="trunc">{move || label.get()}</span> <Icon name=IconName::ChevronDown /> }
    });
    view! {
        <button
            node_ref=button
            type="button"
            class=if icon_only { format!("{} icon-only", kind.class()) } else { kind.class().to_owned() }
            popovertarget=id.clone()
            aria-haspopup=role
            aria-expanded=move || open.get().to_string()
            aria-label=spoken
            title=title
        >
            {icon.map(|name| view! { <Icon name /> })}
            {text}
        </button>
        <div
            node_ref=panel
            id=id
            class="popover"
            popover="auto"
            role=role
            aria-label=move || label.get().to_string()
            on:toggle=on_toggle
        >
            <Show when=move || shown.get()>{children()}</Show>
        </div>
    }
}

/// Below the button where there is room, above it otherwise, and never outside the window.
fn place(button: &HtmlElement, panel: &HtmlElement) {
    let Some(window) = web_sys::window() else { return };
    let side =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    let (width, height) = (side(window.inner_width()), side(window.inner_height()));
    let anchor = button.get_bounding_client_rect();
    let own = panel.get_bounding_client_rect();
    let below = anchor.bottom() + GAP;
    let fits_below = below + own.height() + GAP <= height;
    let top = if fits_below { below } else { (anchor.top() - GAP - own.height()).max(GAP) };
    let left = anchor.left().min(width - own.width() - GAP).max(GAP);
    let style = panel.style();
    // Setting a valid length cannot fail.
    let _ = style.set_property("top", &format!("{}px", top as i64));
    let _ = style.set_property("left", &format!("{}px", left as i64));
}

/// A button that opens a panel with any content: a filter, a picker.
#[component]
pub fn Popover(
    /// What the button says, or what is read out when it shows an icon only.
    #[prop(into)]
    label: TextProp,
    /// Whether it is open, both ways; set it to false to close.
    #[prop(optional)]
    open: RwSignal<bool>,
    /// How much the button stands out.
    #[prop(default = ButtonKind::Quiet)]
    kind: ButtonKind,
    /// An icon on the button.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Shows the icon without the text.
    #[prop(optional)]
    icon_only: bool,
    /// The content, made anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let focus_first = |panel: HtmlElement| {
        let first =
            crate::keyboard::items(&panel, "input, select, textarea, button, a[href]").into_iter().next();
        // Without anything to focus, the focus stays on the button.
        let _ = first.map(|element| element.focus());
    };
    panel(Trigger { label, kind, icon, icon_only }, "dialog", open, children, focus_first)
}
