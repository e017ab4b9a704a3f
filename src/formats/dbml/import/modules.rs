//! Modules: `use * from './file'`, `use { table a.b as c } from './file'`, `reuse …`.
//!
//! Texts that speak of each other are one whole, so all of a used text is read; what is left of
//! `use` is the names it gives.

use crate::formats::dbml::import::cursor::Cursor;
use crate::formats::dbml::import::facts::Facts;
use crate::formats::dbml::import::lexer::lex;
use crate::formats::dbml::import::table::qualified;
use crate::formats::dbml::import::tree::{Part, lines};
use crate::formats::sources::{Source, path_from};

/// Reads what follows the word `use` or `reuse`; gives the path.
pub(super) fn use_of(facts: &mut Facts, mut cursor: Cursor<'_, '_>) -> Option<String> {
    let span = cursor.span();
    let list = cursor.block();
    let is_all = list.is_none() && cursor.sign('*');
    let path = Some(()).filter(|()| cursor.keyword("from")).and_then(|()| cursor.text());
    if path.is_none() || list.is_none() && !is_all {
        let hint = "write `use * from './file'` or `use { table a } from './file'`";
        facts.error("this uses nothing", hint, span);
        return path;
    }
    for line in list.map(|block| block.lines.as_slice()).unwrap_or_default() {
        for piece in line.parts.split(|part| part.is_sign(',')).filter(|piece| !piece.is_empty()) {
            let mut cursor = Cursor::new(piece, line.span());
            cursor.name();
            let Some(name) = qualified(cursor.path()) else {
                let hint = "write `table name` or `enum name`";
                facts.error("this names nothing to use", hint, line.span());
                continue;
            };
            if let Some(alias) =
                Some(()).filter(|()| cursor.keyword("as")).and_then(|()| qualified(cursor.path()))
            {
                facts.aliases.push((alias, name));
            }
        }
    }
    path
}

/// The texts that a text uses: for each the paths under which it may be found.
pub(super) fn wanted(source: &Source) -> Vec<Vec<String>> {
    if !source.text.contains("from") {
        return Vec::new();
    }
    let (lines, _) = lines(lex(&source.text, 0).tokens);
    let mut wanted = Vec::new();
    let mut facts = Facts::default();
    for line in &lines {
        let mut cursor = Cursor::new(&line.parts, line.span());
        if (cursor.keyword("use") || cursor.keyword("reuse"))
            && !matches!(cursor.peek(), Some(Part::Tuple(_)))
            && let Some(path) = use_of(&mut facts, cursor)
        {
            wanted.push(candidates(&source.path, &path));
        }
    }
    wanted
}

/// The paths under which a used text may be found.
pub(super) fn candidates(from: &str, path: &str) -> Vec<String> {
    let Some(plain) = path_from(from, path) else { return Vec::new() };
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if matches!(ending.as_deref(), Some("dbml" | "xdbml")) {
        return vec![plain];
    }
    vec![format!("{plain}.dbml"), format!("{plain}.xdbml"), plain]
}
