use rapport_tests::test_on_both;
use reqwest::{Method, StatusCode};
use types::channels::{
    ChatWidget, CreateVisitorSession, UpdateChatWidget, WidgetLocale, WidgetPath, WidgetPosition, WidgetStyle,
};

fn changed(widget: &ChatWidget, style: WidgetStyle) -> UpdateChatWidget {
    UpdateChatWidget {
        name: widget.name.clone(),
        inbox_id: widget.inbox_id,
        enabled: widget.enabled,
        style,
        allowed_origins: widget.allowed_origins.clone(),
        require_signed_identity: widget.require_signed_identity,
    }
}

test_on_both!(
    /// CONV-42: the widget's look is changed, and what is no colour is refused by name.
    the_look_is_changed,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        let at = WidgetPath { widget_id: widget.id };
        let style = WidgetStyle {
            color: "#aa3355".to_owned(),
            position: WidgetPosition::Left,
            title: Some("Acme".to_owned()),
            welcome: Some("Ask us".to_owned()),
            launcher_label: Some("Help".to_owned()),
            locale: Some(WidgetLocale::French),
        };
        let saved = app.super_admin().update_chat_widget(&at, &changed(&widget, style.clone())).await.unwrap();
        assert_eq!(saved.style, style);
        assert_eq!(app.super_admin().get_chat_widget(&at).await.unwrap(), saved);
        let shell = app.raw(Method::GET, &format!("/chat/{}", widget.id)).send().await.unwrap();
        if shell.status() == StatusCode::OK {
            assert!(shell.text().await.unwrap().contains("Acme"));
        }
        let wrong = WidgetStyle { color: "red;} body{".to_owned(), ..style };
        let refused = app.super_admin().update_chat_widget(&at, &changed(&widget, wrong)).await.unwrap_err();
        assert!(refused.field("style.color").is_some(), "{refused:?}");
        app.shows(&["CONV-42"]);
    }
);

test_on_both!(
    /// CONV-59, CONV-91: the tracking code names the widget; without a widget that is on nobody gets a session.
    the_tracking_code_names_the_widget,
    async |app| {
        let widget = app.widget(&app.inbox("Sales", &[]).await).await;
        assert!(widget.tracking_code.contains("<script"), "{}", widget.tracking_code);
        assert!(widget.tracking_code.contains(&widget.id.to_string()));
        assert!(widget.tracking_code.contains("/embed/rapport.js"));
        let at = WidgetPath { widget_id: widget.id };
        let visitor = app.visitor(&widget).await;
        visitor.says("Hello").await;
        let off = UpdateChatWidget { enabled: false, ..changed(&widget, widget.style.clone()) };
        app.super_admin().update_chat_widget(&at, &off).await.unwrap();
        let start = CreateVisitorSession { widget_id: widget.id, language: None, time_zone: None };
        let refused = app.anonymous().create_visitor_session(&start).await.unwrap_err();
        assert_eq!(refused.status(), Some(404));
        app.super_admin().delete_chat_widget(&at).await.unwrap();
        let gone = app.super_admin().get_chat_widget(&at).await.unwrap_err();
        assert_eq!(gone.status(), Some(404));
        app.shows(&["CONV-59", "CONV-91"]);
    }
);
