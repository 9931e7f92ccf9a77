//! A user.

use serde_json::{Value, json};
use workos_api::user_management::users::User;

pub(crate) fn user() -> Value {
    json!({
        "object": "user",
        "id": "user_a1",
        "email": "grace@nightingale.example",
        "email_verified": true,
        "first_name": "Grace \"Amazing\"",
        "last_name": "Hopper",
        "name": "Rear Admiral Hopper",
        "profile_picture_url": "https://img.example/grace.png",
        "external_id": "hr-1906",
        "metadata": {"rank": "rear admiral", "": "é"},
        "locale": "en-US",
        "last_sign_in_at": "2033-04-05T06:07:08.900Z",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

pub(crate) fn check_user(user: &User) {
    assert_eq!(user.id.as_str(), "user_a1");
    assert_eq!(user.email, "grace@nightingale.example");
    assert!(user.email_verified);
    assert_eq!(user.first_name.as_deref(), Some("Grace \"Amazing\""));
    assert_eq!(user.last_name.as_deref(), Some("Hopper"));
    assert_eq!(user.name.as_deref(), Some("Rear Admiral Hopper"));
    assert_eq!(user.profile_picture_url.as_deref(), Some("https://img.example/grace.png"));
    assert_eq!(user.external_id.as_deref(), Some("hr-1906"));
    assert_eq!(user.metadata.len(), 2);
    assert_eq!(user.metadata["rank"], "rear admiral");
    assert_eq!(user.metadata[""], "é");
    assert_eq!(user.locale.as_deref(), Some("en-US"));
    let signed_in = user.last_sign_in_at.expect("a time");
    assert_eq!((signed_in.unix_seconds(), signed_in.subsec_nanos()), (1_996_294_028, 900_000_000));
    assert_eq!(user.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(user.updated_at.unix_seconds(), 1_961_989_567);
    assert_eq!(user.radar_auth_attempt_id, None);
}

pub(crate) fn bare_user() -> Value {
    json!({
        "object": "user",
        "id": "user_b1",
        "email": "x@y.example",
        "email_verified": false,
        "first_name": null,
        "last_name": null,
        "profile_picture_url": null,
        "external_id": null,
        "last_sign_in_at": null,
        "created_at": "2031-02-03T04:05:06.000Z",
        "updated_at": "2032-03-04T05:06:07.000Z",
    })
}

pub(crate) fn check_bare_user(user: &User) {
    assert_eq!(user.id.as_str(), "user_b1");
    assert_eq!(user.email, "x@y.example");
    assert!(!user.email_verified);
    let texts = [&user.first_name, &user.last_name, &user.name, &user.profile_picture_url, &user.locale];
    assert!(texts.into_iter().all(Option::is_none));
    assert_eq!((user.external_id.as_ref(), user.last_sign_in_at), (None, None));
    assert!(user.metadata.is_empty());
}
