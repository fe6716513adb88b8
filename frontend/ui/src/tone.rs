//! What a colour says. A word or an icon always says it too.

/// The meaning of a pill's or banner's colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Says nothing.
    #[default]
    Neutral,
    /// Mine, or active.
    Accent,
    /// As it should be.
    Ok,
    /// Needs attention.
    Warn,
    /// Failed, or dangerous.
    Bad,
}

impl Tone {
    /// The class that carries this colour.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Accent => "accent",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }
}
