//! What users and the account choose about booking.

use crate::wire::{replies, requests};
use crate::{BookingLinkId, FileId};

replies! {
    /// What you have chosen about your links.
    pub struct BookingProfile {
        /// The first part of the addresses of links that you make from now on.
        pub user_slug: String,
        /// What stands before it in the addresses of pages, without a slash at the end, such as `https://rapport.example.org/meet`.
        pub pages_url: String,
        /// Your default link.
        pub default_link_id: Option<BookingLinkId>,
        /// Your zone, as an IANA name.
        pub time_zone: String,
        /// Whether you may have more than one link, and change all of it.
        pub can_customize: bool,
    }

    /// What the account has chosen about its booking pages.
    pub struct BookingSettings {
        /// The logo on all pages.
        pub logo_file_id: Option<FileId>,
        /// Where the logo is. The address ends after a time, as that of every file does.
        pub logo_url: Option<String>,
        /// The accent colour of all pages, `#rrggbb`.
        pub accent_color: String,
        /// The host name of the links' addresses; that of Rapport itself unless one was chosen.
        pub domain: Option<String>,
    }

    /// A picture that was uploaded for booking pages.
    pub struct BookingPicture {
        /// Its file.
        pub id: FileId,
        /// The name it was uploaded with.
        pub name: String,
        /// Where it is. The address ends after a time, as that of every file does.
        pub url: String,
    }

    /// The pictures that were uploaded for booking pages.
    pub struct BookingPictures {
        /// The newest 50, the newest first.
        pub items: Vec<BookingPicture>,
    }
}

requests! {
    /// What to choose about your links.
    pub struct UpdateBookingProfile {
        /// The first part of the addresses of links that you make from now on: 1 to 60 of `a-z`, `0-9` and `-`. Nobody else's.
        pub user_slug: String,
        /// Your default link.
        #[serde(default)]
        pub default_link_id: Option<BookingLinkId>,
        /// Your zone, as an IANA name such as `Europe/Paris`.
        pub time_zone: String,
    }

    /// What to choose about the account's booking pages.
    pub struct UpdateBookingSettings {
        /// The logo on all pages: a picture.
        #[serde(default)]
        pub logo_file_id: Option<FileId>,
        /// The accent colour of all pages, `#rrggbb`.
        pub accent_color: String,
        /// The host name of the links' addresses: one of the verified domains, which needs `manage_domains` to be chosen.
        /// Nothing for that of Rapport itself.
        #[serde(default)]
        pub domain: Option<String>,
    }
}
