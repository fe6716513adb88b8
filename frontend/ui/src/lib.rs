//! Rapport's design system: small accessible components over the platform's own elements.
//!
//! Every text comes in as a property, because the caller translates it. The styles lie in `css/`, one file per
//! component, composed from `css/tokens.css`; `[data-theme]` on the root element chooses light or dark.
//!
//! | for | components |
//! |-|-|
//! | acting | [`Button`], [`IconButton`], [`Menu`] with [`MenuItem`], [`Popover`], [`Dialog`], [`ConfirmDialog`] |
//! | entering | [`Field`] around [`TextInput`], [`TextArea`], [`Select`], [`Combobox`]; [`Checkbox`], [`Switch`], [`RichText`] |
//! | showing | [`Avatar`], [`Pill`], [`Icon`], [`RelativeTime`], [`CopyField`], [`DataTable`], [`VirtualList`], [`FlowList`] |
//! | arranging | [`Page`], [`Section`], [`Tabs`] with [`TabPanel`], [`Splitter`] |
//! | telling | [`ToastRegion`], [`Banner`], [`EmptyState`], [`ErrorState`], [`Skeleton`], [`Spinner`] |

mod avatar;
mod banner;
mod button;
mod choice;
mod combobox;
mod copy_field;
mod data_table;
mod dialog;
mod element_id;
mod field;
mod flow_list;
mod icon;
mod input;
mod keyboard;
mod menu;
mod page;
mod pill;
mod popover;
mod relative_time;
mod rich_text;
mod splitter;
mod state;
mod tabs;
mod toast;
mod tone;
mod virtual_list;

pub use avatar::{Avatar, AvatarSize};
pub use banner::Banner;
pub use button::{Button, ButtonKind, IconButton};
pub use choice::{Checkbox, Switch};
pub use combobox::{Combobox, ComboboxOption};
pub use copy_field::CopyField;
pub use data_table::{Column, DataTable};
pub use dialog::{ConfirmDialog, Dialog};
pub use field::Field;
pub use flow_list::{FlowList, FlowListHandle};
pub use icon::{Icon, IconName};
pub use input::{Select, SelectOption, TextArea, TextInput};
pub use menu::{Menu, MenuItem, MenuSeparator};
pub use page::{Page, Section};
pub use pill::Pill;
pub use popover::Popover;
pub use relative_time::{Language, RelativeTime};
pub use rich_text::{RichText, RichTextHandle};
pub use splitter::{Splitter, SplitterAxis};
pub use state::{EmptyState, ErrorState, Skeleton, Spinner};
pub use tabs::{Tab, TabPanel, Tabs};
pub use toast::{ToastRegion, Toasts};
pub use tone::Tone;
pub use virtual_list::VirtualList;
