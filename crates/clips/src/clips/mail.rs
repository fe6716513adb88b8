//! The mail that a clip is sent by, in the language of its reader.

use accounts::mails::NewMail;
use types::accounts::Locale;

use crate::store::clips::ClipRow;
use crate::store::people::Person;

/// What is said about a clip to each of its recipients.
pub(super) struct Letter<'a> {
    /// Who sends it; may be empty.
    pub(super) from: &'a str,
    pub(super) clip: &'a ClipRow,
    pub(super) call_title: &'a str,
    /// Where the app shows it.
    pub(super) url: &'a str,
}

impl Letter<'_> {
    /// The mail to one recipient.
    pub(super) fn to(&self, recipient: &Person) -> NewMail {
        let (name, title, call) = (&recipient.name, &self.clip.title, self.call_title);
        let message = self.clip.message.as_deref().map_or(String::new(), |text| format!("{text}\n\n"));
        let range = format!("{}–{}", clock(self.clip.from_ms), clock(self.clip.until_ms));
        let (subject, text) = match recipient.locale {
            Locale::English => {
                let from = if self.from.is_empty() { "A colleague" } else { self.from };
                let what = if self.clip.is_whole { "a recording" } else { "a clip" };
                let subject = format!("{from} shared {what} with you: {title}");
                (
                    subject,
                    format!("Hello {name},\n\n{from} shared {what} of the call “{call}” with you ({range}):"),
                )
            }
            Locale::French => {
                let from = if self.from.is_empty() { "Un(e) collègue" } else { self.from };
                let what = if self.clip.is_whole { "un enregistrement" } else { "un extrait" };
                let subject = format!("{from} a partagé {what} avec vous : {title}");
                (
                    subject,
                    format!(
                        "Bonjour {name},\n\n{from} a partagé avec vous {what} de l'appel « {call} » ({range}) :"
                    ),
                )
            }
        };
        NewMail {
            to: recipient.email.clone(),
            subject: subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
            text: format!("{text}\n\n{message}{}\n", self.url),
            html: None,
            purpose: "clip".to_owned(),
            ..NewMail::default()
        }
    }
}

/// A moment as people read it: `1:07`, or `1:02:03` from an hour on.
fn clock(ms: i64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_readable() {
        assert_eq!(clock(67_900), "1:07");
        assert_eq!(clock(3_723_000), "1:02:03");
        assert_eq!(clock(0), "0:00");
    }
}
