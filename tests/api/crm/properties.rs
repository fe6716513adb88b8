use std::collections::BTreeMap;

use rapport_tests::{User, test_on_both};
use serde_json::{Value, json};
use types::crm::*;

use super::desk::{contact, same, wrong_fields};

fn property(object: ObjectKind, key: &str, property_type: PropertyType) -> CreateProperty {
    let options = match property_type {
        PropertyType::Select => ["gold", "silver"]
            .map(|value| PropertyOption { value: value.to_owned(), label: value.to_uppercase() })
            .to_vec(),
        _ => Vec::new(),
    };
    CreateProperty { object, key: key.to_owned(), label: key.to_owned(), property_type, options, position: 0 }
}

fn values(values: &Value) -> BTreeMap<String, Value> {
    values.as_object().unwrap().clone().into_iter().collect()
}

async fn define(by: &User, object: ObjectKind) {
    for (key, property_type) in [
        ("note", PropertyType::Text),
        ("seats", PropertyType::Number),
        ("since", PropertyType::Date),
        ("vip", PropertyType::Boolean),
        ("segment", PropertyType::Select),
    ] {
        by.create_property(&property(object, key, property_type)).await.unwrap();
    }
}

test_on_both!(
    /// Custom properties of every type are written, read, filtered by, cleared and archived.
    values_live_with_their_record,
    async |app| {
        let admin = app.super_admin();
        define(admin, ObjectKind::Contact).await;
        let carla = contact(admin, "Carla", None).await;
        let path = ContactPath { contact_id: carla.id };
        let all = json!({ "note": "likes oak", "seats": 12.5, "since": "2024-02-29", "vip": true, "segment": "gold" });
        let change = UpdateContact { properties: values(&all), ..same(&carla) };
        let changed = admin.update_contact(&path, &change).await.unwrap();
        assert_eq!(changed.properties, values(&all));
        assert!(changed.updated_at > carla.updated_at);
        contact(admin, "Other", None).await;
        for (filter, hits) in [
            ("{\"segment\":\"gold\",\"seats\":12.5}", 1),
            ("{\"segment\":\"silver\"}", 0),
            ("{\"vip\":true}", 1),
        ] {
            let query = ListContacts { properties: Some(filter.to_owned()), ..ListContacts::default() };
            let found = admin.list_contacts(&query).await.unwrap().items;
            assert_eq!(found.len(), hits, "{filter}");
            assert!(found.iter().all(|contact| contact.properties == values(&all)));
        }
        // What is left out stays, null clears.
        let clear = UpdateContact { properties: values(&json!({ "seats": null })), ..same(&carla) };
        let cleared = admin.update_contact(&path, &clear).await.unwrap();
        assert!(!cleared.properties.contains_key("seats") && cleared.properties.len() == 4);
        let listed = admin.list_properties(&ListProperties { object: Some(ObjectKind::Contact) }).await.unwrap();
        let segment = listed.items.iter().find(|property| property.key == "segment").unwrap();
        let archive = UpdateProperty {
            label: "Segment".to_owned(),
            options: segment.options.clone(),
            position: 1,
            archived: true,
        };
        let property_path = PropertyPath { property_id: segment.id };
        admin.update_property(&property_path, &archive).await.unwrap();
        assert!(!admin.get_contact(&path).await.unwrap().properties.contains_key("segment"));
        let give = UpdateContact { properties: values(&json!({ "segment": "gold" })), ..same(&carla) };
        assert_eq!(admin.update_contact(&path, &give).await.unwrap_err().status(), Some(422));
    }
);

test_on_both!(
    /// What is wrong with a property or a value is named by its key.
    wrong_values_are_named,
    async |app| {
        let admin = app.super_admin();
        define(admin, ObjectKind::Deal).await;
        let wrong = json!({ "note": 1, "seats": "many", "since": "2026-02-30", "vip": "yes", "segment": "tin", "x": 1 });
        let request =
            SaveDeal { name: "Chairs".to_owned(), properties: values(&wrong), ..SaveDeal::default() };
        let expected = ["note", "seats", "segment", "since", "vip", "x"].map(|key| format!("properties.{key}"));
        assert_eq!(wrong_fields(admin.create_deal(&request).await), expected);
        assert_eq!(admin.list_deals(&ListDeals::default()).await.unwrap().items, []);
        let again = property(ObjectKind::Deal, "note", PropertyType::Text);
        assert_eq!(wrong_fields(admin.create_property(&again).await), ["key"]);
        let bad = property(ObjectKind::Deal, "Not a key", PropertyType::Text);
        assert_eq!(wrong_fields(admin.create_property(&bad).await), ["key"]);
        let of_calls = property(ObjectKind::Call, "note", PropertyType::Text);
        assert_eq!(admin.create_property(&of_calls).await.unwrap_err().status(), Some(422));
        let filter = ListDeals { properties: Some("[1]".to_owned()), ..ListDeals::default() };
        assert_eq!(wrong_fields(admin.list_deals(&filter).await), ["properties"]);
    }
);

test_on_both!(
    /// A merge keeps what the staying contact does not know; erasing clears all of it.
    values_are_merged_and_erased,
    async |app| {
        let admin = app.super_admin();
        define(admin, ObjectKind::Contact).await;
        let (one, two) = (contact(admin, "One", None).await, contact(admin, "Two", None).await);
        for (contact, given) in
            [(&one, json!({ "note": "SECRET-1", "seats": 1 })), (&two, json!({ "seats": 2 }))]
        {
            let change = UpdateContact { properties: values(&given), ..same(contact) };
            admin.update_contact(&ContactPath { contact_id: contact.id }, &change).await.unwrap();
        }
        let path = ContactPath { contact_id: two.id };
        let merged = admin.merge_contact(&path, &MergeContact { from_id: one.id }).await.unwrap();
        assert_eq!(merged.properties, values(&json!({ "note": "SECRET-1", "seats": 2 })));
        let erase = EraseContact { confirm_name: "Two".to_owned() };
        let erased = admin.erase_contact(&path, &erase).await.unwrap();
        assert_eq!(erased.properties, BTreeMap::new());
        let query =
            ListContacts { properties: Some("{\"note\":\"SECRET-1\"}".to_owned()), ..ListContacts::default() };
        assert_eq!(admin.list_contacts(&query).await.unwrap().items, []);
    }
);
