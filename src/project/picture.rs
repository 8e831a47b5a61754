//! The size of a picture, from its first bytes, without decoding it.

use crate::diag::Message;

/// The largest number of pixels per side of a logo, and in total.
const SIDE: u32 = 10_000;
const PIXELS: u64 = 25_000_000;

/// The problem with the size of a PNG or JPEG file, if there is one.
pub(super) fn wrong_size(kind: &str, bytes: &[u8]) -> Option<Message> {
    let size = match kind {
        "png" => png(bytes),
        "svg" => return None,
        _ => jpeg(bytes),
    };
    let Some((width, height)) = size else {
        return Some(message!("its header does not contain its size"));
    };
    let is_fit = (1..=SIDE).contains(&width)
        && (1..=SIDE).contains(&height)
        && u64::from(width) * u64::from(height) <= PIXELS;
    (!is_fit).then(|| {
        message!(
            "it has {width} × {height} pixels; a logo must have 1 to {side} per side and at \
            most {pixels} in all",
            width,
            height,
            side = SIDE,
            pixels = PIXELS
        )
    })
}

/// The width and height in the header, which comes first.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let is_header = bytes.get(12..16)? == b"IHDR";
    is_header.then_some(())?;
    Some((number(16)?, number(20)?))
}

/// The width and height of the first frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        // A segment begins with one or several bytes 0xFF.
        (*bytes.get(at)? == 0xff).then_some(())?;
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xff => at += 1,
            // Markers without a length.
            0x01 | 0xd0..=0xd8 => at += 2,
            // Frame headers; the excluded markers are tables.
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(&marker) => {
                return Some((number(at + 7)?.into(), number(at + 5)?.into()));
            }
            _ => at += 2 + usize::from(number(at + 2)?.max(2)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
        bytes
    }

    #[test]
    fn a_png_is_measured_by_its_header() {
        assert_eq!(wrong_size("png", &png_of(1_200, 400)), None);
        assert!(wrong_size("png", &png_of(20_000, 20)).is_some());
        assert!(wrong_size("png", &png_of(9_000, 9_000)).is_some());
        assert!(wrong_size("png", &png_of(0, 100)).is_some());
        assert!(wrong_size("png", &png_of(1, 1)[..20]).is_some());
    }

    #[test]
    fn a_jpeg_is_measured_by_its_first_frame() {
        let with = |width: u16, height: u16| {
            let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8];
            bytes.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
            bytes
        };
        assert_eq!(jpeg(&with(640, 480)), Some((640, 480)));
        assert_eq!(wrong_size("jpg", &with(640, 480)), None);
        assert!(wrong_size("jpg", &with(60_000, 60_000)).is_some());
        assert!(wrong_size("jpg", &with(640, 480)[..10]).is_some());
    }
}
