//! The bundled fonts: widths are those of the renderer, texts fit where they are put.

use std::sync::Arc;
use std::time::Instant;

use lunette::base::font::display::display_text;
use lunette::base::font::measurer::TextMeasurer;
use lunette::base::font::web::{WebPart, web_bytes};
use lunette::base::font::{FontFace, bytes};
use resvg::usvg;

const TEXTS: [&str; 14] = [
    "createdAt",
    "AVATAR Ty To WAVE LT Yo, T. P,",
    "field_3_781 -> [OrderItem] (10x10)",
    "decimal(10,2)",
    "fi ffl office",
    "a == b != c <= d || e --> f",
    "~!@#$%^&*()_+{}[]|\\:;\"'<>,.?/`",
    "Ünïcode Ærøskøbing Łódź ĲĳŒœ",
    "Ωмега Ταβ, Привет, мир",
    "e\u{301}te\u{301} a\u{308}o\u{302}",
    "…—–‘’“”•·×÷±≤≥≠∞∂∑√",
    "→←↑↓⇒ ─│┌┐└┘ ■□▲△●○",
    "Tiếng Việt: Đường Nguyễn Huệ",
    " spaced  out ",
];

/// Width of a text as usvg, which draws our PNG and PDF files, lays it out.
fn rendered_width(text: &str, face: FontFace, size: f64, options: &usvg::Options<'_>) -> f64 {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let (family, weight) = (face.family(), face.weight());
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='50'><text x='0' y='30' \
         xml:space='preserve' font-family='{family}' font-weight='{weight}' \
         font-size='{size}'>{escaped}</text></svg>"
    );
    let tree = usvg::Tree::from_str(&svg, options);
    let node = tree.as_ref().ok().and_then(|tree| tree.root().children().first());
    let Some(usvg::Node::Text(text)) = node else { panic!("no text in {svg}") };
    f64::from(text.bounding_box().width())
}

#[test]
fn widths_are_those_of_the_renderer() {
    let mut fonts = usvg::fontdb::Database::new();
    for face in FontFace::ALL {
        fonts.load_font_data(bytes(face).to_vec());
    }
    let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let measurer = TextMeasurer::shared();
    let mut n_compared = 0;
    for face in FontFace::ALL {
        for text in TEXTS {
            if !measurer.runs(text, face, 1.0).iter().all(|run| run.is_covered) {
                continue;
            }
            for size in [11.0, 13.0, 20.0] {
                let measured = measurer.width(text, face, size);
                let rendered = rendered_width(text, face, size, &options);
                assert!(
                    (measured - rendered).abs() < 0.05,
                    "{text:?} in {face:?} {size}: measured {measured}, rendered {rendered}"
                );
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 100, "only {n_compared} compared: the subset lacks letters");
}

#[test]
fn measuring_ten_thousand_cards_takes_no_time_to_speak_of() {
    let measurer = TextMeasurer::shared();
    let texts: Vec<String> = (0..200_000).map(|n| format!("customer_address_{n}")).collect();
    let start = Instant::now();
    let total: f64 = texts.iter().map(|text| measurer.width(text, FontFace::Regular, 13.0)).sum();
    let seconds = start.elapsed().as_secs_f64();
    assert!(total > 0.0);
    // A debug build on a busy machine is some twenty times slower than what a person runs.
    assert!(seconds < 3.0, "200,000 texts took {seconds} s");
}

#[test]
fn elided_texts_fit_and_short_ones_stay() {
    let measurer = TextMeasurer::shared();
    assert_eq!(measurer.elide("email", FontFace::Regular, 13.0, 100.0), "email");
    for text in [
        "a_rather_long_name_of_a_field",
        "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        "名前名前名前名前名前",
    ] {
        let elided = measurer.elide(text, FontFace::Regular, 13.0, 40.0);
        assert!(elided.ends_with('…'), "{elided}");
        assert!(elided.chars().count() > 2, "{elided}");
        assert!(measurer.width(&elided, FontFace::Regular, 13.0) <= 40.0, "{elided}");
    }
    let book = "x".repeat(10_000_000);
    assert!(measurer.elide(&book, FontFace::Regular, 13.0, 100.0).len() < 40);
    assert_eq!(measurer.elide("email", FontFace::Regular, 13.0, -1.0), "…");
}

#[test]
fn what_a_face_lacks_is_told_apart_and_has_a_width() {
    let measurer = TextMeasurer::shared();
    let runs = measurer.runs("id名前x", FontFace::Regular, 10.0);
    let told: Vec<(&str, bool)> = runs.iter().map(|run| (run.text, run.is_covered)).collect();
    assert_eq!(told, [("id", true), ("名", false), ("前", false), ("x", true)]);
    let width = measurer.width("id名前x", FontFace::Regular, 10.0);
    let parts = measurer.width("id", FontFace::Regular, 10.0)
        + 20.0
        + measurer.width("x", FontFace::Regular, 10.0);
    assert!((width - parts).abs() < 1e-9);
}

#[test]
fn no_text_hides_or_reorders_its_neighbors() {
    assert_eq!(display_text("plain 名前"), "plain 名前");
    assert_eq!(display_text("two\nlines\tand\u{0}nul"), "two lines and\u{fffd}nul");
    assert_eq!(display_text("admin\u{202e}nimda"), "admin\u{fffd}nimda");
}

#[test]
fn web_parts_share_out_all_characters() {
    for character in ['a', 'é', '…', '→', 'Ω', 'я', 'Ł', '≤', '\u{7f}', '\u{fffd}'] {
        let part = WebPart::of(character);
        let code = u32::from(character);
        for other in WebPart::ALL {
            let holds = other.unicode_range().split(',').any(|range| {
                let (first, last) = range.trim_start_matches("U+").split_once('-').unwrap();
                let first = u32::from_str_radix(first, 16).unwrap();
                (first..=u32::from_str_radix(last, 16).unwrap()).contains(&code)
            });
            assert_eq!(holds, other == part, "{character:?} in {other:?}");
        }
    }
    for part in WebPart::ALL {
        for face in [FontFace::Regular, FontFace::SemiBold] {
            assert_eq!(web_bytes(face, part).unwrap().get(..4), Some(b"wOF2".as_slice()));
        }
    }
}
