//! Files as a project: their format is chosen by their names, then by their content.
//!
//! A folder stands for the files in it, and a file may speak of others that belong to the whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{self, Path, PathBuf};

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::files::FileError;
use crate::formats::registry::IMPORTERS;
use crate::formats::sources::{Source, Sources};
use crate::formats::{self, Importer};

/// How many files one import reads, so that a folder too many comes to an end.
const MOST_FILES: usize = 10_000;

/// How deep a folder is looked into.
const DEEPEST: usize = 32;

/// Folders of other people's code, beside those that are hidden.
const FOREIGN_FOLDERS: [&str; 3] = ["node_modules", "target", "vendor"];

/// What files held.
#[derive(Debug)]
pub struct Loaded {
    /// What was understood.
    pub project: Project,
    /// What was not.
    pub diagnostics: Vec<Diagnostic>,
    /// The format they were read with.
    pub importer: &'static dyn Importer,
    /// What was read, as places in the diagnostics count it.
    pub sources: Sources,
}

/// Reads a file or folder in the format that its name or its content tells.
pub fn load(path: &Path) -> Result<Loaded, FileError> {
    let sources = Sources::from(sources_at(path, None)?);
    let importer = format_of(&sources)?;
    Ok(import(sources, importer, &project_name(path)))
}

/// Reads these texts and those that they speak of as one project.
pub fn import(mut sources: Sources, importer: &'static dyn Importer, name: &str) -> Loaded {
    add_wanted(&mut sources, importer);
    let imported = formats::read(importer, &sources, name);
    Loaded { project: imported.project, diagnostics: imported.diagnostics, importer, sources }
}

/// The one format of all these texts.
pub fn format_of(sources: &Sources) -> Result<&'static dyn Importer, FileError> {
    let wholes = by_format(sources.iter().cloned().collect())?;
    match wholes.as_slice() {
        [] => Err(FileError::NothingToRead),
        [(only, _)] => Ok(*only),
        [(first, _), (second, _), ..] => {
            let formats = [first.info().name, second.info().name];
            Err(FileError::MixedFormats { formats })
        }
    }
}

/// What is to be read with an importer, as one whole.
pub type Whole = (&'static dyn Importer, Sources);

/// The texts of each format as one whole, in the order of their first texts.
pub fn by_format(sources: Vec<Source>) -> Result<Vec<Whole>, FileError> {
    let mut wholes: Vec<Whole> = Vec::new();
    for source in sources {
        let Some(importer) = importer_for(&source.path, &source.text) else {
            return Err(FileError::UnknownFormat { path: PathBuf::from(&source.path) });
        };
        let id = importer.info().id;
        match wholes.iter_mut().find(|(one, _)| one.info().id == id) {
            Some((_, whole)) => whole.push(source),
            None => wholes.push((importer, Sources::from(vec![source]))),
        }
    }
    Ok(wholes)
}

/// The text of a file, or the texts of the files in a folder: those of that format, or else all
/// that some format recognizes.
pub fn sources_at(
    path: &Path,
    importer: Option<&'static dyn Importer>,
) -> Result<Vec<Source>, FileError> {
    if !path.is_dir() {
        return Ok(vec![read_source(path)?]);
    }
    let mut files = Vec::new();
    files_in(path, 0, &mut files)?;
    let is_wanted = |source: &Source| match importer {
        Some(_) => true,
        None => IMPORTERS.iter().any(|importer| importer.recognizes(&source.text)),
    };
    let of_format = files.into_iter().filter(|file| {
        let named = importers_named(&file_name(file).to_lowercase());
        named.iter().any(|one| importer.is_none_or(|only| only.info().id == one.info().id))
    });
    // What is no text in a folder is none of ours.
    let texts = of_format.filter_map(|file| read_source(&file).ok());
    let sources: Vec<_> = texts.filter(is_wanted).collect();
    if sources.is_empty() {
        return Err(FileError::EmptyFolder { path: path.to_owned() });
    }
    Ok(sources)
}

fn read_source(path: &Path) -> Result<Source, FileError> {
    Ok(Source { path: shown(path), text: read_text(path)? })
}

/// A path with `/` between its parts.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(path::MAIN_SEPARATOR, "/")
}

/// The files in a folder and the folders in it, in order of their names; links are not followed.
fn files_in(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), FileError> {
    let fail = |source| FileError::read(folder, source);
    let entries = fs::read_dir(folder).map_err(fail)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(fail)?;
        if name.starts_with('.') || files.len() >= MOST_FILES {
            continue;
        }
        if kind.is_file() {
            files.push(entry.path());
        } else if kind.is_dir() && depth < DEEPEST && !FOREIGN_FOLDERS.contains(&name.as_str()) {
            files_in(&entry.path(), depth + 1, files)?;
        }
    }
    Ok(())
}

/// Adds the files that these texts speak of, and the files that those speak of.
fn add_wanted(sources: &mut Sources, importer: &dyn Importer) {
    let mut known: BTreeSet<String> = sources.iter().map(|source| source.path.clone()).collect();
    let mut next = 0;
    while let Some(source) = sources.get(next) {
        next += 1;
        for candidates in importer.wants(source) {
            if sources.len() >= MOST_FILES || candidates.iter().any(|path| known.contains(path)) {
                continue;
            }
            let found = candidates.iter().find(|path| Path::new(path).is_file());
            let Some(source) = found.and_then(|path| read_source(Path::new(path)).ok()) else {
                continue;
            };
            known.insert(source.path.clone());
            sources.push(source);
        }
    }
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
