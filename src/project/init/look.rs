//! The look of a body: colours, logo, fonts and page, as they are written into a new profile.

use std::path::Path;

use super::super::{Project, brand};
use crate::diag::{Code, Diagnostic, Message, Place, Result};
use crate::files::shipped;
use crate::output::File;

/// Where the commented example of a look is, for a project without one.
const EXAMPLE: &str = "brand.toml";

/// A look.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The keys of `[brand]`, in order.
    brand: Vec<(&'static str, toml::Value)>,
    /// The files beside `profile.toml`: logo, fonts, Typst.
    files: Vec<File>,
}

impl Look {
    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.brand.is_empty() && self.files.is_empty()
    }

    /// Sets the colour of headings, large numbers and links, which must be readable on paper.
    pub fn set_accent(&mut self, colour: &str) -> Result<()> {
        let colour = brand::legible(colour, Place::option("accent", colour), brand::TEXT_CONTRAST)?;
        self.set("accent", colour.into());
        Ok(())
    }

    /// Sets the logo, which must be a picture.
    pub fn set_logo(&mut self, path: &Path, bytes: Vec<u8>) -> Result<()> {
        let refuse = |why: Message| {
            Diagnostic::error(
                Code::K0011,
                message!("`{path}` cannot be a logo", path = path.display()),
            )
            .at(Place::option("logo", path.display()))
            .note(why)
            .hint(message!("name an SVG, PNG or JPEG file"))
        };
        let kind = brand::picture_kind(&path.to_string_lossy())
            .ok_or_else(|| vec![refuse(message!("its name ends otherwise"))])?;
        brand::check_picture(kind, &bytes).map_err(|why| vec![refuse(why)])?;
        let name = format!("logo.{kind}");
        self.set("logo", name.clone().into());
        self.put(name, bytes);
        Ok(())
    }

    /// The look of another project.
    pub fn of(project: &Project) -> Result<Self> {
        let mut look = Self::default();
        let brand = &project.brand;
        for (key, value) in [
            ("accent", &brand.accent),
            ("gain", &brand.gain),
            ("loss", &brand.loss),
            ("quiet", &brand.quiet),
            ("ink", &brand.ink),
            ("font", &brand.font),
        ] {
            look.set(key, value.clone().into());
        }
        look.set("signed-colours", brand.signed_colours.into());
        if let Some(logo) = &project.logo {
            let name = logo.path.trim_start_matches('/').to_owned();
            look.set("logo", name.clone().into());
            look.set("logo-height", logo.height_mm.into());
            look.put(name, logo.bytes.bytes().to_vec());
        }
        let sources = project.layered();
        for font in &project.fonts {
            let name = font.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = sources.read(font).map_err(|error| {
                let message =
                    message!("`{font}` cannot be read: {error}", font = font.display(), error);
                vec![Diagnostic::error(Code::K0001, message).at(Place::Path(font.clone()))]
            })?;
            look.put(format!("fonts/{name}"), bytes.bytes().to_vec());
        }
        // The page: what the project or its profile has instead of the shipped files.
        for (name, text) in sources.typst_files()? {
            if !text.path.to_string_lossy().starts_with(shipped::ROOT) {
                look.put(name.trim_start_matches('/').to_owned(), text.text.as_bytes().to_vec());
            }
        }
        Ok(look)
    }

    fn set(&mut self, key: &'static str, value: toml::Value) {
        self.brand.retain(|(known, _)| *known != key);
        self.brand.push((key, value));
    }

    fn put(&mut self, name: String, bytes: Vec<u8>) {
        // A logo replaces one of another kind.
        let is_logo = |name: &str| name.starts_with("logo.");
        self.files.retain(|file| file.name != name && !(is_logo(&name) && is_logo(&file.name)));
        self.files.push(File { name, bytes });
    }

    /// `[brand]` of the new profile; a commented example if nothing is set.
    pub(super) fn written(&self) -> String {
        if self.brand.is_empty() {
            return shipped::starter(EXAMPLE).unwrap_or_default();
        }
        let lines = self.brand.iter().map(|(key, value)| format!("{key} = {value}\n"));
        format!("[brand]\n{}", lines.collect::<String>())
    }

    /// The files in the folder of the new profile.
    pub(super) fn files_in(&self, folder: &str) -> Vec<File> {
        let named = |file: &File| File {
            name: format!("{folder}/{}", file.name),
            bytes: file.bytes.clone(),
        };
        self.files.iter().map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_on_paper_or_is_no_picture_is_refused() {
        let mut look = Look::default();
        assert_eq!(look.set_accent("#EEEEEE").unwrap_err()[0].code, Code::K0009);
        assert_eq!(look.set_accent("red").unwrap_err()[0].code, Code::K0007);
        let mut refused = |name: &str, bytes: &[u8]| {
            look.set_logo(Path::new(name), bytes.to_vec()).unwrap_err()[0].code
        };
        assert_eq!(refused("logo.gif", b"GIF89a"), Code::K0011);
        assert_eq!(refused("logo.png", b"<svg/>"), Code::K0011);
        assert!(look.is_empty());
        look.set_logo(Path::new("a/Our.SVG"), b"<svg xmlns=''/>".to_vec()).unwrap();
        assert_eq!(look.files_in("p")[0].name, "p/logo.svg");
        assert!(look.written().contains("logo = \"logo.svg\""));
    }
}
