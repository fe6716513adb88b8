//! Opaque keyset cursors: where a page of a list ended.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// One column of the key that a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CursorPart {
    /// A number, an id or a time in microseconds.
    Number(i64),
    /// A text.
    Text(String),
}

impl From<i64> for CursorPart {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for CursorPart {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The key of the last item of a page, in the order of the list's sorting. Clients see it as one opaque text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Vec<CursorPart>);

/// Says that a text is not a cursor that this list made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list: pass next_cursor of the page before")]
pub struct MalformedCursor;

impl Cursor {
    /// A cursor of these parts.
    pub fn new(parts: impl IntoIterator<Item = CursorPart>) -> Self {
        Self(parts.into_iter().collect())
    }

    /// The text for the wire: base64url (RFC 4648, section 5) without padding.
    pub fn encode(&self) -> String {
        // Numbers and texts always serialise; an empty text is no cursor and is refused when it comes back.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// [`MalformedCursor`] when the text is anything else.
    pub fn decode(text: &str) -> Result<Self, MalformedCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| MalformedCursor)?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| MalformedCursor)
    }

    /// The part at `index` when it is a number.
    ///
    /// # Errors
    /// [`MalformedCursor`] when there is no such part or it is a text.
    pub fn number(&self, index: usize) -> Result<i64, MalformedCursor> {
        match self.0.get(index) {
            Some(CursorPart::Number(number)) => Ok(*number),
            _ => Err(MalformedCursor),
        }
    }

    /// The part at `index` when it is a text.
    ///
    /// # Errors
    /// [`MalformedCursor`] when there is no such part or it is a number.
    pub fn text(&self, index: usize) -> Result<&str, MalformedCursor> {
        match self.0.get(index) {
            Some(CursorPart::Text(text)) => Ok(text),
            _ => Err(MalformedCursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = Cursor::new([7.into(), "Ann \"B\"".to_owned().into()]);
        let read = Cursor::decode(&cursor.encode()).unwrap();
        assert_eq!(read, cursor);
        assert_eq!((read.number(0), read.text(1)), (Ok(7), Ok("Ann \"B\"")));
        assert_eq!(read.number(1), Err(MalformedCursor));
        for bad in ["", "!", "e30", "bnVsbA"] {
            assert_eq!(Cursor::decode(bad), Err(MalformedCursor), "{bad}");
        }
    }
}
