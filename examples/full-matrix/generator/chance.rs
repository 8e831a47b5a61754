//! Reproducible random numbers: SplitMix64 (Steele, Lea & Flood 2014), seeded.

/// A stream of numbers that depends only on its seed.
pub struct Chance(u64);

impl Chance {
    /// Starts a stream.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        // 53 bits fill the mantissa, so the division is exact.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A factor between 1 − `spread` and 1 + `spread`; values near 1 are likelier.
    pub fn around(&mut self, spread: f64) -> f64 {
        1.0 + spread * (self.unit() + self.unit() - 1.0)
    }

    /// A whole number with mean `expected`: rounds up with the probability of the fraction.
    pub fn whole(&mut self, expected: f64) -> i64 {
        (expected + self.unit()).floor() as i64
    }
}
