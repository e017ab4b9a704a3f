//! The real compiler takes what the target `typescript` writes, as strictly as it can.

use std::fs;

use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::formats::typescript::TYPESCRIPT;

use crate::models::every_project;
use crate::support::node::{run_tsc, workspace};
use crate::support::write_files;

const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
    "isolatedModules": true, "noEmit": true, "types": [], "target": "es2022",
    "module": "preserve", "moduleResolution": "bundler"
  },
  "include": ["**/*.ts"]
}"#;

/// What the types of the small model are to mean; a wrong one does not compile.
const USAGE: &str = r"
import type * as usual from './usual/small_documents/small-documents.ts';
import * as other from './other/small_documents/small-documents.ts';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const sure = <T extends true>(value?: T) => value;
sure<Same<usual.Todo['title'], string>>();
sure<Same<usual.Todo['status'], 'open' | 'done' | undefined>>();
sure<Same<usual.Todo['createdAt'], Date>>();
sure<Same<usual.Todo['createdBy'], string>>();
sure<Same<other.Todo['status'], 'open' | 'done' | null>>();
sure<Same<other.Todo['createdAt'], string>>();
sure<Same<other.Todo['createdBy'], other.User>>();
sure<Same<other.Todo['helpers'], other.User[] | null>>();
export const open: other.Status = other.Status.Open;
";

#[test]
fn every_model_compiles_in_every_style() {
    let folder = workspace();
    let styles: [(&str, &[(&str, &str)]); 3] = [
        ("usual", &[]),
        (
            "other",
            &[
                ("absent", "null"),
                ("dates", "string"),
                ("enums", "const"),
                ("references", "object"),
                ("big_numbers", "native"),
            ],
        ),
        ("both", &[("absent", "both"), ("references", "object")]),
    ];
    for (style, options) in styles {
        let options = Options::parse(&TYPESCRIPT, options.iter().copied()).unwrap();
        for (name, project) in every_project() {
            let exported = exporter("typescript").unwrap().export(&project, &options);
            write_files(&exported.files, &folder.path().join(style).join(name));
        }
    }
    fs::write(folder.path().join("usage.ts"), USAGE).unwrap();
    let allow_endings =
        TSCONFIG.replace("\"noEmit\"", "\"allowImportingTsExtensions\": true, \"noEmit\"");
    fs::write(folder.path().join("tsconfig.json"), allow_endings).unwrap();
    run_tsc(folder.path(), &["--project", "tsconfig.json"]).unwrap();
}
