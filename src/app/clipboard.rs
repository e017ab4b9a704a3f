//! A clipboard that holds two things at once: Lunette's own data for windows like this one, and text
//! for everyone else.
//!
//! The data travels in an attribute of HTML, which nobody else reads, beside plain text. Where the
//! system's clipboard cannot do that, the caller copies the data as text instead. Must not know what
//! is copied.

use std::fmt;

/// What asks the clipboard for Lunette's own data; it may have to wait for another program.
pub type Reader = Box<dyn FnOnce() -> Option<String> + Send>;

/// A clipboard for data and text.
pub trait Clipboard: fmt::Debug {
    /// Puts both there; says whether it could.
    fn put(&mut self, data: &str, text: &str) -> bool;

    /// What reads the data that is there; not to be called where nothing may wait.
    fn reader(&self) -> Reader;
}

/// The system's clipboard.
#[derive(Default)]
pub struct SystemClipboard {
    /// What was put there is offered while this lives.
    held: Option<arboard::Clipboard>,
}

impl fmt::Debug for SystemClipboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemClipboard").finish_non_exhaustive()
    }
}

impl Clipboard for SystemClipboard {
    fn put(&mut self, data: &str, text: &str) -> bool {
        // On Wayland only a window's own protocol reaches the clipboard; it takes one text.
        if std::env::var_os("WAYLAND_DISPLAY").is_some_and(|value| !value.is_empty()) {
            return false;
        }
        if self.held.is_none() {
            self.held = arboard::Clipboard::new().ok();
        }
        let Some(held) = &mut self.held else { return false };
        held.set().html(html_of(data, text), Some(text.to_owned())).is_ok()
    }

    fn reader(&self) -> Reader {
        Box::new(|| {
            let html = arboard::Clipboard::new().ok()?.get().html().ok()?;
            data_in(&html)
        })
    }
}

const OPENING: &str = "<pre data-lunette=\"";

/// A text as HTML that carries data beside it.
fn html_of(data: &str, text: &str) -> String {
    format!("{OPENING}{}\">{}</pre>", escaped(data), escaped(text))
}

/// The data that HTML carries, if it does.
fn data_in(html: &str) -> Option<String> {
    let (_, after) = html.split_once(OPENING)?;
    let (data, _) = after.split_once('"')?;
    let plain = data.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    Some(plain.replace("&amp;", "&"))
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_any_kind_comes_back_from_beside_the_text() {
        for data in ["{\"a\": \"<b> & \\\"c\\\" &amp; </pre>\"}", "", "\u{1f600}\n\t"] {
            let html = html_of(data, "table \"x\" { a < b & c }");
            assert_eq!(data_in(&html).as_deref(), Some(data));
            // Browsers and clipboards put a page around it.
            let page = format!("<html><body><!--StartFragment-->{html}</body></html>");
            assert_eq!(data_in(&page).as_deref(), Some(data));
        }
        assert_eq!(data_in("<pre>plain</pre>"), None);
    }
}
