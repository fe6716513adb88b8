//! What a refused field means, in the language of the app.

use leptos_i18n::t_string;
use types::FieldError;

use crate::texts::I18n;

/// The text for the codes that fields share; the server's own words for the rest.
pub fn field_error_text(i18n: I18n, error: &FieldError) -> String {
    let text = match (error.field.as_str(), error.code.as_str()) {
        ("password" | "current_password", "invalid") => t_string!(i18n, forms.wrong_password),
        ("new_password" | "password", _) => t_string!(i18n, forms.short_password),
        ("code", "invalid") => t_string!(i18n, forms.wrong_code),
        ("email", "taken") => t_string!(i18n, forms.email_taken),
        ("email", "malformed") => t_string!(i18n, forms.bad_email),
        ("style.color", _) => t_string!(i18n, forms.bad_color),
        (_, "not_an_amount") => t_string!(i18n, forms.not_an_amount),
        (_, "required") => t_string!(i18n, forms.required),
        (_, "too_long") => t_string!(i18n, forms.too_long),
        (_, "taken") => t_string!(i18n, forms.taken),
        _ => return error.detail.clone(),
    };
    text.to_owned()
}
