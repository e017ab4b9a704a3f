//! The sample models, as files and as projects.

use std::fs;
use std::path::{Path, PathBuf};

use lunette::document::project::Project;
use lunette::formats::native::read;

/// One sample model.
pub(crate) struct Sample {
    /// Its name: that of its folder.
    pub(crate) name: String,
    /// Its file.
    pub(crate) path: PathBuf,
    /// The text of its file.
    pub(crate) text: String,
}

impl Sample {
    /// Its project.
    #[track_caller]
    pub(crate) fn project(&self) -> Project {
        let imported = read(&self.text, &self.name);
        assert_eq!(imported.diagnostics, [], "{}", self.name);
        imported.project
    }
}

/// All sample models, by name.
pub(crate) fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models");
    let mut samples: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("sample_models/{name}/{name}.lunette.json"));
            let text = fs::read_to_string(&path).unwrap();
            Sample { name, path, text }
        })
        .collect();
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    samples
}
