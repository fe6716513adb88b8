//! Browser and system, as a `User-Agent` header (RFC 9110, section 10.1.5) names them. Most browsers claim to be others
//! too, so the order of the names matters.

const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser, if it is one of the known ones.
pub fn browser_of(user_agent: &str) -> Option<&'static str> {
    named(&BROWSERS, user_agent)
}

/// The operating system, if it is one of the known ones.
pub fn system_of(user_agent: &str) -> Option<&'static str> {
    named(&SYSTEMS, user_agent)
}

fn named(names: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_browsers_own() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 \
                    Safari/537.36 Edg/131.0.0.0";
        assert_eq!((browser_of(edge), system_of(edge)), (Some("Edge"), Some("Windows")));
        assert_eq!((browser_of("curl/8.5.0"), system_of("curl/8.5.0")), (None, None));
    }
}
