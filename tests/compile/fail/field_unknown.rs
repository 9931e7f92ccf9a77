//! A field that the response does not have, or a misspelled one.

use stytch_b2b::organizations::members::Member;

fn main() {}

pub fn show(member: &Member) {
    println!("{}", member.email_adress);
}
