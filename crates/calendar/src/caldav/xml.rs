//! WebDAV's multi-status answers (RFC 4918, section 13). No entity is expanded but XML's own five, no DTD is taken.

use quick_xml::{Reader, events::Event};

use crate::{Error, Result};

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 32;

/// An element: its name without a prefix, its text and what is in it. Names are unique enough without namespaces.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Self>,
}

impl Element {
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Whether an element of that name is anywhere in this one.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name || child.holds(name))
    }

    /// The address in the property of that name.
    pub(super) fn href_of(&self, name: &str) -> Option<String> {
        Some(self.child(name)?.child("href")?.text.trim().to_owned())
    }

    /// The text of the property of that name, when it has one.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.child(name).map(|child| child.text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// What a multi-status says of one resource.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) href: String,
    /// The status of the whole resource, when it is told.
    pub(super) status: Option<u16>,
    /// The properties that were found.
    pub(super) found: Element,
}

/// The resources of a multi-status.
pub(super) fn items(root: &Element) -> Vec<Item> {
    let status =
        |element: &Element| -> Option<u16> { element.text_of("status")?.split(' ').nth(1)?.parse().ok() };
    let item = |response: &Element| {
        let mut found = Element::default();
        for part in response.all("propstat").filter(|part| status(part).is_none_or(|status| status == 200)) {
            found.children.extend(part.all("prop").flat_map(|prop| prop.children.clone()));
        }
        Some(Item { href: response.text_of("href")?, status: status(response), found })
    };
    root.all("response").filter_map(item).collect()
}

/// Reads a document.
///
/// # Errors
/// [`Error::Unusable`] when it is no well-formed XML, brings a DTD or is too deep.
pub(super) fn read(text: &str) -> Result<Element> {
    let broken = || Error::Unusable("its XML cannot be read".to_owned());
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|_| broken())?;
        match event {
            Event::Start(start) => {
                if open.len() > MAX_DEPTH {
                    return Err(broken());
                }
                open.push(element(&start));
            }
            Event::Empty(start) => open.last_mut().ok_or_else(broken)?.children.push(element(&start)),
            Event::End(_) => {
                let inner = open.pop().ok_or_else(broken)?;
                open.last_mut().ok_or_else(broken)?.children.push(inner);
            }
            Event::Text(part) => add(&mut open, &part.decode().map_err(|_| broken())?),
            Event::CData(part) => add(&mut open, &part.decode().map_err(|_| broken())?),
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref().map_err(|_| broken())? {
                    Some(character) => character,
                    None => predefined(&name.decode().map_err(|_| broken())?).ok_or_else(broken)?,
                };
                add(&mut open, character.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(broken()),
            Event::Eof => break,
            _ => {}
        }
    }
    let is_whole = open.len() == 1;
    let root = open.pop().filter(|_| is_whole).and_then(|mut root| root.children.pop());
    root.ok_or_else(broken)
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let attributes = start.attributes().flatten();
    Element {
        name: text(start.local_name().as_ref()),
        attributes: attributes
            .map(|pair| (text(pair.key.local_name().as_ref()), text(&pair.value)))
            .collect(),
        ..Element::default()
    }
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A text as it stands in XML.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
