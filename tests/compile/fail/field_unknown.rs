//! An unknown or misspelled field of a response.

use stytch_b2b::organizations::members::Member;

fn main() {}

pub fn show(member: &Member) {
    println!("{}", member.email_adress);
}
