//! Executes the blocks of a page.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use regex::Regex;

use super::page::{Block, Kind, Page};

/// The output of commands, with what the page shows.
pub struct Reported {
    /// The page.
    pub page: String,
    /// The index of the block that shows it.
    pub block: usize,
    /// Its file and line.
    pub place: String,
    /// The text in the page.
    pub shown: String,
    /// The actual output.
    pub printed: String,
}

impl Reported {
    /// Whether both are equal, except for variable parts.
    pub fn fits(&self) -> bool {
        pattern(&self.shown).is_match(&even(&self.printed))
    }

    /// Both texts, for comparison.
    pub fn problem(&self) -> String {
        format!("{}: shows\n{}\n-- printed is\n{}", self.place, self.shown, self.printed)
    }
}

/// Executes a chapter in a folder; returns the folder in which it ends.
pub fn chapter(page: &Page, root: &Path, reported: &mut Vec<Reported>) -> Result<PathBuf, String> {
    let mut folder = root.to_path_buf();
    let mut printed: Option<String> = None;
    for (index, block) in page.blocks.iter().enumerate() {
        match block.kind()? {
            Kind::Commands(Some(code)) => printed = Some(commands(block, code, &mut folder)?),
            Kind::Commands(None) => {
                let next = page.blocks.get(index + 1);
                printed = Some(until(block, next.map_or("", |next| &next.content), &folder)?);
            }
            Kind::Printed => {
                let printed = printed.take().ok_or(format!("{}: no command above", block.place))?;
                reported.push(Reported {
                    page: page.name.clone(),
                    block: index,
                    place: block.place.clone(),
                    shown: block.content.clone(),
                    printed,
                });
            }
            Kind::Shown => {}
            Kind::File(path) => write(&folder.join(path), &block.content)?,
            Kind::Add(path) => {
                let path = folder.join(path);
                write(&path, &(read(&path)? + &block.content))?;
            }
            Kind::Set(path) => {
                let path = folder.join(path);
                let text = set(&read(&path)?, &block.content);
                write(&path, &text.map_err(|problem| format!("{}: {problem}", block.place))?)?;
            }
        }
    }
    Ok(folder)
}

/// Runs the commands of a block, which must end with an exit code; returns their output.
fn commands(block: &Block, code: i32, folder: &mut PathBuf) -> Result<String, String> {
    let mut printed = String::new();
    for line in block.content.lines() {
        let problem = |what: &str| format!("{}: `{line}` {what}\n{printed}", block.place);
        match words(line).split_first() {
            Some((name, arguments)) if name == "kosh" => {
                let (mut reader, writer) = std::io::pipe().unwrap();
                let mut child = kosh(arguments, folder)
                    .stdout(writer.try_clone().unwrap())
                    .stderr(writer)
                    .spawn()
                    .unwrap();
                reader.read_to_string(&mut printed).unwrap();
                let status = child.wait().unwrap();
                if status.code() != Some(code) {
                    return Err(format!("{}: `{line}` {status}\n{printed}", block.place));
                }
            }
            Some((name, [to])) if name == "cd" => {
                *folder = folder.join(to);
                if !folder.is_dir() {
                    return Err(problem("leads nowhere"));
                }
            }
            _ => return Err(problem("is no command that this test knows")),
        }
    }
    Ok(printed)
}

/// The output of a command that keeps running, up to what the page shows.
fn until(block: &Block, shown: &str, folder: &Path) -> Result<String, String> {
    let words = words(block.content.trim());
    let Some((name, arguments)) = words.split_first().filter(|(name, _)| *name == "kosh") else {
        return Err(format!("{}: one command `kosh …` is meant", block.place));
    };
    assert_eq!(name, "kosh");
    let log = folder.join(".printed");
    let file = fs::File::create(&log).unwrap();
    let mut child =
        kosh(arguments, folder).stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
    let started = Instant::now();
    let printed = loop {
        std::thread::sleep(Duration::from_millis(50));
        let printed = read(&log).unwrap_or_default();
        let is_over = child.try_wait().unwrap().is_some();
        if is_over
            || started.elapsed() > Duration::from_secs(30)
            || pattern(shown).is_match(&even(&printed))
        {
            break printed;
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    fs::remove_file(&log).unwrap();
    Ok(printed)
}

/// The help text of a command.
pub fn help(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kosh"))
        .env("KOSH_LANG", "en")
        .args([command, "--help"])
        .output()
        .unwrap();
    assert!(output.status.success(), "there is no `kosh {command}`");
    String::from_utf8(output.stdout).unwrap()
}

fn kosh(arguments: &[String], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kosh"));
    command.env("KOSH_LANG", "en");
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// Splits a command line into words; quotation marks keep words together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut is_quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().expect("there is one from the start").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Replaces lines `key = value` by those with the same keys.
fn set(text: &str, with: &str) -> Result<String, String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    for line in with.lines() {
        let name = key(line).ok_or(format!("`{line}` sets no key"))?;
        let mut found = lines.iter_mut().filter(|old| key(old).as_deref() == Some(name.as_str()));
        match (found.next(), found.next()) {
            (Some(old), None) => *old = line.to_owned(),
            (None, _) => return Err(format!("no line sets `{name}`")),
            (Some(_), Some(_)) => return Err(format!("several lines set `{name}`")),
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// The text of a page as a pattern for the output.
fn pattern(shown: &str) -> Regex {
    let lines = even(shown);
    let lines = lines.lines().map(|line| match line {
        "..." => r"(?:.*\n)*?".to_owned(),
        line => regex::escape(line).replace(r"\.\.\.", ".*") + r"\n",
    });
    Regex::new(&format!("^{}$", lines.collect::<String>())).expect("what is escaped is a pattern")
}

/// Removes spaces at the ends of lines, and empty lines at the ends of the text.
fn even(text: &str) -> String {
    let text = text.replace("./output/", "output/");
    let lines: Vec<&str> = text.trim_matches('\n').lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().expect("a file lies in a folder");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|e| format!("{}: {e}", path.display()))
}
