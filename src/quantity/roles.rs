//! What a word can do in a figure, as bits, so that one look-up tells all of it.

use std::ops::{BitOr, BitOrAssign};

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles(u128);

/// No role at all.
pub(super) const NONE: Roles = Roles(0);

impl Roles {
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

macro_rules! roles {
    ($($name:ident)*) => { roles!(@ 0, $($name)*); };
    (@ $bit:expr, $name:ident $($rest:ident)*) => {
        pub(super) const $name: Roles = Roles(1 << ($bit));
        roles!(@ $bit + 1, $($rest)*);
    };
    (@ $bit:expr,) => {};
}

// TRIGGER marks words that may begin a figure without a digit. The others are the lists of the same names in rules/en/.
roles! {
    TRIGGER
    AND POINT ARTICLE MINUS FOLD TIMES HALF SHARE_AFTER FACTOR_AFTER FRACTION_AFTER FRACTION_BEFORE IN OUT EVERY OF
    METRES_AFTER METRES_BEFORE KILOMETRES_AFTER MASS_CONTEXT MONEY_CONTEXT TEMPERATURE_CONTEXT
    SKIP BLOCKING THAN DURATION_AFTER PERIOD_BEFORE
    DAY_BEFORE YEAR_BEFORE ERA PERIOD AM PM ZONE OCLOCK PAST TOOK OLD YEARS_OLD AT DYING PERSON_FOR OF_AGE AGED PERSON POSSESSIVE EARLY_LATE OVER UNDER NAME_NEXT
    LABEL WEAK_LABEL MODEL_AFTER STREET NUMBER_SIGN SIGN_UNLESS NAME_UNLESS OPEN_PREFIX HYPHEN_WORD ONE_NOT_AFTER ONE_NOT_BEFORE
    CHANGE CHANGE_FROM DIFFERENCE_AFTER
    TO FROM BETWEEN OR BY BEFORE_UNIT PER_NOUN PER PER_ANY PER_PEOPLE NO_RATE_BEFORE SCORE_BEFORE SCORE_AFTER
    PARALLEL REACHED START WHEN
}
