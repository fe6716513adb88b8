//! Where the columns of a file go.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::crm::{CreateImport, CsvPreview, Import, ImportColumn, ImportKey, ObjectKind};
use types::files::File;
use ui::{Button, ButtonKind, Field, Section, Select, SelectOption};

use crate::context::{App, use_app};
use crate::forms::{FormError, Submission};
use crate::records::form::properties;
use crate::records::values::{PROPERTY, column_label};
use crate::texts::{I18n, text};

/// The built-in fields that a file can fill, as the API names them.
fn importable(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::Contact => {
            &["name", "email", "phone", "job_title", "company_domain", "owner_email", "id"]
        }
        ObjectKind::Company => {
            &["name", "domain", "phone", "street", "postal_code", "city", "country", "owner_email", "id"]
        }
        ObjectKind::Deal => &["name", "amount_minor", "currency", "stage", "close_date", "owner_email", "id"],
        ObjectKind::Ticket => &["subject", "description", "status", "priority", "owner_email", "id"],
        ObjectKind::Call => &[],
    }
}

/// What a field of a file is called, where it is not what a form calls it.
fn label(app: App, kind: ObjectKind, field: &str) -> String {
    let i18n = app.i18n;
    match field {
        "company_domain" => t_string!(i18n, records.company_domain).to_owned(),
        "owner_email" => t_string!(i18n, records.owner_email).to_owned(),
        "amount_minor" => t_string!(i18n, records.amount_minor).to_owned(),
        field => column_label(app, kind, field),
    }
}

/// Every field that a column can go into, with its label. Tracked.
fn fields(app: App, kind: ObjectKind) -> Vec<SelectOption> {
    let own = properties(app, kind).into_iter().map(|property| format!("{PROPERTY}{}", property.key));
    let all = importable(kind).iter().map(|field| (*field).to_owned()).chain(own);
    all.map(|field| SelectOption { label: label(app, kind, &field), value: field }).collect()
}

/// The fields, and leaving the column out.
fn field_options(app: App, fields: Memo<Vec<SelectOption>>) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let skip =
            SelectOption { value: String::new(), label: t_string!(app.i18n, records.leave_out).to_owned() };
        std::iter::once(skip).chain(fields.get()).collect()
    })
}

/// The field that a column is named after, by its name in the API or its label.
fn guess(fields: &[SelectOption], column: &str) -> String {
    let bare = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
    let column = bare(column);
    let is_it = |field: &&SelectOption| {
        let name = field.value.strip_prefix(PROPERTY).unwrap_or(&field.value);
        bare(name) == column || bare(&field.label) == column
    };
    fields.iter().find(is_it).map(|field| field.value.clone()).unwrap_or_default()
}

fn key_name(i18n: I18n, key: ImportKey) -> &'static str {
    match key {
        ImportKey::None => t_string!(i18n, records.key_none),
        ImportKey::Id => t_string!(i18n, records.key_id),
        ImportKey::Email => t_string!(i18n, records.key_email),
        ImportKey::Domain => t_string!(i18n, records.key_domain),
    }
}

fn key_options(app: App, kind: ObjectKind) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let option = |key: &ImportKey| SelectOption {
            value: key.to_string(),
            label: key_name(app.i18n, *key).to_owned(),
        };
        keys(kind).iter().map(option).collect()
    })
}

/// The keys that a kind has, the one that most imports want first.
fn keys(kind: ObjectKind) -> &'static [ImportKey] {
    match kind {
        ObjectKind::Contact => &[ImportKey::Email, ImportKey::Id, ImportKey::None],
        ObjectKind::Company => &[ImportKey::Domain, ImportKey::Id, ImportKey::None],
        _ => &[ImportKey::None, ImportKey::Id],
    }
}

/// One choice for each column, beside what stands in its first row.
#[component]
pub fn Mapping(
    /// The kind of record.
    kind: ObjectKind,
    /// The file.
    file: File,
    /// Its first rows.
    preview: CsvPreview,
    /// Called with the import, once the server checks it.
    #[prop(into)]
    on_created: Callback<Import>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let known = Memo::new(move |_| fields(app, kind));
    let chosen: Vec<(String, RwSignal<String>)> = known.with_untracked(|known| {
        preview.columns.iter().map(|column| (column.clone(), RwSignal::new(guess(known, column)))).collect()
    });
    let fitting = keys(kind).iter().copied().find(|key| has_field(&chosen, *key)).unwrap_or(ImportKey::None);
    let key = RwSignal::new(fitting.to_string());
    let submission = Submission::new();
    let choices = StoredValue::new(chosen.clone());
    let check = move |_| {
        let column = |(column, field): &(String, RwSignal<String>)| {
            let field = field.get_untracked();
            (!field.is_empty()).then(|| ImportColumn { column: column.clone(), field })
        };
        let request = CreateImport {
            object: kind,
            file_id: file.id,
            columns: choices.with_value(|choices| choices.iter().filter_map(column).collect()),
            key: key.get_untracked().parse().unwrap_or(ImportKey::None),
        };
        submission.run(async move { app.api().create_import(&request).await }, move |import| {
            on_created.run(import)
        });
    };
    let options = field_options(app, known);
    let first = preview.rows.into_iter().next().unwrap_or_default();
    let lines = lines(chosen, first, options);
    view! {
        <Section title=text!(i18n, records.columns_of_file) description=text!(i18n, records.columns_of_file_hint)>
            <div class="record-fields">{lines}</div>
            <Field label=text!(i18n, records.import_key) error=submission.field("key")>
                <Select value=key options=key_options(app, kind) />
            </Field>
            <p class="form-error" role="alert">
                {move || submission.field_where(|field| field.starts_with("columns") || field == "file_id").map(|e| e.detail)}
            </p>
            <FormError submission />
            <div class="actions">
                <Button kind=ButtonKind::Primary busy=submission.busy on_press=check>{text!(i18n, records.check_file)}</Button>
            </div>
        </Section>
    }
    .into_any()
}

/// A choice for each column.
fn lines(
    chosen: Vec<(String, RwSignal<String>)>,
    first: Vec<String>,
    options: Signal<Vec<SelectOption>>,
) -> impl IntoView {
    let examples = first.into_iter().chain(std::iter::repeat(String::new()));
    let line = |((column, field), example): ((String, RwSignal<String>), String)| {
        view! { <Field label=column hint=example><Select value=field options /></Field> }
    };
    chosen.into_iter().zip(examples).map(line).collect_view()
}

fn has_field(chosen: &[(String, RwSignal<String>)], key: ImportKey) -> bool {
    let wanted = match key {
        ImportKey::None => return true,
        ImportKey::Id => "id",
        ImportKey::Email => "email",
        ImportKey::Domain => "domain",
    };
    chosen.iter().any(|(_, field)| field.with_untracked(|field| field == wanted))
}
