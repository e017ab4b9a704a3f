//! How a team writes its modules, so that what is exported looks like what was imported.

use std::collections::BTreeMap;

use crate::document::project::Settings;
use crate::formats::mongoose::import::code::Stated;
use crate::formats::mongoose::import::scope::Program;
use crate::formats::mongoose::import::sites::Sites;

/// Sets the options of the target to what the modules do.
pub(super) fn set(
    settings: &mut Settings,
    program: &Program<'_>,
    sites: &Sites<'_>,
    leads_back: bool,
) {
    let mut options = BTreeMap::new();
    let mut set = |key: &str, value: &str| options.insert(key.to_owned(), value.to_owned());
    let speaks: Vec<_> = sites.schemas.keys().map(|(module, _)| *module).collect();
    let is_typescript = speaks.iter().any(|module| {
        program.paths.get(*module).is_some_and(|path| {
            path.rsplit('.').next().is_some_and(|ending| matches!(ending, "ts" | "mts" | "cts"))
        })
    });
    let is_commonjs = speaks.iter().any(|module| {
        program.modules.get(*module).is_some_and(|module| {
            module.whole.is_some() || module.stated.iter().any(Stated::is_required)
        })
    });
    if is_typescript {
        set("module", "typescript");
    } else if is_commonjs {
        set("module", "commonjs");
    }
    if leads_back {
        set("virtuals", "true");
    }
    "mongoose".clone_into(&mut settings.target);
    if !options.is_empty() {
        settings.target_options.insert("mongoose".to_owned(), options);
    }
}
