//! Saving on a bad day: a full disk, a folder that is gone, a file with two names; and the earlier
//! versions that each save keeps.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lunette::files::FileError;
use lunette::files::backups::{MOST, backups_of, keep};
use lunette::files::save::{Expected, Step, save, save_over, write_atomic};
use lunette::files::stamp::Stamp;
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

/// A disk that refuses one step of the save: the error names the file, and the file holds the old
/// content, or the new one where only the last step of all is refused.
#[test]
fn a_disk_that_refuses_any_step_leaves_the_file_whole() {
    for step in Step::ALL {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("x.lunette.json");
        save(&small::tables(), &path).unwrap();
        let before = Stamp::of(&path).unwrap().unwrap();
        let kept = folder.path().join("kept");
        let seen = RefCell::new(Vec::new());
        let gate = |at: Step| {
            seen.borrow_mut().push(at);
            if at == step { Err(io::Error::other("the disk is on fire")) } else { Ok(()) }
        };
        let expected = Expected::Content(before);
        let result = save_over(&kitchen_sink(), &path, expected, Some(&kept), &gate);
        let is_old = fs::read_to_string(&path).unwrap() == write(&small::tables());
        let is_new = fs::read_to_string(&path).unwrap() == write(&kitchen_sink());
        match step {
            Step::Backup => {
                let lost = result.unwrap().without_backup.unwrap().to_string();
                assert!(lost.contains("kept") && lost.contains("the disk is on fire"), "{lost}");
                assert!(is_new, "a save is not given up for an earlier version");
            }
            Step::Create | Step::Write | Step::SyncFile | Step::Replace | Step::SyncFolder => {
                let error = result.unwrap_err().to_string();
                let told = format!("cannot write `{}`: the disk is on fire", path.display());
                assert_eq!(error, told);
                assert!(if step == Step::SyncFolder { is_new } else { is_old }, "{step:?}");
            }
        }
        assert_eq!(
            seen.borrow().last(),
            Some(&step).filter(|one| **one != Step::Backup).or(Some(&Step::SyncFolder))
        );
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 1 + usize::from(kept.exists()), "nothing unfinished stays");
    }
}

#[test]
fn what_somebody_else_wrote_is_not_saved_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.lunette.json");
    let save_as = |expected| save_over(&small::tables(), &path, expected, None, &|_| Ok(()));
    let first = save_as(Expected::Nothing).unwrap().stamp;
    assert!(matches!(save_as(Expected::Nothing), Err(FileError::Changed { .. })));
    assert!(first.looks_the_same(&path));
    let second = save_as(Expected::Content(first)).unwrap().stamp;
    assert_eq!(first, second, "the same content at another time");
    fs::write(&path, "other").unwrap();
    assert!(!second.looks_the_same(&path));
    assert!(matches!(save_as(Expected::Content(second)), Err(FileError::Changed { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "other");
    fs::remove_file(&path).unwrap();
    save_as(Expected::Content(second)).unwrap();
    assert!(save_as(Expected::Anything).is_ok());
}

/// A whole disk that is full, where this machine lets a test mount one for itself.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_is_full_leaves_the_old_file_whole() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("old.json"), write(&kitchen_sink())).unwrap();
    let script = "mkdir disk && mount -t tmpfs -o size=64k tmpfs disk || exit 77
        cp old.json disk/all.lunette.json && cd disk || exit 78
        head -c 1000000 /dev/zero > rest 2>/dev/null
        \"$1\" layout all.lunette.json -o all.lunette.json; status=$?
        cmp all.lunette.json ../old.json || exit 79
        [ \"$(ls -A | wc -l)\" = 2 ] || exit 80
        exit $status";
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_lunette")]);
    let Ok(run) = command.current_dir(folder.path()).output() else { return };
    let messages = String::from_utf8_lossy(&run.stderr);
    if run.status.code() == Some(77) || messages.starts_with("unshare:") {
        return;
    }
    assert_eq!(run.status.code(), Some(2), "{messages}");
    assert!(messages.contains("cannot write `all.lunette.json`: No space left"), "{messages}");
}
