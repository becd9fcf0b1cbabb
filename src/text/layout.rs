//! Lays out a model's weights as they are looked up, so that nothing has to be made ready when the program starts. The
//! build does it for the model in `rules/en`, the trainer for one that it has just made.
//!
//! A model is eight bytes and a list of sections, each a name, a length and bytes.

/// The first bytes of a model as it is kept, the last of which is the version of its form.
pub(crate) const PACKED: &[u8; 8] = b"xfmodel\x01";
/// The first bytes of a model that is laid out.
pub(crate) const LAID_OUT: &[u8; 8] = b"xfmodel\x02";

/// The sections that are tables: rows of labels and weights by the hash of a feature.
const TABLES: [&str; 4] = ["tagger", "lexicon", "arcs", "marks"];
/// The sections that are grids: three weights by the hash of a feature.
const GRIDS: [&str; 1] = ["steps"];

/// A cell without weights: in each byte a weight and [`BIAS`].
pub(crate) const EMPTY: u32 = 0x80_8080;
/// Makes weights of a grid positive.
pub(crate) const BIAS: u8 = 128;

/// The first section of some: its name, its bytes, and the sections behind it. None where they are cut off.
pub(crate) fn section(sections: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (&length, tail) = sections.split_first()?;
    let (name, tail) = tail.split_at_checked(usize::from(length))?;
    let (size, tail) = tail.split_first_chunk::<4>()?;
    let (body, tail) = tail.split_at_checked(u32::from_le_bytes(*size) as usize)?;
    Some((name, body, tail))
}

/// Lays out a model; an error is the name of what is damaged.
pub(crate) fn lay_out(packed: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut rest = packed.strip_prefix(PACKED).ok_or("version")?;
    let mut model = LAID_OUT.to_vec();
    while !rest.is_empty() {
        let (name, body, tail) = section(rest).ok_or("sections")?;
        let of = |names: &[&'static str]| names.iter().copied().find(|known| known.as_bytes() == name);
        let laid_out = match (of(&TABLES), of(&GRIDS)) {
            (Some(name), _) => table(body).ok_or(name)?,
            (_, Some(name)) => grid(body).ok_or(name)?,
            _ => body.to_vec(),
        };
        let size = u32::try_from(laid_out.len()).map_err(|_| "sections")?;
        model.push(name.len() as u8);
        model.extend(name);
        model.extend(size.to_le_bytes());
        model.extend(laid_out);
        rest = tail;
    }
    Ok(model)
}

/// A table is kept as the bits of a bucket's number, the size of each bucket, and the buckets. Laid out, where each bucket
/// starts stands in place of its size, and where the last one ends.
fn table(body: &[u8]) -> Option<Vec<u8>> {
    let (&bits, rest) = body.split_first()?;
    let known = (1..=24).contains(&bits);
    let (sizes, cells) = known.then(|| rest.split_at_checked(1 << bits))??;
    let mut laid_out = vec![bits];
    let mut at = 0_u32;
    laid_out.extend(at.to_le_bytes());
    for &size in sizes {
        at += u32::from(size);
        laid_out.extend(at.to_le_bytes());
    }
    laid_out.extend(cells);
    (at as usize == cells.len()).then_some(laid_out)
}

/// A grid is kept as the bits of a cell's number, a bit for each cell that is not empty, and the weights of those cells:
/// all first ones, all second ones, all third ones. Laid out it has
///
/// - for every 8 cells a number: a bit for each that is not empty in the low byte, and in the others how many cells before
///   them are not empty. So a grid takes far less room than its cells would take side by side, most of them empty; and the
///   bits of a byte are counted by looking up, which a processor does quickly that has no instruction to count them;
/// - the cells that are not empty, in order, and an empty one at the end: three bytes of a number, each a weight and
///   [`BIAS`], the first lowest; so that sums of cells can be taken with the three weights side by side.
fn grid(body: &[u8]) -> Option<Vec<u8>> {
    let (&bits, rest) = body.split_first()?;
    let known = (6..=24).contains(&bits);
    let (map, weights) = known.then(|| rest.split_at_checked(1 << (bits - 3)))??;
    let mut laid_out = vec![bits];
    let mut count = 0_u32;
    for &filled in map {
        laid_out.extend((count << 8 | u32::from(filled)).to_le_bytes());
        count += filled.count_ones();
    }
    // A group keeps 24 bits for what is before it.
    let count = count as usize;
    if count >> 24 > 0 || weights.len() != 3 * count {
        return None;
    }
    let (first, others) = weights.split_at(count);
    let (second, third) = others.split_at(count);
    for ((&a, &b), &c) in first.iter().zip(second).zip(third) {
        laid_out.extend((u32::from_le_bytes([a, b, c, 0]) ^ EMPTY).to_le_bytes());
    }
    laid_out.extend(EMPTY.to_le_bytes());
    Some(laid_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(sections: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = PACKED.to_vec();
        for (name, body) in sections {
            bytes.push(name.len() as u8);
            bytes.extend(name.as_bytes());
            bytes.extend((body.len() as u32).to_le_bytes());
            bytes.extend(*body);
        }
        bytes
    }

    #[test]
    fn a_table_tells_where_its_buckets_start() {
        let body = [1, 3, 2, 10, 11, 12, 13, 14];
        assert_eq!(table(&body), Some(vec![1, 0, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 10, 11, 12, 13, 14]));
        assert_eq!(table(&body[..7]), None);
        assert_eq!(table(&[0]), None);
    }

    #[test]
    fn a_grid_has_its_cells_in_order() {
        let mut body = vec![6, 0b101, 0, 0, 0, 0, 0, 0, 0b1000_0000];
        body.extend([1, 2, 3, 4, 5, 6, 0xFF, 0, 0x7F]);
        let laid_out = grid(&body).unwrap();
        let numbers: Vec<u32> = laid_out[1..].as_chunks().0.iter().map(|&n| u32::from_le_bytes(n)).collect();
        let filled = [0b101, 2 << 8, 2 << 8, 2 << 8, 2 << 8, 2 << 8, 2 << 8, 2 << 8 | 0b1000_0000];
        assert_eq!(numbers[..8], filled);
        // 1, 4 and -1; 2, 5 and 0; 3, 6 and 127; and the empty one.
        assert_eq!(numbers[8..], [0x7F_8481, 0x80_8582, 0xFF_8683, EMPTY]);
        body.pop();
        assert_eq!(grid(&body), None);
    }

    #[test]
    fn what_is_damaged_is_named() {
        assert_eq!(lay_out(b"xfmodel\x09"), Err("version"));
        assert_eq!(lay_out(&model(&[("steps", &[9])])), Err("steps"));
        assert_eq!(lay_out(&model(&[("about", b"a"), ("lexicon", &[])])), Err("lexicon"));
        let whole = model(&[("about", b"words")]);
        assert_eq!(lay_out(&whole[..whole.len() - 1]), Err("sections"));
        assert_eq!(lay_out(&whole).map(|m| m[8..].to_vec()), Ok(whole[8..].to_vec()));
    }
}
