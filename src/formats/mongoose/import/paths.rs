//! Where modules look for each other.

use crate::formats::sources::path_from;

/// Endings of modules, in the order in which they are looked for.
pub(super) const ENDINGS: [&str; 6] = ["ts", "js", "mts", "mjs", "cts", "cjs"];

/// The paths under which a module may stand that another one names, the likeliest first.
pub(super) fn candidates(from: &str, wanted: &str) -> Vec<String> {
    let is_relative =
        wanted.starts_with("./") || wanted.starts_with("../") || matches!(wanted, "." | "..");
    let Some(path) = path_from(from, wanted).filter(|_| is_relative) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some((stem, ending)) = path.rsplit_once('.')
        && ENDINGS.contains(&ending)
    {
        // TypeScript names the file that it will be compiled to.
        let source = ending.replace("js", "ts");
        found.push(path.clone());
        found.push(format!("{stem}.{source}"));
    }
    found.extend(ENDINGS.iter().map(|ending| format!("{path}.{ending}")));
    let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
    found.extend(ENDINGS.iter().map(|ending| format!("{folder}index.{ending}")));
    found
}

/// The only module that a path with an alias of the team can mean: `@/models/user`.
pub(super) fn find_alias(paths: &[&str], wanted: &str) -> Option<usize> {
    let (alias, rest) = wanted.split_once('/')?;
    let is_alias = matches!(alias, "@" | "~" | "#" | "src" | "app");
    if !is_alias && !alias.starts_with(['@', '#', '~']) {
        return None;
    }
    let endings = candidates("x", &format!("./{rest}"));
    let is_meant = |path: &str| {
        endings.iter().any(|ending| {
            path.strip_suffix(ending.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    };
    let mut meant = paths.iter().enumerate().filter(|(_, path)| is_meant(path));
    let (number, _) = meant.next()?;
    meant.next().is_none().then_some(number)
}

/// The paths that a text names after `from`, `import` and `require(`, found without parsing it.
pub(super) fn named_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for word in ["from", "import", "require"] {
        for (at, _) in text.match_indices(word) {
            let rest = text.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start();
            let rest = rest.strip_prefix('(').unwrap_or(rest).trim_start();
            let Some(quote @ ('\'' | '"' | '`')) = rest.chars().next() else { continue };
            let Some((path, _)) = rest.get(1..).unwrap_or_default().split_once(quote) else {
                continue;
            };
            if path.starts_with('.') && path.len() < 500 && !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_looked_for_where_node_and_typescript_do() {
        let found = candidates("src/models/user.ts", "./address.js");
        assert_eq!(found.first().map(String::as_str), Some("src/models/address.js"));
        assert!(found.contains(&"src/models/address.ts".to_owned()), "{found:?}");
        let found = candidates("models/user.js", "../enums");
        assert!(found.contains(&"enums.js".to_owned()), "{found:?}");
        assert!(found.contains(&"enums/index.js".to_owned()), "{found:?}");
        assert!(candidates("models/user.js", "validator").is_empty());
    }

    #[test]
    fn an_alias_means_the_only_file_of_that_path() {
        let paths = ["src/models/user.ts", "src/models/todo.ts"];
        assert_eq!(find_alias(&paths, "@/models/todo"), Some(1));
        assert_eq!(find_alias(&paths, "@/todo"), Some(1));
        assert_eq!(find_alias(&paths, "@/models"), None);
        assert_eq!(find_alias(&paths, "validator/lib"), None);
    }

    #[test]
    fn named_paths_are_found_in_every_spelling() {
        let text = "import a from './a'; const b = require( \"./b\" ); import './c'; import('../d')\n\
                    export * from `./e`; import x from 'mongoose'";
        assert_eq!(named_in(text), ["./a", "./e", "./c", "../d", "./b"]);
    }
}
