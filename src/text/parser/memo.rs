//! Remembers what was worked out for a key. What does not fit pushes out what was there before.

/// Values by keys that are hashes.
pub(crate) struct Memo<V> {
    /// Two to some power of places.
    places: Vec<(u64, V)>,
}

impl<V: Copy + Default> Memo<V> {
    /// A memo with room for about so many values.
    pub(crate) fn new(room: usize) -> Self {
        Self { places: vec![(0, V::default()); room.next_power_of_two()] }
    }

    /// The value for a key, which is worked out if it is not known. Keys that are alike in all 64 bits are one.
    #[inline]
    pub(crate) fn get(&mut self, key: u64, work_out: impl FnOnce() -> V) -> V {
        // 0 marks an empty place.
        let key = key | 1;
        let place = (key >> 32) as usize & (self.places.len() - 1);
        if self.places[place].0 != key {
            self.places[place] = (key, work_out());
        }
        self.places[place].1
    }
}
