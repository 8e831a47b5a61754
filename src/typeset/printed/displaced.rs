//! Finds the place of a text whose letters a shorter text has taken.
//!
//! Short texts are searched for near their neighbours, in the order of the tree. The number of a card may so
//! take the same number in the title of a figure, and the title of a small brief the beginning of another.
//! In: a text that was not found. Out: its place, if the texts that hold it are found elsewhere.

use super::{Check, Found, Where};

impl Check<'_> {
    /// Gives a text that was not found the place that shorter ones hold; returns false if there is none.
    pub(super) fn displace(&mut self, index: usize, found: &mut [Option<Found>]) -> bool {
        let spots = self.spots(index);
        spots.into_iter().any(|spot| self.clear(index, spot, found))
    }

    /// Every place where the letters of a text are, taken or not.
    fn spots(&self, index: usize) -> Vec<Found> {
        let mut spots = vec![];
        for place in [Where::Body, Where::Floats] {
            let stream = self.stream(place);
            for (way, letters) in self.expected.units[index].ways.iter().enumerate() {
                let all = stream.text.match_indices(&*letters.text);
                let all = all.map(|(at, text)| Found { place, way, from: at, to: at + text.len() });
                spots.extend(all.filter(|spot| self.is_whole(stream, spot.from, spot.to)));
            }
        }
        spots
    }

    /// Moves the texts that hold a place elsewhere and gives it to a longer one, or changes nothing.
    fn clear(&mut self, index: usize, spot: Found, found: &mut [Option<Found>]) -> bool {
        let expected = self.expected;
        let length = |index: usize| expected.units[index].ways[0].text.len();
        let overlaps =
            |hit: &Found| hit.place == spot.place && hit.from < spot.to && spot.from < hit.to;
        let holders: Vec<(usize, Found)> = found
            .iter()
            .enumerate()
            .filter_map(|(at, hit)| Some((at, (*hit)?)))
            .filter(|(_, hit)| overlaps(hit))
            .collect();
        if holders.is_empty() || holders.iter().any(|(at, _)| length(*at) >= length(index)) {
            return false;
        }
        for (_, hit) in &holders {
            self.release(*hit);
        }
        self.take(spot.place, spot.from, spot.to);
        let mut moved = vec![];
        for (at, _) in &holders {
            let unit = &expected.units[*at];
            let elsewhere = [Where::Body, Where::Floats]
                .iter()
                .find_map(|place| self.find(unit, *place, 0, true));
            let Some(hit) = elsewhere else { break };
            self.take(hit.place, hit.from, hit.to);
            moved.push(hit);
        }
        if moved.len() < holders.len() {
            for hit in moved.into_iter().chain([spot]) {
                self.release(hit);
            }
            for (_, hit) in holders {
                self.take(hit.place, hit.from, hit.to);
            }
            return false;
        }
        for ((at, _), hit) in holders.iter().zip(moved) {
            found[*at] = Some(hit);
        }
        found[index] = Some(spot);
        true
    }

    fn release(&mut self, hit: Found) {
        self.stream_mut(hit.place).taken[hit.from..hit.to].fill(false);
    }
}
