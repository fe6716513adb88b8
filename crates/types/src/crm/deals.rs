//! Deals, and the stages of the account's pipeline.

use std::collections::BTreeMap;

use serde_json::Value;

use super::RecordSort;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{Date, DealId, DealStageId, Timestamp, UserId};

text_enum! {
    /// What a stage means for the deals in it.
    pub enum StageOutcome {
        /// Not decided yet.
        Open = "open",
        /// The deal is won.
        Won = "won",
        /// The deal is lost.
        Lost = "lost",
    }
}

replies! {
    /// A deal.
    pub struct Deal {
        /// The deal's id.
        pub id: DealId,
        /// The name.
        pub name: String,
        /// The amount in minor units of the currency, for example cents; absent if not known.
        pub amount_minor: Option<i64>,
        /// The currency of the amount, a code of ISO 4217 such as `EUR`; present exactly if the amount is.
        pub currency: Option<String>,
        /// The stage of the pipeline.
        pub stage_id: DealStageId,
        /// The day it is expected to be decided, or was.
        pub close_date: Option<Date>,
        /// The user who looks after the deal.
        pub owner_id: Option<UserId>,
        /// The custom properties that have a value, by key.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// A stage of the pipeline.
    pub struct DealStage {
        /// The stage's id.
        pub id: DealStageId,
        /// The name.
        pub name: String,
        /// What it means for the deals in it.
        pub outcome: StageOutcome,
    }

    /// The pipeline of the account.
    pub struct Pipeline {
        /// Its stages, in order.
        pub stages: Vec<DealStage>,
    }
}

requests! {
    /// A deal to be, or the whole of what it shall be; what is null or left out is cleared.
    #[derive(Default)]
    pub struct SaveDeal {
        /// The name: 1 to 200 characters.
        pub name: String,
        /// The amount in minor units of the currency: 0 to 10^15. It goes with `currency`.
        pub amount_minor: Option<i64>,
        /// The currency of the amount, a code of ISO 4217 such as `EUR`.
        pub currency: Option<String>,
        /// The stage of the pipeline; for a new deal the first one unless told, for another the one it is in.
        pub stage_id: Option<DealStageId>,
        /// The day it is expected to be decided, or was.
        pub close_date: Option<Date>,
        /// The user who looks after the deal.
        pub owner_id: Option<UserId>,
        /// Custom properties by key: null clears one, one that is left out stays.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
    }

    /// A stage as the pipeline shall have it.
    pub struct SaveDealStage {
        /// The stage, if it exists; absent for a new one.
        pub id: Option<DealStageId>,
        /// The name: 1 to 100 characters, no two stages the same.
        pub name: String,
        /// What it means for the deals in it.
        pub outcome: StageOutcome,
    }

    /// The whole pipeline.
    pub struct SavePipeline {
        /// Its stages, in order: 1 to 50, at least one of them open. One that is left out is deleted, which is refused
        /// while deals are in it.
        pub stages: Vec<SaveDealStage>,
    }
}

queries! {
    /// Which deals.
    pub struct ListDeals {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only deals whose name starts so, whatever the case.
        pub q: Option<String>,
        /// Only deals in this stage.
        pub stage_id: Option<DealStageId>,
        /// Only deals that this user looks after.
        pub owner_id: Option<UserId>,
        /// `true` for deals that nobody looks after.
        pub unowned: Option<bool>,
        /// Only deals with these custom properties: a JSON object of keys and values, such as `{"segment":"gold"}`.
        pub properties: Option<String>,
        /// The order; by name unless told.
        pub sort: Option<RecordSort>,
    }
}

paths! {
    /// The id of a deal.
    pub struct DealPath {
        /// The deal.
        pub deal_id: DealId,
    }
}
