//! Tests of the layout of macro calls that contain a list.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{formatted, widest};

#[test]
fn type_is_followed_by_its_macro_without_a_blank_line() {
    let text = formatted(quote! {
        #[doc = " One person's account."]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct Member {
            #[doc = " Where it is."]
            pub status: MemberStatus,
            #[doc = " What kind."]
            pub r#type: String,
        }
        json_object!(Member { status, r#type = "type", is_locked else false, limit else -1, roles else vec![], ..rest });
        json_object!(Empty {});
        json_object!(Short { a, b = "B", ..rest });
        #[doc = " Names one Member."]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct MemberId(Box<str>);
        string_id!(MemberId);
        #[cfg(feature = "x")]
        acme_runtime::open_enum!(MemberStatus {
            Pending = "pending",
            Active = "active",
            Gone = "gone",
            Other = "a very long wire value, { with, brackets } and \" quotes",
        });
    });
    assert_eq!(
        text,
        "\
/// One person's account.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Member {
    /// Where it is.
    pub status: MemberStatus,
    /// What kind.
    pub r#type: String,
}

json_object!(Member {
    status,
    r#type = \"type\",
    is_locked else false,
    limit else -1,
    roles else vec![],
    ..rest
});

json_object!(Empty {});

json_object!(Short { a, b = \"B\", ..rest });

/// Names one Member.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(Box<str>);
string_id!(MemberId);

#[cfg(feature = \"x\")]
acme_runtime::open_enum!(MemberStatus {
    Pending = \"pending\",
    Active = \"active\",
    Gone = \"gone\",
    Other = \"a very long wire value, { with, brackets } and \\\" quotes\",
});
"
    );
}

#[test]
fn long_list_has_one_entry_per_line() {
    let name = format_ident!("A{}", "a".repeat(59));
    let fits = formatted(quote!(json_object!(#name { first_entry, second_ });));
    assert_eq!((fits.lines().count(), widest(&fits) <= 100), (1, true));
    let broken = formatted(quote!(json_object!(#name { first_entry, second_entry_entry });));
    assert_eq!(broken.lines().count(), 4);
}

#[test]
fn entries_have_the_spacing_of_code() {
    let entry = |tokens: TokenStream| formatted(quote!(list!(T { #tokens });));
    let rows = [
        (quote!(a else UnixSeconds::EPOCH), "a else UnixSeconds::EPOCH"),
        (quote!(a = "x" else Default::default()), "a = \"x\" else Default::default()"),
        (quote!(a else f(&x, -1, b - c)), "a else f(&x, -1, b - c)"),
        (quote!(a else &[1, 2]), "a else &[1, 2]"),
        (quote!(a else Some(S { x: 1 })), "a else Some(S { x: 1 })"),
        (quote!(a => |x| x.y?.z()), "a => | x | x.y?.z()"),
        (quote!(a: Vec<String>), "a: Vec<String>"),
        (quote!(a: &'static str), "a: &'static str"),
        (quote!(a else &mut x), "a else &mut x"),
    ];
    for (tokens, text) in rows {
        assert_eq!(entry(tokens), format!("list!(T {{ {text} }});\n"));
    }
}

#[test]
fn other_macros_keep_their_tokens() {
    for tokens in [quote!(a!(b);), quote!(a! { b { c } }), quote!(a!({ b, c });), quote!(a![b { c }];)] {
        formatted(tokens);
    }
}
