//! A place in the log, as clients hold it.

use std::sync::Arc;

/// A place in the log: an epoch and the last position seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) epoch: Arc<str>,
    pub(crate) position: i64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.epoch, self.position)
    }
}

impl Place {
    /// Reads a cursor; nothing when it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (epoch, position) = text.rsplit_once('.')?;
        let position = position.parse().ok().filter(|position| *position >= 0)?;
        (!epoch.is_empty()).then(|| Self { epoch: epoch.into(), position })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_epoch_and_position() {
        let place = Place { epoch: "k3".into(), position: 42 };
        assert_eq!(place.to_string(), "k3.42");
        assert_eq!(Place::parse("k3.42"), Some(place));
        for bad in ["", "k3", "k3.", "k3.-1", ".1", "k3.x"] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
