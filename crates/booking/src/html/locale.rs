//! From a link's language and country to the locale that a browser writes dates and times by.

use types::booking::BookingLanguage;

/// Countries that have English of their own in the Unicode locale data.
const ENGLISH: &str =
    "AU BE BW CA CH CY DE DK FI GB GH HK IE IL IN JM KE MT MY NG NL NZ PH PK SE SG SI TZ UG US ZA ZW";
/// Countries where clocks have 12 hours (CLDR, `timeData`), without those in `ENGLISH`.
const TWELVE_HOURS: &str = "AE BD BH CO DJ DO DZ EG ET GR HN IQ JO KR KW LB LK LY MR MX NI NP OM PA PE PS PR QA SA SD SN SV SY TN TW VE YE";

/// The locale (BCP 47).
///
/// English of a country without an English of its own is that of Europe (`en-150`), with days before months and 24 hours, or
/// that of the world (`en-001`) where clocks have 12.
pub(super) fn locale(language: BookingLanguage, country: &str) -> String {
    let is_in = |countries: &str| countries.split(' ').any(|one| one == country);
    match language {
        BookingLanguage::English if country.is_empty() => "en".to_owned(),
        BookingLanguage::English if is_in(ENGLISH) => format!("en-{country}"),
        BookingLanguage::English if is_in(TWELVE_HOURS) => "en-001".to_owned(),
        BookingLanguage::English => "en-150".to_owned(),
        BookingLanguage::French if country.is_empty() => "fr".to_owned(),
        BookingLanguage::French if country == "US" || is_in(TWELVE_HOURS) => format!("fr-{country}-u-hc-h12"),
        BookingLanguage::French => format!("fr-{country}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_decides_how_dates_are_written() {
        let english =
            ["US", "GB", "FR", "JP", "MX", ""].map(|country| locale(BookingLanguage::English, country));
        assert_eq!(english, ["en-US", "en-GB", "en-150", "en-150", "en-001", "en"]);
        let french = ["CH", "FR", "US", ""].map(|country| locale(BookingLanguage::French, country));
        assert_eq!(french, ["fr-CH", "fr-FR", "fr-US-u-hc-h12", "fr"]);
    }
}
