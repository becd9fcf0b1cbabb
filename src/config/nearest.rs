//! What was perhaps meant by a name that there is none of.

/// The nearest of some names, where one is near.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = names.into_iter().map(|n| (distance(name, n), n)).min()?;
    (found.0 <= found.1.len() / 2).then_some(found.1)
}

/// How many letters must be changed, added or left out to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("percent-off", "percent-of"), 1);
        assert_eq!(distance("", "age"), 3);
        assert_eq!(distance("rate", "rate"), 0);
    }

    #[test]
    fn only_what_is_near() {
        assert_eq!(nearest("fail_on", ["fail-on", "paths"]), Some("fail-on"));
        assert_eq!(nearest("xyz", ["fail-on", "paths"]), None);
    }
}
