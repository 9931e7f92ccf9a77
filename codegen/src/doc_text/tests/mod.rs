mod check;
mod github;
mod rustdoc;
