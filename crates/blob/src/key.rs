//! The shape of keys.

use object_store::path::Path;

use crate::Error;

/// Longest key in bytes: well within the 255 of a file name and the 1024 of S3.
const KEY_LIMIT: usize = 200;

/// Turns a key into a path, refusing everything that a disk or S3 could read as more than a name.
pub(crate) fn path_of(key: &str) -> Result<Path, Error> {
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    let part_is_valid = |part: &str| !part.is_empty() && part.bytes().all(allowed);
    if key.len() > KEY_LIMIT || !key.split('/').all(part_is_valid) {
        return Err(Error::InvalidKey(key.to_owned()));
    }
    Path::parse(key).map_err(|_| Error::InvalidKey(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_parts_are_keys() {
        for key in ["a", "files/12/345", "a_b-c/0"] {
            assert_eq!(path_of(key).unwrap().as_ref(), key);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = "a".repeat(KEY_LIMIT + 1);
        for key in
            ["", "/", "/a", "a/", "a//b", "..", "../a", "a/../b", ".", "A", "é", "a b", "a\\b", "a%2f", "a#1"]
        {
            assert!(matches!(path_of(key), Err(Error::InvalidKey(_))), "{key:?}");
        }
        assert!(matches!(path_of(&long), Err(Error::InvalidKey(_))));
    }
}
