//! Names of uploads, made harmless.

use platform::fields::is_unfit;

/// Most characters of a file's name.
const MAX_CHARACTERS: usize = 200;
/// Most characters of an ending that is kept when a name is cut.
const ENDING_CHARACTERS: usize = 20;

/// The name without folders, control characters and what turns the direction of text (which makes `gpj.exe` look like
/// `exe.jpg`), and not longer than 200 characters; a long name keeps its ending.
pub(super) fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let fit: String = last.chars().filter(|c| !is_unfit(*c) && !"<>:\"|?*".contains(*c)).collect();
    let trimmed = fit.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if trimmed.is_empty() {
        return "file".to_owned();
    }
    let length = trimmed.chars().count();
    if length <= MAX_CHARACTERS {
        return trimmed.to_owned();
    }
    let ending = trimmed.rsplit_once('.').map(|(_, ending)| ending);
    match ending.filter(|ending| ending.chars().count() <= ENDING_CHARACTERS) {
        Some(ending) => {
            let kept = MAX_CHARACTERS - ending.chars().count() - 1;
            format!("{}.{ending}", trimmed.chars().take(kept).collect::<String>())
        }
        None => trimmed.chars().take(MAX_CHARACTERS).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_could_harm() {
        for (given, kept) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a b.txt", "a b.txt"),
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
            ("Résumé été.docx", "Résumé été.docx"),
            (".htaccess", "htaccess"),
            ("name. ", "name"),
            ("///", "file"),
            ("", "file"),
        ] {
            assert_eq!(clean(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let cut = clean(&format!("{}.pdf", "é".repeat(300)));
        assert_eq!(cut.chars().count(), 200);
        assert!(cut.ends_with("é.pdf"));
    }
}
