//! Whether the system asks programs to move less. No system has one answer for all programs, so its
//! own settings are asked, by its own tools, on a thread.

use std::process::{Command, Stdio};

use eframe::egui::Context;

use crate::app::jobs::Job;

/// A setting, the tool that tells it, and the answer that means less motion.
struct Setting {
    tool: &'static [&'static str],
    answer: &'static str,
}

#[cfg(target_os = "macos")]
const SETTINGS: &[Setting] = &[Setting {
    tool: &["defaults", "read", "com.apple.universalaccess", "reduceMotion"],
    answer: "1",
}];

#[cfg(windows)]
const SETTINGS: &[Setting] = &[Setting {
    tool: &["reg", "query", r"HKCU\Control Panel\Desktop\WindowMetrics", "/v", "MinAnimate"],
    answer: "0",
}];

#[cfg(not(any(target_os = "macos", windows)))]
const SETTINGS: &[Setting] = &[
    Setting {
        tool: &["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"],
        answer: "false",
    },
    Setting {
        tool: &["kreadconfig6", "--group", "KDE", "--key", "AnimationDurationFactor"],
        answer: "0",
    },
];

/// Asks the system; a system without an answer wishes nothing.
pub fn ask(ctx: &Context) -> Job<bool> {
    Job::start("motion", ctx, || SETTINGS.iter().any(Setting::is_wished))
}

impl Setting {
    fn is_wished(&self) -> bool {
        let Some((program, arguments)) = self.tool.split_first() else { return false };
        let output = Command::new(program).args(arguments).stderr(Stdio::null()).output();
        output.is_ok_and(|output| self.means_less(&String::from_utf8_lossy(&output.stdout)))
    }

    fn means_less(&self, said: &str) -> bool {
        said.split_whitespace().last() == Some(self.answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_itself_means_less_motion() {
        let setting = Setting { tool: &[], answer: "false" };
        assert!(setting.means_less("false\n"));
        assert!(!setting.means_less("true\n") && !setting.means_less(""));
        let setting = Setting { tool: &[], answer: "0" };
        assert!(setting.means_less("    MinAnimate    REG_SZ    0\r\n"));
        assert!(!setting.is_wished(), "no tool, no wish");
    }
}
