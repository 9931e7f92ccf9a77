//! The notations of values outside JSON.

/// The notation of a value in a path, a query, a header or a cookie.
///
/// A value is text, a number, a boolean, a list or an object, whatever its Rust type. The examples
/// show the query parameter `a` without percent-encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParamStyle {
    /// `a=x`. Lists and objects are rejected.
    Plain,
    /// `a=x,y` for a list, and `a=key,x` for an object.
    Comma,
    /// `a=x y` for a list, and `a=key x` for an object.
    Space,
    /// `a=x|y` for a list, and `a=key|x` for an object.
    Pipe,
    /// `a=x&a=y` for a list, and `a[key]=x&a[key]=y` for an object that contains a list.
    Repeat,
    /// `a[]=x&a[]=y` for a list, and `a[key][inner]=x` for objects.
    ///
    /// The items of a list that contains lists or objects have numbers: `a[0][key]=x`.
    Brackets,
    /// `.x.y`, only in a path.
    Label,
    /// `;a=x,y`, only in a path.
    Matrix,
    /// `a={"key":"x"}`: any value as JSON.
    Json,
}
