//! The zip file of a workbook: its parts by name, each read through a bound.

use std::io::{Cursor, Read, Take};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::fault::{Fault, Outcome};
use super::xml::{Attributes, Bounded, Xml};

/// Bytes of a part that are unpacked.
const MOST_OF_A_PART: u64 = 512 << 20;
/// Bytes of all parts that are unpacked.
const MOST_OF_ALL: u64 = 1 << 30;
/// Parts that a file may have.
const MOST_PARTS: usize = 100_000;

/// A zip file.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// A part that another names.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// The name by which the other part calls it.
    pub(super) id: String,
    /// What it is: the last word of its type, such as `worksheet`.
    pub(super) kind: String,
    /// Its name in the zip file.
    pub(super) target: String,
}

/// The bytes of a part while they are unpacked.
pub(super) type Part<'p, 'a> = Bounded<Take<ZipFile<'p, Cursor<&'a [u8]>>>>;

impl<'a> Package<'a> {
    /// Reads the list of parts.
    pub(super) fn open(bytes: &'a [u8]) -> Outcome<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Fault::Broken(message!("the zip file cannot be read: {error}", error))
        })?;
        match archive.len() > MOST_PARTS {
            true => Err(Fault::TooLarge(message!(
                "it has more than {most_parts} parts",
                most_parts = MOST_PARTS
            ))),
            false => Ok(Self { archive, left: MOST_OF_ALL }),
        }
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Names count without case, as some programs write them differently.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            let same = |other: &[u8]| other.eq_ignore_ascii_case(name.as_bytes());
            self.archive.file_names_raw().position(same)
        })
    }

    /// The part of this name.
    pub(super) fn part<'p>(&'p mut self, name: &str) -> Outcome<Xml<Part<'p, 'a>>> {
        let Some(index) = self.index(name) else {
            return Err(Fault::Broken(message!("the part {name} is missing", name)));
        };
        let file = self.archive.by_index(index).map_err(|error| {
            Fault::Broken(message!("{name} cannot be unpacked: {error}", name, error))
        })?;
        let mib = MOST_OF_A_PART >> 20;
        if file.size() > MOST_OF_A_PART {
            return Err(Fault::TooLarge(message!(
                "{name} has more than {mib} MiB unpacked",
                name,
                mib
            )));
        }
        // What the list says of a size may be wrong, so what comes out is counted too.
        let claimed = file.size();
        if claimed > self.left {
            let gib = MOST_OF_ALL >> 30;
            return Err(Fault::TooLarge(message!(
                "its parts have more than {gib} GiB unpacked",
                gib
            )));
        }
        self.left -= claimed;
        Ok(Xml::new(name, Bounded::new(file.take(claimed.saturating_add(1))), claimed))
    }

    /// Whether all parts together are as small as they may be, by what the file says of them.
    pub(super) fn check_sizes(&mut self) -> Outcome<()> {
        let mut all = 0_u64;
        for index in 0..self.archive.len() {
            let file = self.archive.by_index(index).map_err(|error| {
                Fault::Broken(message!("the zip file cannot be read: {error}", error))
            })?;
            all = all.saturating_add(file.size());
        }
        match all > MOST_OF_A_PART {
            true => {
                let mib = MOST_OF_A_PART >> 20;
                Err(Fault::TooLarge(message!("its parts have more than {mib} MiB unpacked", mib)))
            }
            false => Ok(()),
        }
    }

    /// The parts that a part names; those of the whole file for an empty name.
    pub(super) fn relations(&mut self, of: &str) -> Outcome<Vec<Relation>> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        if !self.has(&name) {
            return Ok(vec![]);
        }
        let mut xml = self.part(&name)?;
        let mut relations = vec![];
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag)
                    if tag.local_name().as_ref() == b"Relationship" =>
                {
                    let attributes = Attributes::of(&tag);
                    let is_outside = attributes.text("TargetMode").as_deref() == Some("External");
                    let target = attributes.text("Target").unwrap_or_default();
                    let kind = attributes.text("Type").unwrap_or_default();
                    if !is_outside && relations.len() < MOST_PARTS {
                        relations.push(Relation {
                            id: attributes.text("Id").unwrap_or_default(),
                            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                            target: resolved(folder, &target),
                        });
                    }
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// The name of a part as it is called from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let absolute = target.strip_prefix('/');
    let start = if absolute.is_some() { "" } else { folder };
    let mut names: Vec<&str> = start.split('/').filter(|name| !name.is_empty()).collect();
    for name in absolute.unwrap_or(target).split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_called_from_its_folder_or_from_the_root() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/worksheets", "../../../media/a.png"), "media/a.png");
    }
}
