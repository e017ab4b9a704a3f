//! The icons of the window: code points of the bundled subset of Phosphor (`assets/icons`), one
//! stroke weight throughout. Must not know where an icon is used.

use eframe::egui::{FontFamily, FontId, RichText};

/// The bytes of the icon font.
pub(super) const FONT: &[u8] = include_bytes!("../../assets/icons/Phosphor.ttf");
/// The name of its family.
pub(super) const FAMILY: &str = "icons";

/// An icon as text, at that size.
pub fn icon(icon: char, size: f32) -> RichText {
    RichText::new(icon).font(FontId::new(size, FontFamily::Name(FAMILY.into())))
}

/// The icon of that name; none when the subset lacks it.
pub fn named(name: &str) -> Option<char> {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, icon)| *icon)
}

/// Every icon by its name.
const ALL: &[(&str, char)] = &[
    ("align-bottom", ALIGN_BOTTOM),
    ("align-center-horizontal", ALIGN_CENTER_HORIZONTAL),
    ("align-left", ALIGN_LEFT),
    ("align-right", ALIGN_RIGHT),
    ("align-top", ALIGN_TOP),
    ("arrow-counter-clockwise", ARROW_COUNTER_CLOCKWISE),
    ("arrow-right", ARROW_RIGHT),
    ("arrow-square-out", ARROW_SQUARE_OUT),
    ("arrow-u-up-left", ARROW_U_UP_LEFT),
    ("arrow-u-up-right", ARROW_U_UP_RIGHT),
    ("arrows-in-line-vertical", ARROWS_IN_LINE_VERTICAL),
    ("arrows-left-right", ARROWS_LEFT_RIGHT),
    ("arrows-out-cardinal", ARROWS_OUT_CARDINAL),
    ("asterisk", ASTERISK),
    ("bounding-box", BOUNDING_BOX),
    ("brackets-curly", BRACKETS_CURLY),
    ("caret-down", CARET_DOWN),
    ("caret-left", CARET_LEFT),
    ("caret-right", CARET_RIGHT),
    ("caret-up", CARET_UP),
    ("check", CHECK),
    ("check-circle", CHECK_CIRCLE),
    ("circle", CIRCLE),
    ("clipboard", CLIPBOARD),
    ("clock-counter-clockwise", CLOCK_COUNTER_CLOCKWISE),
    ("code", CODE),
    ("columns", COLUMNS),
    ("command", COMMAND),
    ("copy", COPY),
    ("corners-out", CORNERS_OUT),
    ("cursor", CURSOR),
    ("database", DATABASE),
    ("dots-six-vertical", DOTS_SIX_VERTICAL),
    ("dots-three", DOTS_THREE),
    ("download-simple", DOWNLOAD_SIMPLE),
    ("export", EXPORT),
    ("eye", EYE),
    ("eye-slash", EYE_SLASH),
    ("file-code", FILE_CODE),
    ("file-plus", FILE_PLUS),
    ("file-text", FILE_TEXT),
    ("fingerprint", FINGERPRINT),
    ("floppy-disk", FLOPPY_DISK),
    ("flow-arrow", FLOW_ARROW),
    ("folder-open", FOLDER_OPEN),
    ("frame-corners", FRAME_CORNERS),
    ("funnel", FUNNEL),
    ("gear", GEAR),
    ("git-branch", GIT_BRANCH),
    ("graph", GRAPH),
    ("hand", HAND),
    ("house", HOUSE),
    ("image", IMAGE),
    ("info", INFO),
    ("key", KEY),
    ("keyboard", KEYBOARD),
    ("lightning", LIGHTNING),
    ("link", LINK),
    ("link-break", LINK_BREAK),
    ("list-bullets", LIST_BULLETS),
    ("lock", LOCK),
    ("magnifying-glass", MAGNIFYING_GLASS),
    ("magnifying-glass-minus", MAGNIFYING_GLASS_MINUS),
    ("magnifying-glass-plus", MAGNIFYING_GLASS_PLUS),
    ("map-trifold", MAP_TRIFOLD),
    ("minus", MINUS),
    ("moon", MOON),
    ("note", NOTE),
    ("paint-brush", PAINT_BRUSH),
    ("palette", PALETTE),
    ("pencil-simple", PENCIL_SIMPLE),
    ("plus", PLUS),
    ("plus-circle", PLUS_CIRCLE),
    ("push-pin", PUSH_PIN),
    ("question", QUESTION),
    ("rows", ROWS),
    ("scissors", SCISSORS),
    ("selection-all", SELECTION_ALL),
    ("selection-plus", SELECTION_PLUS),
    ("sidebar-simple", SIDEBAR_SIMPLE),
    ("sliders-horizontal", SLIDERS_HORIZONTAL),
    ("spinner-gap", SPINNER_GAP),
    ("squares-four", SQUARES_FOUR),
    ("stack", STACK),
    ("sun", SUN),
    ("swap", SWAP),
    ("table", TABLE),
    ("text-aa", TEXT_AA),
    ("trash", TRASH),
    ("tree-structure", TREE_STRUCTURE),
    ("upload-simple", UPLOAD_SIMPLE),
    ("warning", WARNING),
    ("warning-circle", WARNING_CIRCLE),
    ("wrench", WRENCH),
    ("x", X),
    ("x-circle", X_CIRCLE),
];

/// `align-bottom`
pub const ALIGN_BOTTOM: char = '\u{e506}';
/// `align-center-horizontal`
pub const ALIGN_CENTER_HORIZONTAL: char = '\u{e50a}';
/// `align-left`
pub const ALIGN_LEFT: char = '\u{e50e}';
/// `align-right`
pub const ALIGN_RIGHT: char = '\u{e510}';
/// `align-top`
pub const ALIGN_TOP: char = '\u{e512}';
/// `arrow-counter-clockwise`
pub const ARROW_COUNTER_CLOCKWISE: char = '\u{e038}';
/// `arrow-right`
pub const ARROW_RIGHT: char = '\u{e06c}';
/// `arrow-square-out`
pub const ARROW_SQUARE_OUT: char = '\u{e5de}';
/// `arrow-u-up-left`
pub const ARROW_U_UP_LEFT: char = '\u{e08a}';
/// `arrow-u-up-right`
pub const ARROW_U_UP_RIGHT: char = '\u{e08c}';
/// `arrows-in-line-vertical`
pub const ARROWS_IN_LINE_VERTICAL: char = '\u{e532}';
/// `arrows-left-right`
pub const ARROWS_LEFT_RIGHT: char = '\u{e0a0}';
/// `arrows-out-cardinal`
pub const ARROWS_OUT_CARDINAL: char = '\u{e0a4}';
/// `asterisk`
pub const ASTERISK: char = '\u{e0aa}';
/// `bounding-box`
pub const BOUNDING_BOX: char = '\u{e6ce}';
/// `brackets-curly`
pub const BRACKETS_CURLY: char = '\u{e860}';
/// `caret-down`
pub const CARET_DOWN: char = '\u{e136}';
/// `caret-left`
pub const CARET_LEFT: char = '\u{e138}';
/// `caret-right`
pub const CARET_RIGHT: char = '\u{e13a}';
/// `caret-up`
pub const CARET_UP: char = '\u{e13c}';
/// `check`
pub const CHECK: char = '\u{e182}';
/// `check-circle`
pub const CHECK_CIRCLE: char = '\u{e184}';
/// `circle`
pub const CIRCLE: char = '\u{e18a}';
/// `clipboard`
pub const CLIPBOARD: char = '\u{e196}';
/// `clock-counter-clockwise`
pub const CLOCK_COUNTER_CLOCKWISE: char = '\u{e1a0}';
/// `code`
pub const CODE: char = '\u{e1bc}';
/// `columns`
pub const COLUMNS: char = '\u{e546}';
/// `command`
pub const COMMAND: char = '\u{e1c4}';
/// `copy`
pub const COPY: char = '\u{e1ca}';
/// `corners-out`
pub const CORNERS_OUT: char = '\u{e1d0}';
/// `cursor`
pub const CURSOR: char = '\u{e1dc}';
/// `database`
pub const DATABASE: char = '\u{e1de}';
/// `dots-six-vertical`
pub const DOTS_SIX_VERTICAL: char = '\u{eae2}';
/// `dots-three`
pub const DOTS_THREE: char = '\u{e1fe}';
/// `download-simple`
pub const DOWNLOAD_SIMPLE: char = '\u{e20c}';
/// `export`
pub const EXPORT: char = '\u{eaf0}';
/// `eye`
pub const EYE: char = '\u{e220}';
/// `eye-slash`
pub const EYE_SLASH: char = '\u{e224}';
/// `file-code`
pub const FILE_CODE: char = '\u{e914}';
/// `file-plus`
pub const FILE_PLUS: char = '\u{e236}';
/// `file-text`
pub const FILE_TEXT: char = '\u{e23a}';
/// `fingerprint`
pub const FINGERPRINT: char = '\u{e23e}';
/// `floppy-disk`
pub const FLOPPY_DISK: char = '\u{e248}';
/// `flow-arrow`
pub const FLOW_ARROW: char = '\u{e6ec}';
/// `folder-open`
pub const FOLDER_OPEN: char = '\u{e256}';
/// `frame-corners`
pub const FRAME_CORNERS: char = '\u{e626}';
/// `funnel`
pub const FUNNEL: char = '\u{e266}';
/// `gear`
pub const GEAR: char = '\u{e270}';
/// `git-branch`
pub const GIT_BRANCH: char = '\u{e278}';
/// `graph`
pub const GRAPH: char = '\u{eb58}';
/// `hand`
pub const HAND: char = '\u{e298}';
/// `house`
pub const HOUSE: char = '\u{e2c2}';
/// `image`
pub const IMAGE: char = '\u{e2ca}';
/// `info`
pub const INFO: char = '\u{e2ce}';
/// `key`
pub const KEY: char = '\u{e2d6}';
/// `keyboard`
pub const KEYBOARD: char = '\u{e2d8}';
/// `lightning`
pub const LIGHTNING: char = '\u{e2de}';
/// `link`
pub const LINK: char = '\u{e2e2}';
/// `link-break`
pub const LINK_BREAK: char = '\u{e2e4}';
/// `list-bullets`
pub const LIST_BULLETS: char = '\u{e2f2}';
/// `lock`
pub const LOCK: char = '\u{e2fa}';
/// `magnifying-glass`
pub const MAGNIFYING_GLASS: char = '\u{e30c}';
/// `magnifying-glass-minus`
pub const MAGNIFYING_GLASS_MINUS: char = '\u{e30e}';
/// `magnifying-glass-plus`
pub const MAGNIFYING_GLASS_PLUS: char = '\u{e310}';
/// `map-trifold`
pub const MAP_TRIFOLD: char = '\u{e31a}';
/// `minus`
pub const MINUS: char = '\u{e32a}';
/// `moon`
pub const MOON: char = '\u{e330}';
/// `note`
pub const NOTE: char = '\u{e348}';
/// `paint-brush`
pub const PAINT_BRUSH: char = '\u{e6f0}';
/// `palette`
pub const PALETTE: char = '\u{e6c8}';
/// `pencil-simple`
pub const PENCIL_SIMPLE: char = '\u{e3b4}';
/// `plus`
pub const PLUS: char = '\u{e3d4}';
/// `plus-circle`
pub const PLUS_CIRCLE: char = '\u{e3d6}';
/// `push-pin`
pub const PUSH_PIN: char = '\u{e3e2}';
/// `question`
pub const QUESTION: char = '\u{e3e8}';
/// `rows`
pub const ROWS: char = '\u{e5a2}';
/// `scissors`
pub const SCISSORS: char = '\u{eae0}';
/// `selection-all`
pub const SELECTION_ALL: char = '\u{e746}';
/// `selection-plus`
pub const SELECTION_PLUS: char = '\u{e69c}';
/// `sidebar-simple`
pub const SIDEBAR_SIMPLE: char = '\u{ec24}';
/// `sliders-horizontal`
pub const SLIDERS_HORIZONTAL: char = '\u{e434}';
/// `spinner-gap`
pub const SPINNER_GAP: char = '\u{e66c}';
/// `squares-four`
pub const SQUARES_FOUR: char = '\u{e464}';
/// `stack`
pub const STACK: char = '\u{e466}';
/// `sun`
pub const SUN: char = '\u{e472}';
/// `swap`
pub const SWAP: char = '\u{e83c}';
/// `table`
pub const TABLE: char = '\u{e476}';
/// `text-aa`
pub const TEXT_AA: char = '\u{e6ee}';
/// `trash`
pub const TRASH: char = '\u{e4a6}';
/// `tree-structure`
pub const TREE_STRUCTURE: char = '\u{e67c}';
/// `upload-simple`
pub const UPLOAD_SIMPLE: char = '\u{e4c0}';
/// `warning`
pub const WARNING: char = '\u{e4e0}';
/// `warning-circle`
pub const WARNING_CIRCLE: char = '\u{e4e2}';
/// `wrench`
pub const WRENCH: char = '\u{e5d4}';
/// `x`
pub const X: char = '\u{e4f6}';
/// `x-circle`
pub const X_CIRCLE: char = '\u{e4f8}';
