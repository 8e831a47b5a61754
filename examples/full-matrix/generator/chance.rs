//! Chance that repeats itself: SplitMix64 (Steele, Lea & Flood 2014), seeded.

/// A stream of numbers that depends on its seed alone.
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

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        // 53 bits fill the mantissa, so the division is exact.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A factor around 1, at most `spread` away from it; the middle is likelier.
    pub fn around(&mut self, spread: f64) -> f64 {
        1.0 + spread * (self.unit() + self.unit() - 1.0)
    }

    /// A whole number of which `expected` is the mean: rounds up as often as the fraction says.
    pub fn whole(&mut self, expected: f64) -> i64 {
        (expected + self.unit()).floor() as i64
    }
}
