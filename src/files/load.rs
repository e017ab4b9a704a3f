//! A file as a project: its format is chosen by its name, then by its content.

use std::fs;
use std::path::Path;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::files::FileError;
use crate::formats::Importer;
use crate::formats::registry::IMPORTERS;

/// What a file held.
#[derive(Debug)]
pub struct Loaded {
    /// What was understood.
    pub project: Project,
    /// What was not.
    pub diagnostics: Vec<Diagnostic>,
    /// The format it was read with.
    pub importer: &'static dyn Importer,
}

/// Reads a file in the format that its name or its content tells.
pub fn load(path: &Path) -> Result<Loaded, FileError> {
    let text = read_text(path)?;
    let Some(importer) = importer_for(&file_name(path), &text) else {
        return Err(FileError::UnknownFormat { path: path.to_owned() });
    };
    Ok(load_text(&text, &project_name(path), importer))
}

/// Reads a file in that format.
pub fn load_as(path: &Path, importer: &'static dyn Importer) -> Result<Loaded, FileError> {
    Ok(load_text(&read_text(path)?, &project_name(path), importer))
}

fn load_text(text: &str, name: &str, importer: &'static dyn Importer) -> Loaded {
    let imported = importer.import(text, name);
    Loaded { project: imported.project, diagnostics: imported.diagnostics, importer }
}

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as some database tools write it.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|source| FileError::read(path, source))?;
    text_from_bytes(bytes).map_err(|line| FileError::NotText { path: path.to_owned(), line })
}

/// The text of these bytes without its byte order mark, or the first line that is not text.
pub fn text_from_bytes(bytes: Vec<u8>) -> Result<String, usize> {
    let wide = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
        [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
        _ => None,
    };
    if let Some((rest, unit)) = wide {
        let (pairs, odd) = rest.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        return match String::from_utf16(&units) {
            Ok(text) if odd.is_empty() => Ok(text),
            Ok(_) | Err(_) => Err(1),
        };
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        valid.split(|byte| *byte == b'\n').count()
    })?;
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(rest.to_owned()),
        None => Ok(text),
    }
}

/// The format of a file: among those that its ending names, the first that recognizes the text;
/// else any that recognizes it; else the first that the ending names.
pub fn importer_for(file_name: &str, text: &str) -> Option<&'static dyn Importer> {
    let named = importers_named(&file_name.to_lowercase());
    named
        .iter()
        .chain(IMPORTERS)
        .find(|importer| importer.recognizes(text))
        .or_else(|| named.first())
        .copied()
}

/// The formats of the longest ending that any of them claims.
fn importers_named(file_name: &str) -> Vec<&'static dyn Importer> {
    let ending = |importer: &dyn Importer| {
        let endings = importer.info().extensions.iter();
        endings
            .filter(|ending| file_name.strip_suffix(*ending).is_some_and(|f| f.ends_with('.')))
            .map(|ending| ending.len())
            .max()
    };
    let longest = IMPORTERS.iter().filter_map(|importer| ending(*importer)).max();
    let is_named =
        |importer: &&'static dyn Importer| longest.is_some() && ending(*importer) == longest;
    IMPORTERS.iter().copied().filter(|importer| is_named(importer)).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a project is called after its file: the file's name up to the first dot.
pub fn project_name(path: &Path) -> String {
    let name = file_name(path);
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("Untitled");
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_in_three_encodings() {
        let wide = |unit: fn(u16) -> [u8; 2]| "\u{feff}ä\n".encode_utf16().flat_map(unit).collect();
        for bytes in [
            "ä\n".as_bytes().to_vec(),
            "\u{feff}ä\n".as_bytes().to_vec(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
        ] {
            assert_eq!(text_from_bytes(bytes).as_deref(), Ok("ä\n"));
        }
        assert_eq!(text_from_bytes(b"a\nb\xff".to_vec()), Err(2));
        assert_eq!(text_from_bytes(vec![0xff, 0xfe, 0x41]), Err(1));
    }

    #[test]
    fn a_project_is_called_like_its_file() {
        for (path, name) in [("/a/shop.lunette.json", "shop"), ("dump.sql", "dump"), (".x", "x")] {
            assert_eq!(project_name(Path::new(path)), name);
        }
    }
}
