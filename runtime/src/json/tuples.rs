//! Tuples as JSON lists of a fixed length.

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::decode_in_place::DecodeInPlace;
use super::encode::Encode;
use super::reader::Reader;
use super::writer::Writer;

/// Implements the JSON traits for a tuple. The list of the public API shows the first argument.
macro_rules! tuple {
    ($tuple:tt $length:literal $expected:literal { $($item:ident $slot:ident $index:tt),+ }) => {
        impl<$($item: Decode),+> Decode for ($($item,)+) {
            /// Decodes a list of exactly this length.
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                $(let mut $slot = None;)+
                let mut length = 0_usize;
                reader.read_list(&mut |reader| {
                    match length {
                        $($index => $slot = Some($item::decode(reader)?),)+
                        _ => reader.skip()?,
                    }
                    length += 1;
                    Ok(())
                })?;
                match ($($slot,)+) {
                    ($(Some($slot),)+) if length == $length => Ok(($($slot,)+)),
                    _ => Err(reader.error($expected, "a list of another length")),
                }
            }
        }

        impl<$($item: DecodeInPlace),+> DecodeInPlace for ($($item,)+) {
            fn placeholder() -> Self {
                ($($item::placeholder(),)+)
            }
        }

        impl<$($item: Encode),+> Encode for ($($item,)+) {
            fn encode(&self, writer: &mut Writer) {
                let start = writer.open_bracket(b'[');
                $(writer.write_item(start, $index, &self.$index);)+
                writer.close_bracket(b']');
            }
        }
    };
}

tuple!((A, B) 2 "a list of 2 items" { A a 0, B b 1 });
tuple!((A, B, C) 3 "a list of 3 items" { A a 0, B b 1, C c 2 });
tuple!((A, B, C, D) 4 "a list of 4 items" { A a 0, B b 1, C c 2, D d 3 });
tuple!((A, B, C, D, E) 5 "a list of 5 items" { A a 0, B b 1, C c 2, D d 3, E e 4 });
tuple!((A, B, C, D, E, F) 6 "a list of 6 items" { A a 0, B b 1, C c 2, D d 3, E e 4, F f 5 });
tuple!((A, B, C, D, E, F, G) 7 "a list of 7 items" { A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6 });
tuple!((A, B, C, D, E, F, G, H) 8 "a list of 8 items" { A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7 });

#[cfg(test)]
mod tests {
    use super::super::{from_slice, to_vec};

    type Pair = (String, Option<i64>);

    #[test]
    fn tuples_round_trip() {
        for (text, pair) in
            [(r#"["a",7]"#, ("a".to_owned(), Some(7))), (r#"["",null]"#, (String::new(), None))]
        {
            assert_eq!(from_slice::<Pair>(text.as_bytes()), Ok(pair.clone()));
            assert_eq!(to_vec(&pair), Ok(text.as_bytes().to_vec()));
        }
        let all = (1, true, "c".to_owned(), vec![2.5], (3, 4), 5_u8, 6, 7);
        let text = to_vec(&all).expect("JSON");
        assert_eq!(text, br#"[1,true,"c",[2.5],[3,4],5,6,7]"#);
        assert_eq!(from_slice(&text), Ok(all));
    }

    #[test]
    fn error_names_the_list_or_the_item() {
        let error = |text: &str| match from_slice::<Vec<Pair>>(text.as_bytes()) {
            Ok(pairs) => panic!("{pairs:?}"),
            Err(error) => format!("{}: expected {}, found {}", error.path(), error.expected(), error.found()),
        };
        let length = "expected a list of 2 items, found a list of another length";
        assert_eq!(error(r#"[["a",1],["b"]]"#), format!("$[1]: {length}"));
        assert_eq!(error(r#"[["a",1,2]]"#), format!("$[0]: {length}"));
        assert_eq!(error("[[]]"), format!("$[0]: {length}"));
        assert_eq!(error(r#"[["a","b"]]"#), "$[0][1]: expected a 64-bit integer, found a string");
        assert_eq!(error("[{}]"), "$[0]: expected a list, found an object");
    }
}
