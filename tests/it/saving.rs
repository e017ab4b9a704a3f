//! Saving on a bad day: a full disk, a folder that is gone, a file with two names; and the earlier
//! versions that each save keeps.

use std::fs::{self, File};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lunette::files::backups::{MOST, backups_of, keep};
use lunette::files::save::{save, write_atomic};
use lunette::formats::native::write;
use tempfile::TempDir;

use crate::support::{kitchen_sink, small};

/// A disk on which a file may only have so many blocks: saving fails at any of them, says so, and
/// leaves the file whole and the folder clean.
#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_old_file_whole() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("all.lunette.json");
    let text = write(&kitchen_sink());
    fs::write(&path, &text).unwrap();
    for blocks in [0, 1, 2, 8, 16] {
        assert!(blocks * 512 < text.len(), "the file would fit");
        let lunette = env!("CARGO_BIN_EXE_lunette");
        let script = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{lunette}' layout all.lunette.json -o all.lunette.json"
        );
        let run =
            Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
        let messages = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{messages}");
        assert!(messages.contains("cannot write `all.lunette.json`: "), "{messages}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let folder = TempDir::new().unwrap();
    let gone = folder.path().join("gone");
    let error = save(&small::tables(), &gone.join("x.lunette.json")).unwrap_err().to_string();
    assert!(error.contains("cannot write `") && error.contains("gone"), "{error}");
    assert!(!gone.exists());
}

#[cfg(unix)]
#[test]
fn a_file_with_two_names_keeps_both() {
    use std::os::unix::fs::MetadataExt as _;

    let folder = TempDir::new().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    for (old, new) in [("long before", "new"), ("old", "long after")] {
        fs::write(&one, old).unwrap();
        let _ = fs::hard_link(&one, &other);
        write_atomic(&one, new.as_bytes()).unwrap();
        assert_eq!([&one, &other].map(|path| fs::read_to_string(path).unwrap()), [new, new]);
        assert_eq!(fs::metadata(&one).unwrap().nlink(), 2);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

#[test]
fn each_save_keeps_what_it_replaces() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("kept");
    let path = folder.path().join("x.lunette.json");
    keep(&kept, &path).unwrap();
    assert_eq!(backups_of(&kept, &path), [], "there is nothing yet");

    let begin = UNIX_EPOCH + Duration::from_hours(480_000);
    let save_at = |minutes: u64| {
        keep(&kept, &path).unwrap();
        fs::write(&path, minutes.to_string()).unwrap();
        let when = begin + Duration::from_mins(minutes);
        File::options().write(true).open(&path).unwrap().set_modified(when).unwrap();
    };
    save_at(0);
    save_at(1);
    keep(&kept, &path).unwrap();
    keep(&kept, &path).unwrap();
    let minutes_of = |saved: SystemTime| saved.duration_since(begin).unwrap().as_secs() / 60;
    let found = backups_of(&kept, &path);
    let texts: Vec<_> = found.iter().map(|one| fs::read_to_string(&one.path).unwrap()).collect();
    assert_eq!(texts, ["1", "0"], "each version once");

    for minutes in 2..300 {
        save_at(minutes);
    }
    let ages: Vec<_> =
        backups_of(&kept, &path).iter().map(|one| 298 - minutes_of(one.saved)).collect();
    assert_eq!((ages.len(), ages[0], ages[MOST - 1]), (MOST, 0, 298));
    assert!(ages[1] <= 2 && ages[2] <= 8, "what is new is close together: {ages:?}");
    let ratios = ages[1..].windows(2).map(|pair| pair[1] as f64 / pair[0] as f64);
    assert!(ratios.fold(0.0, f64::max) <= 4.0, "nothing is missed for long: {ages:?}");
}
