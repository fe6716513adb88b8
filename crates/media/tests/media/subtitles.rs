//! Transcripts: what is read, what is refused with its line, what is repaired, and that nothing is lost on the way.

use std::fs;

use media::subtitles::{Cue, Place, SubtitleError, SubtitleLimits, Subtitles, parse};

fn read(text: &str) -> Result<Subtitles, SubtitleError> {
    parse(text.as_bytes(), &SubtitleLimits::default())
}

fn cue(start_ms: u64, end_ms: u64, speaker: Option<&str>, text: &str) -> Cue {
    Cue { start_ms, end_ms, speaker: speaker.map(str::to_owned), text: text.to_owned() }
}

fn refused(text: &str, place: Place, words: &str) {
    match read(text) {
        Err(SubtitleError::Invalid { place: found, rule }) => {
            assert_eq!(found, place, "{rule}");
            assert!(rule.contains(words), "{rule:?} has no {words:?}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn webvtt_is_read_with_all_that_it_may_hold() {
    let text = "\u{feff}WEBVTT - a call\r\nKind: captions\r\n\r\nSTYLE\r\n::cue(v) { color: red }\r\n\r\nNOTE written by hand\r\nover two lines\r\n\r\n\
        intro\r\n00:01.000 --> 00:02.500 align:start position:10%\r\n<v.loud Ana &amp; Ben>Good <i>morning</i>,\r\nhow are you?</v>\r\n\r\n\
        01:00:03.000 --> 01:00:04.000\r\n<v Ben>5 &lt; 6 &#169; a < b</v> <v Ana>So it is</v>\r\n";
    let found = read(text).unwrap();
    assert_eq!(
        found.cues,
        [
            cue(1000, 2500, Some("Ana & Ben"), "Good morning, how are you?"),
            cue(3_603_000, 3_604_000, Some("Ben"), "5 < 6 © a < b"),
            cue(3_603_000, 3_604_000, Some("Ana"), "So it is"),
        ]
    );
    assert_eq!(found.repairs, []);
}

#[test]
fn subrip_is_read() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color=\"red\">Hello</font>\n\n\n2\n00:00:03.5 --> 00:00:04,250\nthere\n";
    assert_eq!(read(text).unwrap().cues, [cue(1000, 2000, None, "Hello"), cue(3500, 4250, None, "there")]);
}

#[test]
fn names_before_a_colon_are_speakers_where_the_file_is_labelled_throughout() {
    let labelled = "WEBVTT\n\n00:00.000 --> 00:01.000\nAna Gómez: Hello.\n\n00:01.000 --> 00:02.000\nand welcome\n\n00:02.000 --> 00:03.000\nGuest (2): Hi: you\n";
    assert_eq!(
        read(labelled).unwrap().cues,
        [
            cue(0, 1000, Some("Ana Gómez"), "Hello."),
            cue(1000, 2000, None, "and welcome"),
            cue(2000, 3000, Some("Guest (2)"), "Hi: you"),
        ]
    );
    let unlabelled = "WEBVTT\n\n00:00.000 --> 00:01.000\nNote: this is one\n\n00:01.000 --> 00:02.000\nof\n\n00:02.000 --> 00:03.000\nmany\n\n00:03.000 --> 00:04.000\nlines\n";
    assert!(read(unlabelled).unwrap().cues.iter().all(|cue| cue.speaker.is_none()));
    let sentence = "WEBVTT\n\n00:00.000 --> 00:01.000\nWe have two: one and another\n";
    assert_eq!(read(sentence).unwrap().cues[0].speaker, None);
}

#[test]
fn json_of_engines_is_read() {
    let whisper = r#"{"task":"transcribe","language":"english","duration":3.0,"text":" Hi","segments":[
        {"id":0,"start":0.5,"end":1.234,"text":" Hi there ","tokens":[1],"avg_logprob":-0.2},
        {"id":1,"start":1.5,"end":2,"text":"","speaker":"B"},
        {"id":2,"start":1.5,"end":2,"text":"yes","speaker":"B"}]}"#;
    let found = read(whisper).unwrap();
    assert_eq!(found.language.as_deref(), Some("english"));
    assert_eq!(found.cues, [cue(500, 1234, None, "Hi there"), cue(1500, 2000, Some("B"), "yes")]);
    let reference =
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/audio/call_synth_ref.json")).unwrap();
    let call = parse(&reference, &SubtitleLimits::default()).unwrap();
    assert_eq!((call.cues.len(), call.cues[0].speaker.as_deref()), (20, Some("agent")));
}

/// PITFALL-96: times go out as they came in.
#[test]
fn every_format_that_is_written_is_read_back() {
    let cues = vec![
        cue(0, 1, Some("Ana <Admin> & \"Co\""), "1 < 2 --> & <v Ben>not a tag"),
        cue(59_999, 3_600_001, None, "Ünïcödé 日本語"),
        cue(360_000_000, 360_000_001 - 1 + 1, Some("Ben"), "late"),
    ];
    let whole = Subtitles { cues, language: Some("en".to_owned()), repairs: vec![] };
    let limits =
        SubtitleLimits { longest: std::time::Duration::from_secs(200 * 3600), ..SubtitleLimits::default() };
    let back = |text: String| parse(text.as_bytes(), &limits).unwrap();
    assert_eq!(back(whole.to_json()), whole);
    assert_eq!(back(whole.to_vtt()).cues, whole.cues);
    let plain = Subtitles {
        cues: vec![cue(5, 9_000, Some("Ana"), "Hello"), cue(9_000, 9_500, Some("Ben"), "Hi")],
        ..whole
    };
    assert_eq!(back(plain.to_srt()).cues, plain.cues);
    assert_eq!(plain.to_txt(), "[0:00] Ana: Hello\n[0:09] Ben: Hi\n");
}

#[test]
fn impossible_times_are_refused_with_their_line() {
    let vtt = |times: &str| format!("WEBVTT\n\n00:00.000 --> 00:01.000\nfine\n\nname\n{times}\ntext\n");
    refused(&vtt("00:05.000 --> 00:04.000"), Place::Line(7), "ends before it starts");
    refused(&vtt("-00:05.000 --> 00:06.000"), Place::Line(7), "negative");
    refused(&vtt("00:05.000 --> -00:06.000"), Place::Line(7), "negative");
    refused(&vtt("500:00:00.000 --> 500:00:01.000"), Place::Line(7), "after 100 hours");
    for times in [
        "00:99.000 --> 01:00.000",
        "five --> six",
        "00:05.000 -->",
        "99999999999999:00:00.000 --> 0",
        "00:05 --> 00:06",
    ] {
        refused(&vtt(times), Place::Line(7), "00:00:0");
    }
    refused("WEBVTT\n\nno times\nat all\nin here\n", Place::Line(3), "expected a cue");
    refused("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\nnothing\n", Place::Line(5), "expected a number");
    refused(r#"[{"start":1,"end":0.5,"text":"a"}]"#, Place::Segment(1), "ends before");
    refused(
        r#"[{"start":0,"end":1,"text":"a"},{"start":-1,"end":1,"text":"a"}]"#,
        Place::Segment(2),
        "negative",
    );
    refused(r#"[{"start":0,"text":"a"}]"#, Place::Segment(1), "end is missing");
    refused(r#"[{"start":1e300,"end":1e301,"text":"a"}]"#, Place::Segment(1), "hours");
}

#[test]
fn overlaps_and_disorder_are_repaired() {
    let text = "WEBVTT\n\n00:10.000 --> 00:20.000\n<v Ana>one\n\n00:15.000 --> 00:25.000\n<v Ben>across\n\n\
        00:18.000 --> 00:22.000\n<v Ana>two\n\n00:05.000 --> 00:05.000\n<v Ana>early\n";
    let found = read(text).unwrap();
    assert_eq!(
        found.cues,
        [
            cue(5_000, 5_001, Some("Ana"), "early"),
            cue(10_000, 18_000, Some("Ana"), "one"),
            cue(15_000, 25_000, Some("Ben"), "across"),
            cue(18_000, 22_000, Some("Ana"), "two"),
        ]
    );
    let places: Vec<_> = found.repairs.iter().map(|repair| repair.place).collect();
    assert_eq!(places, [Place::Line(12), Place::Line(12), Place::Line(3)]);
}

#[test]
fn what_is_no_transcript_is_refused() {
    use SubtitleError::{Empty, Json, NotText, TooMuch, Unrecognised};
    assert_eq!(parse(b"\xff\xfe\0", &SubtitleLimits::default()), Err(NotText));
    assert_eq!(read("Dear all"), Err(Unrecognised));
    assert_eq!(read(""), Err(Unrecognised));
    assert_eq!(read("WEBVTT"), Err(Empty));
    assert_eq!(read("[]"), Err(Empty));
    assert!(matches!(read("{\"segments\": [\n  {]"), Err(Json(reason)) if reason.contains("line 2")));
    assert!(matches!(read("{\"text\": \"hello\"}"), Err(Json(_))));
    assert!(matches!(read(&"[".repeat(100_000)), Err(Json(_))));
    let many = format!("WEBVTT\n\n{}", "00:00.000 --> 00:01.000\na\n\n".repeat(20));
    let few = SubtitleLimits { most_cues: 19, ..SubtitleLimits::default() };
    assert_eq!(parse(many.as_bytes(), &few), Err(TooMuch { what: "cues", most: 19 }));
    let short = SubtitleLimits { most_bytes: 10, ..SubtitleLimits::default() };
    assert_eq!(parse(many.as_bytes(), &short), Err(TooMuch { what: "bytes", most: 10 }));
    let terse = SubtitleLimits { most_characters: 3, ..SubtitleLimits::default() };
    assert!(parse(b"WEBVTT\n\n00:00.000 --> 00:01.000\nlong\n", &terse).is_err());
}
