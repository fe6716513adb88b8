//! Reads CSV (RFC 4180) as spreadsheets write it: with or without a byte order mark, with commas, semicolons or tabs,
//! with line breaks inside quotes.

use csv::{ReaderBuilder, StringRecord};

/// Most columns of a file.
const MOST_COLUMNS: usize = 200;

/// A file that was read.
#[derive(Debug)]
pub(super) struct CsvFile {
    /// The names in the first row, without space around them.
    pub(super) columns: Vec<String>,
    /// The rows after it.
    pub(super) rows: Vec<StringRecord>,
}

/// Reads a file of at most `most` rows after the names; an error is a sentence for whoever uploaded it.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<CsvFile, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| "the file is not in UTF-8: save it as \"CSV UTF-8\"".to_owned())?;
    if text.contains('\0') {
        return Err("the file holds the character U+0000, so it is no text".to_owned());
    }
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|cause| cause.to_string())?;
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err("the file has no names of columns in its first row".to_owned());
    }
    if columns.len() > MOST_COLUMNS {
        return Err(format!("the file has more than {MOST_COLUMNS} columns"));
    }
    let mut rows = Vec::new();
    for record in reader.into_records() {
        if rows.len() == most {
            return Err(format!("the file has more than {most} rows: split it"));
        }
        rows.push(record.map_err(|cause| cause.to_string())?);
    }
    Ok(CsvFile { columns, rows })
}

/// The delimiter that stands most often in the first row, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(delimiter, _)| *delimiter == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // Of equals the first: a comma where there is one column alone.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let file = read(bytes, 10).unwrap();
        let rows = file.rows.iter().map(|row| row.iter().map(str::to_owned).collect());
        std::iter::once(file.columns).chain(rows).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let wanted = [["Name", "Note"], ["Zoë", "a,b;c\nd"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(cells("Name,Note\r\nZoë,\"a,b;c\nd\"\r\n".as_bytes()), wanted);
        assert_eq!(cells("\u{feff}Name;Note\nZoë;\"a,b;c\nd\"".as_bytes()), wanted);
        assert_eq!(cells("\"Name\"\t\"Note\"\nZoë\t\"a,b;c\nd\"".as_bytes()), wanted);
        assert_eq!(cells(b"Name"), [["Name"]]);
        assert_eq!(cells(b"\"a,b,c\";x\n1;2"), [["a,b,c", "x"], ["1", "2"]]);
    }

    #[test]
    fn what_is_no_csv_is_told() {
        for bytes in [&b""[..], b"\xff\xfe", b"a\0b", b",,\n1,2,3"] {
            assert!(read(bytes, 10).is_err(), "{bytes:?}");
        }
        assert!(read(b"a\n1\n2\n3", 2).unwrap_err().contains("more than 2 rows"));
    }
}
