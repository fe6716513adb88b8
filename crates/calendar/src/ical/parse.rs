//! Content lines and components (RFC 5545, section 3.1), read leniently and written strictly.

use super::{MAX_BYTES, MAX_DEPTH};
use crate::{Error, Result};

/// The octets after which a line is folded (RFC 5545, section 3.1).
const FOLD_AT: usize = 75;

/// A property: its name in capitals, its parameters, and its value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) value: String,
}

/// A component: what stands between `BEGIN` and `END`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) properties: Vec<Property>,
    pub(crate) components: Vec<Self>,
}

impl Property {
    pub(crate) fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), parameters: Vec::new(), value: value.into() }
    }

    pub(crate) fn with(mut self, parameter: &str, value: impl Into<String>) -> Self {
        self.parameters.push((parameter.to_owned(), value.into()));
        self
    }

    /// The value of a parameter, whose name is in capitals.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Reads one unfolded line. `None` when it is not one.
    fn read(line: &str) -> Option<Self> {
        let end = line.find([';', ':'])?;
        let (name, mut rest) = line.split_at(end);
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (parameter, left) = after.split_once('=')?;
            let length = parameter_length(left)?;
            let value = left[..length].replace('"', "");
            parameters.push((parameter.trim().to_ascii_uppercase(), unescaped_parameter(&value)));
            rest = &left[length..];
        }
        let value = rest.strip_prefix(':')?.to_owned();
        Some(Self { name: name.trim().to_ascii_uppercase(), parameters, value })
    }

    /// Writes the line, folded.
    fn write(&self, out: &mut String) {
        let mut line = self.name.clone();
        for (name, value) in &self.parameters {
            line.push(';');
            line.push_str(name);
            line.push('=');
            let value = escaped_parameter(value);
            if value.contains([',', ';', ':']) {
                line.push('"');
                line.push_str(&value);
                line.push('"');
            } else {
                line.push_str(&value);
            }
        }
        line.push(':');
        line.push_str(&self.value);
        fold(&line, out);
    }
}

/// How long the value of a parameter is: until a `;` or `:` outside quotes.
fn parameter_length(text: &str) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(at, character)| match character {
        '"' => {
            is_quoted = !is_quoted;
            None
        }
        ';' | ':' if !is_quoted => Some(at),
        _ => None,
    })
}

/// A parameter's value may hold neither quotes nor control characters: RFC 6868 writes them with `^`.
fn escaped_parameter(value: &str) -> String {
    let escaped = value.replace('^', "^^").replace('\n', "^n").replace('"', "^'");
    escaped.chars().filter(|character| !character.is_control()).collect()
}

fn unescaped_parameter(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        if character != '^' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('\'') => out.push('"'),
            Some('^') | None => out.push('^'),
            Some(other) => out.extend(['^', other]),
        }
    }
    out
}

/// Adds a line, folded between characters so that no part is longer than 75 octets, and ended by CRLF.
fn fold(line: &str, out: &mut String) {
    let mut used = 0;
    for character in line.chars().filter(|character| !matches!(character, '\r' | '\n')) {
        if used + character.len_utf8() > FOLD_AT {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += character.len_utf8();
    }
    out.push_str("\r\n");
}

impl Component {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The first property of that name, which is in capitals.
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The properties of that name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The components in this one that have that name.
    pub(crate) fn inner<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.components.iter().filter(move |component| component.name == name)
    }

    /// Adds its text to `out`.
    pub(crate) fn write(&self, out: &mut String) {
        fold(&format!("BEGIN:{}", self.name), out);
        for property in &self.properties {
            property.write(out);
        }
        for component in &self.components {
            component.write(out);
        }
        fold(&format!("END:{}", self.name), out);
    }

    /// Reads a whole text: what its calendars hold, in one component. Lines that are none are left out.
    ///
    /// # Errors
    /// [`Error::Unusable`] when it is no iCalendar, is cut off (what is missing would look free), is too long or too deep.
    pub(crate) fn read(text: &str) -> Result<Self> {
        if text.len() > MAX_BYTES {
            return Err(Error::Unusable("it is too long".to_owned()));
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
            return Err(Error::Unusable("it is no iCalendar".to_owned()));
        }
        let mut open = vec![Self::default()];
        for line in unfolded(text) {
            let Some(property) = Property::read(&line) else { continue };
            match property.name.as_str() {
                "BEGIN" if open.len() > MAX_DEPTH => {
                    return Err(Error::Unusable("its components are nested too deep".to_owned()));
                }
                "BEGIN" => open.push(Self::new(&property.value.trim().to_ascii_uppercase())),
                "END" => close(&mut open, property.value.trim())?,
                _ => {
                    if let Some(component) = open.last_mut() {
                        component.properties.push(property);
                    }
                }
            }
        }
        let is_whole = open.len() == 1;
        let root = open.pop().filter(|_| is_whole);
        let root = root.ok_or_else(|| Error::Unusable("it is cut off".to_owned()))?;
        let mut calendar = Self::new("VCALENDAR");
        for part in root.components.into_iter().filter(|part| part.name == "VCALENDAR") {
            calendar.properties.extend(part.properties);
            calendar.components.extend(part.components);
        }
        Ok(calendar)
    }
}

/// Puts the innermost open component into the one around it.
fn close(open: &mut Vec<Component>, name: &str) -> Result<()> {
    let inner = open.pop().filter(|inner| inner.name.eq_ignore_ascii_case(name));
    let (Some(inner), Some(outer)) = (inner, open.last_mut()) else {
        return Err(Error::Unusable("its components end in the wrong order".to_owned()));
    };
    outer.components.push(inner);
    Ok(())
}

/// The lines of a text, whose continuations begin with a space or a tab.
fn unfolded(text: &str) -> impl Iterator<Item = String> {
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(more) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
            line.push_str(&more[1..]);
        }
        Some(line)
    })
}
