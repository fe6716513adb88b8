//! The rich-text editor of the composer.
//!
//! Its JavaScript (`frontend/js/editor`) is a bundle of its own that loads when the first editor is shown: the page's
//! boot module offers it as `rapportModules.editor()`.

use js_sys::{Array, Object, Reflect};
use leptos::{html, prelude::*, task::spawn_local, text_prop::TextProp};
use wasm_bindgen::{JsValue, prelude::*};
use web_sys::{FileList, HtmlElement};

use crate::{ErrorState, Skeleton};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = rapportModules, js_name = editor)]
    async fn load_editor() -> Result<JsValue, JsValue>;

    type EditorModule;
    #[wasm_bindgen(method, catch)]
    fn mount(this: &EditorModule, element: &HtmlElement, options: &Object) -> Result<Editor, JsValue>;

    #[derive(Clone)]
    type Editor;
    #[wasm_bindgen(method, js_name = setTexts)]
    fn set_texts(this: &Editor, label: &str, placeholder: &str);
    #[wasm_bindgen(method, js_name = getHTML)]
    fn get_html(this: &Editor) -> String;
    #[wasm_bindgen(method, js_name = setHTML)]
    fn set_html(this: &Editor, html: &str);
    #[wasm_bindgen(method)]
    fn focus(this: &Editor);
    #[wasm_bindgen(method)]
    fn toggle(this: &Editor, format: &str);
    #[wasm_bindgen(method, js_name = setLink)]
    fn set_link(this: &Editor, address: &str) -> bool;
    #[wasm_bindgen(method, js_name = replaceBefore)]
    fn replace_before(this: &Editor, count: usize, text: &str);
    #[wasm_bindgen(method, js_name = insertText)]
    fn insert_text(this: &Editor, text: &str);
    #[wasm_bindgen(method, js_name = insertTime)]
    fn insert_time(this: &Editor, at_ms: f64, text: &str);
    #[wasm_bindgen(method, js_name = setTimeLinks)]
    fn set_time_links(this: &Editor, wanted: bool);
    #[wasm_bindgen(method, js_name = insertHTML)]
    fn insert_html(this: &Editor, html: &str);
    #[wasm_bindgen(method)]
    fn destroy(this: &Editor);
}

/// What a toolbar, a draft or a snippet does to a [`RichText`]. Create it beside the component and pass it in.
///
/// Content that is set before the editor has loaded is shown once it has; other commands do nothing until then.
#[derive(Clone, Copy)]
pub struct RichTextHandle {
    editor: StoredValue<Option<Editor>, LocalStorage>,
    waiting: StoredValue<Option<String>>,
    formats: RwSignal<Vec<String>>,
    ready: RwSignal<bool>,
}

impl Default for RichTextHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl RichTextHandle {
    /// A handle without an editor yet.
    pub fn new() -> Self {
        Self {
            editor: StoredValue::new_local(None),
            waiting: StoredValue::new(None),
            formats: RwSignal::new(Vec::new()),
            ready: RwSignal::new(false),
        }
    }

    /// Whether the editor has loaded.
    pub fn ready(self) -> Signal<bool> {
        self.ready.into()
    }

    /// The formats at the caret: `bold`, `italic`, `strike`, `code`, `link`, `bullet_list`, `ordered_list`,
    /// `blockquote`, `code_block`.
    pub fn formats(self) -> Signal<Vec<String>> {
        self.formats.into()
    }

    /// The content as HTML; empty when there is none.
    pub fn html(self) -> String {
        match self.with(Editor::get_html) {
            Some(html) => html,
            None => self.waiting.get_value().unwrap_or_default(),
        }
    }

    /// Replaces the content without calling `on_change`; an empty text clears it.
    pub fn set_html(self, html: &str) {
        if self.with(|editor| editor.set_html(html)).is_none() {
            self.waiting.set_value(Some(html.to_owned()));
        }
    }

    /// Puts the caret into the editor.
    pub fn focus(self) {
        self.with(Editor::focus);
    }

    /// Switches a format at the selection, by its name in [`RichTextHandle::formats`] (links: [`RichTextHandle::set_link`]).
    pub fn toggle(self, format: &str) {
        self.with(|editor| editor.toggle(format));
    }

    /// Links the selection to `address`, or removes the link when it is empty. False: not an address that is safe.
    pub fn set_link(self, address: &str) -> bool {
        self.with(|editor| editor.set_link(address)).unwrap_or(false)
    }

    /// Replaces the `count` characters (UTF-16 units) before the caret by plain text.
    pub fn replace_before(self, count: usize, text: &str) {
        self.with(|editor| editor.replace_before(count, text));
    }

    /// Inserts plain text at the caret.
    pub fn insert_text(self, text: &str) {
        self.with(|editor| editor.insert_text(text));
    }

    /// Inserts a link to a moment of a recording, in milliseconds, at the caret.
    pub fn insert_time(self, at_ms: i64, text: &str) {
        self.with(|editor| editor.insert_time(at_ms as f64, text));
    }

    /// Inserts formatted content at the caret: a snippet, for instance.
    pub fn insert_html(self, html: &str) {
        self.with(|editor| editor.insert_html(html));
    }

    fn with<R>(self, act: impl FnOnce(&Editor) -> R) -> Option<R> {
        self.editor.try_with_value(|editor| editor.as_ref().map(act)).flatten()
    }

    fn attach(self, editor: Editor) {
        if let Some(html) = self.waiting.try_get_value().flatten() {
            editor.set_html(&html);
        }
        self.editor.set_value(Some(editor));
        self.ready.set(true);
    }

    fn detach(self) {
        if let Some(editor) = self.editor.try_get_value().flatten() {
            self.waiting.try_set_value(Some(editor.get_html()));
            editor.destroy();
            self.editor.try_set_value(None);
            self.ready.try_set(false);
        }
    }
}

/// What an editor tells its surroundings.
#[derive(Clone, Copy)]
struct Reactions {
    on_change: Option<Callback<(String, String)>>,
    on_submit: Option<Callback<()>>,
    on_link: Option<Callback<()>>,
    on_files: Option<Callback<FileList>>,
}

/// An editor for messages: paragraphs, bold, italic, strike, links, lists, quotations and code.
#[component]
pub fn RichText(
    /// Commands from outside.
    handle: RichTextHandle,
    /// What is written here, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: TextProp,
    /// What to say while the editor loads.
    #[prop(into)]
    loading_label: TextProp,
    /// What to say when it could not be loaded.
    #[prop(into)]
    failed_title: TextProp,
    /// The button to load it again: "Try again".
    #[prop(into)]
    retry_label: TextProp,
    /// Whether a time such as `1:23` followed by Enter becomes a link to that moment of a recording.
    #[prop(optional, into)]
    time_links: Signal<bool>,
    /// The content after each edit, as HTML and as plain text; both are empty when there is none.
    #[prop(optional, into)]
    on_change: Option<Callback<(String, String)>>,
    /// Ctrl-Enter or Cmd-Enter was pressed.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// Ctrl-K or Cmd-K was pressed: ask for an address, then call [`RichTextHandle::set_link`].
    #[prop(optional, into)]
    on_link: Option<Callback<()>>,
    /// Files were pasted or dropped.
    #[prop(optional, into)]
    on_files: Option<Callback<FileList>>,
) -> impl IntoView {
    let holder = NodeRef::<html::Div>::new();
    let failed = RwSignal::new(false);
    let reactions = Reactions { on_change, on_submit, on_link, on_files };
    Effect::new(move |_| {
        let Some(holder) = holder.get() else { return };
        if failed.get() {
            return;
        }
        let options = options(reactions, handle.formats);
        spawn_local(async move {
            let mounted = match load_editor().await {
                Ok(module) if holder.is_connected() => {
                    module.unchecked_ref::<EditorModule>().mount(&holder, &options)
                }
                Ok(_) => return,
                Err(error) => Err(error),
            };
            match mounted {
                Ok(editor) => handle.attach(editor),
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    });
    Effect::new(move |_| {
        if handle.ready.get() {
            handle.with(|editor| {
                editor.set_texts(&label.get(), &placeholder.get());
                editor.set_time_links(time_links.get());
            });
        }
    });
    on_cleanup(move || handle.detach());
    let (ready, on_retry) = (handle.ready(), Callback::new(move |()| failed.set(false)));
    view! {
        <div class="rich-text">
            <Show when=move || !ready.get() && !failed.get()>
                <Skeleton label=loading_label.clone() lines=2 />
            </Show>
            <Show when=move || failed.get()>
                <ErrorState title=failed_title.clone() retry_label=retry_label.clone() on_retry />
            </Show>
            <div node_ref=holder></div>
        </div>
    }
}

/// The options of the editor's `mount`.
fn options(reactions: Reactions, formats: RwSignal<Vec<String>>) -> Object {
    let options = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &value);
    };
    set("onFormats", {
        let changed = move |names: Array| {
            let names: Vec<String> = names.iter().filter_map(|name| name.as_string()).collect();
            if formats.try_with_untracked(|before| *before != names).unwrap_or(false) {
                formats.set(names);
            }
        };
        Closure::<dyn Fn(Array)>::new(changed).into_js_value()
    });
    if let Some(callback) = reactions.on_change {
        let changed = move |html: String, text: String| callback.run((html, text));
        set("onChange", Closure::<dyn Fn(String, String)>::new(changed).into_js_value());
    }
    if let Some(callback) = reactions.on_submit {
        set("onSubmit", Closure::<dyn Fn()>::new(move || callback.run(())).into_js_value());
    }
    if let Some(callback) = reactions.on_link {
        set("onLink", Closure::<dyn Fn()>::new(move || callback.run(())).into_js_value());
    }
    if let Some(callback) = reactions.on_files {
        set("onFiles", Closure::<dyn Fn(FileList)>::new(move |files| callback.run(files)).into_js_value());
    }
    options
}
