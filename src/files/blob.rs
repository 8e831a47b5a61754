//! Blobs: the content of a file, read once, shared, and identified by its hash.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::Utf8Error;
use std::sync::Arc;

/// The bytes of a file. Cloning is cheap; comparing and hashing use the hash instead of the bytes.
#[derive(Clone)]
pub struct Blob {
    held: Held,
    hash: blake3::Hash,
}

/// Text is kept as `str`, so that quoting it needs no copy.
#[derive(Clone)]
enum Held {
    Text(Arc<str>),
    Bytes(Arc<[u8]>),
}

impl Blob {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.held {
            Held::Text(text) => text.as_bytes(),
            Held::Bytes(bytes) => bytes,
        }
    }

    /// The bytes as text, or the position of the first invalid byte.
    pub fn text(&self) -> Result<Arc<str>, Utf8Error> {
        match &self.held {
            Held::Text(text) => Ok(text.clone()),
            Held::Bytes(bytes) => std::str::from_utf8(bytes).map(Arc::from),
        }
    }

    /// The hash of the bytes.
    pub fn hash(&self) -> blake3::Hash {
        self.hash
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        let hash = blake3::hash(&bytes);
        let held = match String::from_utf8(bytes) {
            Ok(text) => Held::Text(text.into()),
            Err(error) => Held::Bytes(error.into_bytes().into()),
        };
        Self { held, hash }
    }
}

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        self.bytes()
    }
}

impl PartialEq for Blob {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Blob {}

impl Hash for Blob {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.as_bytes().hash(state);
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({})", self.hash.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_its_bytes_whether_they_are_text_or_not() {
        for bytes in [&b""[..], "көш".as_bytes(), b"\xff\xfe\x00"] {
            let content = Blob::from(bytes.to_vec());
            assert_eq!(content.bytes(), bytes);
            assert_eq!(content.hash(), blake3::hash(bytes));
            let text = content.text();
            assert_eq!(text.as_deref().ok(), std::str::from_utf8(bytes).ok());
        }
        let (one, other) = (Blob::from(b"a".to_vec()), Blob::from(b"b".to_vec()));
        assert_ne!(one, other);
        assert_eq!(one, Blob::from(b"a".to_vec()));
    }
}
